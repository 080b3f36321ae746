// All edges as one drawing. Each follows the places of its two ends by itself.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { Icon } from '../../components/Icon.tsx';
import { PlusIcon } from '../../components/icons.ts';
import { inletPoint, portPoint } from '../canvas.ts';
import { useFlow } from '../context.ts';
import { edgeMiddle, edgePath } from '../edge-path.ts';
import type { Way } from '../edge-path.ts';
import { humanId } from '../graph.ts';
import type { GraphEdge } from '../graph.ts';
import { UnlinkIcon } from '../icons.ts';

const nowhere = 'M0 0';
const backRoom = 26;

export function EdgeLayer(): JSX.Element {
  const { editor } = useFlow();
  const hovered = useSignal<GraphEdge | null>(null);
  const { edges } = editor.drawing.graph.value;
  return (
    <div class="edges" onPointerLeave={() => (hovered.value = null)}>
      <svg class="edge-lines" aria-hidden="true">
        {edges.map((edge) => (
          <EdgeLine key={edge.key} edge={edge} enter={() => (hovered.value = edge)} />
        ))}
        <DrawnLine />
      </svg>
      {edges.map((edge) => (
        <EdgeCount key={edge.key} edge={edge} />
      ))}
      <EdgeTools edge={hovered.value} leave={() => (hovered.value = null)} />
    </div>
  );
}

function useWay({ key, from, to, fromY }: GraphEdge) {
  const { canvas, editor } = useFlow();
  return useComputed((): Way | null => {
    const [a, b] = [canvas.place(from), canvas.place(to)];
    if (!a || !b) return null;
    const dragged = canvas.dragging.value?.id;
    const bends = dragged === from || dragged === to ? [] : (editor.drawing.bends.value.get(key) ?? []);
    return { from: portPoint(a, fromY), to: inletPoint(b), bends, floor: Math.max(a.y + a.height, b.y + b.height) + backRoom };
  });
}

function EdgeLine({ edge, enter }: { edge: GraphEdge; enter(): void }): JSX.Element {
  const { editor, preview } = useFlow();
  const way = useWay(edge);
  const path = useComputed(() => (way.value === null ? nowhere : edgePath(way.value)));
  const state = useComputed(() => {
    const { selected, funnel } = editor;
    const share = shareOf(funnel.isShown.value ? (funnel.data.value?.edges[`${edge.from}>${edge.to}`] ?? 0) : 0, funnel.most.value);
    const isNear = selected.value === edge.from || selected.value === edge.to;
    const isPassed = preview.isOn.value && preview.steps.value.has(`${edge.from}>${edge.to}`);
    const width = funnel.isShown.value && funnel.data.value !== null ? 1.25 + share * 9 : isNear || isPassed ? 2.25 : 1.75;
    return { name: `edge edge-${edge.port.kind} ${isNear ? 'is-near' : ''} ${isPassed ? 'is-passed' : ''}`, width };
  });
  return (
    <g class={state.value.name}>
      <path class="edge-hit" d={path} onPointerEnter={enter} onPointerDown={enter} />
      <path class="edge-line" d={path} stroke-width={state.value.width} />
    </g>
  );
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.min(1, part / whole));

/** The edge that is being drawn. */
function DrawnLine(): JSX.Element {
  const { canvas } = useFlow();
  const path = useComputed(() => {
    const drawn = canvas.drawn.value;
    if (drawn === null) return nowhere;
    const target = drawn.over === null ? null : canvas.place(drawn.over);
    const to = target ? inletPoint(target) : drawn.end;
    return edgePath({
      from: drawn.start,
      to: to.x < drawn.start.x + 24 && !target ? { x: drawn.start.x + 25, y: to.y } : to,
      bends: [],
      floor: Math.max(drawn.start.y, to.y) + 80,
    });
  });
  return <path class="edge-drawn" d={path} />;
}

function EdgeCount({ edge }: { edge: GraphEdge }): JSX.Element | null {
  const { funnel } = useFlow().editor;
  const way = useWay(edge);
  const style = useComputed(() => {
    const middle = way.value === null ? { x: 0, y: 0 } : edgeMiddle(way.value);
    return `transform:translate(${middle.x}px,${middle.y}px) translate(-50%,-50%)`;
  });
  const data = funnel.data.value;
  if (!funnel.isShown.value || data === null || edge.from === humanId) return null;
  const count = data.edges[`${edge.from}>${edge.to}`] ?? 0;
  return (
    <span class={`edge-count ${count === 0 ? 'is-none' : ''}`} style={style} title={`${count} went from ${edge.from} to ${edge.to}`}>
      {count}
    </span>
  );
}

/** Over the middle of the edge under the pointer: put a step in between, or take the edge away. */
function EdgeTools({ edge, leave }: { edge: GraphEdge | null; leave(): void }): JSX.Element | null {
  const { acts, canvas, editor } = useFlow();
  if (edge === null || editor.isReadOnly.value || canvas.dragging.value !== null || canvas.drawn.value !== null) return null;
  const [a, b] = [canvas.place(edge.from), canvas.place(edge.to)];
  if (!a || !b) return null;
  const bends = editor.drawing.bends.value.get(edge.key) ?? [];
  const middle = edgeMiddle({
    from: portPoint(a, edge.fromY),
    to: inletPoint(b),
    bends,
    floor: Math.max(a.y + a.height, b.y + b.height) + backRoom,
  });
  const outlet = { step: edge.from, edge: edge.port.name };
  return (
    <span
      class="edge-tools"
      data-no-pan
      aria-hidden="true"
      style={{ transform: `translate(${middle.x}px, ${middle.y}px) translate(-50%, -50%)` }}
      onPointerLeave={leave}
    >
      {edge.from === humanId ? null : (
        <button type="button" tabIndex={-1} title="Insert a step here" onClick={() => acts.openPalette(outlet)}>
          <Icon of={PlusIcon} size={14} />
        </button>
      )}
      <button
        type="button"
        tabIndex={-1}
        title="Take this connection away"
        onClick={() => {
          leave();
          acts.connect(outlet, '');
        }}
      >
        <Icon of={UnlinkIcon} size={14} />
      </button>
    </span>
  );
}
