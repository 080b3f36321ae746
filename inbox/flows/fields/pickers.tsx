// Fields that name something else: a step, a person, a team, a flow, an attribute, a tag.
import type { JSX } from 'preact';
import { Icon } from '../../components/Icon.tsx';
import { attributesOf } from '../facts.ts';
import { PlusIcon } from '../../components/icons.ts';
import { attributeLabel } from '../../words.ts';
import { useFlow } from '../context.ts';
import { focusStep } from '../graph-keys.ts';
import { plainText } from '../node-content.ts';
import { lookOf } from '../step-looks.ts';
import { FoldedIcon } from '../icons.ts';
import type { ControlProps } from './types.ts';

export function StepControl({ field, value, onChange, id, isReadOnly, isWrong, describedBy, step }: ControlProps): JSX.Element {
  const { editor, acts, canvas } = useFlow();
  const { steps } = editor.draft.value;
  const chosen = typeof value === 'string' ? value : '';
  return (
    <span class="flow-step-picker">
      <select
        id={id}
        class="select"
        disabled={isReadOnly}
        value={chosen}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">Choose a step …</option>
        {chosen === '' || Object.hasOwn(steps, chosen) ? null : <option value={chosen}>{chosen} (no such step)</option>}
        {Object.entries(steps).map(([name, json]) => (
          <option key={name} value={name}>
            {stepWords(name, json)}
          </option>
        ))}
      </select>
      {chosen !== '' && Object.hasOwn(steps, chosen) ? (
        <button
          type="button"
          class="icon-button"
          aria-label={`Go to ${chosen}`}
          title={`Go to ${chosen}`}
          onClick={() => {
            editor.select(chosen);
            focusStep(chosen, canvas);
          }}
        >
          <Icon of={FoldedIcon} />
        </button>
      ) : isReadOnly || field.name.includes('.') ? null : (
        <button
          type="button"
          class="icon-button"
          aria-label={`Add a step after ${step}, at ${field.label}`}
          title="Add a step here"
          onClick={() => acts.openPalette({ step, edge: field.name })}
        >
          <Icon of={PlusIcon} />
        </button>
      )}
    </span>
  );
}

/** "need · What brings you here today?" */
export function stepWords(id: string, step: Readonly<Record<string, unknown>>): string {
  const text = typeof step['text'] === 'string' ? plainText(step['text']) : lookOf(step['type']).title;
  return `${id} · ${text.length > 44 ? `${text.slice(0, 42).trimEnd()}…` : text}`;
}

interface Option {
  value: string;
  label: string;
}

function IdControl({ props, options, nobody }: { props: ControlProps; options: readonly Option[]; nobody: string }): JSX.Element {
  const { field, value, onChange, id, isReadOnly, isWrong, describedBy } = props;
  const chosen = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const set = (text: string): void => {
    if (text === '' && !field.required) onChange(undefined);
    else onChange(field.control === 'flow' ? text : Number(text));
  };
  return (
    <select
      id={id}
      class="select"
      disabled={isReadOnly}
      value={chosen}
      aria-invalid={isWrong || undefined}
      aria-describedby={describedBy}
      onChange={(event) => set(event.currentTarget.value)}
    >
      <option value="">{nobody}</option>
      {chosen === '' || options.some((option) => option.value === chosen) ? null : (
        <option value={chosen}>{chosen} (not there any more)</option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

export function AgentControl(props: ControlProps): JSX.Element {
  const { agents } = useFlow().editor.names.value;
  return (
    <IdControl
      props={props}
      nobody="Nobody in particular"
      options={agents.map((agent) => ({ value: String(agent.id), label: agent.name }))}
    />
  );
}

export function TeamControl(props: ControlProps): JSX.Element {
  const { teams } = useFlow().editor.names.value;
  return <IdControl props={props} nobody="No team" options={teams.map((team) => ({ value: String(team.id), label: team.name }))} />;
}

export function FlowControl(props: ControlProps): JSX.Element {
  const { editor } = useFlow();
  const others = editor.names.value.flows.filter(({ id }) => id !== editor.id);
  const options = others.map(({ id, name, published_version }) => ({
    value: id,
    label: published_version === null ? `${name} (not published)` : name,
  }));
  return <IdControl props={props} nobody="Choose a flow …" options={options} />;
}

/** Typed, with what is in use to choose from. */
function Suggested({
  props,
  options,
  toValue,
}: {
  props: ControlProps;
  options: readonly Option[];
  toValue(text: string): string;
}): JSX.Element {
  const { field, value, onChange, id, isReadOnly, isWrong, describedBy } = props;
  const list = `${id}-list`;
  return (
    <>
      <input
        id={id}
        class="input"
        type="text"
        list={list}
        autocomplete="off"
        spellcheck={false}
        maxLength={field.maxLength}
        disabled={isReadOnly}
        placeholder={field.placeholder}
        value={typeof value === 'string' ? value : ''}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        onInput={(event) => {
          const next = toValue(event.currentTarget.value);
          onChange(next === '' && !field.required ? undefined : next);
        }}
      />
      <datalist id={list}>
        {options.map((option) => (
          <option key={option.value} value={option.value} label={option.label} />
        ))}
      </datalist>
    </>
  );
}

export function AttributeControl(props: ControlProps): JSX.Element {
  const { editor } = useFlow();
  const names = [...new Set([...editor.names.value.attributes, ...attributesOf(editor.draft.value)])];
  return (
    <Suggested
      props={props}
      options={names.map((name) => ({ value: name, label: attributeLabel(name) }))}
      // As it may be stored: whoever types "Team size" means team_size.
      toValue={(text) =>
        text
          .toLowerCase()
          .replace(/[\s-]+/g, '_')
          .replace(/[^a-z0-9_]/g, '')
      }
    />
  );
}

export function TagControl(props: ControlProps): JSX.Element {
  const { tags } = useFlow().editor.names.value;
  return <Suggested props={props} options={tags.map((tag) => ({ value: tag, label: tag }))} toValue={(text) => text} />;
}
