import type { JSX } from 'preact';
import { RelativeTime } from '../components/Time.tsx';

/** "last used 4 minutes ago" */
export function UsedLine({ at }: { at: string | null }): JSX.Element {
  if (at === null) return <span>not used yet</span>;
  return (
    <span>
      last used <RelativeTime at={Date.parse(at)} />
    </span>
  );
}
