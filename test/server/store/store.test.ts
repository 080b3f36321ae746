import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { contactId } from '../../../shared/ids.ts';
import { findContact, insertContact, lockContact, newContact, saveContact } from '../../../server/store/contacts.ts';
import { listDetails } from '../../../server/store/details.ts';
import { findConversation, listConversationsOfContact, lockConversation } from '../../../server/store/conversations.ts';
import { insertConversation } from '../../../server/store/insert-conversation.ts';
import { feedHead, insertEvents, listEvents, listEventsOfContact } from '../../../server/store/events.ts';
import { findFlowBody, insertFlow } from '../../../server/store/flows.ts';
import { findMessage, findMessageByCid, insertChange, insertMessage, listChanges, updateMessage } from '../../../server/store/messages.ts';
import { listSaidBefore } from '../../../server/store/said.ts';
import type { Tx } from '../../../server/store/query.ts';
import { findSession, insertSession } from '../../../server/store/sessions.ts';
import { insertWorkspace } from '../../../server/store/workspaces.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aContact, aConversation, aMessage, aWorkspace, rejected } from '../../helpers/rows.ts';

describeStores('the store', (places) => {
  it('migrations may run again: a second start keeps rows and epoch, whatever epoch it brings', async () => {
    const place = await places.fresh();
    const first = await places.open(place, { epoch: 'the first epoch' });
    await aWorkspace(first, 'w1');
    await first.close();
    const second = await places.open(place, { epoch: 'another one' });
    expect(second.epoch).toBe('the first epoch');
    expect(await place.rows('select id from workspaces')).toEqual([{ id: 'w1' }]);
    expect(await place.rows(`select value from meta where key = 'epoch'`)).toEqual([{ value: 'the first epoch' }]);
  });

  it('[P6] two databases have two epochs', async () => {
    const [a, b] = [await places.open(), await places.open()];
    expect(a.epoch).not.toBe(b.epoch);
  });

  it('[P3] what write resolved with is there for a connection beside it', async () => {
    const place = await places.fresh();
    const store = await places.open(place);
    await aWorkspace(store, 'w1');
    expect(await place.rows('select id from workspaces')).toEqual([{ id: 'w1' }]);
  });

  it('work that throws stores nothing, and its neighbours in the same commit are stored', async () => {
    const place = await places.fresh();
    const store = await places.open(place);
    const make = (id: string, fail: boolean) =>
      store.in(id).write(async (tx) => {
        await insertWorkspace(tx, { id, appId: `app_${id}`, name: id, identitySecret: 's', identityMode: 'off', settings: {}, now: 1 });
        if (fail) throw new Error(`no ${id}`);
      });
    const outcomes = await Promise.allSettled([make('a', false), make('b', true), make('c', false)]);
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await place.rows('select id from workspaces order by id')).toEqual([{ id: 'a' }, { id: 'c' }]);
  });

  it('reads see committed rows only, also while a write is on its way', async () => {
    const store = await places.open();
    const scope = await aWorkspace(store, 'w1');
    const contact = await aContact(scope);
    let seenMeanwhile: string | null | undefined;
    await scope.write(async (tx) => {
      await saveContact(tx, { ...(await lockContact(tx, contact.id, 5)), name: 'Not yet' });
      seenMeanwhile = (await scope.read((beside) => findContact(beside, contact.id)))?.name;
    });
    expect(seenMeanwhile).toBeNull();
    expect((await scope.read((tx) => findContact(tx, contact.id)))?.name).toBe('Not yet');
  });

  it('[P1] a cid stands once per conversation and side, and may stand again for another side or conversation', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const { id: contactId } = await aContact(scope);
    const [first, second] = [await aConversation(scope, contactId), await aConversation(scope, contactId)];
    const say = (conversation: number, seq: number, side: string) =>
      scope.write((tx) => insertMessage(tx, aMessage(conversation, seq, { cid: 'cid-0001', side })));
    await say(first, 1, 'contact');
    await rejected(say(first, 2, 'contact'));
    await say(first, 2, '7');
    await say(second, 1, 'contact');
    expect(await scope.read((tx) => listChanges(tx, first, 0, 100))).toHaveLength(2);
  });

  it('[P5] a seq stands once per conversation', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const conversation = await aConversation(scope, (await aContact(scope)).id);
    await scope.write((tx) => insertMessage(tx, aMessage(conversation, 1)));
    await rejected(scope.write((tx) => insertMessage(tx, aMessage(conversation, 1))));
  });

  it('[P1] a session begins one conversation per cid', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const contact = await aContact(scope);
    const begin = (sessionHash: string) =>
      scope.write((tx) =>
        insertConversation(tx, {
          contactId: contact.id,
          sessionHash,
          cid: 'begin-01',
          botActive: false,
          began: null,
          now: 1,
          isFirst: false,
        }),
      );
    expect(await begin('s1')).not.toBeNull();
    expect(await begin('s1')).toBeNull();
    expect(await begin('s2')).not.toBeNull();
  });

  it('a signed user id belongs to one contact of a workspace, and to another one in another workspace', async () => {
    const store = await places.open();
    const [one, two] = [await aWorkspace(store, 'w1'), await aWorkspace(store, 'w2')];
    await aContact(one, { userId: 'u-1', identifiedAt: 1, verified: true });
    await rejected(aContact(one, { userId: 'u-1', identifiedAt: 1, verified: true }));
    await aContact(two, { userId: 'u-1', identifiedAt: 1, verified: true });
  });

  it('one browser token serves each workspace on its own', async () => {
    const store = await places.open();
    const [one, two] = [await aWorkspace(store, 'w1'), await aWorkspace(store, 'w2')];
    for (const scope of [one, two]) {
      const session = await scope.write((tx) =>
        insertSession(tx, { tokenHash: 'same', contactId: tx.workspaceId, verified: false, now: 1 }),
      );
      expect(session).not.toBeNull();
    }
    expect((await one.read((tx) => findSession(tx, 'same')))?.contactId).toBe('w1');
    expect((await two.read((tx) => findSession(tx, 'same')))?.contactId).toBe('w2');
  });

  it('[P5] the log is dense over messages and other changes, in the order they were made', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const conversation = await aConversation(scope, (await aContact(scope)).id);
    await scope.write(async (tx) => {
      for (let seq = 1; seq <= 12; seq++) {
        if (seq % 3 !== 0) await insertMessage(tx, aMessage(conversation, seq));
        else await insertChange(tx, conversation, { kind: 'read', by: 'contact', upTo: seq - 1, seq, at: seq }, null);
      }
    });
    const log = await scope.read((tx) => listChanges(tx, conversation, 0, 100));
    expect(log.map((c) => c.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(log.filter((c) => c.kind === 'read').map((c) => c.seq)).toEqual([3, 6, 9, 12]);
    const middle = await scope.read((tx) => listChanges(tx, conversation, 4, 7));
    expect(middle.map((c) => c.seq)).toEqual([5, 6, 7]);
  });

  it('[P5] revs of the feed are dense and in the order of commits under concurrency, each workspace for itself', async () => {
    const store = await places.open();
    const scopes = [await aWorkspace(store, 'w1'), await aWorkspace(store, 'w2')] as const;
    const inOrder: number[][] = [[], []];
    const fact = { type: 'contact.updated', contactId: null, conversationId: null, seq: null, data: {}, at: 1 } as const;
    const writes = Array.from({ length: 60 }, (_, i) => {
      const n = 1 + (i % 3);
      return scopes[i % 2 === 0 ? 0 : 1].write(
        (tx) =>
          insertEvents(
            tx,
            Array.from({ length: n }, () => fact),
          ),
        (first) => void inOrder[i % 2]?.push(...Array.from({ length: n }, (_, k) => first + k)),
      );
    });
    await Promise.all(writes);
    for (const [i, scope] of scopes.entries()) {
      const head = await scope.read(feedHead);
      const dense = Array.from({ length: head }, (_, k) => k + 1);
      expect(inOrder[i]).toEqual(dense);
      expect((await scope.read((tx) => listEvents(tx, 0, head))).map((e) => e.rev)).toEqual(dense);
    }
  });

  it('no read of one workspace returns a row of another', async () => {
    const store = await places.open();
    const [own, other] = [await aWorkspace(store, 'w1'), await aWorkspace(store, 'w2')];
    const contact = await aContact(own, { name: 'Ada' });
    const conversation = await aConversation(own, contact.id);
    const message = await own.write((tx) => insertMessage(tx, aMessage(conversation, 1, { cid: 'cid-0001' })));
    await own.write(async (tx) => {
      await insertSession(tx, { tokenHash: 'hash', contactId: contact.id, verified: true, now: 1 });
      await insertFlow(tx, { id: 'f', version: 1, body: '{}', now: 1 });
      await insertEvents(tx, [
        { type: 'contact.created', contactId: contact.id, conversationId: conversation, seq: null, data: {}, at: 1 },
      ]);
    });
    const everything = async (tx: Tx): Promise<unknown[]> => [
      await findContact(tx, contact.id),
      await listDetails(tx, contact.id),
      await findConversation(tx, conversation),
      await listConversationsOfContact(tx, contact.id),
      await findMessage(tx, conversation, message),
      await findMessageByCid(tx, conversation, 'contact', 'cid-0001'),
      await listChanges(tx, conversation, 0, 100),
      await listSaidBefore(tx, conversation, 100, 10),
      await findSession(tx, 'hash'),
      await findFlowBody(tx, 'f', 1),
      await listEvents(tx, 0, 100),
      await listEventsOfContact(tx, contact.id, 1e9, 100),
    ];
    expect(await other.read(everything)).toEqual([null, [], null, [], null, null, [], [], null, null, [], []]);
    await expect(other.write((tx) => lockConversation(tx, conversation))).resolves.toBeNull();
    await rejected(other.write((tx) => lockContact(tx, contact.id, 9)));
    const mine = await own.read((tx) => findMessage(tx, conversation, message));
    if (!mine) throw new Error('the message is gone');
    await other.write((tx) => updateMessage(tx, { ...mine, text: 'overwritten' }));
    expect((await own.read((tx) => findMessage(tx, conversation, message)))?.text).toBe(mine.text);
  });

  it('text that looks like JSON, SQL or another script comes back as the same text', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const conversation = await aConversation(scope, (await aContact(scope)).id);
    const texts = [
      '{"a":1}',
      '[1,2]',
      'null',
      'true',
      '12',
      '"x"',
      "it's; drop table messages --",
      '🇸🇪 Ås, 東京\n\t\u2028',
      '\\u0041',
      '  ',
    ];
    for (const [i, text] of texts.entries()) {
      const id = await scope.write((tx) => insertMessage(tx, aMessage(conversation, i + 1, { text })));
      expect((await scope.read((tx) => findMessage(tx, conversation, id)))?.text).toBe(text);
    }
  });

  it('numbers of the size of epoch milliseconds and flags come back as what they were', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const now = Date.UTC(2040, 1, 1);
    const id = contactId(now, randomBytes(6));
    const made = {
      ...newContact(id, 'w1', now, { pageUrl: null, pageTitle: null, language: null }),
      verified: true,
      score: -3,
      leadAt: now + 1,
    };
    await scope.write((tx) => insertContact(tx, { ...made, attributes: { size: 12, ok: false, when: null, word: '12' } }));
    const found = await scope.read((tx) => findContact(tx, id));
    expect(found).toMatchObject({ createdAt: now, leadAt: now + 1, verified: true, blocked: false, score: -3 });
    expect(found?.attributes).toEqual({ size: 12, ok: false, when: null, word: '12' });
  });
});
