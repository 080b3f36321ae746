import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { DoorForm, Field, PasswordField } from '../components/DoorForm.tsx';
import type { Session } from '../state/session.ts';

export function LoginPage({ session }: { session: Session }): JSX.Element {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const submit = async (): Promise<void> => setFailure(await session.logIn(email.trim(), password));
  return (
    <DoorForm title="Sign in to the inbox" notice={session.endedBecause.value} failure={failure} action="Sign in" submit={submit}>
      <Field name="email" label="Email" type="email" autocomplete="username" value={email} onInput={setEmail} failure={failure} isFirst />
      <PasswordField
        name="password"
        label="Password"
        autocomplete="current-password"
        value={password}
        onInput={setPassword}
        failure={failure}
      />
    </DoorForm>
  );
}
