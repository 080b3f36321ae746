// The list, the thread, and the contact beside it.
import type { JSX } from 'preact';
import { CardPane } from '../components/CardPane.tsx';
import { MergeDialog } from '../components/MergeDialog.tsx';
import { ListPane } from '../components/ListPane.tsx';
import { ThreadPane } from '../components/ThreadPane.tsx';
import type { Inbox } from '../state/inbox.ts';

export function InboxPage({ inbox: { me, selectedId } }: { inbox: Inbox }): JSX.Element {
  return (
    <>
      <main class="panes">
        <h1 class="hidden">Inbox of {me.workspace.name}</h1>
        <ListPane />
        <ThreadPane />
      </main>
      {selectedId.value === null ? null : <CardPane />}
      <MergeDialog />
    </>
  );
}
