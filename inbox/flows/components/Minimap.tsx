// The whole flow in small, with a frame around what is seen; a tap goes there.
import type { JSX } from 'preact';
import { useFlow } from '../context.ts';
import { boundsOf } from '../geometry.ts';

const room = { width: 168, height: 96 };
/** Where all of it is seen anyway, it says nothing. */
const shownFrom = 8;

export function Minimap(): JSX.Element | null {
  const { canvas, editor } = useFlow();
  const { places, graph } = editor.drawing;
  const all = boundsOf([...places.value.values()]);
  if (all === null || graph.value.nodes.length < shownFrom) return null;
  const scale = Math.min(room.width / all.width, room.height / all.height);
  const { x, y, zoom } = canvas.view.value;
  const { width, height } = canvas.size.value;
  const go = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const target = { x: all.x + (event.clientX - box.left) / scale, y: all.y + (event.clientY - box.top) / scale };
    canvas.pan({ x: width / 2 - target.x * zoom - x, y: height / 2 - target.y * zoom - y });
  };
  return (
    <svg
      class="minimap"
      data-no-pan
      aria-hidden="true"
      width={all.width * scale}
      height={all.height * scale}
      viewBox={`${all.x} ${all.y} ${all.width} ${all.height}`}
      onPointerDown={go}
      onPointerMove={go}
    >
      {graph.value.nodes.map(({ id, look }) => {
        const box = places.value.get(id);
        return box ? (
          <rect key={id} class={`minimap-step group-${look.group}`} x={box.x} y={box.y} width={box.width} height={box.height} rx={24} />
        ) : null;
      })}
      <rect
        class="minimap-view"
        x={-x / zoom}
        y={-y / zoom}
        width={width / zoom}
        height={height / zoom}
        stroke-width={2 / scale}
        rx={8 / scale}
      />
    </svg>
  );
}
