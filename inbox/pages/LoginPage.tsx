import type { JSX } from 'preact';
import { DoorForm } from '../components/DoorForm.tsx';
import { Field, PasswordField } from '../components/Field.tsx';
import type { Session } from '../state/session.ts';

export function LoginPage({ session }: { session: Session }): JSX.Element {
  return (
    <DoorForm
      title="Sign in to the inbox"
      notice={session.endedBecause.value}
      action="Sign in"
      submit={({ email = '', password = '' }) => session.logIn(email, password)}
    >
      <Field name="email" label="Email" type="email" autocomplete="username" isFirst />
      <PasswordField autocomplete="current-password" />
    </DoorForm>
  );
}
