// The value a fact is compared with: entered as what it is.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Plain, Test } from '../../shared/conditions.ts';
import { testFault, valueKindOf, valueWords } from '../conditions.ts';
import type { ConditionFact } from '../conditions.ts';
import { WordsInput } from './WordsInput.tsx';

interface ValueProps {
  test: Test;
  fact: ConditionFact;
  showsFaults: boolean;
  onChange(test: Test): void;
  onEnter(): void;
}

export function ConditionValue({ test, fact, showsFaults, onChange, onEnter }: ValueProps): JSX.Element | null {
  const id = useId();
  const kind = valueKindOf(fact, test.op);
  if (kind === 'none' || !('value' in test)) return null;
  const set = (value: unknown): void => onChange({ ...test, value } as Test);
  const fault = showsFaults ? testFault(test) : null;
  const common = {
    'aria-label': `Value of ${fact.label}`,
    'aria-invalid': fault !== null || undefined,
    'aria-describedby': fault === null ? undefined : id,
    onKeyDown: (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      onEnter();
    },
  };
  return (
    <span class="condition-value">
      {controlOf(kind, test.value, fact, set, common)}
      {fault === null ? null : (
        <span class="condition-fault" id={id} role="alert">
          {fault}
        </span>
      )}
    </span>
  );
}

type Common = {
  'aria-label': string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
  onKeyDown(event: KeyboardEvent): void;
};

function controlOf(
  kind: string,
  value: Plain | readonly Plain[],
  fact: ConditionFact,
  set: (value: unknown) => void,
  common: Common,
): JSX.Element {
  if (kind === 'number') {
    const shown = typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
    return (
      <input
        {...common}
        class="input input-small input-number"
        type="number"
        step="any"
        value={shown}
        onInput={(event) => set(event.currentTarget.value === '' ? Number.NaN : event.currentTarget.valueAsNumber)}
      />
    );
  }
  if (kind === 'flag' || kind === 'choice') return <OneOf kind={kind} value={value as Plain} fact={fact} set={set} common={common} />;
  const all = Array.isArray(value) ? (value as readonly Plain[]).map(String) : [];
  if (kind === 'choices') return <SomeOf values={all} fact={fact} set={set} label={common['aria-label']} />;
  if (kind === 'words') return <WordsInput {...common} label={common['aria-label']} values={all} onChange={set} />;
  return (
    <input
      {...common}
      class="input input-small"
      type="text"
      maxLength={500}
      value={String(value)}
      onInput={(event) => set(event.currentTarget.value)}
    />
  );
}

interface OneOfProps {
  kind: 'flag' | 'choice';
  value: Plain;
  fact: ConditionFact;
  set(value: unknown): void;
  common: Common;
}

function OneOf({ kind, value, fact, set, common }: OneOfProps): JSX.Element {
  const options = kind === 'flag' ? ['true', 'false'] : (fact.values ?? []);
  const words = (option: string): string => (kind === 'flag' ? (option === 'true' ? 'yes' : 'no') : valueWords(fact, option));
  const { onKeyDown: _, ...rest } = common;
  return (
    <select
      {...rest}
      class="select select-small"
      value={String(value)}
      onChange={(event) => set(kind === 'flag' ? event.currentTarget.value === 'true' : event.currentTarget.value)}
    >
      {(options.includes(String(value)) ? options : [String(value), ...options]).map((option) => (
        <option key={option} value={option}>
          {words(option)}
        </option>
      ))}
    </select>
  );
}

function SomeOf({
  values,
  fact,
  set,
  label,
}: {
  values: readonly string[];
  fact: ConditionFact;
  set(value: unknown): void;
  label: string;
}): JSX.Element {
  return (
    <span class="condition-choices" role="group" aria-label={label}>
      {(fact.values ?? []).map((value) => (
        <label key={value} class="check-chip">
          <input
            type="checkbox"
            checked={values.includes(value)}
            onChange={(event) => set(event.currentTarget.checked ? [...values, value] : values.filter((each) => each !== value))}
          />
          <span>{valueWords(fact, value)}</span>
        </label>
      ))}
    </span>
  );
}
