// Who is let in: set-up, login, or the pages of a signed-in agent.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import type { App } from '../state/app.ts';
import { LoginPage } from '../pages/LoginPage.tsx';
import { SetupPage } from '../pages/SetupPage.tsx';
import { SignedInPage } from '../pages/SignedInPage.tsx';
import { DoorNotice } from './DoorNotice.tsx';
import { Logo } from './Logo.tsx';

export function AppView({ app }: { app: App }): JSX.Element {
  const { session, router } = app;
  const route = router.route.value;
  const me = session.me.value;
  const isAtTheDoor = route.page === 'login' && Boolean(me);
  useEffect(() => {
    if (isAtTheDoor) router.navigate('/inbox', { replace: true });
  }, [isAtTheDoor]);
  if (route.page === 'setup') return <SetupPage session={session} router={router} token={route.token} />;
  const failure = session.failure.value;
  if (failure) return <DoorNotice title="The inbox cannot be loaded" words={failure.message} retry={() => void session.load()} />;
  if (me === undefined) return <Splash />;
  if (me === null || !app.inbox.value) return <LoginPage session={session} />;
  return <SignedInPage inbox={app.inbox.value} session={session} />;
}

function Splash(): JSX.Element {
  return (
    <div class="door is-late" role="status">
      <Logo size={40} />
      <span class="hidden">Loading the inbox…</span>
    </div>
  );
}
