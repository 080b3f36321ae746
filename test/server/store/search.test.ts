import { expect, it } from 'vitest';
import { insertContact, newContact, saveContact } from '../../../server/store/contacts.ts';
import { countConversations, listConversations } from '../../../server/store/conversation-list.ts';
import type { ListQuery } from '../../../server/store/conversation-list.ts';
import { findConversation, saveConversation } from '../../../server/store/conversations.ts';
import type { Conversation } from '../../../server/store/conversations.ts';
import { search } from '../../../server/store/search.ts';
import type { ScopedStore } from '../../../server/store/store.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aContact, aConversation, aWorkspace } from '../../helpers/rows.ts';

const ask = (more: Partial<ListQuery> = {}): ListQuery => ({ filter: 'all', agentId: 7, found: null, after: null, limit: 50, ...more });

async function people(scope: ScopedStore, names: readonly string[]): Promise<void> {
  for (const [i, name] of names.entries()) {
    const contact = await aContact(scope, { name });
    await aConversation(scope, contact.id, i + 1);
  }
}

async function found(scope: ScopedStore, words: string): Promise<(string | null)[]> {
  const rows = await scope.read(async (tx) => listConversations(tx, ask({ found: words === '' ? null : await search(tx, words) })));
  return rows.map((r) => r.contact.name).toReversed();
}

async function set(scope: ScopedStore, id: number, more: Partial<Conversation>): Promise<void> {
  await scope.write(async (tx) => {
    const conversation = await findConversation(tx, id);
    if (!conversation) throw new Error(`conversation ${id} is gone`);
    await saveConversation(tx, { ...conversation, ...more });
  });
}

describeStores('the agents’ list in the store', (places) => {
  it('words and how they begin find a contact, in any order; all of them must', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await people(scope, ['Ada Lovelace', 'Adam Smith', 'Grace Hopper']);
    expect(await found(scope, 'ada')).toEqual(['Ada Lovelace', 'Adam Smith']);
    expect(await found(scope, 'love ad')).toEqual(['Ada Lovelace']);
    expect(await found(scope, 'ada hopper')).toEqual([]);
    // No more than how a word begins.
    expect(await found(scope, 'lace')).toEqual([]);
    expect(await found(scope, '')).toHaveLength(3);
  });

  it('signs separate words and are none: alone they find nothing', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await people(scope, ['100% Ada', 'under_score', "O'Brien-Smith", 'back\\slash', '"quoted" OR (this)', "it's & ' | :*"]);
    for (const signs of ['%', '_', '"', "'", '\\', '*', ':*', '()', '&', '|', '!', '- -'])
      expect(await found(scope, signs), signs).toEqual([]);
    expect(await found(scope, '100%')).toEqual(['100% Ada']);
    expect(await found(scope, 'r_s')).toEqual([]);
    expect(await found(scope, 'under_s')).toEqual(['under_score']);
    expect(await found(scope, 'brien smith')).toEqual(["O'Brien-Smith"]);
    expect(await found(scope, '"quoted" OR (th')).toEqual(['"quoted" OR (this)']);
    expect(await found(scope, 'or AND')).toEqual([]);
    expect(await found(scope, "s' & it")).toEqual(["it's & ' | :*"]);
  });

  it('a search folds the case of every script, not of ASCII alone, and leaves marks aside', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await people(scope, ['ÅSA Öberg', 'Łukasz ŻAK', 'ΣΩΚΡΆΤΗΣ', 'Иван ПЕТРОВ', '田中太郎', 'Ｆｕｌｌ Width', '김민준']);
    for (const words of ['åsa ö', 'ÅSA', 'asa oberg']) expect(await found(scope, words), words).toEqual(['ÅSA Öberg']);
    expect(await found(scope, 'łUKASZ żak')).toEqual(['Łukasz ŻAK']);
    expect(await found(scope, 'σωκρατης')).toEqual(['ΣΩΚΡΆΤΗΣ']);
    expect(await found(scope, 'петров')).toEqual(['Иван ПЕТРОВ']);
    for (const words of ['田', '田中', '太郎', '郎', '中太', '田中太郎']) expect(await found(scope, words), words).toEqual(['田中太郎']);
    expect(await found(scope, '田太')).toEqual([]);
    expect(await found(scope, 'full width')).toEqual(['Ｆｕｌｌ Width']);
    expect(await found(scope, '김민')).toEqual(['김민준']);
  });

  it('email, phone, company and user id are found too', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const contact = await aContact(scope, {
      name: 'Ada',
      email: 'ada@example.com',
      emailGrade: 'claimed',
      phone: '+4915123456789',
      company: 'Ørsted',
      userId: 'Usr-9',
    });
    await aConversation(scope, contact.id);
    for (const words of ['ADA@EXAMPLE', 'example', '+49151', '0151', '0151 234', '6789', 'øRSTED', 'usr-9'])
      expect(await found(scope, words), words).toEqual(['Ada']);
    for (const words of ['nobody', '789']) expect(await found(scope, words), words).toEqual([]);
  });

  it('a contact is found by what is known of it now', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const contact = await aContact(scope);
    await aConversation(scope, contact.id);
    for (const name of ['Ada', 'Grace', null]) {
      await scope.write((tx) => saveContact(tx, { ...contact, name }));
      expect(await found(scope, 'ada')).toEqual(name === 'Ada' ? ['Ada'] : []);
      expect(await found(scope, 'grace')).toEqual(name === 'Grace' ? ['Grace'] : []);
    }
  });

  it('where very many fit, the newest are looked at, and that is said', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const last = await scope.write(async (tx) => {
      let id = '';
      for (let i = 0; i < 520; i++) {
        const empty = newContact(`c${i}`, tx.workspaceId, 1, { pageUrl: null, pageTitle: null, language: null });
        await insertContact(tx, { ...empty, name: `Ada ${i === 519 ? 'last' : 'other'}` });
        id = empty.id;
      }
      return id;
    });
    const many = await scope.read((tx) => search(tx, 'ada'));
    expect(many.contacts).toHaveLength(500);
    expect(many.contacts[0]).toBe(last);
    expect(many.isCut).toBe(true);
    expect(await scope.read((tx) => search(tx, 'ada last'))).toEqual({ contacts: [last], conversations: [], isCut: false });
  });

  it('another workspace’s people are neither found nor counted', async () => {
    const store = await places.open();
    const [own, other] = [await aWorkspace(store, 'w1'), await aWorkspace(store, 'w2')];
    await people(own, ['Ada']);
    expect(await found(other, '')).toEqual([]);
    expect(await found(other, 'ada')).toEqual([]);
    expect(await other.read((tx) => countConversations(tx, 'all', 7))).toBe(0);
  });

  it('each filter holds its conversations, and the counts agree with the lists', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const contact = await aContact(scope, { name: 'Ada' });
    const begin = async (more: Partial<Conversation>): Promise<number> => {
      const id = await aConversation(scope, contact.id);
      await set(scope, id, more);
      return id;
    };
    const bot = await begin({ botActive: true });
    const waiting = await begin({ waitingSince: 5 });
    const mine = await begin({ assigneeId: 7 });
    const closed = await begin({ status: 'closed', assigneeId: 7, waitingSince: 5 });
    const expected = {
      open: [bot, waiting, mine],
      waiting: [waiting],
      mine: [mine],
      unassigned: [waiting],
      bot: [bot],
      closed: [closed],
      all: [bot, waiting, mine, closed],
    } as const;
    for (const filter of Object.keys(expected) as (keyof typeof expected)[]) {
      const rows = await scope.read((tx) => listConversations(tx, ask({ filter })));
      expect(new Set(rows.map((r) => r.conversation.id)), filter).toEqual(new Set(expected[filter]));
      expect(await scope.read((tx) => countConversations(tx, filter, 7)), filter).toBe(expected[filter].length);
    }
  });

  it('pages by place, newest first, meet every conversation once, also those of one millisecond', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const contact = await aContact(scope, { name: 'Ada' });
    const all: number[] = [];
    for (let i = 0; i < 11; i++) all.push(await aConversation(scope, contact.id, 1 + Math.floor(i / 4)));
    const seen: number[] = [];
    let after: ListQuery['after'] = null;
    for (;;) {
      const rows = await scope.read((tx) => listConversations(tx, ask({ limit: 3, after })));
      if (rows.length === 0) break;
      seen.push(...rows.map((r) => r.conversation.id));
      const last = rows.at(-1)?.conversation;
      after = last ? { lastAt: last.lastAt, id: last.id } : null;
    }
    expect(seen).toEqual(all.toReversed());
  });
});
