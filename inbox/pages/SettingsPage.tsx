import type { JSX } from 'preact';
import { PageHead } from '../components/PageHead.tsx';
import type { SettingsSection } from '../router.ts';
import type { Inbox } from '../state/inbox.ts';

export function SettingsPage(_: { inbox: Inbox; section: SettingsSection }): JSX.Element {
  return <PageHead title="Settings" />;
}
