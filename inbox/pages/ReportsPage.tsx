import type { JSX } from 'preact';
import { PageHead } from '../components/PageHead.tsx';
import type { Inbox } from '../state/inbox.ts';

export function ReportsPage(_: { inbox: Inbox }): JSX.Element {
  return <PageHead title="Reports" lead="How many of those who write leave a way to reach them." />;
}
