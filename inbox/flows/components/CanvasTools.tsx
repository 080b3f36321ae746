// The buttons on the graph: add, zoom, fit, tidy.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from '../../components/Icon.tsx';
import { PlusIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import { FitIcon, MinusIcon, TidyIcon } from '../icons.ts';
import { Minimap } from './Minimap.tsx';

const step = 1.25;

export function CanvasTools(): JSX.Element {
  const { acts, canvas, editor } = useFlow();
  const percent = useComputed(() => `${Math.round(canvas.view.value.zoom * 100)} %`);
  return (
    <>
      {editor.isReadOnly.value ? null : (
        <div class="canvas-add" data-no-pan>
          <button type="button" class="button" onClick={() => acts.openPalette(null)} title="Add a step (A)">
            <Icon of={PlusIcon} size={14} /> Add step
          </button>
        </div>
      )}
      <div class="canvas-tools" data-no-pan role="toolbar" aria-label="View of the graph">
        <button type="button" class="icon-button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => canvas.zoom(1 / step)}>
          <Icon of={MinusIcon} />
        </button>
        <button
          type="button"
          class="canvas-percent"
          title="To 100 % (1)"
          aria-label={`Zoom ${percent.value}; to 100 %`}
          onClick={() => canvas.zoomTo(1)}
        >
          {percent.value}
        </button>
        <button type="button" class="icon-button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => canvas.zoom(step)}>
          <Icon of={PlusIcon} />
        </button>
        <span class="canvas-rule" />
        <button type="button" class="icon-button" aria-label="Show all of it" title="Show all of it (0)" onClick={canvas.fit}>
          <Icon of={FitIcon} />
        </button>
        {editor.isReadOnly.value ? null : (
          <button type="button" class="icon-button" aria-label="Tidy up" title="Put every step in its place" onClick={acts.tidy}>
            <Icon of={TidyIcon} />
          </button>
        )}
      </div>
      <Minimap />
    </>
  );
}
