import { describe, expect, it } from 'vitest';
import type { Change } from '../../shared/conversation.ts';
import { foldChanges } from '../../widget/entries.ts';
import type { OutboxItem } from '../../widget/outbox.ts';
import { buildRows, deliveryOf, type Row } from '../../widget/rows.ts';
import { bot, maya, message, visitor } from './fakes.ts';

const minute = 60_000;
const day = 86_400_000;
const startOfDay = (at: number): number => Math.floor(at / day) * day;
const now = 100 * day + 12 * 60 * minute;

const said = (seq: number, author: typeof bot | typeof maya | typeof visitor, at: number, more = {}): Change => ({
  ...message(seq, `m${seq}`, { author, at, ...more }),
  at,
});
const rowsOf = (changes: Change[], items: OutboxItem[] = []): Row[] => buildRows(foldChanges(changes), items, startOfDay, now);
const shape = (rows: Row[]): string[] =>
  rows.map((row) =>
    row.kind === 'group'
      ? `${row.author.kind}:${row.bubbles.map((bubble) => bubble.message.text).join(',')}`
      : row.kind === 'time'
        ? row.day
          ? 'day'
          : 'time'
        : row.note,
  );
const pending = (cid: string, more: Partial<OutboxItem> = {}): OutboxItem => ({
  cid,
  to: 1,
  body: { kind: 'message', text: cid },
  at: now,
  ...more,
});

describe('what stands together', () => {
  it('messages of one author within three minutes', () => {
    const rows = rowsOf([
      said(1, maya, now),
      said(2, maya, now + 2 * minute),
      said(3, maya, now + 5.5 * minute),
      said(4, visitor, now + 6 * minute),
    ]);
    expect(shape(rows)).toEqual(['agent:m1,m2', 'agent:m3', 'contact:m4']);
  });

  it('two agents stand apart', () => {
    expect(shape(rowsOf([said(1, maya, now), said(2, { ...maya, id: 8 } as never, now)]))).toEqual(['agent:m1', 'agent:m2']);
  });

  it('a day and a gap of an hour are marked; a thread of today begins without a mark', () => {
    expect(shape(rowsOf([said(1, maya, now), said(2, maya, now + 2 * 60 * minute)]))).toEqual(['agent:m1', 'time', 'agent:m2']);
    expect(shape(rowsOf([said(1, maya, now - day), said(2, maya, now)]))).toEqual(['day', 'agent:m1', 'day', 'agent:m2']);
  });

  it('what only agents see leaves no trace', () => {
    expect(shape(rowsOf([said(1, bot, now), { kind: 'hidden', seq: 2, at: now }, said(3, bot, now)]))).toEqual(['bot:m1,m3']);
  });
});

describe('what happened', () => {
  it('an agent who takes over joined, once; closing and opening again are said', () => {
    const rows = rowsOf([
      said(1, bot, now),
      { kind: 'assigned', seq: 2, at: now, agent: maya, by: maya },
      { kind: 'bot', seq: 3, at: now, active: false, by: maya },
      { kind: 'assigned', seq: 4, at: now, agent: null, by: maya },
      { kind: 'assigned', seq: 5, at: now, agent: maya, by: maya },
      { kind: 'status', seq: 6, at: now, status: 'closed', by: maya },
      { kind: 'status', seq: 7, at: now, status: 'open', by: maya },
    ]);
    expect(shape(rows)).toEqual(['bot:m1', 'joined', 'closed', 'reopened']);
  });

  it('an edit, a deletion and a form’s answer change the message where it stands', () => {
    const entries = foldChanges([
      said(1, maya, now),
      said(2, bot, now, { kind: 'form', form: [] }),
      said(3, maya, now),
      { kind: 'edited', seq: 4, at: now + 1, message: 1, text: 'mended' },
      { kind: 'answered', seq: 5, at: now, message: 2, values: { email: 'a@b.example' } },
      { kind: 'deleted', seq: 6, at: now, message: 3 },
    ]);
    expect(entries.map((entry) => entry.kind === 'message' && entry.message)).toMatchObject([
      { text: 'mended', editedAt: now + 1 },
      { answer: { email: 'a@b.example' } },
      { text: '', deleted: true },
    ]);
  });

  it('a message which the visitor’s side deleted is gone, another’s leaves its place', () => {
    expect(shape(rowsOf([said(1, visitor, now, { deleted: true, text: '' }), said(2, maya, now, { deleted: true, text: '' })]))).toEqual([
      'agent:',
    ]);
  });
});

describe('own messages', () => {
  it('[P8] stand after the log while pending, and join it by cid under the same key', () => {
    const before = rowsOf([said(1, bot, now)], [pending('cid-00001')]);
    const after = rowsOf([said(1, bot, now), said(2, visitor, now, { cid: 'cid-00001', text: 'cid-00001' })], [pending('cid-00001')]);
    expect(shape(before)).toEqual(shape(after));
    const keys = [before, after].map((rows) => (rows[1] as Row & { kind: 'group' }).bubbles[0]!.key);
    expect(keys[0]).toBe(keys[1]);
  });

  it('only the last one bears a mark: sending, delivered, then seen', () => {
    const mark = (changes: Change[], items: OutboxItem[], read: number): string | undefined =>
      deliveryOf(rowsOf(changes, items), read)?.state;
    const log = [said(1, bot, now), said(2, visitor, now, { cid: 'a' })];
    expect(mark([said(1, bot, now)], [pending('a')], 0)).toBe('sending');
    expect(mark([said(1, bot, now)], [pending('a', { ack: { id: 2, conversation: 1, seq: 2, at: now } })], 0)).toBe('delivered');
    expect(mark(log, [], 0)).toBe('delivered');
    expect(mark(log, [], 2)).toBe('seen');
    expect(mark([...log, said(3, bot, now)], [], 2)).toBeUndefined();
    expect(mark(log, [pending('b', { failure: { code: 'forbidden', message: '' } })], 2)).toBeUndefined();
  });
});
