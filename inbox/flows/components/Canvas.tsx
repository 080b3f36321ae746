// The graph: steps as a list that screen readers can walk, edges as one drawing below them, both on a plane that is moved.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useFlow } from '../context.ts';
import { handleGraphKey } from '../graph-keys.ts';
import { handleHands } from '../pointer.ts';
import { CanvasTools } from './CanvasTools.tsx';
import { EdgeLayer } from './EdgeLayer.tsx';
import { Palette } from './Palette.tsx';
import { StepCard } from './StepCard.tsx';

export function Canvas(): JSX.Element {
  const { canvas, editor, acts } = useFlow();
  const root = useRef<HTMLDivElement>(null);
  useSize(root);
  useEffect(() => {
    if (!root.current) return;
    return handleHands(root.current, canvas, {
      isReadOnly: () => editor.isReadOnly.peek(),
      move: acts.move,
      connect: acts.connect,
      add: acts.openPalette,
      tapBackground() {
        canvas.setAdding(null);
        editor.select(null);
      },
    });
  }, [canvas]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.target as Element).closest('dialog, .palette')) return;
      if (handleGraphKey(event, { editor, canvas, acts })) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [editor]);
  const grid = useComputed(() => {
    const { x, y, zoom } = canvas.view.value;
    // Dots that stand too close are left out.
    const gap = 24 * zoom * (zoom < 0.5 ? 4 : 1);
    return `background-position:${x}px ${y}px;background-size:${gap}px ${gap}px`;
  });
  return (
    <div ref={root} class={`canvas ${editor.isReadOnly.value ? 'is-read-only' : ''}`} style={grid} data-testid="canvas">
      <Plane />
      <CanvasTools />
      <Palette />
    </div>
  );
}

function Plane(): JSX.Element {
  const { canvas } = useFlow();
  const place = useComputed(() => {
    const { x, y, zoom } = canvas.view.value;
    return `transform:translate(${x}px,${y}px) scale(${zoom})`;
  });
  const name = useComputed(() => `plane ${canvas.isGliding.value ? 'is-gliding' : ''} ${canvas.drawn.value ? 'is-drawing' : ''}`);
  return (
    <div class={name} style={place}>
      <EdgeLayer />
      <Steps />
    </div>
  );
}

function Steps(): JSX.Element {
  const { editor } = useFlow();
  const { nodes } = editor.drawing.graph.value;
  return (
    <ol class="nodes" aria-label="Steps of the flow">
      {nodes.map((node) => (
        <StepCard key={node.id} node={node} />
      ))}
    </ol>
  );
}

/** Opens the view once the size is known; a panel that comes or goes moves nothing. */
function useSize(root: { current: HTMLDivElement | null }): void {
  const { canvas, editor } = useFlow();
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    let isOpen = false;
    const measure = (): void => {
      const { width, height } = element.getBoundingClientRect();
      canvas.resize({ width, height });
      if (!isOpen && width > 0) {
        isOpen = true;
        canvas.open(editor.draft.peek().start);
      }
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas]);
}
