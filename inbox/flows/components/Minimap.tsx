// The whole flow in small, with a frame around what is seen; a tap goes there.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useFlow } from '../context.ts';
import { boundsOf } from '../geometry.ts';
import type { Box } from '../geometry.ts';

const room = { width: 168, height: 96 };
/** Where all of it is seen anyway, it says nothing. */
const shownFrom = 8;

export function Minimap(): JSX.Element | null {
  const { canvas, editor } = useFlow();
  const { places, graph } = editor.drawing;
  const all = boundsOf([...places.value.values()]);
  if (all === null || graph.value.nodes.length < shownFrom) return null;
  const scale = Math.min(room.width / all.width, room.height / all.height);
  const go = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { x, y, zoom } = canvas.view.peek();
    const { width, height } = canvas.size.peek();
    const target = { x: all.x + (event.clientX - box.left) / scale, y: all.y + (event.clientY - box.top) / scale };
    canvas.pan({ x: width / 2 - target.x * zoom - x, y: height / 2 - target.y * zoom - y });
  };
  return (
    <svg
      class="minimap"
      data-no-pan
      aria-hidden="true"
      width={all.width * scale}
      height={Math.max(12, all.height * scale)}
      viewBox={`${all.x} ${all.y} ${all.width} ${all.height}`}
      onPointerDown={go}
      onPointerMove={go}
    >
      {graph.value.nodes.map(({ id, look }) => {
        const box = places.value.get(id);
        return box ? <MinimapStep key={id} group={look.group} box={box} /> : null;
      })}
      <MinimapView scale={scale} />
    </svg>
  );
}

function MinimapStep({ group, box: { x, y, width, height } }: { group: string; box: Box }): JSX.Element {
  return <rect class={`minimap-step group-${group}`} x={x} y={y} width={width} height={height} rx={24} />;
}

/** By itself: the steps are not drawn anew while one moves about. */
function MinimapView({ scale }: { scale: number }): JSX.Element {
  const { canvas } = useFlow();
  const path = useComputed(() => {
    const { x, y, zoom } = canvas.view.value;
    const { width, height } = canvas.size.value;
    return `M${-x / zoom} ${-y / zoom}h${width / zoom}v${height / zoom}h${-width / zoom}z`;
  });
  return <path class="minimap-view" d={path} stroke-width={2 / scale} />;
}
