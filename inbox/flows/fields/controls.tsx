// Registry of controls: how each kind of field is edited.
import type { ComponentType } from 'preact';
import type { JSX } from 'preact';
import type { EditorControl } from '../../../shared/bot/editor.ts';
import type { Condition } from '../../../shared/conditions.ts';
import { ConditionField } from '../../components/ConditionField.tsx';
import { WordsInput } from '../../components/WordsInput.tsx';
import { isJson } from '../change.ts';
import { useFlow } from '../context.ts';
import { DurationControl } from './DurationControl.tsx';
import { ListControl } from './ListControl.tsx';
import { MapControl } from './MapControl.tsx';
import { AgentControl, AttributeControl, FlowControl, StepControl, TagControl, TeamControl } from './pickers.tsx';
import { LongTextControl, TextControl } from './TextControl.tsx';
import type { ControlProps } from './types.ts';
import { ValueControl } from './ValueControl.tsx';

function NumberControl({ field, value, onChange, id, isReadOnly, isWrong, describedBy }: ControlProps): JSX.Element {
  return (
    <input
      id={id}
      class="input input-number"
      type="number"
      step="any"
      min={field.min}
      max={field.max}
      disabled={isReadOnly}
      placeholder={field.default === undefined ? field.placeholder : String(field.default as number)}
      value={typeof value === 'number' ? String(value) : ''}
      aria-invalid={isWrong || undefined}
      aria-describedby={describedBy}
      onInput={(event) => {
        const number = event.currentTarget.valueAsNumber;
        onChange(Number.isNaN(number) ? (field.required && field.default === undefined ? 0 : undefined) : number);
      }}
    />
  );
}

function FlagControl({ field, value, onChange, id, isReadOnly, describedBy }: ControlProps): JSX.Element {
  const fallback = field.default === true;
  return (
    <label class="switch" for={id}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        disabled={isReadOnly}
        checked={typeof value === 'boolean' ? value : fallback}
        aria-describedby={describedBy}
        onChange={(event) => {
          const isOn = event.currentTarget.checked;
          onChange(!field.required && isOn === fallback ? undefined : isOn);
        }}
      />
      <span>{field.label}</span>
    </label>
  );
}

function SelectControl({ field, value, onChange, id, isReadOnly, isWrong, describedBy }: ControlProps): JSX.Element {
  const options = field.options ?? [];
  const chosen = typeof value === 'string' ? value : typeof field.default === 'string' ? field.default : '';
  return (
    <select
      id={id}
      class="select"
      disabled={isReadOnly}
      value={chosen}
      aria-invalid={isWrong || undefined}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    >
      {field.required || field.default !== undefined ? null : <option value="">Nothing in particular</option>}
      {options.some((option) => option.value === chosen) || chosen === '' ? null : <option value={chosen}>{chosen}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function ConditionControl({ field, value, onChange, isReadOnly, isWrong }: ControlProps): JSX.Element {
  const { editor } = useFlow();
  const facts = editor.drawing.facts.value;
  if (!isJson(value)) {
    return (
      <button
        type="button"
        class="button button-small flow-add"
        disabled={isReadOnly}
        onClick={() => onChange({ fact: facts[0]?.name ?? 'contact.email', op: 'known' })}
      >
        Only if …
      </button>
    );
  }
  return (
    <div class="flow-condition">
      <ConditionField
        value={value as unknown as Condition}
        onChange={onChange}
        facts={facts}
        label={field.label}
        isReadOnly={isReadOnly}
        showsFaults={isWrong}
      />
      {field.required || isReadOnly ? null : (
        <button type="button" class="button button-quiet button-small" onClick={() => onChange(undefined)}>
          Always instead
        </button>
      )}
    </div>
  );
}

function WordsControl({ field, value, onChange, isReadOnly }: ControlProps): JSX.Element {
  const values = Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
  if (isReadOnly) return <p>{values.join(', ') || '–'}</p>;
  return (
    <WordsInput
      label={field.label}
      values={values}
      placeholder={field.placeholder ?? 'Type, then Enter'}
      onChange={(words) => onChange(words.length === 0 && !field.required ? undefined : words)}
    />
  );
}

function DateControl(props: ControlProps): JSX.Element {
  const { field, value, onChange, id, isReadOnly, isWrong, describedBy } = props;
  const text = typeof value === 'string' ? value : '';
  // A text with a variable, like {{now.date}}, is a day, too.
  if (text !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return <TextControl {...props} />;
  return (
    <span class="flow-date">
      <input
        id={id}
        class="input"
        type="date"
        disabled={isReadOnly}
        value={text}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        onInput={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
      {isReadOnly || field.required || text !== '' ? null : (
        <button type="button" class="button button-quiet button-small" onClick={() => onChange('{{now.date}}')}>
          Today
        </button>
      )}
    </span>
  );
}

export const controls: Readonly<Record<EditorControl, ComponentType<ControlProps>>> = {
  text: TextControl,
  'long-text': LongTextControl,
  url: TextControl,
  number: NumberControl,
  flag: FlagControl,
  select: SelectControl,
  step: StepControl,
  attribute: AttributeControl,
  condition: ConditionControl,
  list: ListControl,
  words: WordsControl,
  map: MapControl,
  value: ValueControl,
  agent: AgentControl,
  team: TeamControl,
  flow: FlowControl,
  tag: TagControl,
  duration: DurationControl,
  date: DateControl,
};
