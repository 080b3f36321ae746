// Every flow of the workspace: which one is in force, what is pending, what came of each.
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { FlowSummary } from '../../shared/api.ts';
import { Icon } from '../components/Icon.tsx';
import { PlusIcon } from '../components/icons.ts';
import { PageHead } from '../components/PageHead.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { FlowCard } from '../flows/components/FlowCard.tsx';
import { NewFlowDialog } from '../flows/components/NewFlowDialog.tsx';
import { createFlows } from '../flows/list.ts';
import type { Flows } from '../flows/list.ts';
import { flowPath } from '../router.ts';
import type { Inbox } from '../state/inbox.ts';
import '../styles/flow-common.css';
import '../styles/flow-list.css';

export function FlowsPage({ inbox }: { inbox: Inbox }): JSX.Element {
  const flows = useMemo(() => createFlows(inbox.api), [inbox]);
  const [isMaking, setMaking] = useState(false);
  const canEdit = inbox.me.role !== 'agent';
  useEffect(() => void flows.load(), [flows]);
  const create = async (flow: { name?: string; flow: unknown }): Promise<string | null> => {
    const result = await flows.create(flow);
    if (!result.ok) return [result.message, ...Object.values(result.fields)].join(' ');
    inbox.router.navigate(flowPath(result.data));
    return null;
  };
  return (
    <div class="flows">
      <PageHead title="Flows" lead="What the bot says and asks, step by step. New conversations begin with the active one.">
        {canEdit ? (
          <button type="button" class="button button-primary" onClick={() => setMaking(true)}>
            <Icon of={PlusIcon} size={14} /> New flow
          </button>
        ) : null}
      </PageHead>
      <List flows={flows} inbox={inbox} canEdit={canEdit} make={() => setMaking(true)} />
      {isMaking ? <NewFlowDialog close={() => setMaking(false)} create={create} /> : null}
    </div>
  );
}

interface ListProps {
  flows: Flows;
  inbox: Inbox;
  canEdit: boolean;
  make(): void;
}

function List({ flows, inbox, canEdit, make }: ListProps): JSX.Element {
  const [deleting, setDeleting] = useState<FlowSummary | null>(null);
  const all = flows.all.value;
  if (flows.failure.value !== null && all === null) {
    return (
      <div class="empty" role="alert">
        <h2>The flows could not be loaded</h2>
        <p>{flows.failure.value.message}</p>
        <button type="button" class="button" onClick={() => void flows.load()}>
          Try again
        </button>
      </div>
    );
  }
  if (all === null) return <Skeleton />;
  if (all.length === 0) return <Empty canEdit={canEdit} make={make} />;
  const tell = (failure: { message: string } | null, done: string): void =>
    inbox.toasts.show(failure?.message ?? done, failure ? { tone: 'error' } : {});
  return (
    <>
      <ul class="flow-cards" aria-label="Flows">
        {all
          .toSorted((a, b) => Number(b.active) - Number(a.active))
          .map((flow) => (
            <FlowCard
              key={flow.id}
              flow={flow}
              own={flows.yields.value.get(flow.id)}
              canEdit={canEdit}
              activate={() => void flows.activate(flow.id).then((failure) => tell(failure, `New conversations begin with “${flow.name}”.`))}
              remove={() => setDeleting(flow)}
            />
          ))}
      </ul>
      {deleting === null ? null : (
        <DeleteDialog
          flow={deleting}
          close={() => setDeleting(null)}
          remove={() => void flows.remove(deleting.id).then((failure) => tell(failure, `“${deleting.name}” is deleted.`))}
        />
      )}
    </>
  );
}

/** What cannot be undone is asked for. */
function DeleteDialog({ flow: { name }, close, remove }: { flow: FlowSummary; close(): void; remove(): void }): JSX.Element {
  return (
    <Dialog look="sheet-flow" name="delete-flow" title={`Delete “${name}”?`} close={close}>
      <p class="sheet-lead">
        Its draft is gone for good. Conversations that run on a published version go on to their end. Export it first if you may want it
        back.
      </p>
      <div class="sheet-actions">
        <button type="button" class="button" onClick={close}>
          Keep it
        </button>
        <button
          type="button"
          class="button button-danger"
          onClick={() => {
            close();
            remove();
          }}
        >
          Delete
        </button>
      </div>
    </Dialog>
  );
}

function Empty({ canEdit, make }: { canEdit: boolean; make(): void }): JSX.Element {
  return (
    <div class="empty">
      <h2>No flow yet</h2>
      <p>A flow greets visitors, asks what matters to you and hands over to your team. Begin with a ready one and make it yours.</p>
      {canEdit ? (
        <button type="button" class="button button-primary" onClick={make}>
          New flow
        </button>
      ) : null}
    </div>
  );
}

function Skeleton(): JSX.Element {
  return (
    <ul class="flow-cards is-late" role="status" aria-label="Loading the flows">
      {[0, 1, 2].map((row) => (
        <li class="flow-card" key={row}>
          <span class="bone bone-face" />
          <span class="bone-lines">
            <span class="bone" style={{ width: '32%' }} />
            <span class="bone" style={{ width: '52%' }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
