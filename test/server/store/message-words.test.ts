// What messages are found by: soon after they were said, and never after their words were taken back.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eraseRows } from '../../../server/store/erasure.ts';
import { insertEvents } from '../../../server/store/events.ts';
import { listBehind, readWordNews, writeWordNews } from '../../../server/store/message-words.ts';
import { findMessage, insertMessage, updateMessage } from '../../../server/store/messages.ts';
import type { Message } from '../../../server/store/messages.ts';
import { search } from '../../../server/store/search.ts';
import { systemScope } from '../../../server/store/store.ts';
import type { ScopedStore, Store } from '../../../server/store/store.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aContact, aConversation, aMessage, aWorkspace } from '../../helpers/rows.ts';

const fact = (type: 'message.created' | 'message.edited' | 'message.deleted', conversationId: number, message: number) => ({
  type,
  contactId: null,
  conversationId,
  seq: 1,
  data: { message },
  at: 1,
});

async function said(scope: ScopedStore, conversation: number, seq: number, text: string): Promise<number> {
  return scope.write(async (tx) => {
    const id = await insertMessage(tx, aMessage(conversation, seq, { text }));
    await insertEvents(tx, [fact('message.created', conversation, id)]);
    return id;
  });
}

async function changed(scope: ScopedStore, conversation: number, id: number, more: Partial<Message>): Promise<void> {
  await scope.write(async (tx) => {
    const message = await findMessage(tx, conversation, id);
    if (!message) throw new Error(`message ${id} is gone`);
    await updateMessage(tx, { ...message, ...more });
    await insertEvents(tx, [fact(more.deletedAt === undefined ? 'message.edited' : 'message.deleted', conversation, id)]);
  });
}

/** As the background does it, until nothing is new. */
async function index(store: Store): Promise<void> {
  for (const { workspaceId, after } of await store.in(systemScope).read(listBehind)) {
    const scope = store.in(workspaceId);
    for (let at = after; ;) {
      const news = await scope.read((tx) => readWordNews(tx, at, 2));
      if (news.upTo === at) break;
      expect(await scope.write((tx) => writeWordNews(tx, news))).toBe(true);
      at = news.upTo;
    }
  }
}

const found = async (scope: ScopedStore, words: string): Promise<number[]> => (await scope.read((tx) => search(tx, words))).conversations;

describeStores('the words of messages', (places) => {
  async function begun(): Promise<{ store: Store; scope: ScopedStore; contact: string; conversation: number }> {
    const store = await places.open();
    const scope = await aWorkspace(store, 'w1');
    const { id: contact } = await aContact(scope);
    return { store, scope, contact, conversation: await aConversation(scope, contact) };
  }

  it('find their conversation once they are indexed: all asked in one message, the newest first', async () => {
    const { store, scope, contact, conversation } = await begun();
    const second = await aConversation(scope, contact);
    await said(scope, conversation, 1, 'My invoice is wrong');
    await said(scope, second, 1, 'Where is the Invoice?');
    await said(scope, conversation, 2, 'number 4711');
    expect(await found(scope, 'invoice')).toEqual([]);
    await index(store);
    expect(await found(scope, 'INVOI')).toEqual([second, conversation]);
    expect(await found(scope, 'wrong invoice')).toEqual([conversation]);
    expect(await found(scope, 'invoice 4711')).toEqual([]);
    expect(await store.in(systemScope).read(listBehind)).toEqual([]);
  });

  it('an edit is found by its new words, and from then on never by the old ones; a deleted message by none', async () => {
    const { store, scope, conversation } = await begun();
    const id = await said(scope, conversation, 1, 'zanzibar tomorrow');
    await index(store);
    await changed(scope, conversation, id, { text: 'madagascar', editedAt: 2 });
    expect(await found(scope, 'zanzibar')).toEqual([]);
    await index(store);
    expect(await found(scope, 'zanzibar')).toEqual([]);
    expect(await found(scope, 'madagascar')).toEqual([conversation]);
    await changed(scope, conversation, id, { text: '', deletedAt: 3 });
    expect(await found(scope, 'madagascar')).toEqual([]);
    await index(store);
    expect(await found(scope, 'madagascar')).toEqual([]);
  });

  it('[I17] go with an erased contact, out of the index, the tables and the file', async () => {
    const place = await places.fresh();
    const store = await places.open(place);
    const scope = await aWorkspace(store, 'w1');
    const { id: contact } = await aContact(scope, { name: 'Quetzalcoatl' });
    const other = await aConversation(scope, (await aContact(scope, { name: 'Ada' })).id);
    const conversation = await aConversation(scope, contact);
    for (let i = 1; i <= 50; i++) await said(scope, other, i, `ordinary words ${i}`);
    await said(scope, conversation, 1, 'xylophonist secretly');
    await said(scope, conversation, 2, 'not indexed: vuvuzela');
    await index(store);
    expect(await found(scope, 'xylo')).toEqual([conversation]);
    await said(scope, conversation, 3, 'still to be indexed: okapi');
    await scope.write((tx) => eraseRows(tx, contact, 9));
    await index(store);
    for (const words of ['xylophonist', 'secretly', 'vuvuzela', 'okapi']) expect(await found(scope, words), words).toEqual([]);
    expect((await scope.read((tx) => search(tx, 'quetzal'))).contacts).toEqual([]);
    expect(await found(scope, 'ordinary')).toContain(other);
    const left = [...(await place.rows('select words from message_words')), ...(await place.rows('select words from contact_words'))];
    expect(JSON.stringify(left)).not.toMatch(/xylo|vuvu|okapi|quetzal/);
    await store.close();
    if (place.dir === null) return;
    const file = readFileSync(`${place.dir}/foyer.db`).toString('latin1');
    expect(file).toContain('ordinary');
    expect(file).not.toMatch(/xylo|vuvu|okapi|quetzal|secretly/i);
  });

  it('of two nodes that index the same, the second one writes nothing', async () => {
    const { store, scope, conversation } = await begun();
    await said(scope, conversation, 1, 'once');
    const news = await scope.read((tx) => readWordNews(tx, 0, 9));
    expect(await scope.write((tx) => writeWordNews(tx, news))).toBe(true);
    expect(await scope.write((tx) => writeWordNews(tx, news))).toBe(false);
    await said(scope, conversation, 2, 'twice');
    await index(store);
    expect(await found(scope, 'once')).toEqual([conversation]);
    expect(await found(scope, 'twice')).toEqual([conversation]);
  });

  it('of another workspace are not found', async () => {
    const { store, scope, conversation } = await begun();
    const other = await aWorkspace(store, 'w2');
    await said(scope, conversation, 1, 'secret');
    await index(store);
    expect(await found(scope, 'secret')).toEqual([conversation]);
    expect(await found(other, 'secret')).toEqual([]);
  });
});
