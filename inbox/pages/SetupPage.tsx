// The first agent of a new installation, by the one-use link which the server printed.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { DoorForm } from '../components/DoorForm.tsx';
import { DoorNotice } from '../components/DoorNotice.tsx';
import { Field, PasswordField } from '../components/Field.tsx';
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
  if (link !== 'valid') return <DoorNotice title="The link could not be checked" words={link.message} retry={check} />;
  const create = async ({ name = '', email = '', password = '' }): Promise<ApiFailure | null> => {
    const failure = await session.setUp({ token, name, email, password });
    if (failure === null) router.navigate('/inbox', { replace: true });
    else if (failure.code === 'setup_link_invalid') setLink('invalid');
    return failure;
  };
  return <FirstAgentForm create={create} />;
}

function FirstAgentForm({ create }: { create(values: Record<string, string>): Promise<ApiFailure | null> }): JSX.Element {
  return (
    <DoorForm
      title="Create your first agent"
      lead="With this account you answer visitors. Colleagues can follow later."
      action="Create the account"
      submit={create}
    >
      <Field name="name" label="Your name" hint="Visitors see it beside your answers." autocomplete="name" isFirst />
      <Field name="email" label="Email" type="email" autocomplete="username" />
      <PasswordField hint="At least 10 characters." minLength={10} autocomplete="new-password" />
    </DoorForm>
  );
}

function DeadLink(): JSX.Element {
  return (
    <DoorNotice
      title="This set-up link no longer works"
      words="It was used already, or it is more than an hour old. Restart the server: while there is no agent, it prints a new link at every start."
    >
      <a class="button" href="/inbox/login">
        Sign in instead
      </a>
    </DoorNotice>
  );
}
