// One step on the plane. It draws itself anew only when it changed itself; its place is a style that follows a signal.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { WarningIcon } from '../../components/icons.ts';
import { placeStyle } from '../canvas.ts';
import { useFlow } from '../context.ts';
import { isLeak, noCount, shareWords } from '../funnel.ts';
import { focusForm, handleStepKey } from '../graph-keys.ts';
import { humanId } from '../graph.ts';
import type { GraphNode } from '../graph.ts';
import { StepPorts } from './StepPorts.tsx';

export function StepCard({ node }: { node: GraphNode }): JSX.Element {
  const { id, look, content } = node;
  const { canvas } = useFlow();
  const place = useMemo(() => placeStyle(canvas, id), [canvas, id]);
  const state = useCardState(id);
  return (
    <li class={`node group-${id === humanId ? 'team' : look.group} ${state.value}`} data-step={id} style={place}>
      <StepFace node={node} />
      {content.ports.length > 0 ? <StepPorts node={node} /> : null}
      <StepCount id={id} />
    </li>
  );
}

/** Everything that shows on the card but is no part of the step, as class names. */
function useCardState(id: string) {
  const { canvas, editor, preview } = useFlow();
  return useComputed(() => {
    const faults = editor.drawing.faultsOf.value.get(id) ?? [];
    return [
      editor.selected.value === id ? 'is-selected' : '',
      faults.some(({ code }) => code !== 'unreachable') ? 'is-faulty' : '',
      faults.some(({ code }) => code === 'unreachable') ? 'is-unreachable' : '',
      canvas.dragging.value?.id === id ? 'is-dragged' : '',
      canvas.drawn.value?.over === id ? 'is-target' : '',
      preview.isOn.value && preview.current.value === id ? 'is-current' : '',
      preview.isOn.value && preview.passed.value.has(id) ? 'is-passed' : '',
    ]
      .filter((name) => name !== '')
      .join(' ');
  });
}

function StepFace({ node }: { node: GraphNode }): JSX.Element {
  const { id, look, content, isStart } = node;
  const { editor, canvas, acts } = useFlow();
  const isTabStop = useComputed(() => (editor.selected.value ?? editor.draft.value.start) === id);
  const faults = useComputed(() => editor.drawing.faultsOf.value.get(id)?.map(({ message }) => message) ?? []);
  const isSelected = useComputed(() => editor.selected.value === id);
  const open = (event: MouseEvent): void => {
    editor.select(id, id === humanId ? 'flow' : 'step');
    // From the keyboard one goes on in the form; a click leaves the focus on the step, for the keys that work on it.
    if (event.detail === 0) focusForm();
  };
  return (
    <button
      type="button"
      class="node-face"
      style={{ height: `${content.height}px` }}
      tabIndex={isTabStop.value ? 0 : -1}
      aria-label={labelOf(node, faults.value)}
      aria-pressed={isSelected.value}
      onClick={open}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && canvas.reveal(id)}
      onKeyDown={(event) => {
        if (!handleStepKey(event, id, { editor, canvas, acts })) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <span class="node-head">
        <span class="node-icon">
          <Icon of={look.icon} size={15} />
        </span>
        {isStart ? <span class="node-start">Start</span> : null} <span class="node-title">{look.title}</span>{' '}
        {faults.value.length > 0 ? (
          <span class="node-fault" title={faults.value.join('\n')}>
            <Icon of={WarningIcon} size={14} />
          </span>
        ) : null}
        {id === humanId ? null : <span class="node-id">{id}</span>}
      </span>{' '}
      {content.textLines > 0 ? (
        <span class="node-text" style={{ '--lines': content.textLines }}>
          {content.text}
        </span>
      ) : null}
      {content.items.map((item, index) => (
        <span class="node-item" key={index}>
          {item}{' '}
        </span>
      ))}
    </button>
  );
}

/** What a screen reader says of a step: what it is, what it says, where it leads, what is wrong. */
export function labelOf({ id, look, content, isStart }: GraphNode, faults: readonly string[]): string {
  const ways = content.ports
    .filter(({ to, kind }) => to !== '' && kind !== 'choice')
    .map(({ label, to }) => (label === '' ? `leads to ${to}` : `${label} leads to ${to}`));
  const head = id === humanId ? look.title : `${look.title}, ${id}`;
  return [isStart ? `Start. ${head}` : head, content.text.replace(/[.]$/, ''), ...content.items, ways.join(', '), ...faults]
    .filter((part) => part !== '')
    .join('. ');
}

function StepCount({ id }: { id: string }): JSX.Element | null {
  const { funnel } = useFlow().editor;
  const data = funnel.data.value;
  if (!funnel.isShown.value || data === null || id === humanId) return null;
  const count = data.steps[id] ?? noCount;
  const { reached, answered, dropped, waiting } = count;
  const words = `${reached} reached this step, ${answered} answered or went on, ${dropped} left here, ${waiting} are still here`;
  return (
    <span class={`node-count ${isLeak(count) ? 'is-leak' : ''}`} title={words} role="img" aria-label={words}>
      <span class="node-count-bar" style={{ width: `${funnel.most.value === 0 ? 0 : (reached / funnel.most.value) * 100}%` }} />
      <b>{reached}</b>
      <span>{shareWords(reached, funnel.most.value)}</span>
      {dropped > 0 ? <span class="node-dropped">−{dropped} left</span> : null}
    </span>
  );
}
