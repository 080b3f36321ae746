// The first agent of a new installation, by the one-use link which the server printed.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { DoorForm, Field, PasswordField } from '../components/DoorForm.tsx';
import { Logo } from '../components/Logo.tsx';
import type { Router } from '../router.ts';
import type { Session } from '../state/session.ts';

interface SetupProps {
  session: Session;
  router: Router;
  token: string;
}

type LinkState = 'checking' | 'valid' | 'invalid' | ApiFailure;

export function SetupPage({ session, router, token }: SetupProps): JSX.Element {
  const [link, setLink] = useState<LinkState>('checking');
  const check = (): void => void session.checkSetupLink(token).then(setLink);
  useEffect(check, [token]);
  if (link === 'checking') return <div class="door" role="status" aria-label="Checking the link" />;
  if (link === 'invalid') return <DeadLink />;
  if (link !== 'valid') return <NoAnswer words={link.message} retry={check} />;
  return (
    <FirstAgentForm
      session={session}
      token={token}
      onDead={() => setLink('invalid')}
      onDone={() => router.navigate('/inbox', { replace: true })}
    />
  );
}

function FirstAgentForm({
  session,
  token,
  onDead,
  onDone,
}: {
  session: Session;
  token: string;
  onDead(): void;
  onDone(): void;
}): JSX.Element {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const submit = async (): Promise<void> => {
    const refused = await session.setUp({ token, name: name.trim(), email: email.trim(), password });
    setFailure(refused);
    if (refused === null) onDone();
    else if (refused.code === 'setup_link_invalid') onDead();
  };
  return (
    <DoorForm
      title="Create your first agent"
      lead="This account answers visitors and invites the others."
      failure={failure}
      action="Create the account"
      submit={submit}
    >
      <Field
        name="name"
        label="Your name"
        hint="Visitors see it beside your answers."
        autocomplete="name"
        value={name}
        onInput={setName}
        failure={failure}
        isFirst
      />
      <Field name="email" label="Email" type="email" autocomplete="username" value={email} onInput={setEmail} failure={failure} />
      <PasswordField
        name="password"
        label="Password"
        hint="At least 10 characters."
        minLength={10}
        autocomplete="new-password"
        value={password}
        onInput={setPassword}
        failure={failure}
      />
    </DoorForm>
  );
}

function DeadLink(): JSX.Element {
  return (
    <main class="door">
      <Logo size={40} />
      <div class="door-words">
        <h1>This set-up link no longer works</h1>
        <p>
          It was used already, or it is more than an hour old. Restart the server: while there is no agent, it prints a new link at every
          start.
        </p>
      </div>
      <a class="button" href="/inbox/login">
        Sign in instead
      </a>
    </main>
  );
}

function NoAnswer({ words, retry }: { words: string; retry(): void }): JSX.Element {
  return (
    <main class="door">
      <Logo size={40} />
      <div class="door-words" role="alert">
        <h1>The link could not be checked</h1>
        <p>{words}</p>
      </div>
      <button type="button" class="button button-primary" onClick={retry}>
        Try again
      </button>
    </main>
  );
}
