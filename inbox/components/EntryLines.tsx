// What stands between messages: days, and what happened to the conversation.
import type { JSX } from 'preact';
import type { Author } from '../../shared/conversation.ts';
import type { Entry, LineKind } from '../state/entries.ts';
import { authorName, clockTime, dayName, fullTime } from '../words.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { AssignIcon, BotIcon, CloseIcon, LeadTypeIcon, ReopenIcon, TakeOverIcon, TeamIcon, UnassignedIcon, WaitingIcon } from './icons.ts';
import type { IconNode } from './icons.ts';
import { useTicking } from './Time.tsx';

export function DayEntry({ at }: { at: number }): JSX.Element {
  return (
    <div class="day" role="separator">
      <span>{useTicking(at, dayName)}</span>
    </div>
  );
}

const lines: Record<LineKind, { icon: IconNode; words(by: string, subject: string | null): string }> = {
  closed: { icon: CloseIcon, words: (by) => `${by} closed the conversation` },
  opened: { icon: ReopenIcon, words: (by) => `${by} reopened the conversation` },
  snoozed: { icon: WaitingIcon, words: (by) => `${by} put the conversation off` },
  assigned: {
    icon: AssignIcon,
    words: (by, subject) => (subject === null ? `${by} took the conversation` : `${by} assigned it to ${subject}`),
  },
  unassigned: { icon: UnassignedIcon, words: (by) => `${by} freed the conversation` },
  bot_on: { icon: BotIcon, words: (by) => (by === 'The bot' ? 'The bot took over' : `${by} handed back to the bot`) },
  bot_off: {
    icon: TakeOverIcon,
    words: (by, reason) =>
      by === 'The bot' ? `The bot handed over to the team${reason === null ? '' : `: ${reason}`}` : `${by} took over from the bot`,
  },
  team: { icon: TeamIcon, words: (by, name) => (name === null ? `${by} took it from its team` : `${by} gave it to ${name}`) },
  promoted: { icon: LeadTypeIcon, words: (by, subject) => `${by} became a ${subject === 'user' ? 'User' : 'Lead'}` },
};

export function LineEntry({ entry }: { entry: Extract<Entry, { kind: 'line' }> }): JSX.Element {
  const { selected, me } = useInbox();
  const contact = selected.value?.contact ?? null;
  const someone: Author = entry.by ?? { kind: 'contact', id: null, name: null };
  const by = someone.kind === 'bot' ? 'The bot' : authorName(someone, contact, me.agent.id);
  const { icon, words } = lines[entry.line];
  return (
    <p class={`line line-${entry.line} ${entry.subject === 'user' ? 'is-user' : ''}`} title={fullTime(entry.at)}>
      <Icon of={icon} size={13} />
      <span>{words(by, entry.subject)}</span>
      <time dateTime={new Date(entry.at).toISOString()}>{clockTime(entry.at)}</time>
    </p>
  );
}
