// The line between two panes: dragged, or moved by arrow keys; a double click brings back the usual width.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { paneLimits } from '../state/layout.ts';
import type { Pane } from '../state/layout.ts';
import { useInbox } from './context.ts';

const keyStep = 16;

export function Resizer({ pane, label }: { pane: Pane; label: string }): JSX.Element {
  const { layout } = useInbox();
  const start = useRef<{ x: number; width: number } | null>(null);
  const width = layout.widths.value[pane];
  /** The card stands right of its line: it grows to the left. */
  const direction = pane === 'card' ? -1 : 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? keyStep : event.key === 'ArrowLeft' ? -keyStep : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    layout.resize(pane, width + step * direction);
  };
  return (
    <div
      class={`resizer resizer-${pane}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={paneLimits[pane].min}
      aria-valuemax={paneLimits[pane].max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDblClick={() => layout.resetWidth(pane)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current) layout.resize(pane, start.current.width + (event.clientX - start.current.x) * direction);
      }}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
    />
  );
}
