// How a contact came to be what it is: its history, newest first, by day.
import type { JSX } from 'preact';
import type { AgentTimelineItem } from '../../shared/protocol.ts';
import { byDay } from '../by-day.ts';
import type { DayOf } from '../by-day.ts';
import { eventStory } from '../event-words.ts';
import { inboxPath } from '../router.ts';
import { clockTime, dayName, fullTime } from '../words.ts';
import { useInbox } from './context.ts';
import { eventLook } from './event-looks.ts';
import { Icon } from './Icon.tsx';
import { useTicking } from './Time.tsx';

export function CardTimeline(): JSX.Element {
  const { card } = useInbox();
  const timeline = card.timeline.shown.value;
  return (
    <section class="card-section history" aria-labelledby="card-timeline">
      <h3 id="card-timeline">History</h3>
      {timeline === null ? <Skeleton /> : null}
      {byDay(timeline?.items ?? [], ({ at }) => at).map(({ day, items }) => (
        <Day key={day} day={day} items={items} />
      ))}
      {timeline?.items.length === 0 ? <p class="card-small">Nothing yet.</p> : null}
      {timeline?.nextCursor ? <Earlier shown={timeline.items.length} /> : null}
    </section>
  );
}

/** With the last page the button goes, and the focus with it: then it is on the first of what came. */
function Earlier({ shown }: { shown: number }): JSX.Element {
  const { card } = useInbox();
  const isLoading = card.timeline.isLoadingMore.value;
  const load = async (section: Element | null): Promise<void> => {
    await card.timeline.loadMore();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) section?.querySelectorAll<HTMLElement>('.event')[shown]?.focus();
    });
  };
  return (
    <button
      type="button"
      class="button button-quiet button-small history-more"
      aria-disabled={isLoading}
      onClick={({ currentTarget }) => void load(currentTarget.closest('.history'))}
    >
      {isLoading ? 'Loading …' : 'Show earlier'}
    </button>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="history-skeleton is-late" role="status" aria-label="Loading the history">
      {[64, 48, 72].map((width, index) => (
        <span class="history-bones" key={index}>
          <span class="bone bone-face" />
          <span class="bone" style={{ width: `${width}%` }} />
        </span>
      ))}
    </div>
  );
}

function Day({ day, items }: DayOf<AgentTimelineItem>): JSX.Element {
  return (
    <>
      <h4 class="history-day">{useTicking(day, dayName)}</h4>
      <ol class="timeline">
        {items.map((item, index) => (
          <TimelineRow
            key={item.rev}
            item={item}
            // What came of one moment bears its time once.
            isTimed={index === 0 || clockTime(items[index - 1]?.at ?? 0) !== clockTime(item.at)}
          />
        ))}
      </ol>
    </>
  );
}

function TimelineRow({ item, isTimed }: { item: AgentTimelineItem; isTimed: boolean }): JSX.Element {
  const { nameOf } = useInbox();
  const { text, more, change } = eventStory(item, nameOf);
  const { icon, tone } = eventLook(item);
  return (
    <li class={`event ${tone === '' ? '' : `is-${tone}`}`} data-event={item.type} tabIndex={-1}>
      <span class="event-icon">
        <Icon of={icon} size={13} />
      </span>
      <div class="event-words">
        <span class="event-text" dir="auto">
          {text}
        </span>
        {change ? <Change {...change} /> : null}
        <p class="event-more">
          {more ? <span dir="auto">{more}</span> : null}
          <Whose item={item} />
          <Source item={item} />
        </p>
        {item.note === undefined ? null : <q dir="auto">{item.note}</q>}
      </div>
      <time class={`time ${isTimed ? '' : 'is-repeated'}`} dateTime={new Date(item.at).toISOString()} title={fullTime(item.at)}>
        {clockTime(item.at)}
      </time>
    </li>
  );
}

/** From → to, each in its own direction of writing. */
function Change({ from, to }: { from: string | null; to: string | null }): JSX.Element {
  return (
    <span class="event-change">
      {from === null ? null : <del dir="auto">{from}</del>}
      {from !== null && to !== null ? <span aria-hidden="true"> → </span> : null}
      {to === null ? null : <bdi>{to}</bdi>}
    </span>
  );
}

/** It happened to one that was merged into this contact, or that it was part of then. */
function Whose({ item }: { item: AgentTimelineItem }): JSX.Element | null {
  const { card, nameOf } = useInbox();
  const own = card.contact.value?.id;
  if (item.contact === undefined || own === undefined || item.contact === own) return null;
  const name = nameOf(item.contact) ?? 'another contact';
  const isNamesake = name === nameOf(own);
  return (
    <span class="event-whose" title={name}>
      {isNamesake ? 'as the other ' : 'as '}
      <bdi>{name}</bdi>
    </span>
  );
}

function Source({ item: { conversation, message } }: { item: AgentTimelineItem }): JSX.Element | null {
  const { filter, selectedId, reading, layout } = useInbox();
  if (conversation === null) return null;
  const isHere = conversation === selectedId.value;
  if (message === null && isHere) return null;
  const show = (): void => {
    layout.closeOverlays();
    // The address may be this one already: asked for again, it is shown again.
    if (isHere && message !== null) reading.mark(message);
  };
  return (
    <a class="event-link" href={inboxPath(filter.value, conversation, message)} onClick={show}>
      {isHere ? 'from this message' : 'in another conversation'}
    </a>
  );
}
