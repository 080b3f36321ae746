// The ways on from a step: rows with a dot at the right, or one dot at its head. Drawn from, or tapped to add a step.
import type { JSX } from 'preact';
import { useComputed } from '@preact/signals';
import { Icon } from '../../components/Icon.tsx';
import { PlusIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import type { GraphNode } from '../graph.ts';
import type { Port } from '../node-content.ts';

export function StepPorts({ node: { id, content } }: { node: GraphNode }): JSX.Element {
  return (
    <ul class="ports" aria-label={`Ways on from ${id}`}>
      {content.ports.map((port) => (
        <PortView key={port.name} id={id} port={port} />
      ))}
    </ul>
  );
}

function PortView({ id, port }: { id: string; port: Port }): JSX.Element {
  const { acts, editor } = useFlow();
  const isReachable = useComputed(() => editor.selected.value === id);
  const { name, label, y, to, kind, isRow } = port;
  const way = label === '' ? id : `${label}, ${id}`;
  return (
    <li class={`port-row port-${kind} ${isRow ? 'is-row' : ''} ${to === '' ? 'is-open' : ''}`} style={{ top: `${y}px` }}>
      {isRow ? <span class="port-label">{label}</span> : null}
      <button
        type="button"
        class="port"
        data-port={name}
        data-y={y}
        tabIndex={isReachable.value ? 0 : -1}
        aria-label={to === '' ? `Add a step after ${way}` : `Insert a step after ${way}, before ${to}`}
        title={to === '' ? 'Draw to a step, or click to add one' : 'Draw to another step, or click to insert one'}
        onClick={() => acts.openPalette({ step: id, edge: name })}
      >
        <span class="port-dot">
          <Icon of={PlusIcon} size={12} />
        </span>
      </button>
    </li>
  );
}
