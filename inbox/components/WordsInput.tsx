// Several short texts in one field: Enter or a comma takes a word, Backspace in an empty field gives the last one back.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { XIcon } from './icons.ts';

interface WordsInputProps {
  values: readonly string[];
  onChange(values: string[]): void;
  label: string;
  placeholder?: string;
  'aria-invalid'?: true | undefined;
  'aria-describedby'?: string | undefined;
}

export function WordsInput({ values, onChange, label, placeholder, ...aria }: WordsInputProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const take = (text: string): void => {
    const words = text.split(/[,\n]/).map((word) => word.trim());
    const fresh = [...new Set(words)].filter((word) => word !== '' && !values.includes(word));
    if (fresh.length > 0) onChange([...values, ...fresh]);
    setTyped('');
  };
  const remove = (value: string): void => {
    onChange(values.filter((each) => each !== value));
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if ((event.key === 'Enter' || event.key === ',') && typed.trim() !== '') {
      event.preventDefault();
      take(typed);
    } else if (event.key === 'Backspace' && typed === '' && values.length > 0) {
      event.preventDefault();
      setTyped(values.at(-1) ?? '');
      onChange(values.slice(0, -1));
    } else if (event.key === 'Enter') event.preventDefault();
  };
  return (
    <span class="words-input" onClick={(event) => event.target === event.currentTarget && field.current?.focus()}>
      {values.map((value) => (
        <span class="word" key={value}>
          {value}
          <button type="button" class="word-remove" aria-label={`Remove ${value}`} onClick={() => remove(value)}>
            <Icon of={XIcon} size={12} />
          </button>
        </span>
      ))}
      <input
        {...aria}
        ref={field}
        type="text"
        aria-label={label}
        placeholder={values.length === 0 ? (placeholder ?? 'Type, then Enter') : ''}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text') ?? '';
          if (!/[,\n]/.test(text)) return;
          event.preventDefault();
          take(typed + text);
        }}
        onBlur={() => take(typed)}
      />
    </span>
  );
}
