// A value of any kind: a text, a number, yes or no, or nothing.
import type { JSX } from 'preact';
import { TextControl } from './TextControl.tsx';
import type { ControlProps } from './types.ts';

type Kind = 'text' | 'number' | 'flag' | 'nothing';

const words: Record<Kind, string> = { text: 'Text', number: 'Number', flag: 'Yes or no', nothing: 'Nothing' };
const starts: Record<Kind, unknown> = { text: '', number: 0, flag: true, nothing: null };

const kindOf = (value: unknown): Kind =>
  value === null ? 'nothing' : typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'flag' : 'text';

export function ValueControl(props: ControlProps): JSX.Element {
  const { field, value, onChange, id, isReadOnly } = props;
  const kind = kindOf(value);
  return (
    <span class="flow-value" role="group" aria-labelledby={`${id}-label`}>
      <select
        class="select"
        aria-label={`Kind of ${field.label.toLowerCase()}`}
        disabled={isReadOnly}
        value={kind}
        onChange={(event) => onChange(starts[event.currentTarget.value as Kind])}
      >
        {Object.entries(words).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      {kind === 'text' ? (
        <TextControl {...props} labelledBy={`${id}-label`} field={{ ...field, required: true, holdsVariables: true }} />
      ) : null}
      {kind === 'number' ? (
        <input
          class="input input-number"
          type="number"
          step="any"
          aria-label={field.label}
          disabled={isReadOnly}
          value={String(value)}
          onInput={(event) => onChange(Number.isNaN(event.currentTarget.valueAsNumber) ? 0 : event.currentTarget.valueAsNumber)}
        />
      ) : null}
      {kind === 'flag' ? (
        <select
          class="select"
          aria-label={field.label}
          disabled={isReadOnly}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value === 'true')}
        >
          <option value="true">yes</option>
          <option value="false">no</option>
        </select>
      ) : null}
    </span>
  );
}
