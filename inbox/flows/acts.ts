// What the agent does to the flow, by hand, by key or in a form: each a change that can be undone.
import { removeStep, renameStep } from '../../shared/bot/edit.ts';
import type { FlowDraft } from '../../shared/bot/edit.ts';
import type { StepTypeName } from '../../shared/bot/steps/index.ts';
import type { Toasts } from '../state/toasts.ts';
import { portPoint } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { addStep, branchByAnswer, choicesOf, connect, duplicateStep, leadChoice, moveStep, setField, setStep, tidy } from './change.ts';
import type { Outlet } from './change.ts';
import type { FlowEditor } from './editor.ts';
import { freeSpot } from './geometry.ts';
import type { Point } from './geometry.ts';
import { focusForm } from './graph-keys.ts';
import { humanId } from './graph.ts';
import { columnGap, inletY } from './layout.ts';
import { nodeWidth } from './node-content.ts';

export interface Acts {
  /** Adds a step where the palette was opened and opens its form. */
  add(type: StepTypeName): void;
  /** Opens the palette for a step after this one, or for one that stands alone. */
  openPalette(after: Outlet | null, at?: Point | null, screen?: Point): void;
  connect(from: Outlet, to: string): void;
  move(id: string, to: Point): void;
  remove(id: string): void;
  duplicate(id: string): void;
  /** What is wrong with the wished name, null where it was taken. */
  rename(id: string, to: string): string | null;
  setField(id: string, field: string, value: unknown): void;
  setFlow(more: Partial<FlowDraft>, key?: string): void;
  makeStart(id: string): void;
  branchByAnswer(id: string): void;
  tidy(): void;
}

const idPattern = /^[a-z][a-z0-9-]{0,63}$/;

export function createActs(editor: FlowEditor, canvas: Canvas, toasts: Toasts): Acts {
  const now = (): FlowDraft => editor.history.now.peek();
  const offerUndo = (text: string): void => toasts.show(text, { action: { label: 'Undo', run: editor.history.undo } });

  function spotFor(after: Outlet | null, at: Point | null): Point | undefined {
    const boxes = [...editor.drawing.places.peek().values()];
    if (at !== null) return freeSpot({ x: at.x, y: at.y - inletY, width: nodeWidth, height: 100 }, boxes);
    // Beside a step that was put by hand the new one stands by hand, too; otherwise the layout knows.
    const place = after === null ? null : canvas.place(after.step);
    if (after === null || !place || now().steps[after.step]?.['at'] === undefined) return undefined;
    return freeSpot({ x: place.x + nodeWidth + columnGap, y: place.y, width: nodeWidth, height: 100 }, boxes);
  }

  function connectTo(flow: FlowDraft, from: Outlet, to: string): FlowDraft {
    if (from.step === humanId)
      return { ...flow, human: { ...(flow.human ?? { next: '' }), [from.edge === 'collect' ? 'collect' : 'next']: to } };
    if (!from.edge.startsWith('choice ')) return connect(flow, from, to);
    const value = from.edge.slice('choice '.length);
    const choice = choicesOf(flow.steps[from.step]).find((each) => each.value === value);
    return choice ? leadChoice(flow, from.step, choice, to) : flow;
  }

  return {
    add(type) {
      const adding = canvas.adding.peek();
      canvas.setAdding(null);
      const after = adding?.after ?? null;
      const isPlain = after !== null && after.step !== humanId && !after.edge.startsWith('choice ');
      const { flow, id } = addStep(now(), type, isPlain ? after : null, spotFor(after, adding?.at ?? null));
      editor.change(after !== null && !isPlain ? connectTo(flow, after, id) : flow);
      editor.select(id);
      canvas.reveal(id);
      focusForm();
    },
    openPalette(after, at = null, screen) {
      if (editor.isReadOnly.peek()) return;
      const { width, height } = canvas.size.peek();
      canvas.setAdding({ after, at, screen: screen ?? anchorOf(canvas, after) ?? { x: width / 2, y: height / 3 } });
    },
    connect: (from, to) => editor.change(connectTo(now(), from, to === humanId ? '' : to)),
    move(id, to) {
      if (id !== humanId) editor.change(moveStep(now(), id, to), `move ${id}`);
    },
    remove(id) {
      if (editor.isReadOnly.peek() || !Object.hasOwn(now().steps, id)) return;
      editor.change(removeStep(now(), id));
      offerUndo(`Removed “${id}”.`);
    },
    duplicate(id) {
      const copy = duplicateStep(now(), id);
      if (!copy) return;
      editor.change(copy.flow);
      editor.select(copy.id);
    },
    rename(id, to) {
      if (id === to) return null;
      if (!idPattern.test(to)) return 'Small letters, digits and hyphens, beginning with a letter.';
      if (Object.hasOwn(now().steps, to)) return `There is a step “${to}” already.`;
      editor.change(renameStep(now(), id, to));
      editor.select(to);
      return null;
    },
    setField: (id, field, value) => editor.change(setField(now(), id, field, value), `field ${id} ${field}`),
    setFlow: (more, key) => editor.change({ ...now(), ...more }, key),
    makeStart: (id) => editor.change({ ...now(), start: id }),
    branchByAnswer(id) {
      const made = branchByAnswer(now(), id);
      if (!made) return;
      // The branch is found by the layout, whatever the question's place.
      editor.change(setStep(made.flow, made.id, made.flow.steps[made.id] ?? {}));
      editor.select(made.id);
      canvas.reveal(made.id);
    },
    tidy() {
      const next = tidy(now());
      if (next === now()) return;
      editor.change(next);
      canvas.fit();
      offerUndo('Every step was put in its place.');
    },
  };
}

/** Beside the port the palette is opened from. */
function anchorOf(canvas: Canvas, after: Outlet | null): Point | null {
  const box = after === null ? null : canvas.place(after.step);
  if (!box) return null;
  const { x, y, zoom } = canvas.view.peek();
  const port = portPoint(box, inletY);
  return { x: port.x * zoom + x + 16, y: port.y * zoom + y };
}
