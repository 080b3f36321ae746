// A form message of the preview.
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { FactValue, FormField } from '../../../shared/bot/types.ts';
import { useFlow } from '../context.ts';

const types = { email: 'email', phone: 'tel', number: 'number', date: 'date', name: 'text', text: 'text', choice: 'text' } as const;

export function PreviewForm({ fields, isOpen }: { fields: readonly FormField[]; isOpen: boolean }): JSX.Element {
  const { preview } = useFlow();
  const id = useId();
  const [values, setValues] = useState<Readonly<Record<string, FactValue>>>({});
  const set = (name: string, value: string): void => setValues({ ...values, [name]: value });
  const isWhole = fields.every(({ name, required }) => !required || String(values[name] ?? '').trim() !== '');
  return (
    <form
      class="chat-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void preview.submit(fields, values);
      }}
    >
      <fieldset disabled={!isOpen}>
        {fields.map(({ name, label, kind, required, options }) => (
          <label key={name} for={`${id}-${name}`}>
            <span>
              {label}
              {required ? '' : ' (optional)'}
            </span>
            {kind === 'choice' ? (
              <select
                id={`${id}-${name}`}
                class="select"
                value={String(values[name] ?? '')}
                onChange={(event) => set(name, event.currentTarget.value)}
              >
                <option value="" />
                {(options ?? []).map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            ) : (
              <input
                id={`${id}-${name}`}
                class="input"
                type={types[kind] as 'text'}
                value={String(values[name] ?? '')}
                onInput={(event) => set(name, event.currentTarget.value)}
              />
            )}
          </label>
        ))}
        {isOpen ? (
          <button type="submit" class="chat-chip is-done" aria-disabled={!isWhole}>
            Send
          </button>
        ) : null}
      </fieldset>
    </form>
  );
}
