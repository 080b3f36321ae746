// Who did what to whom, in the words of the contacts' own histories.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AuditEntry } from '../../shared/api.ts';
import { auditStory, auditTime } from '../audit-words.ts';
import { byDay } from '../by-day.ts';
import type { DayOf } from '../by-day.ts';
import { useInbox } from '../components/context.ts';
import { eventLook } from '../components/event-looks.ts';
import { Icon } from '../components/Icon.tsx';
import { FailedIcon, GoToIcon } from '../components/icons.ts';
import { PageSkeleton } from '../components/Lazy.tsx';
import { useTicking } from '../components/Time.tsx';
import { inboxPath } from '../router.ts';
import { clockTime, contactName, dayName, fullTime } from '../words.ts';
import { LoadFailure } from './LoadFailure.tsx';
import { SettingsCard } from './SettingsCard.tsx';

export function AuditSection(): JSX.Element {
  const { audit } = useInbox();
  useEffect(() => audit.watch(), [audit]);
  const entries = audit.entries.value;
  const failure = audit.failure.value;
  if (entries !== null) return <Log entries={entries} />;
  if (failure === null) return <PageSkeleton />;
  return <LoadFailure title="The audit log could not be loaded" words={failure.message} retry={() => void audit.load()} />;
}

function Log({ entries }: { entries: readonly AuditEntry[] }): JSX.Element {
  return (
    <SettingsCard
      title="Audit log"
      lead="Who merged, blocked, archived or erased somebody, who changed how identities are proved, and who made or revoked a token. Nobody can change it."
    >
      {entries.length === 0 ? (
        <div class="teach">
          <p>Nothing yet. The first merge, the first blocked contact or the first API token will stand here, with who did it.</p>
        </div>
      ) : null}
      <div class="audit">
        {byDay(entries, auditTime).map((day) => (
          <Day key={day.day} {...day} />
        ))}
      </div>
      <Older />
    </SettingsCard>
  );
}

function Day({ day, items }: DayOf<AuditEntry>): JSX.Element {
  return (
    <section>
      <h3 class="audit-day">{useTicking(day, dayName)}</h3>
      <ol class="timeline">
        {items.map((entry) => (
          <Entry key={entry.rev} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: AuditEntry }): JSX.Element {
  const { text, more } = auditStory(entry);
  const { icon, tone } = eventLook(entry);
  const at = auditTime(entry);
  return (
    <li class={`event ${tone === '' ? '' : `is-${tone}`}`} data-event={entry.type} tabIndex={-1}>
      <span class="event-icon">
        <Icon of={icon} size={13} />
      </span>
      <div class="event-words">
        <span class="event-text" dir="auto">
          {text}
        </span>
        <p class="event-more">
          <Whom entry={entry} />
          {more ? <span dir="auto">{more}</span> : null}
        </p>
        {entry.note === undefined ? null : <q dir="auto">{entry.note}</q>}
      </div>
      <time class="time" dateTime={new Date(at).toISOString()} title={fullTime(at)}>
        {clockTime(at)}
      </time>
    </li>
  );
}

/** The person, with the way to their conversation where there is one. */
function Whom({ entry }: { entry: AuditEntry }): JSX.Element | null {
  const person = entry.people.find(({ id }) => id === entry.contact_id);
  // With somebody who was erased, their id went out of what was told of them.
  if (entry.contact_id === null && !/^(contact|verification)\./.test(entry.type)) return null;
  if (!person) return <span>Somebody who was erased</span>;
  const name = contactName(person);
  if (person.conversation_id === null) return <bdi>{name}</bdi>;
  return (
    <a class="audit-whom" href={inboxPath('all', person.conversation_id)}>
      <bdi>{name}</bdi> <Icon of={GoToIcon} size={12} />
    </a>
  );
}

function Older(): JSX.Element | null {
  const { audit } = useInbox();
  const isLoading = audit.isLoading.value;
  const failure = audit.failure.value;
  if (!audit.hasOlder.value && failure === null) return null;
  // With the last page the button goes, and the focus with it: then it is on the first of what came.
  const load = async (card: Element | null): Promise<void> => {
    const shown = audit.entries.peek()?.length ?? 0;
    await (audit.hasOlder.value ? audit.loadOlder() : audit.load());
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) card?.querySelectorAll<HTMLElement>('.event')[shown]?.focus();
    });
  };
  return (
    <div class="audit-older">
      {failure ? (
        <p class="form-fault" role="alert">
          <Icon of={FailedIcon} size={13} /> {failure.message}
        </p>
      ) : null}
      <button
        type="button"
        class="button"
        aria-disabled={isLoading}
        onClick={({ currentTarget }) => isLoading || void load(currentTarget.closest('.settings-card'))}
      >
        {isLoading ? 'Loading …' : failure ? 'Try again' : 'Show older'}
      </button>
    </div>
  );
}
