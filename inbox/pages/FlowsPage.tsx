// Every flow of the workspace.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FlowSummary } from '../../shared/api.ts';
import { PageHead } from '../components/PageHead.tsx';
import { flowPath } from '../router.ts';
import type { Inbox } from '../state/inbox.ts';

export function FlowsPage({ inbox }: { inbox: Inbox }): JSX.Element {
  const [flows, setFlows] = useState<readonly FlowSummary[]>([]);
  useEffect(() => {
    void inbox.api.call('GET /api/v1/flows').then((result) => result.ok && setFlows(result.data.data));
  }, [inbox]);
  return (
    <>
      <PageHead title="Flows" />
      <ul>
        {flows.map(({ id, name }) => (
          <li key={id}>
            <a href={flowPath(id)}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
