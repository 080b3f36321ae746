import { expect, test } from 'vitest';
import { entriesOf } from '../../inbox/state/entries.ts';
import type { Entry } from '../../inbox/state/entries.ts';
import type { Change } from '../../shared/conversation.ts';
import { ada, bot, minute, noon, said } from './scene.ts';

const show = (
  changes: Change[],
  promotions: { at: number; to: string; message: number | null }[] = [],
  handovers: ReadonlyMap<number, string> = new Map(),
): Entry[] => entriesOf({ changes, outgoing: [], revisions: [], promotions, handovers, me: ada });
const messages = (entries: Entry[]): Extract<Entry, { kind: 'message' }>[] => entries.filter((entry) => entry.kind === 'message');
const kinds = (entries: Entry[]): string[] => entries.map((entry) => (entry.kind === 'line' ? entry.line : entry.kind));

test('messages of one author within three minutes stand together', () => {
  const late = said(3, 'c');
  const entries = messages(
    show([
      said(1, 'a'),
      said(2, 'b'),
      { ...late, message: { ...(late as Extract<Change, { kind: 'message' }>).message, at: noon + 4 * minute } } as Change,
      said(4, 'd', bot),
    ]),
  );
  expect(entries.map((entry) => [entry.isFirst, entry.isLast])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test('a note never joins a group of answers', () => {
  expect(messages(show([said(1, 'a', ada), said(2, 'b', ada, { kind: 'note' })]))[1]?.isFirst).toBe(true);
});

test('each day begins with its name', () => {
  const next = said(2, 'b');
  expect(
    kinds(
      show([
        said(1, 'a'),
        { ...next, message: { ...(next as Extract<Change, { kind: 'message' }>).message, at: noon + 24 * 60 * minute } } as Change,
      ]),
    ),
  ).toEqual(['day', 'message', 'day', 'message']);
});

test('edits, deletions and answers of a form show on the message they are about', () => {
  const form = said(1, 'Your details', bot, { kind: 'form', form: [{ name: 'email', label: 'Email', kind: 'email', required: true }] });
  const entries = messages(
    show([
      form,
      said(2, 'helo', ada),
      said(3, 'wrong', ada),
      { kind: 'edited', message: 102, text: 'hello', seq: 4, at: noon },
      { kind: 'deleted', message: 103, seq: 5, at: noon },
      { kind: 'answered', message: 101, values: { email: 'a@b.co' }, seq: 6, at: noon },
    ]),
  );
  expect(entries[0]?.message.answer).toEqual({ email: 'a@b.co' });
  expect(entries[1]?.message).toMatchObject({ text: 'hello', editedAt: noon });
  expect(entries[2]?.message).toMatchObject({ text: '', deleted: true });
});

test('the chip that was answered with is marked on the question', () => {
  const ask = said(1, 'How many?', bot, {
    chips: [
      { value: 's', label: '2–10' },
      { value: 'm', label: '11–50' },
    ],
  });
  expect(messages(show([ask, said(2, '11–50')]))[0]?.chosen).toEqual(['m']);
  expect(messages(show([ask, said(2, 'about forty')]))[0]?.chosen).toEqual([]);
});

test('read marks and what is hidden take no line', () => {
  expect(
    kinds(show([said(1, 'a'), { kind: 'read', by: 'contact', upTo: 1, seq: 2, at: noon }, { kind: 'hidden', seq: 3, at: noon }])),
  ).toEqual(['day', 'message']);
});

test('taking over silences the bot and assigns: one line', () => {
  const by = ada;
  expect(
    kinds(
      show([said(1, 'a'), { kind: 'bot', active: false, by, seq: 2, at: noon }, { kind: 'assigned', agent: ada, by, seq: 3, at: noon }]),
    ),
  ).toEqual(['day', 'message', 'bot_off']);
});

test('a promotion stands right after the message that made it, though the bot answered in the same instant', () => {
  const answer = { ...said(3, 'Thanks!', bot), at: noon + 2000 } as Change;
  const log = [said(1, 'a'), said(2, 'me@x.co'), answer, said(60, 'later')];
  const promotion = { at: noon + 3000, to: 'lead' };
  expect(kinds(show(log, [{ ...promotion, message: 102 }]))).toEqual(['day', 'message', 'message', 'promoted', 'message', 'message']);
  expect(kinds(show(log, [{ ...promotion, message: null }]))).toEqual(['day', 'message', 'message', 'message', 'promoted', 'message']);
});

test('a message keeps its key when the log brings it back, so that it does not flicker', () => {
  const outgoing = { cid: 'cid-0001', agent: 7, conversation: 1, text: 'hi', isNote: false, at: noon, seq: null, failure: null };
  const before = messages(
    entriesOf({ changes: [], revisions: [], outgoing: [outgoing], promotions: [], handovers: new Map(), me: ada }),
  )[0];
  const after = messages(show([said(1, 'hi', ada, { cid: 'cid-0001' })]))[0];
  expect(before?.outgoing).toBe(outgoing);
  expect(after?.key).toBe(before?.key);
});

test('what the visitor says of a captured detail changes the mark of its message, whether it was loaded before or after', () => {
  const captured = [
    { field: 'email' as const, value: 'a@gmial.com', suggestion: 'a@gmail.com' },
    { field: 'name' as const, value: 'Ann' },
  ];
  const log: Change[] = [
    said(1, 'Ann, a@gmial.com', undefined, { captured }),
    { kind: 'detail', message: 101, field: 'email', value: 'a@gmail.com', status: 'changed', seq: 2, at: noon + 2000 },
    { kind: 'detail', message: 101, field: 'name', value: null, status: 'withdrawn', seq: 3, at: noon + 3000 },
  ];
  const [entry] = messages(show(log));
  expect(entry?.message.captured).toEqual([
    { field: 'email', value: 'a@gmail.com', status: 'changed' },
    { field: 'name', value: 'Ann', status: 'withdrawn' },
  ]);
  expect(kinds(show(log))).toEqual(['day', 'message']);
});

test('several choices are marked, also where a label has a comma', () => {
  const chips = [
    { value: 'a', label: 'Live chat' },
    { value: 'b', label: 'Bot, and more' },
    { value: 'c', label: 'Reports' },
  ];
  const asked = said(1, 'Which?', bot, { chips, ask: { kind: 'choices', min: 1, max: 3 } });
  expect(messages(show([asked, said(2, 'Live chat, Reports')]))[0]?.chosen).toEqual(['a', 'c']);
  expect(messages(show([asked, said(2, 'Bot, and more')]))[0]?.chosen).toEqual(['b']);
  const single = said(1, 'Which?', bot, { chips });
  expect(messages(show([single, said(2, 'Live chat, Reports')]))[0]?.chosen).toEqual([]);
});

test('a handover says why, and a team who gave it', () => {
  const log: Change[] = [
    said(1, 'a person please'),
    { kind: 'bot', active: false, by: bot, seq: 2, at: noon + 2000 },
    { kind: 'team', team: { id: 1, name: 'Sales' }, by: bot, seq: 3, at: noon + 3000 },
    { kind: 'team', team: null, by: ada, seq: 4, at: noon + 4000 },
  ];
  const lines = show(log, [], new Map([[noon + 2000, 'Asked for a person']])).filter((entry) => entry.kind === 'line');
  expect(lines).toMatchObject([
    { line: 'bot_off', subject: 'Asked for a person' },
    { line: 'team', subject: 'Sales', by: bot },
    { line: 'team', subject: null, by: ada },
  ]);
});
