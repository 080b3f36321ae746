// What a thread shows: its log folded into days, groups of messages and system lines. Pure.
import type { Author, CapturedStatus, CapturedView, Change, MessageView } from '../../shared/conversation.ts';
import { startOfDay } from '../words.ts';
import type { Outgoing } from './outbox.ts';
import type { Revision } from './revisions.ts';

export type LineKind = 'closed' | 'opened' | 'snoozed' | 'assigned' | 'unassigned' | 'bot_on' | 'bot_off' | 'team' | 'promoted';

/** Something that happened beside the messages. */
export interface LineBody {
  line: LineKind;
  by: Author | null;
  /** Who or which team was assigned, why the bot handed over, or the type risen to. */
  subject: string | null;
}

export interface MessageEntry {
  kind: 'message';
  key: string;
  at: number;
  seq: number | null;
  message: MessageView;
  isFirst: boolean;
  isLast: boolean;
  /** The chips that were answered with, by value. */
  chosen: readonly string[];
  /** Only in this inbox so far. */
  outgoing: Outgoing | null;
  /** Deleted here a moment ago: can be taken back. */
  canUndo: boolean;
}

export type Entry = { kind: 'day'; key: string; at: number } | ({ kind: 'line'; key: string; at: number } & LineBody) | MessageEntry;

/** Messages of one author within this time stand together. */
const groupMs = 3 * 60_000;

export interface ThreadSource {
  changes: readonly Change[];
  /** Of this conversation, in the order typed. */
  outgoing: readonly Outgoing[];
  /** Of this conversation, in the order made; what the log does not hold yet. */
  revisions: readonly Revision[];
  /** `message`: the one that made it, where one did. */
  promotions: readonly { at: number; to: string; message: number | null }[];
  /** Why the bot handed over, by when. */
  handovers: ReadonlyMap<number, string>;
  me: Author;
}

export function entriesOf(source: ThreadSource): Entry[] {
  const entries = withPromotions(fold(source), source.promotions);
  for (const item of source.outgoing) entries.push(outgoingEntry(item, source.me));
  return withDays(grouped(entries));
}

function fold({ changes, revisions, handovers }: ThreadSource): Entry[] {
  const entries: Entry[] = [];
  const messages = new Map<number, MessageEntry>();
  for (const change of changes) {
    if (change.kind === 'message') {
      const entry = messageEntry(change.message, change.seq);
      messages.set(change.message.id, entry);
      answerChips(entries, change.message);
      entries.push(entry);
    } else if (isRevising(change)) {
      const entry = messages.get(change.message);
      if (entry) entry.message = revised(entry.message, change);
    } else {
      const body = lineOf(change, handovers);
      if (body && !isSaidAlready(entries.at(-1), body)) entries.push({ kind: 'line', key: `s${change.seq}`, at: change.at, ...body });
    }
  }
  for (const { message: id, text, at, isHeld } of revisions) {
    const entry = messages.get(id);
    if (!entry || entry.message.deleted) continue;
    entry.message = revised(entry.message, text === null ? { kind: 'deleted' } : { kind: 'edited', text, at });
    entry.canUndo = isHeld;
  }
  return entries;
}

type Revising =
  | { kind: 'edited'; text: string; at: number }
  | { kind: 'deleted' }
  | { kind: 'answered'; values: NonNullable<MessageView['answer']> }
  | Pick<Extract<Change, { kind: 'detail' }>, 'kind' | 'field' | 'value' | 'status'>;

function isRevising(change: Change): change is Extract<Change, { message: number }> {
  return 'message' in change && typeof change.message === 'number';
}

function revised(message: MessageView, change: Revising): MessageView {
  if (change.kind === 'edited') return { ...message, text: change.text, editedAt: change.at };
  if (change.kind === 'deleted') return { ...message, text: '', deleted: true };
  if (change.kind === 'answered') return { ...message, answer: change.values };
  return {
    ...message,
    captured: (message.captured ?? []).map((detail) => (detail.field === change.field ? said(detail, change) : detail)),
  };
}

/** What was captured, as its author says it is. */
function said({ field, value }: CapturedView, change: { value: string | null; status: CapturedStatus }): CapturedView {
  return { field, value: change.value ?? value, status: change.status };
}

/** The agent's newest message that can still be changed. */
export function lastOwn(entries: readonly Entry[], agent: number): MessageView | null {
  const found = entries.findLast((entry) => entry.kind === 'message' && isOwn(entry, agent));
  return found?.kind === 'message' ? found.message : null;
}

/** Written by this agent, in the log, and still there. */
export function isOwn({ message: { author, deleted }, outgoing }: MessageEntry, agent: number): boolean {
  return outgoing === null && !deleted && author.kind === 'agent' && author.id === agent;
}

/** Taking over silences the bot and assigns: one act, one line. */
function isSaidAlready(before: Entry | undefined, body: LineBody): boolean {
  return (
    before?.kind === 'line' &&
    before.line === 'bot_off' &&
    body.line === 'assigned' &&
    body.subject === null &&
    before.by?.id === body.by?.id
  );
}

function messageEntry(message: MessageView, seq: number | null): MessageEntry {
  // The cid where there is one: a pending message keeps its element when the log brings it back.
  return {
    kind: 'message',
    key: message.cid ?? `m${message.id}`,
    at: message.at,
    seq,
    message,
    isFirst: true,
    isLast: true,
    chosen: [],
    outgoing: null,
    canUndo: false,
  };
}

function outgoingEntry(item: Outgoing, me: Author): MessageEntry {
  const message: MessageView = { id: 0, cid: item.cid, author: me, kind: item.isNote ? 'note' : 'text', text: item.text, at: item.at };
  return { ...messageEntry(message, null), at: item.at, outgoing: item };
}

function answerChips(entries: Entry[], reply: MessageView): void {
  if (reply.author.kind !== 'contact') return;
  const asked = entries.findLast((entry): entry is MessageEntry => entry.kind === 'message');
  const chips = asked?.message.chips;
  if (!asked || !chips) return;
  const fold = (text: string): string => text.trim().toLowerCase();
  // Several choices are said as their labels, one after the other; a label may have a comma of its own.
  const words = asked.message.ask?.kind === 'choices' ? [fold(reply.text), ...reply.text.split(',').map(fold)] : [fold(reply.text)];
  asked.chosen = chips.filter(({ label }) => words.includes(fold(label))).map(({ value }) => value);
}

function lineOf(change: Change, handovers: ThreadSource['handovers']): LineBody | null {
  if (change.kind === 'status') {
    const line = { open: 'opened', closed: 'closed', snoozed: 'snoozed' } as const;
    return { line: line[change.status], by: change.by, subject: null };
  }
  if (change.kind === 'assigned') {
    return {
      line: change.agent ? 'assigned' : 'unassigned',
      by: change.by,
      subject: change.agent ? (change.agent.id === change.by.id ? null : change.agent.name) : null,
    };
  }
  if (change.kind === 'team') return { line: 'team', by: change.by, subject: change.team?.name ?? null };
  if (change.kind === 'bot') {
    const reason = change.active || change.by.kind !== 'bot' ? undefined : handovers.get(change.at);
    return { line: change.active ? 'bot_on' : 'bot_off', by: change.by, subject: reason ?? null };
  }
  return null;
}

function withPromotions(entries: Entry[], promotions: ThreadSource['promotions']): Entry[] {
  const first = entries[0];
  const merged = [...entries];
  for (const { at, to, message } of promotions) {
    if (!first || at < first.at) continue;
    // The bot answers in the same instant: only the message itself tells the place.
    const cause = merged.findIndex((entry) => entry.kind === 'message' && message !== null && entry.message.id === message);
    const after = cause === -1 ? merged.findLastIndex((entry) => entry.at <= at) : cause;
    merged.splice(after + 1, 0, { kind: 'line', key: `p${at}${to}`, at, line: 'promoted', by: null, subject: to });
  }
  return merged;
}

function grouped(entries: Entry[]): Entry[] {
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (entry.kind !== 'message' || before?.kind !== 'message' || !isSameGroup(before, entry)) continue;
    entry.isFirst = false;
    before.isLast = false;
  }
  return entries;
}

function isSameGroup(a: MessageEntry, b: MessageEntry): boolean {
  const isSameAuthor = a.message.author.kind === b.message.author.kind && a.message.author.id === b.message.author.id;
  const isSameKind = (a.message.kind === 'note') === (b.message.kind === 'note');
  return isSameAuthor && isSameKind && b.at - a.at <= groupMs && startOfDay(a.at) === startOfDay(b.at);
}

function withDays(entries: Entry[]): Entry[] {
  let day = NaN;
  return entries.flatMap((entry): Entry[] => {
    const start = startOfDay(entry.at);
    if (start === day) return [entry];
    day = start;
    return [{ kind: 'day', key: `d${start}`, at: start }, entry];
  });
}
