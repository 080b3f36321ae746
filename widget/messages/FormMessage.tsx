import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FactValue, FormField } from '../../shared/bot/types.ts';
import type { MessageView } from '../../shared/conversation.ts';
import { useApp } from '../app.ts';
import { Icon } from '../components/Icon.tsx';
import type { Phrases } from '../locales/index.ts';
import css from '../styles/form.css?inline';
import { TextMessage } from './TextMessage.tsx';
import { checkField } from './check-field.ts';
import { tracked } from '../components/tracked.ts';

const inputs: Record<FormField['kind'], JSX.IntrinsicElements['input']> = {
  email: { type: 'email', inputMode: 'email', autoComplete: 'email' },
  name: { type: 'text', inputMode: 'text', autoComplete: 'name' },
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'tel' },
  text: { type: 'text', inputMode: 'text', autoComplete: 'off' },
  number: { type: 'text', inputMode: 'decimal', autoComplete: 'off' },
};

/** Part of the talk: one field at a time, and what was given once it is answered. */
const FormMessage = tracked(function FormMessage({ message }: { message: MessageView }) {
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
    </div>
  );
});

function Answered({ fields, values, done }: { fields: readonly FormField[]; values: Readonly<Record<string, FactValue>>; done: boolean }) {
  const { phrases } = useApp().locale;
  const given = fields.filter(({ name }) => (values[name] ?? '') !== '');
  return (
    <div class={done ? 'card answered' : 'card answered pending'}>
      <dl>
        {given.map(({ name, label }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{String(values[name])}</dd>
          </div>
        ))}
      </dl>
      <p class="ok" role="status">
        <Icon name="check" size={16} /> {done ? phrases.thanks : phrases.sending}
      </p>
    </div>
  );
}

const Fields = tracked(function Fields({
  message,
  refused,
}: {
  message: MessageView;
  refused: readonly { pointer: string; message: string }[];
}) {
  const { state, delivery, locale } = useApp();
  const { phrases } = locale;
  const fields = message.form ?? [];
  const item = state.formItem(message.id);
  const before = item?.body.kind === 'form' ? item.body.values : {};
  const firstRefused = fields.findIndex(({ name }) => refused.some(({ pointer }) => pointer.split('/').includes(name)));
  const [values, setValues] = useState<Record<string, FactValue>>({ ...before });
  const [at, setAt] = useState(Math.max(0, firstRefused));
  const [error, setError] = useState<string | null>(refused[0]?.message ?? null);
  const input = useRef<HTMLInputElement>(null);
  const moved = useRef(false);
  const field = fields[at];

  useEffect(() => {
    if (moved.current) input.current?.focus({ preventScroll: true });
    moved.current = true;
  }, [at]);
  if (!field) return null;

  function go(value: string): void {
    const problem = checkField(field!, value);
    setError(problem && (phrases[problem] as string));
    if (problem) return input.current?.focus();
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
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        go(input.current!.value);
      }}
    >
      <div
        class="steps"
        role="progressbar"
        aria-valuemin={1}
        aria-valuenow={at + 1}
        aria-valuemax={fields.length}
        aria-label={phrases.stepOf(at + 1, fields.length)}
      >
        {fields.map(({ name }, index) => (
          <i key={name} class={index <= at ? 'past' : ''} />
        ))}
      </div>
      <label for={id}>
        {field.label}
        {!field.required && <small> {phrases.optional}</small>}
      </label>
      <div class={error ? 'entry wrong' : 'entry'}>
        <input
          key={field.name}
          ref={input}
          id={id}
          {...inputs[field.kind]}
          defaultValue={String(values[field.name] ?? '')}
          required={field.required}
          enterkeyhint={at + 1 < fields.length ? 'next' : 'done'}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
          onInput={() => error && setError(null)}
        />
        <button type="submit" class="go" aria-label={at + 1 < fields.length ? phrases.next : phrases.done}>
          <Icon name={at + 1 < fields.length ? 'send' : 'check'} size={18} />
        </button>
      </div>
      <p class="error" id={`${id}-error`} role="alert">
        {error}
      </p>
      <FormFoot at={at} field={field} phrases={phrases} back={() => (setError(null), setAt(at - 1))} skip={() => go('')} />
    </form>
  );
});

function FormFoot({ at, field, phrases, back, skip }: { at: number; field: FormField; phrases: Phrases; back(): void; skip(): void }) {
  if (at === 0 && field.required) return null;
  return (
    <div class="ways">
      {at > 0 && (
        <button type="button" onClick={back}>
          {phrases.back}
        </button>
      )}
      {!field.required && (
        <button type="button" onClick={skip}>
          {phrases.skip}
        </button>
      )}
    </div>
  );
}

export { FormMessage as View, css };
