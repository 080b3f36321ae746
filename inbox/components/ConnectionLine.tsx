import type { JSX } from 'preact';
import { useInbox } from './context.ts';

/** Never a modal: what is written meanwhile is kept. */
export function ConnectionLine(): JSX.Element {
  const { status, outbox } = useInbox();
  const isAway = status.value !== 'online';
  const waiting = outbox.items.value.filter((item) => item.seq === null && item.failure === null).length;
  const kept =
    waiting === 0 ? 'What you write is kept and sent.' : `${waiting} ${waiting === 1 ? 'message waits' : 'messages wait'} to be sent.`;
  return (
    <div class="connection" role="status">
      {isAway ? (
        <p class={`connection-line ${status.value === 'connecting' ? 'is-first' : ''}`}>
          <span class="connection-dot" />
          {status.value === 'connecting' ? 'Connecting…' : `Reconnecting… ${kept}`}
        </p>
      ) : null}
    </div>
  );
}
