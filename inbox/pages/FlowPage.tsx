// One flow, drawn and edited; it fills the page.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { PageSkeleton } from '../components/Lazy.tsx';
import { EditorView } from '../flows/components/EditorView.tsx';
import { openFlow } from '../flows/editor.ts';
import type { FlowEditor } from '../flows/editor.ts';
import type { Inbox } from '../state/inbox.ts';
import '../styles/flow-common.css';
import '../styles/flow-editor.css';
import '../styles/flow-graph.css';
import '../styles/flow-form.css';
import '../styles/flow-preview.css';
import { createStorage } from '../storage.ts';

export function FlowPage({ inbox, flow }: { inbox: Inbox; flow: string }): JSX.Element {
  const [opened, setOpened] = useState<FlowEditor | ApiFailure | null>(null);
  const load = (): (() => void) => {
    let isGone = false;
    setOpened(null);
    const deps = { api: inbox.api, storage: createStorage(), toasts: inbox.toasts, canEdit: inbox.me.role !== 'agent' };
    void openFlow(deps, flow).then((result) => {
      if (isGone) return result.ok && result.editor.stop();
      setOpened(result.ok ? result.editor : result);
    });
    return () => (isGone = true);
  };
  useEffect(load, [inbox, flow]);
  if (opened === null) return <PageSkeleton />;
  if ('ok' in opened) return <FlowFailure failure={opened} retry={load} />;
  return <EditorView inbox={inbox} editor={opened} />;
}

function FlowFailure({ failure, retry }: { failure: ApiFailure; retry(): void }): JSX.Element {
  const isMissing = failure.code === 'not_found';
  return (
    <div class="empty" role="alert">
      <h2>{isMissing ? 'There is no such flow' : 'The flow could not be opened'}</h2>
      <p>{isMissing ? 'It was deleted, or the address is not right.' : failure.message}</p>
      <div class="empty-actions">
        {isMissing ? null : (
          <button type="button" class="button" onClick={retry}>
            Try again
          </button>
        )}
        <a class="button button-quiet" href="/inbox/flows">
          All flows
        </a>
      </div>
    </div>
  );
}
