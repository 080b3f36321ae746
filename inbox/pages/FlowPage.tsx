// One flow.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import type { Inbox } from '../state/inbox.ts';

export function FlowPage({ inbox, flow }: { inbox: Inbox; flow: string }): JSX.Element {
  const [name, setName] = useState(flow);
  useEffect(() => {
    void inbox.api.call('GET /api/v1/flows/:flow', { params: { flow } }).then((result) => result.ok && setName(result.data.name));
  }, [inbox, flow]);
  return <PageHead title={name} />;
}
