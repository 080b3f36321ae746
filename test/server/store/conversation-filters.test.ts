import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countConversations, listConversations } from '../../../server/store/conversation-list.ts';
import { findConversation, saveConversation } from '../../../server/store/conversations.ts';
import type { ScopedStore } from '../../../server/store/store.ts';
import { isInFilter } from '../../../shared/conversation-filters.ts';
import type { FilteredFacts } from '../../../shared/conversation-filters.ts';
import { conversationFilters } from '../../../shared/protocol.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aContact, aConversation, aWorkspace } from '../../helpers/rows.ts';

const agents = [7, 8] as const;
const facts: fc.Arbitrary<FilteredFacts> = fc.record({
  status: fc.constantFrom('open', 'closed', 'snoozed'),
  assignee: fc.constantFrom(null, ...agents),
  botActive: fc.boolean(),
  waitingSince: fc.option(fc.integer({ min: 0, max: 2 ** 45 })),
});

async function keep(scope: ScopedStore, contact: string, { status, assignee, botActive, waitingSince }: FilteredFacts): Promise<number> {
  const id = await aConversation(scope, contact);
  await scope.write(async (tx) => {
    const made = await findConversation(tx, id);
    if (!made) throw new Error(`conversation ${id} is gone`);
    await saveConversation(tx, { ...made, status, assigneeId: assignee, botActive, waitingSince });
  });
  return id;
}

describeStores('the filters of the list', (places) => {
  it('hold in SQL what the shared rule says, and the counts agree', async () => {
    const store = await places.open();
    let made = 0;
    const agree = async (rows: FilteredFacts[]): Promise<void> => {
      const scope = await aWorkspace(store, `w${++made}`);
      const contact = await aContact(scope);
      const kept: { id: number; row: FilteredFacts }[] = [];
      for (const row of rows) kept.push({ id: await keep(scope, contact.id, row), row });
      for (const agentId of agents) {
        for (const filter of conversationFilters) {
          const expected = kept.filter(({ row }) => isInFilter(filter, row, agentId)).map(({ id }) => id);
          const found = await scope.read((tx) => listConversations(tx, { filter, agentId, found: null, after: null, limit: 50 }));
          expect(new Set(found.map(({ conversation }) => conversation.id)), filter).toEqual(new Set(expected));
          expect(await scope.read((tx) => countConversations(tx, filter, agentId)), filter).toBe(expected.length);
        }
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(facts, { maxLength: 12 }), agree), { numRuns: 30 });
  });
});
