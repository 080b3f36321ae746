import { useEffect, useRef, useState } from 'preact/hooks';
import type { FactValue, FormField } from '../../shared/bot/types.ts';
import type { MessageView } from '../../shared/conversation.ts';
import { useApp } from '../app.ts';
import { Icon } from '../components/Icon.tsx';
import { tracked } from '../components/tracked.ts';
import { FormEntry } from './FormEntry.tsx';
import { Linked, TextMessage } from './TextMessage.tsx';
import { checkField } from './check-field.ts';
import { dateInWords } from './dates.ts';
import { useWords } from './words.ts';

/** Part of the talk: one field at a time, and what was given once it is answered. */
export const FormMessage = tracked(function FormMessage({ message }: { message: MessageView }) {
  const { state } = useApp();
  const item = state.formItem(message.id);
  const sent = item && !item.failure && item.body.kind === 'form' ? item.body.values : undefined;
  const answer = message.answer ?? sent;
  return (
    <div class="form">
      {message.text && <TextMessage message={message} />}
      {answer ? (
        <Answered fields={message.form ?? []} values={answer} done={message.answer !== undefined} />
      ) : (
        <Fields key={item?.cid} message={message} refused={item?.failure?.errors ?? []} />
      )}
      {message.consent && (
        <p class="consent" dir="auto">
          <Linked text={message.consent} />
        </p>
      )}
    </div>
  );
});

function Answered({ fields, values, done }: { fields: readonly FormField[]; values: Readonly<Record<string, FactValue>>; done: boolean }) {
  const { locale } = useApp();
  const words = useWords();
  const given = fields.filter(({ name }) => (values[name] ?? '') !== '');
  return (
    <div class={done ? 'card answered' : 'card answered pending'}>
      <dl>
        {given.map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd dir="auto">{valueInWords(field, String(values[field.name]), locale.tag)}</dd>
          </div>
        ))}
      </dl>
      <p class="ok" role="status">
        <Icon name="check" size={16} /> {done ? words.thanks : words.sending}
      </p>
    </div>
  );
}

function valueInWords({ kind, options }: FormField, value: string, tag: string): string {
  if (kind === 'date') return dateInWords(value, tag);
  return options?.find(({ value: own }) => own === value)?.label ?? value;
}

const Fields = tracked(function Fields({
  message,
  refused,
}: {
  message: MessageView;
  refused: readonly { pointer: string; message: string }[];
}) {
  const { state, delivery } = useApp();
  const words = useWords();
  const fields = message.form ?? [];
  const item = state.formItem(message.id);
  const before = item?.body.kind === 'form' ? item.body.values : {};
  const firstRefused = fields.findIndex(({ name }) => refused.some(({ pointer }) => pointer.split('/').includes(name)));
  const [values, setValues] = useState<Record<string, FactValue>>({ ...before });
  const [at, setAt] = useState(Math.max(0, firstRefused));
  const [error, setError] = useState<string | null>(refused[0]?.message ?? null);
  const form = useRef<HTMLFormElement>(null);
  const moved = useRef(false);
  const field = fields[at];

  const focus = (): void => form.current?.querySelector<HTMLElement>('input, select, .chip')?.focus({ preventScroll: true });
  useEffect(() => {
    if (moved.current) focus();
    moved.current = true;
  }, [at]);
  if (!field) return null;

  function go(value: string): void {
    const problem = checkField(field!, value);
    setError(problem && (words[problem] as string));
    if (problem) return focus();
    const next = { ...values, [field!.name]: value.trim() };
    setValues(next);
    if (at + 1 < fields.length) return setAt(at + 1);
    const filled = Object.fromEntries(Object.entries(next).filter(([, given]) => given !== ''));
    if (item) delivery.remove(item.cid);
    void state.post({ kind: 'form', message: message.id, values: filled });
  }

  const id = `f${message.id}-${field.name}`;
  return (
    <form
      class="card"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        go(form.current!.querySelector<HTMLInputElement | HTMLSelectElement>('input, select')?.value ?? '');
      }}
    >
      {fields.length > 1 && (
        <div
          class="steps"
          role="progressbar"
          aria-valuemin={1}
          aria-valuenow={at + 1}
          aria-valuemax={fields.length}
          aria-label={words.stepOf(at + 1, fields.length)}
        >
          {fields.map(({ name }, index) => (
            <i key={name} class={index <= at ? 'past' : ''} />
          ))}
        </div>
      )}
      <label for={id} id={`${id}-label`}>
        {field.label}
        {!field.required && <small> {words.optional}</small>}
      </label>
      <FormEntry
        key={field.name}
        id={id}
        field={field}
        value={String(values[field.name] ?? '')}
        wrong={error !== null}
        last={at + 1 === fields.length}
        onInput={() => error && setError(null)}
        give={go}
      />
      <p class="error" id={`${id}-error`} role="alert">
        {error}
      </p>
      {(at > 0 || !field.required) && (
        <div class="ways">
          {at > 0 && (
            <button type="button" onClick={() => (setError(null), setAt(at - 1))}>
              {words.back}
            </button>
          )}
          {!field.required && (
            <button type="button" onClick={() => go('')}>
              {words.skip}
            </button>
          )}
        </div>
      )}
    </form>
  );
});
