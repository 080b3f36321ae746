import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { CardPane } from '../components/CardPane.tsx';
import { InboxContext } from '../components/context.ts';
import { InstallSheet } from '../components/InstallSheet.tsx';
import { KeysSheet } from '../components/KeysSheet.tsx';
import { ListPane } from '../components/ListPane.tsx';
import { Nav } from '../components/Nav.tsx';
import { ThreadPane } from '../components/ThreadPane.tsx';
import { ToastList } from '../components/ToastList.tsx';
import { handleKey } from '../keys.ts';
import type { Inbox } from '../state/inbox.ts';
import type { Session } from '../state/session.ts';

export function InboxPage({ inbox, session }: { inbox: Inbox; session: Session }): JSX.Element {
  const { layout, selectedId, list, me } = inbox;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => handleKey(event, inbox);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [inbox]);
  const unread = list.unread.value;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}Inbox · ${me.workspace.name}`;
  }, [unread, me]);
  const { nav, list: listWidth, card } = layout.widths.value;
  const hasCard = selectedId.value !== null;
  const shown = [
    selectedId.value === null ? 'is-listing' : 'is-reading',
    hasCard && layout.isCardShown.value ? 'has-card' : '',
    hasCard && layout.isCardOver.value ? 'is-card-over' : '',
    layout.isNavOver.value ? 'is-nav-over' : '',
  ].join(' ');
  return (
    <InboxContext.Provider value={inbox}>
      <div class={`inbox ${shown}`} style={{ '--nav-width': `${nav}px`, '--list-width': `${listWidth}px`, '--card-width': `${card}px` }}>
        <Nav session={session} />
        <main class="panes">
          <h1 class="hidden">Inbox of {me.workspace.name}</h1>
          <ListPane />
          <ThreadPane />
        </main>
        {hasCard ? <CardPane /> : null}
        <button type="button" class="scrim" tabIndex={-1} aria-hidden="true" onClick={() => layout.closeOverlays()} />
      </div>
      <ToastList />
      <KeysSheet />
      <InstallSheet />
    </InboxContext.Provider>
  );
}
