// The form of the two pages in front of the inbox: fields that say what is wrong beside themselves.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { Icon } from './Icon.tsx';
import { FailedIcon, HideIcon, ShowIcon } from './icons.ts';
import { Logo } from './Logo.tsx';

interface DoorFormProps {
  title: string;
  lead?: string;
  notice?: string | null;
  failure: ApiFailure | null;
  action: string;
  submit(): Promise<void>;
  children: ComponentChildren;
}

export function DoorForm({ title, lead, notice, failure, action, submit, children }: DoorFormProps): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    await submit();
    setBusy(false);
  };
  const general = failure && Object.keys(failure.fields).length === 0 ? failure.message : null;
  return (
    <main class="door">
      <form class="door-form" ref={form} onSubmit={(event) => void onSubmit(event)}>
        <Logo size={40} />
        <div class="door-words">
          <h1>{title}</h1>
          {lead ? <p>{lead}</p> : null}
        </div>
        {notice && !failure ? (
          <p class="door-notice" role="status">
            {notice}
          </p>
        ) : null}
        {general ? (
          <p class="door-failure" role="alert">
            <Icon of={FailedIcon} /> {general}
          </p>
        ) : null}
        {children}
        <button type="submit" class="button button-primary button-wide" aria-disabled={isBusy}>
          {isBusy ? 'One moment…' : action}
        </button>
      </form>
    </main>
  );
}

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email' | 'password';
  autocomplete: 'name' | 'username' | 'current-password' | 'new-password';
  minLength?: number;
  value: string;
  onInput(value: string): void;
  failure: ApiFailure | null;
  isFirst?: boolean;
  children?: ComponentChildren;
}

export function Field({
  name,
  label,
  hint,
  type = 'text',
  autocomplete,
  minLength,
  value,
  onInput,
  failure,
  isFirst,
  children,
}: FieldProps): JSX.Element {
  const wrong = failure?.fields[name];
  const note = wrong ?? hint;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, []);
  return (
    <div class={`field ${wrong ? 'is-wrong' : ''}`}>
      <label for={`field-${name}`}>{label}</label>
      <div class="field-box">
        <input
          ref={input}
          id={`field-${name}`}
          name={name}
          type={type as 'text'}
          autocomplete={autocomplete}
          required
          minLength={minLength}
          value={value}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={note ? `note-${name}` : undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        {children}
      </div>
      {note ? (
        <p id={`note-${name}`} class="field-note">
          {note}
        </p>
      ) : null}
    </div>
  );
}

export function PasswordField(props: Omit<FieldProps, 'type' | 'children'>): JSX.Element {
  const [isShown, setShown] = useState(false);
  return (
    <Field {...props} type={isShown ? 'text' : 'password'}>
      <button
        type="button"
        class="icon-button field-button"
        aria-label={isShown ? 'Hide the password' : 'Show the password'}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      >
        <Icon of={isShown ? HideIcon : ShowIcon} />
      </button>
    </Field>
  );
}
