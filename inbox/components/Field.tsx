import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useFieldFailure } from './DoorForm.tsx';
import { Icon } from './Icon.tsx';
import { HideIcon, ShowIcon } from './icons.ts';

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email' | 'password';
  autocomplete: 'name' | 'username' | 'current-password' | 'new-password';
  minLength?: number;
  isFirst?: boolean;
  children?: ComponentChildren;
}

/** A labelled input; its note is what is wrong, else the hint. */
export function Field({ label, hint, type = 'text', isFirst, children, ...input }: FieldProps): JSX.Element {
  const { name } = input;
  const wrong = useFieldFailure(name);
  const note = wrong ?? hint;
  const element = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) element.current?.focus();
  }, []);
  return (
    <div class={`field ${wrong ? 'is-wrong' : ''}`}>
      <label for={`field-${name}`}>{label}</label>
      <div class="field-box">
        <input
          {...input}
          ref={element}
          id={`field-${name}`}
          type={type as 'text'}
          required
          aria-invalid={wrong ? true : undefined}
          aria-describedby={note ? `note-${name}` : undefined}
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

export function PasswordField(props: Omit<FieldProps, 'name' | 'label' | 'type' | 'children'>): JSX.Element {
  const [isShown, setShown] = useState(false);
  return (
    <Field {...props} name="password" label="Password" type={isShown ? 'text' : 'password'}>
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
