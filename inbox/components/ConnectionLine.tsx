import type { JSX } from 'preact';
import { useInbox } from './context.ts';

/** Never a modal: what is written meanwhile is kept. Shown only when it lasts. */
export function ConnectionLine(): JSX.Element {
  const { status } = useInbox();
  if (status.value === 'online') return <></>;
  return (
    <span class={`connection is-${status.value}`}>
      <span class="connection-dot" />
      {status.value === 'connecting' ? 'Connecting…' : 'Reconnecting…'}
    </span>
  );
}
