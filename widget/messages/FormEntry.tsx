import type { FormField } from '../../shared/bot/types.ts';
import { Icon } from '../components/Icon.tsx';
import { fieldInputs } from './field-inputs.ts';
import { useWords } from './words.ts';

/** More than these are a list to open, and no longer to be seen at once. */
const mostChips = 6;

export interface FormEntryProps {
  id: string;
  field: FormField;
  /** As it was given before. */
  value: string;
  wrong: boolean;
  /** Nothing comes after it. */
  last: boolean;
  onInput(): void;
  /** A tap says it all. */
  give(value: string): void;
}

/** Where one field is filled in: chips to tap, a list, or an input with the right keyboard. */
export function FormEntry({ id, field, value, wrong, last, onInput, give }: FormEntryProps) {
  const words = useWords();
  const { kind, options = [] } = field;
  if (kind === 'choice' && options.length <= mostChips) {
    return (
      <div class="toggles" role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-error`}>
        {options.map(({ value: own, label }) => (
          <button type="button" class={own === value ? 'chip on' : 'chip'} key={own} aria-pressed={own === value} onClick={() => give(own)}>
            {label}
          </button>
        ))}
      </div>
    );
  }
  const common = {
    id,
    required: field.required,
    'aria-invalid': wrong,
    'aria-describedby': `${id}-error`,
    onInput,
  };
  return (
    <div class={wrong ? 'entry wrong' : 'entry'}>
      {kind === 'choice' && <Icon name="close" size={18} />}
      {kind === 'choice' ? (
        <select {...common} defaultValue={value}>
          <option value="">{words.chooseOne}</option>
          {options.map(({ value: own, label }) => (
            <option key={own} value={own} selected={own === value}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <input {...common} {...fieldInputs[kind]} defaultValue={value} enterkeyhint={last ? 'done' : 'next'} />
      )}
      <button type="submit" class="go" aria-label={last ? words.done : words.next}>
        <Icon name={last ? 'check' : 'send'} size={18} />
      </button>
    </div>
  );
}
