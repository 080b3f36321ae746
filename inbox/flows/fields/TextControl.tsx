// Texts, short and long. Where variables may stand, a picker puts them in at the caret.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ControlProps } from './types.ts';
import { VariablePicker } from './VariablePicker.tsx';

/** Labels of chips and fields are shown as they are written. */
const holdsVariables = ({ field }: ControlProps): boolean =>
  (field.isShown === true && field.name !== 'label') || field.holdsVariables === true;

export function TextControl(props: ControlProps): JSX.Element {
  const { field, value, onChange, id, isReadOnly, isWrong, describedBy, labelledBy } = props;
  const input = useRef<HTMLInputElement>(null);
  const text = typeof value === 'string' ? value : '';
  const write = (next: string): void => onChange(next === '' && !field.required ? undefined : next);
  return (
    <span class="flow-text">
      <input
        ref={input}
        id={id}
        class="input"
        type={(field.control === 'url' ? 'url' : 'text') as 'text'}
        spellcheck={field.isShown === true}
        maxLength={field.maxLength}
        disabled={isReadOnly}
        placeholder={field.placeholder}
        value={text}
        aria-labelledby={labelledBy}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        onInput={(event) => write(event.currentTarget.value)}
      />
      {holdsVariables(props) && !isReadOnly ? (
        <VariablePicker insert={(variable) => insertAt(input.current, variable, write)} label={field.label} />
      ) : null}
    </span>
  );
}

export function LongTextControl(props: ControlProps): JSX.Element {
  const { field, value, onChange, id, isReadOnly, isWrong, describedBy } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const text = typeof value === 'string' ? value : '';
  const write = (next: string): void => onChange(next === '' && !field.required ? undefined : next);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(280, element.scrollHeight + 2)}px`;
  }, [text]);
  return (
    <span class="flow-text">
      <textarea
        ref={area}
        id={id}
        class="textarea"
        rows={field.isAdvanced === true || !field.required ? 1 : 3}
        maxLength={field.maxLength}
        disabled={isReadOnly}
        placeholder={field.placeholder}
        value={text}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        onInput={(event) => write(event.currentTarget.value)}
      />
      {holdsVariables(props) && !isReadOnly ? (
        <VariablePicker insert={(variable) => insertAt(area.current, variable, write)} label={field.label} />
      ) : null}
    </span>
  );
}

/** In place of what is selected; the caret goes behind it. */
function insertAt(element: HTMLInputElement | HTMLTextAreaElement | null, words: string, write: (text: string) => void): void {
  if (!element) return;
  const [start, end] = [element.selectionStart ?? element.value.length, element.selectionEnd ?? element.value.length];
  const next = element.value.slice(0, start) + words + element.value.slice(end);
  write(next);
  element.value = next;
  element.focus();
  element.setSelectionRange(start + words.length, start + words.length);
}
