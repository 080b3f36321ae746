import type { JSX } from 'preact';
import type { AgentTimelineItem } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { eventSentence } from '../words.ts';
import { useInbox } from './context.ts';
import { ShortTime } from './Time.tsx';

/** What happened with this contact, newest first. */
export function CardTimeline(): JSX.Element {
  const { card } = useInbox();
  const timeline = card.timeline.shown.value;
  return (
    <section class="card-section" aria-labelledby="card-timeline">
      <h3 id="card-timeline">Timeline</h3>
      {timeline ? (
        <ol class="timeline">
          {timeline.items.map((item, index) => (
            <TimelineRow key={`${item.at} ${item.type} ${timeline.items.length - index}`} item={item} />
          ))}
        </ol>
      ) : null}
      {timeline?.items.length === 0 ? <p class="card-small">Nothing yet.</p> : null}
      {timeline?.nextCursor ? (
        <button type="button" class="button button-quiet button-small" onClick={() => void card.timeline.loadMore()}>
          Show earlier
        </button>
      ) : null}
    </section>
  );
}

function TimelineRow({ item }: { item: AgentTimelineItem }): JSX.Element {
  const { filter } = useInbox();
  const words = eventSentence(item);
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
