// What a transaction keeps and puts off: nobody reads what is not so any more, and nothing that waits is lost or done twice.
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { findContact, lockContact, saveContact } from '../../../server/store/contacts.ts';
import { findConversation, lockConversation, lockCurrentConversation, saveConversation } from '../../../server/store/conversations.ts';
import { createUnitOfWork, keyOf, touchedBy } from '../../../server/store/kept.ts';
import type { Later, Through } from '../../../server/store/kept.ts';
import { findMessage, insertMessage } from '../../../server/store/messages.ts';
import type { Query } from '../../../server/store/query.ts';
import { listSaidBefore } from '../../../server/store/said.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aContact, aConversation, aMessage, aWorkspace, rejected } from '../../helpers/rows.ts';

const queryOf = (id: number): Query<Later['params'], unknown> => ({ id, build: () => ({}) as never });
const [insert, update] = [queryOf(1), queryOf(2)];

function unit(more: Partial<Through> = {}) {
  const sent: [number, ...number[]][] = [];
  const send: Through['send'] = (query, rows) => void sent.push([query.id, ...rows.map((row) => Number(row['n']))]);
  return { sent, ...createUnitOfWork({ send, reserve: async (_, n) => Array.from({ length: n }, (__, i) => i + 1), ...more }) };
}

it.each([
  ['select * from "contacts" where "id" = ? for update', ['contacts'], true],
  ['select 1 from "conversations" join "messages" on true for update of "conversations"', ['conversations', 'messages'], true],
  ['with f as (select 1 from "contacts") select * from f', ['contacts'], true],
  ['update "contacts" set "name" = ?', ['contacts'], false],
  ['with f as (select 1) update "sessions" set x = 1', ['sessions'], false],
  ['insert into "jobs" select id from "contacts"', ['contacts'], false],
  ['delete from "jobs" where id = 1', [], false],
  ['select "conversation_id" from "uploads"', [], true],
])('knows what %s names', (sql, tables, isRead) => {
  expect(touchedBy(sql)).toEqual({ tables, isRead });
});

it('sends what waits before whatever names its table, once for each key and in order, and then no more', () => {
  const { sent, ...work } = unit();
  work.later('messages', insert, { n: 1 });
  work.later('conversations', update, { n: 2 }, 'a');
  work.later('messages', insert, { n: 3 });
  work.later('conversations', update, { n: 4 }, 'b');
  work.later('conversations', update, { n: 5 }, 'a');
  work.before(touchedBy('select * from "jobs"'));
  expect(sent).toEqual([]);
  work.before(touchedBy('select * from "conversations"'));
  expect(sent).toEqual([[2, 4, 5]]);
  work.flush();
  work.flush();
  expect(sent.slice(1)).toEqual([[1, 1, 3]]);
});

it('forgets what it has read once something else changes those tables, and sends all that waits before', () => {
  const { sent, ...work } = unit();
  work.kept.currents.set('w/s', 7);
  work.later('messages', insert, { n: 1 });
  work.before(touchedBy('select * from "contacts"'));
  work.before(touchedBy('delete from "jobs"'));
  expect([work.kept.currents.get('w/s'), sent]).toEqual([7, []]);
  work.before(touchedBy('update "contacts" set "name" = ?'));
  expect([work.kept.currents.get('w/s'), sent]).toEqual([undefined, [[1, 1]]]);
});

it('what was rolled back is neither sent nor remembered', async () => {
  const { sent, ...work } = unit();
  expect(await work.takeId('messages')).toBe(1);
  work.kept.currents.set('w/s', 7);
  work.heads.set('w', 3);
  work.later('messages', insert, { n: 1 });
  work.undone();
  work.flush();
  expect([sent, work.heads.size, work.kept.currents.size]).toEqual([[], 0, 0]);
  expect(await work.takeId('messages')).toBe(1);
});

it('asks for ids only once those that were taken are there', async () => {
  let last = 0;
  const { sent, ...work } = unit({ reserve: async (_, n) => Array.from({ length: n }, () => ++last) });
  const ids: number[] = [];
  for (let i = 0; i < 200; i++) {
    ids.push(await work.takeId('messages'));
    work.later('messages', insert, { n: i });
  }
  expect(new Set(ids).size).toBe(200);
  expect(sent.length).toBeGreaterThan(0);
});

it('keeps the last of many', () => {
  const { kept } = unit();
  for (let i = 0; i < 20_000; i++) kept.currents.set(keyOf('w', i), i);
  expect(kept.currents.size).toBeLessThanOrEqual(2000);
  expect(kept.currents.get('w/19999')).toBe(19_999);
});

describeStores('a transaction that has read and written', (places) => {
  const stage = async () => {
    const place = await places.fresh();
    const store = await places.open(place);
    const scope = await aWorkspace(store, 'w');
    const contact = await aContact(scope);
    const conversation = await aConversation(scope, contact.id);
    return { place, store, scope, contact, conversation };
  };
  const session = { tokenHash: 'hash', verified: false };

  it('reads by any query what it has written, before its end', async () => {
    const { scope, contact, conversation } = await stage();
    const seen = await scope.write(async (tx) => {
      const before = await lockConversation(tx, conversation);
      const person = await lockContact(tx, contact.id, null);
      if (!before) throw new Error('there is no conversation');
      await saveContact(tx, { ...person, name: 'Ada' });
      await saveConversation(tx, { ...before, preview: 'one' });
      await saveConversation(tx, { ...before, preview: 'two' });
      const id = await insertMessage(tx, aMessage(conversation, 1, { text: 'hello' }));
      const rows = await tx.execute((db) =>
        db
          .selectFrom('conversations')
          .innerJoin('contacts', 'contacts.id', 'conversations.contact_id')
          .select(['preview', 'contacts.name'])
          .where('conversations.id', '=', conversation),
      );
      return { rows, text: (await findMessage(tx, conversation, id))?.text, kept: (await findConversation(tx, conversation))?.preview };
    });
    expect(seen).toEqual({ rows: [{ preview: 'two', name: 'Ada' }], text: 'hello', kept: 'two' });
  });

  it('that fails leaves nothing to those who share its batch, or come after', async () => {
    const { scope, contact } = await stage();
    const name = (n: string | null) =>
      scope.write(async (tx) => {
        const before = await lockContact(tx, contact.id, null);
        if (n === null) return before.name;
        await saveContact(tx, { ...before, name: n });
        if (n === 'wrong') throw new Error('on purpose');
        return before.name;
      });
    const [first, wrong, last] = await Promise.allSettled([name('first'), name('wrong'), name(null)]);
    expect([first, last]).toMatchObject([{ value: null }, { value: 'first' }]);
    expect(wrong.status).toBe('rejected');
    expect(await name(null)).toBe('first');
    expect(await scope.read(async (tx) => (await findContact(tx, contact.id))?.name)).toBe('first');
  });

  it('sees what was closed and opened again elsewhere as current no longer, or again', async () => {
    const { scope, contact, conversation } = await stage();
    const current = () => scope.write(async (tx) => (await lockCurrentConversation(tx, { ...session, contactId: contact.id }))?.id ?? null);
    const put = (id: number, status: 'open' | 'closed') =>
      scope.write(async (tx) => {
        const found = await lockConversation(tx, id);
        if (found) await saveConversation(tx, { ...found, status });
      });
    expect(await current()).toBe(conversation);
    const later = await aConversation(scope, contact.id);
    expect(await current()).toBe(later);
    await put(later, 'closed');
    expect(await current()).toBe(conversation);
    await put(later, 'open');
    expect(await current()).toBe(later);
    await put(later, 'closed');
    await put(conversation, 'closed');
    expect(await current()).toBeNull();
  });

  it('tells what was said before as the log has it, however it came to know', async () => {
    const { scope, conversation } = await stage();
    const say = (seq: number, more: object = {}) => scope.write((tx) => insertMessage(tx, aMessage(conversation, seq, more)));
    await say(1);
    await say(2, { kind: 'note', text: 'between us' });
    for (let seq = 3; seq < 15; seq++) await say(seq);
    const texts = (limit: number) => scope.write(async (tx) => (await listSaidBefore(tx, conversation, 15, limit)).map(({ text }) => text));
    expect(await texts(3)).toEqual(['message 12', 'message 13', 'message 14']);
    expect(await texts(20)).toEqual(['message 1', ...Array.from({ length: 12 }, (_, i) => `message ${i + 3}`)]);
    const long = 'x'.repeat(9000);
    await say(15, { text: long });
    await say(16, { text: long });
    const last = () => scope.write(async (tx) => (await listSaidBefore(tx, conversation, 17, 2)).map(({ text }) => text.length));
    expect(await last()).toEqual([9000, 9000]);
  });

  it('gives each message an id of its own, also after one was rolled back, and texts come back as they were', async () => {
    const { scope, conversation } = await stage();
    const texts = ['plain', 'two\nlines “and” \\u0041', 'half a pair \ud83d', '{"a":1}', "'; --", '👩‍👩‍👧'];
    const say = (seq: number) =>
      scope.write((tx) => insertMessage(tx, aMessage(conversation, seq, { text: texts[seq % texts.length] ?? '' })));
    const first = await Promise.all([1, 2, 3, 4, 5, 6].map(say));
    await rejected(say(6));
    const more = await Promise.all([7, 8, 9, 10, 11, 12].map(say));
    const ids = [...first, ...more];
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    for (const [i, id] of ids.entries()) {
      const found = await scope.read((tx) => findMessage(tx, conversation, id));
      // SQLite takes half a pair for three wrong bytes.
      expect(found?.text.replace(/\ufffd+/, '\ufffd')).toBe((texts[(i + 1) % texts.length] ?? '').toWellFormed());
    }
  });

  if (places.dialect === 'sqlite')
    it('looks again where another program has written', async () => {
      const { scope, contact, place } = await stage();
      const name = () => scope.write(async (tx) => (await lockContact(tx, contact.id, null)).name);
      expect(await name()).toBeNull();
      const beside = new Database('sqlite' in place.database ? place.database.sqlite : '');
      beside.exec(`update contacts set name = 'by hand'`);
      beside.close();
      expect(await name()).toBe('by hand');
    });
});
