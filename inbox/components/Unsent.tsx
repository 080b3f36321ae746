import type { JSX } from 'preact';
import type { Outgoing } from '../state/outbox.ts';
import { CopyButton } from './CopyButton.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { CheckIcon, DeleteIcon, FailedIcon, RetryIcon, WaitingIcon } from './icons.ts';

/** Under a message that is only here: on its way, or why it will not go. */
export function Unsent({ item }: { item: Outgoing }): JSX.Element {
  const { outbox, status } = useInbox();
  if (item.failure === null) {
    const isOnline = status.value === 'online';
    return (
      <p class="read-mark">
        <Icon of={item.seq === null ? WaitingIcon : CheckIcon} size={13} />
        {item.seq !== null
          ? 'Sent'
          : isOnline
            ? 'Sending…'
            : outbox.isDurable.value
              ? 'Kept, goes out when connected'
              : 'Goes out when connected; keep this tab open'}
      </p>
    );
  }
  return (
    <div class="unsent" role="alert">
      <p>
        <Icon of={FailedIcon} size={14} /> Not sent. {item.failure}
      </p>
      <div class="unsent-actions">
        <button type="button" class="button button-small" onClick={() => outbox.retry(item.cid)}>
          <Icon of={RetryIcon} size={13} /> Retry
        </button>
        <CopyButton text={item.text} label="Copy the message" word="Copy" class="button button-small" />
        <button type="button" class="button button-small" onClick={() => outbox.discard(item.cid)}>
          <Icon of={DeleteIcon} size={13} /> Delete
        </button>
      </div>
    </div>
  );
}
