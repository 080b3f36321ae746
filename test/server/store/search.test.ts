import { expect, it } from 'vitest';
import { foldCase } from '../../../server/store/contacts.ts';
import { countConversations, listConversations } from '../../../server/store/conversation-list.ts';
import type { ListQuery } from '../../../server/store/conversation-list.ts';
import { findConversation, saveConversation } from '../../../server/store/conversations.ts';
import type { Conversation } from '../../../server/store/conversations.ts';
import type { ScopedStore } from '../../../server/store/store.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aContact, aConversation, aWorkspace } from '../../helpers/rows.ts';

const ask = (more: Partial<ListQuery> = {}): ListQuery => ({ filter: 'all', agentId: 7, search: '', after: null, limit: 50, ...more });

async function people(scope: ScopedStore, names: readonly string[]): Promise<void> {
  for (const [i, name] of names.entries()) {
    const contact = await aContact(scope, { name });
    await aConversation(scope, contact.id, i + 1);
  }
}

async function found(scope: ScopedStore, search: string): Promise<(string | null)[]> {
  const rows = await scope.read((tx) => listConversations(tx, ask({ search: foldCase(search) })));
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
  it('% and _ in a search stand for themselves', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await people(scope, ['100% Ada', 'under_score', 'underscore', 'back\\slash', 'Bo']);
    expect(await found(scope, '%')).toEqual(['100% Ada']);
    expect(await found(scope, '_')).toEqual(['under_score']);
    expect(await found(scope, 'r_s')).toEqual(['under_score']);
    expect(await found(scope, '\\')).toEqual(['back\\slash']);
    expect(await found(scope, '')).toHaveLength(5);
  });

  it('a search folds the case of every script, not of ASCII alone', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await people(scope, ['ÅSA Öberg', 'Łukasz ŻAK', 'ΣΩΚΡΆΤΗ', 'Иван ПЕТРОВ', '田中', 'Ｆｕｌｌ Width']);
    expect(await found(scope, 'åsa ö')).toEqual(['ÅSA Öberg']);
    expect(await found(scope, 'ÅSA')).toEqual(['ÅSA Öberg']);
    expect(await found(scope, 'łUKASZ żak')).toEqual(['Łukasz ŻAK']);
    expect(await found(scope, 'σωκρ')).toEqual(['ΣΩΚΡΆΤΗ']);
    expect(await found(scope, 'петров')).toEqual(['Иван ПЕТРОВ']);
    expect(await found(scope, '田')).toEqual(['田中']);
    expect(await found(scope, 'full width')).toEqual(['Ｆｕｌｌ Width']);
  });

  it('email, phone, company and user id are found too', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const contact = await aContact(scope, {
      name: 'Ada',
      email: 'ada@example.com',
      emailGrade: 'claimed',
      phone: '+4912345',
      company: 'Ørsted',
      userId: 'Usr-9',
    });
    await aConversation(scope, contact.id);
    for (const words of ['ADA@EXAMPLE', '+49123', 'øRSTED', 'usr-9']) expect(await found(scope, words), words).toEqual(['Ada']);
    expect(await found(scope, 'nobody')).toEqual([]);
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
