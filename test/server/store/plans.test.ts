// What is asked on the event loop reads what it answers with, and not a whole table.
import { expect, it } from 'vitest';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { listConversations } from '../../../server/store/conversation-list.ts';
import { countWaitingBefore } from '../../../server/store/conversations.ts';
import { claimJobs, nextJobAt } from '../../../server/store/jobs.ts';
import { readMilestones } from '../../../server/store/milestones.ts';
import { lastDetailId, findMergeOf, listMergesInto } from '../../../server/store/merges.ts';
import { listAudited, listEventsOfContact } from '../../../server/store/events.ts';
import { listEventsOfStay, listWhoLeft } from '../../../server/store/stays.ts';
import { areKeptApart, findClaimants, findIdsByEmail, listDuplicatesOf } from '../../../server/store/duplicates.ts';
import { findOthersProved, findUser } from '../../../server/store/contacts.ts';
import { findActingSession, listOpenSessions } from '../../../server/store/sessions.ts';
import { eraseRows } from '../../../server/store/erasure.ts';
import { listFamily } from '../../../server/store/family.ts';
import { openEngine } from '../../../server/store/open.ts';
import { Param } from '../../../server/store/query.ts';
import type { Tx } from '../../../server/store/query.ts';
import { readReplyTimes } from '../../../server/store/reply-times.ts';
import type { Schema } from '../../../server/store/schema.ts';
import { insertMessage } from '../../../server/store/messages.ts';
import { openStore } from '../../../server/store/store.ts';
import { findVerification, listSentLinks } from '../../../server/store/verifications.ts';
import { conversationFilters } from '../../../shared/protocol.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aContact, aConversation, aMessage, aWorkspace } from '../../helpers/rows.ts';

const whole = { attributes: {}, points: [], tags: [] };

/** The plan of each query that `work` asks, in SQLite's words; every answer is empty save one conversation's id. */
async function plansOf(db: Kysely<Schema>, work: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = [];
  const explain = async (build: (db: Kysely<Schema>) => { compile(): { sql: string; parameters: readonly unknown[] } }) => {
    const { sql: text, parameters } = build(db).compile();
    const values = parameters.map((p) => (p instanceof Param ? '' : p));
    const pieces = text.split('?');
    const bound = sql<{ detail: string }>`${sql.join(
      pieces.flatMap((piece, i) => (i < values.length ? [sql.raw(piece), sql.val(values[i])] : [sql.raw(piece)])),
      sql.raw(''),
    )}`;
    const { rows } = await sql<{ detail: string }>`explain query plan ${bound}`.execute(db);
    plans.push(rows.map((row) => row.detail).join('; '));
    return [
      {
        id: 1,
        contact_id: 'c',
        bot_state: null,
        attributes: '{}',
        signed_fields: '[]',
        points: '[]',
        tags: '[]',
        first_touch: null,
        merged_into: null,
        data: '{}',
        body: '{}',
        name: null,
        email: 'a@example.com',
        conversation_id: 2,
        from_id: 'c',
        into_id: 'd',
        rev: 1,
        seq: 1,
        undone_at: 1,
        snapshot: JSON.stringify({ survivor: { ...whole, id: 'd' }, absorbed: { ...whole, id: 'c' }, merged: { ...whole, id: 'd' } }),
      },
    ] as never[];
  };
  const tx: Tx = {
    workspaceId: 'w',
    unit: null,
    send: (query) => void explain(query.build as never),
    all: (query) => explain(query.build as never),
    get: async (query) => (await explain(query.build as never))[0],
    execute: (build) => explain(build as never),
    findWords: async () => [],
  };
  await work(tx);
  return plans;
}

describeStores('what the inbox asks now and then', (places) => {
  if (places.dialect === 'sqlite')
    it('walks through no table for the checklist, the reply times, the lists, the queue and the jobs', async () => {
      const { database } = await places.fresh();
      await (await openStore({ database, newEpoch: 'epoch' })).close();
      const engine = await openEngine(database);
      const plan = async (work: (tx: Tx) => Promise<unknown>): Promise<string[]> => plansOf(engine.kysely, work);
      const [, byAgent, verified] = await plan(readMilestones);
      expect(byAgent).toMatch(/^SEARCH messages USING INDEX messages_agents/);
      expect(verified).toMatch(/^SEARCH contacts USING (COVERING )?INDEX contacts_verified/);
      const lists = conversationFilters.map(
        (filter) => (tx: Tx) => listConversations(tx, { filter, agentId: 1, found: null, after: { lastAt: 5, id: 5 }, limit: 50 }),
      );
      for (const work of [readReplyTimes, ...lists]) {
        const [conversations = '', ...others] = await plan(work);
        expect(conversations).toMatch(
          /SEARCH conversations USING INDEX conversations_(status|waiting_list|mine|unassigned|bot) \(workspace_id=\? AND status=\?/,
        );
        expect(conversations).not.toContain('SCAN conversations');
        for (const other of others) expect(other).not.toContain('SCAN');
      }
      const [timeline = ''] = await plan((tx) => listEventsOfContact(tx, 'c', 9, 9));
      expect(timeline).toMatch(/SEARCH events USING INDEX events_contact \(contact_id=\? AND rev<\?/);
      expect(timeline).toMatch(/SEARCH contacts USING (COVERING )?INDEX contacts_merged_into \(workspace_id=\? AND merged_into=\?\)/);
      const [audited] = await plan((tx) => listAudited(tx, 9, 9));
      expect(audited).toMatch(/^SEARCH events USING INDEX events_audited \(workspace_id=\? AND rev<\?/);
      for (const work of [
        (tx: Tx) => listDuplicatesOf(tx, 'c'),
        (tx: Tx) => findIdsByEmail(tx, 'a@example.com', 'c', 9),
        (tx: Tx) => findClaimants(tx, 'u', 'c', 9),
        (tx: Tx) => listMergesInto(tx, 'c', 0),
        (tx: Tx) => findMergeOf(tx, 'c'),
        (tx: Tx) => findUser(tx, 'u'),
        (tx: Tx) => listOpenSessions(tx, 'c'),
        (tx: Tx) => findActingSession(tx, 'hash'),
        (tx: Tx) => listFamily(tx, 'c'),
        (tx: Tx) => listWhoLeft(tx, 'c'),
        (tx: Tx) => listEventsOfStay(tx, { contact: 'c', first: 1, last: 9 }, 'd', 9, 9),
        (tx: Tx) => findOthersProved(tx, 'a@example.com', 'c'),
        (tx: Tx) => areKeptApart(tx, 'c', 'd'),
        (tx: Tx) => findVerification(tx, 'hash'),
        (tx: Tx) => listSentLinks(tx, 1),
        lastDetailId,
      ])
        for (const found of await plan(work)) expect(found).toMatch(/SEARCH/);
      // Of the contact itself, of whom it was merged into once, and of a conversation that is another's now.
      const erasing = await plan((tx) => eraseRows(tx, 'c', 9));
      expect(erasing.length).toBeGreaterThan(25);
      for (const found of erasing) expect(found).toMatch(/^(?!.*SCAN (?!family|CONSTANT ROW))(?!.*\(workspace_id=\?\)).*SEARCH/s);
      const [acting] = await plan((tx) => findActingSession(tx, 'hash'));
      expect(acting).toMatch(/SEARCH contact_merges USING (COVERING )?INDEX contact_merges_into/);
      const [due] = await plan(nextJobAt);
      expect(due).toMatch(/^SCAN jobs USING INDEX jobs_due/);
      const [waiting] = await plan((tx) => countWaitingBefore(tx, 1, 5, 200));
      expect(waiting).toMatch(/SEARCH conversations USING INDEX conversations_waiting \(workspace_id=\? AND waiting_since<\?/);
      for (const claimed of await plan((tx) => claimJobs(tx, { now: 1, leaseMs: 1, limit: 1 })))
        expect(claimed).toMatch(/SEARCH jobs USING INDEX jobs_due \(due_at<\?/);
      await engine.close();
    });

  it('the checklist knows the first message, the first reply that is no note, and the first verified user', async () => {
    const store = await places.open();
    const scope = await aWorkspace(store, 'w');
    expect(await scope.read(readMilestones)).toEqual({ firstMessageAt: null, agentRepliedAt: null, firstVerifiedUserAt: null });
    const contact = await aContact(scope, { verified: true, identifiedAt: 70 });
    await aContact(scope, { verified: true, identifiedAt: 60 });
    await aContact(scope, { verified: false, identifiedAt: 50 });
    const conversation = await aConversation(scope, contact.id);
    const agent = { kind: 'agent', id: '1', name: 'Ada' } as const;
    await scope.write(async (tx) => {
      await insertMessage(tx, aMessage(conversation, 1, { author: { kind: 'bot', id: null, name: null }, createdAt: 10 }));
      await insertMessage(tx, aMessage(conversation, 2, { createdAt: 20 }));
      await insertMessage(tx, aMessage(conversation, 3, { author: agent, kind: 'note', createdAt: 30 }));
      await insertMessage(tx, aMessage(conversation, 4, { author: agent, createdAt: 40 }));
    });
    expect(await scope.read(readMilestones)).toEqual({ firstMessageAt: 20, agentRepliedAt: 40, firstVerifiedUserAt: 60 });
    expect(await scope.read(readReplyTimes)).toEqual([20]);
  });

  it('the list of all is one list by time, page by page, whatever the status', async () => {
    const store = await places.open();
    const scope = await aWorkspace(store, 'w');
    const contact = await aContact(scope);
    const made: number[] = [];
    for (let i = 0; i < 12; i++) made.push(await aConversation(scope, contact.id, Math.floor(i / 2)));
    const statuses = ['open', 'snoozed', 'closed'] as const;
    await scope.write(async (tx) => {
      for (const [i, id] of made.entries())
        await tx.execute((db) =>
          db
            .updateTable('conversations')
            .set({ status: statuses[i % 3] })
            .where('id', '=', id),
        );
    });
    const seen: number[] = [];
    let after: { lastAt: number; id: number } | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof listConversations>> = await scope.read((tx) =>
        listConversations(tx, { filter: 'all', agentId: 0, found: null, after, limit: 5 }),
      );
      const last = page.at(-1)?.conversation;
      if (!last) break;
      seen.push(...page.map(({ conversation }) => conversation.id));
      after = { lastAt: last.lastAt, id: last.id };
    }
    expect(seen).toEqual(made.toReversed());
  });
});
