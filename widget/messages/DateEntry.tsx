import { useRef, useState } from 'preact/hooks';
import { useApp } from '../app.ts';
import { Icon } from '../components/Icon.tsx';
import { checkField } from './check-field.ts';
import { dateInWords } from './dates.ts';
import { useWords } from './words.ts';

/** The browser's own way to give a date, with words where it does not fit. `min` and `max` are ISO dates, both allowed. */
export function DateEntry({
  min,
  max,
  label,
  send,
}: {
  min?: string | undefined;
  max?: string | undefined;
  label: string;
  send(day: string): void;
}) {
  const { locale } = useApp();
  const words = useWords();
  const [error, setError] = useState('');
  const input = useRef<HTMLInputElement>(null);

  function problem(day: string): string {
    const wrong = checkField({ kind: 'date', required: true }, day);
    if (wrong) return words[wrong] as string;
    if (min && day < min) return words.notBefore(dateInWords(min, locale.tag));
    return max && day > max ? words.notAfter(dateInWords(max, locale.tag)) : '';
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const day = input.current!.value;
        const wrong = problem(day);
        setError(wrong);
        if (wrong) input.current!.focus();
        else send(day);
      }}
    >
      <div class={error ? 'entry wrong' : 'entry'}>
        <input ref={input} type="date" min={min} max={max} aria-label={label} aria-invalid={error !== ''} onInput={() => setError('')} />
        <button type="submit" class="go" aria-label={words.send} title={words.send}>
          <Icon name="send" size={18} />
        </button>
      </div>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}
