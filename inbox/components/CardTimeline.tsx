import type { JSX } from 'preact';
import type { AgentTimelineItem } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { eventSentence } from '../words.ts';
import { useInbox } from './context.ts';
import { ShortTime } from './Time.tsx';

/** What happened with this contact, newest first. */
export function CardTimeline(): JSX.Element {
  const { card } = useInbox();
  const timeline = card.timeline.value;
  return (
    <section class="card-section" aria-labelledby="card-timeline">
      <h3 id="card-timeline">Timeline</h3>
      {timeline ? (
        <ol class="timeline">
          {folded(timeline.items).map(({ item, times }) => (
            <TimelineRow key={`${item.at} ${item.type} ${item.message ?? ''}`} item={item} times={times} />
          ))}
        </ol>
      ) : null}
      {timeline?.items.length === 0 ? <p class="card-small">Nothing yet.</p> : null}
      {timeline?.nextCursor ? (
        <button type="button" class="button button-quiet button-small" onClick={card.loadMoreTimeline}>
          Show earlier
        </button>
      ) : null}
    </section>
  );
}

function TimelineRow({ item, times }: { item: AgentTimelineItem; times: number }): JSX.Element {
  const { filter } = useInbox();
  const words = `${eventSentence(item)}${times > 1 ? ` (${times} times)` : ''}`;
  return (
    <li class={`event event-${item.type.replace('.', '-')}`}>
      {item.conversation !== null && item.message !== null ? (
        <a href={inboxPath(filter.value, item.conversation, item.message)}>{words}</a>
      ) : (
        <span>{words}</span>
      )}
      <ShortTime at={item.at} />
    </li>
  );
}

/** Read marks say nothing here, and a run of messages is one line, so that what matters stands out. */
export function folded(items: readonly AgentTimelineItem[]): { item: AgentTimelineItem; times: number }[] {
  const rows: { item: AgentTimelineItem; times: number }[] = [];
  for (const item of items) {
    if (item.type === 'conversation.read') continue;
    const before = rows.at(-1);
    const isRun = item.type === 'message.created' && before?.item.type === 'message.created' && before.item.by?.kind === item.by?.kind;
    if (isRun && before) before.times += 1;
    else rows.push({ item, times: 1 });
  }
  return rows;
}
