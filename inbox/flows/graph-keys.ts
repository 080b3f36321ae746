// Keys of the graph: along edges with the arrows, and one letter for what is done often.
import type { Acts } from './acts.ts';
import type { Canvas } from './canvas.ts';
import type { FlowEditor } from './editor.ts';
import type { Box } from './geometry.ts';
import { humanId } from './graph.ts';
import type { Graph } from './graph.ts';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/**
 * Right: to where the step's first way leads; left: to where it was come from; up and down: to the neighbour in the column.
 * Where no edge leads that way, the nearest step that does stand there.
 */
export function neighbour(graph: Graph, places: ReadonlyMap<string, Box>, from: string, direction: Direction): string | null {
  const along =
    direction === 'ArrowRight'
      ? graph.edges.find((edge) => edge.from === from && edge.to !== from)?.to
      : direction === 'ArrowLeft'
        ? graph.edges.find((edge) => edge.to === from && edge.from !== from && isLeft(places, edge.from, from))?.from
        : undefined;
  return along ?? nearest(places, from, direction);
}

const isLeft = (places: ReadonlyMap<string, Box>, a: string, b: string): boolean => (places.get(a)?.x ?? 0) < (places.get(b)?.x ?? 0);

function nearest(places: ReadonlyMap<string, Box>, from: string, direction: Direction): string | null {
  const own = places.get(from);
  if (!own) return null;
  const [isSideways, sign] = [
    direction === 'ArrowLeft' || direction === 'ArrowRight',
    direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1,
  ];
  let best: { id: string; far: number } | null = null;
  for (const [id, box] of places) {
    const [dx, dy] = [box.x - own.x, box.y - own.y];
    const [ahead, beside] = isSideways ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
    if (id === from || ahead <= 0) continue;
    const far = ahead + beside * 3;
    if (best === null || far < best.far) best = { id, far };
  }
  return best?.id ?? null;
}

export interface KeyDeps {
  editor: FlowEditor;
  canvas: Canvas;
  acts: Acts;
}

const zoomStep = 1.25;

/** Keys that work wherever no field has them; true where the key was taken. */
export function handleGraphKey(event: KeyboardEvent, { editor, canvas, acts }: KeyDeps): boolean {
  if (event.isComposing || event.defaultPrevented) return false;
  const isField = /^(INPUT|TEXTAREA|SELECT)$/.test((event.target as Element | null)?.tagName ?? '');
  const isCommand = event.metaKey || event.ctrlKey;
  const key = event.key.toLowerCase();
  if (isCommand && key === 'z') {
    // Letters just typed are in the draft already: one history for fields and graph.
    if (event.shiftKey) editor.history.redo();
    else editor.history.undo();
    return true;
  }
  if (isCommand && key === 'y') {
    editor.history.redo();
    return true;
  }
  if (isField || isCommand || event.altKey) return false;
  switch (event.key) {
    case '+':
    case '=':
      canvas.zoom(zoomStep);
      return true;
    case '-':
      canvas.zoom(1 / zoomStep);
      return true;
    case '0':
      canvas.fit();
      return true;
    case '1':
      canvas.zoomTo(1);
      return true;
    default:
      return key === 'a' && addFrom(editor, acts);
  }
}

/** After the chosen step where it has a way on that can take one, else on its own. */
function addFrom(editor: FlowEditor, acts: Acts): boolean {
  const id = editor.selected.peek() ?? focusedStep();
  const ports = id === null ? [] : (editor.drawing.graph.peek().byId.get(id)?.content.ports ?? []);
  const port = ports.find(({ kind, to }) => kind !== 'choice' && to === '') ?? ports.find(({ kind }) => kind !== 'choice');
  acts.openPalette(id !== null && port ? { step: id, edge: port.name } : null);
  return true;
}

export function focusedStep(): string | null {
  return (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-step]')?.dataset['step'] ?? null;
}

/** Keys of a step that has the focus. Enter is the button's own. */
export function handleStepKey(event: KeyboardEvent, id: string, { editor, canvas, acts }: KeyDeps): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return false;
  if (event.key.startsWith('Arrow')) {
    const { graph, places } = editor.drawing;
    const to = neighbour(graph.peek(), places.peek(), id, event.key as Direction);
    if (to !== null) focusStep(to, canvas);
    return true;
  }
  if (event.key === 'Home') {
    focusStep(editor.draft.peek().start, canvas);
    return true;
  }
  if ((event.key !== 'Delete' && event.key !== 'Backspace') || id === humanId || editor.isReadOnly.peek()) return false;
  const { graph, places } = editor.drawing;
  const next = neighbour(graph.peek(), places.peek(), id, 'ArrowLeft') ?? neighbour(graph.peek(), places.peek(), id, 'ArrowRight');
  acts.remove(id);
  if (next !== null) focusStep(next, canvas);
  return true;
}

export function focusStep(id: string, canvas: Canvas): void {
  canvas.reveal(id);
  document.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"] .node-face`)?.focus({ preventScroll: true });
}

/** Once it is drawn. */
export function focusForm(): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector<HTMLElement>('.flow-desk > .flow-panel');
    (panel?.querySelector<HTMLElement>('.flow-form :is(textarea, input, select)') ?? panel)?.focus();
  });
}
