// What every page of a signed-in agent stands in: navigation, notices, sheets, keys. It lives on while pages come and go.
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { InboxContext } from '../components/context.ts';
import { InstallSheet } from '../components/InstallSheet.tsx';
import { KeysSheet } from '../components/KeysSheet.tsx';
import { Lazy } from '../components/Lazy.tsx';
import { Nav } from '../components/Nav.tsx';
import { ToastList } from '../components/ToastList.tsx';
import { handleKey } from '../keys.ts';
import type { SettingsSection } from '../router.ts';
import type { Inbox } from '../state/inbox.ts';
import type { Session } from '../state/session.ts';
import { InboxPage } from './InboxPage.tsx';

const loadFlows = async (): Promise<ComponentType<{ inbox: Inbox }>> => (await import('./FlowsPage.tsx')).FlowsPage;
const loadFlow = async (): Promise<ComponentType<{ inbox: Inbox; flow: string }>> => (await import('./FlowPage.tsx')).FlowPage;
const loadReports = async (): Promise<ComponentType<{ inbox: Inbox }>> => (await import('./ReportsPage.tsx')).ReportsPage;
const loadSettings = async (): Promise<ComponentType<{ inbox: Inbox; section: SettingsSection }>> =>
  (await import('./SettingsPage.tsx')).SettingsPage;

const titles = { flows: 'Flows', flow: 'Flow', reports: 'Reports', settings: 'Settings' } as const;

export function SignedInPage({ inbox, session }: { inbox: Inbox; session: Session }): JSX.Element {
  const { list, me, router } = inbox;
  const { page } = router.route.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => handleKey(event, inbox);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [inbox]);
  const unread = list.unread.value;
  const title = page in titles ? titles[page as keyof typeof titles] : 'Inbox';
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · ${me.workspace.name}`;
  }, [unread, title, me]);
  return (
    <InboxContext.Provider value={inbox}>
      <Frame inbox={inbox} session={session} />
      <ToastList />
      <KeysSheet />
      <InstallSheet />
    </InboxContext.Provider>
  );
}

function Frame({ inbox, session }: { inbox: Inbox; session: Session }): JSX.Element {
  const { layout, selectedId, router } = inbox;
  const { nav, list, card } = layout.widths.value;
  const isInbox = router.route.value.page === 'inbox';
  const hasCard = isInbox && selectedId.value !== null;
  const shown = [
    isInbox ? '' : 'is-page',
    selectedId.value === null ? 'is-listing' : 'is-reading',
    hasCard && layout.isCardShown.value ? 'has-card' : '',
    hasCard && layout.isCardOver.value ? 'is-card-over' : '',
    layout.isNavOver.value ? 'is-nav-over' : '',
  ].join(' ');
  return (
    <div class={`inbox ${shown}`} style={{ '--nav-width': `${nav}px`, '--list-width': `${list}px`, '--card-width': `${card}px` }}>
      <Nav session={session} />
      {isInbox ? <InboxPage inbox={inbox} /> : <OtherPage inbox={inbox} />}
      <button type="button" class="scrim" tabIndex={-1} aria-hidden="true" onClick={() => layout.closeOverlays()} />
    </div>
  );
}

function OtherPage({ inbox }: { inbox: Inbox }): JSX.Element {
  const route = inbox.router.route.value;
  return (
    <main class={`page page-${route.page}`} key={route.page}>
      {route.page === 'flows' ? <Lazy key="flows" load={loadFlows} props={{ inbox }} /> : null}
      {route.page === 'flow' ? <Lazy key={`flow ${route.flow}`} load={loadFlow} props={{ inbox, flow: route.flow }} /> : null}
      {route.page === 'reports' ? <Lazy key="reports" load={loadReports} props={{ inbox }} /> : null}
      {route.page === 'settings' ? <Lazy key="settings" load={loadSettings} props={{ inbox, section: route.section }} /> : null}
    </main>
  );
}
