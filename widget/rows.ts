// What a thread shows, top to bottom: day and time marks, notes, and messages grouped by author within three minutes.
import type { Author, MessageView } from '../shared/conversation.ts';
import type { Entry } from './entries.ts';
import type { OutboxItem } from './outbox.ts';

export interface Bubble {
  /** The same for a pending message and the one the log brings, so that it does not flicker. */
  key: string;
  message: MessageView;
  seq: number;
  /** Set while it is ours to deliver. */
  item?: OutboxItem;
}

export type Row =
  | { kind: 'time'; key: string; at: number; /** False: only the hour is new. */ day: boolean }
  | { kind: 'note'; key: string; note: 'joined' | 'closed' | 'reopened'; name: string | null }
  | { kind: 'group'; key: string; author: Author; mine: boolean; bubbles: Bubble[] };

export const groupMs = 3 * 60_000;
export const gapMs = 60 * 60_000;

const me: Author = { kind: 'contact', id: null, name: null };

/** A thread that begins today begins without a mark. */
export function buildRows(entries: readonly Entry[], items: readonly OutboxItem[], startOfDay: (at: number) => number, now: number): Row[] {
  const rows: Row[] = [];
  const cids = new Set(entries.map((entry) => entry.kind === 'message' && entry.message.cid));
  const pending = items.filter((item) => item.body.kind === 'message' && !cids.has(item.cid)).map(pendingEntry);
  let before: number | null = null;
  for (const entry of [...entries.map((one) => ({ ...one, item: undefined })), ...pending]) {
    if (entry.kind === 'message' && entry.message.deleted && entry.message.author.kind === 'contact') continue;
    const day = startOfDay(entry.at) !== (before === null ? startOfDay(now) : startOfDay(before));
    if (day || (before !== null && entry.at - before > gapMs))
      rows.push({ kind: 'time', key: `t${entry.seq}-${entry.at}`, at: entry.at, day });
    before = entry.at;
    if (entry.kind === 'note') rows.push({ kind: 'note', key: `n${entry.seq}`, note: entry.note, name: entry.name });
    else addBubble(rows, { key: entry.message.cid ?? `m${entry.message.id}`, message: entry.message, seq: entry.seq, item: entry.item });
  }
  return rows;
}

function pendingEntry(item: OutboxItem): Entry & { kind: 'message'; item: OutboxItem } {
  const text = item.body.kind === 'message' ? item.body.text : '';
  return {
    kind: 'message',
    seq: Infinity,
    at: item.at,
    item,
    message: { id: 0, cid: item.cid, author: me, kind: 'text', text, at: item.at },
  };
}

function addBubble(rows: Row[], bubble: Bubble): void {
  const { author, at } = bubble.message;
  const last = rows.at(-1);
  const mine = author.kind === 'contact';
  if (last?.kind === 'group' && sameAuthor(last.author, author) && at - last.bubbles.at(-1)!.message.at <= groupMs) {
    last.bubbles.push(bubble);
    return;
  }
  rows.push({ kind: 'group', key: `g${bubble.key}`, author, mine, bubbles: [bubble] });
}

function sameAuthor(a: Author, b: Author): boolean {
  return a.kind === b.kind && (a.kind === 'contact' || a.id === b.id);
}

export type Delivery = 'sending' | 'delivered' | 'seen';

/** The quiet mark under the last own message; failed ones say so themselves. */
export function deliveryOf(rows: readonly Row[], agentReadSeq: number): { key: string; state: Delivery } | null {
  const last = rows.findLast((row) => row.kind === 'group');
  if (last?.kind !== 'group' || !last.mine) return null;
  const bubble = last.bubbles.at(-1)!;
  if (bubble.item?.failure) return null;
  const seq = bubble.item?.ack?.seq ?? bubble.seq;
  if (bubble.item && !bubble.item.ack) return { key: bubble.key, state: 'sending' };
  return { key: bubble.key, state: seq <= agentReadSeq ? 'seen' : 'delivered' };
}
