// What is known of a contact beside the details: score, kind of address, team and tags.
import { afterEach, describe, expect, it } from 'vitest';
import { insertTeam } from '../../../server/store/teams.ts';
import { must, newCid } from '../../helpers/server.ts';
import { flowOf, startFlowStage } from '../../helpers/flow-stage.ts';
import type { FlowStage } from '../../helpers/flow-stage.ts';
import { hmac, identitySecret, logOf, say, seqsOf, upTo } from '../../helpers/talk.ts';

let stage: FlowStage;
afterEach(() => stage.close());

const ask = (next: string, text = 'What do you need?') => ({ type: 'ask-text', text, next });
const end = { type: 'end' };

describe('scores', () => {
  const rules = [
    { points: 20, reason: 'Works at a company', when: { fact: 'contact.company', op: 'known' } },
    { points: 7, reason: 'A lead', when: { fact: 'contact.type', op: 'is', value: 'lead' } },
    { points: 3, reason: 'Tagged', when: { fact: 'contact.tags', op: 'contains', value: 'vip' } },
  ] as const;

  it('are the points of flows, each reason once, and of the workspace’s rules while they hold; the card explains each', async () => {
    stage = await startFlowStage(
      flowOf({
        plus: { type: 'score', rules: [{ points: 10, reason: 'Came by' }], next: 'q' },
        q: { type: 'ask-email', text: 'Email?', next: 'done' },
        done: end,
      }),
      { settings: { scoreRules: structuredClone(rules) as never } },
    );
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    const points = async () => {
      const { score, points: list } = await stage.card(conversation);
      expect(score).toBe(list.reduce((sum, p) => sum + p.points, 0));
      return list;
    };
    const flowPoint = { points: 10, reason: 'Came by', from: 'flow' };
    expect(await points()).toEqual([flowPoint]);
    const told = await say(visitor, 'scored@example.com', conversation);
    expect(await points()).toEqual([flowPoint, { points: 7, reason: 'A lead', from: 'rule' }]);
    const contact = (await stage.row(conversation)).contact.id;
    must(await stage.agent.send('contact.tag', { contact, tag: 'vip', on: true }));
    expect((await points()).at(-1)).toEqual({ points: 3, reason: 'Tagged', from: 'rule' });
    must(await stage.agent.send('contact.tag', { contact, tag: 'vip', on: false }));
    must(await visitor.send('detail.answer', { cid: newCid(), conversation, message: told.id, field: 'email', answer: 'withdraw' }));
    expect(await points()).toEqual([flowPoint]);
    const user_hash = hmac(identitySecret(stage.server), 'u-score');
    must(await visitor.send('identify', { user_id: 'u-score', user_hash, company: 'Acme' }));
    expect(await points()).toEqual([flowPoint, { points: 20, reason: 'Works at a company', from: 'rule' }]);
    must(await stage.agent.send('conversation.close', { cid: newCid(), conversation }));
    await stage.begin(visitor);
    expect(await points()).toHaveLength(2);
  });
});

describe('a throw-away address', () => {
  it('is taken, flagged on the card, and known to conditions as what it is', async () => {
    const rules = [{ points: -20, reason: 'Throw-away address', when: { fact: 'contact.email_kind', op: 'is', value: 'disposable' } }];
    stage = await startFlowStage(
      flowOf({
        q: { type: 'ask-email', text: 'Email?', next: 'kind' },
        kind: { type: 'say', text: 'A {{contact.email_kind}} one.', next: 'done' },
        done: end,
      }),
      { settings: { scoreRules: rules as never } },
    );
    const said: string[] = [];
    for (const email of ['kim@mailinator.com', 'ada@acme-industries.com', 'ada.lovelace@gmail.com', 'info@acme-industries.com']) {
      const visitor = await stage.arrive();
      const conversation = await stage.begin(visitor);
      await say(visitor, email, conversation);
      said.push((await stage.said(visitor, conversation)).at(-1) ?? '');
      const { details, score, type } = await stage.card(conversation);
      expect(type).toBe('lead');
      expect([email, details.find((d) => d.field === 'email')?.flags, score]).toEqual(
        email.includes('mailinator') ? [email, ['disposable'], -20] : [email, email.startsWith('info') ? ['role'] : [], 0],
      );
    }
    expect(said).toEqual(['A disposable one.', 'A work one.', 'A free one.', 'A role one.']);
  });
});

describe('agents', () => {
  it('give a conversation to a team or to none, once per cid', async () => {
    stage = await startFlowStage(flowOf({ q: ask('done'), done: end }));
    const { server, agent } = stage;
    const team = await server.deps.store.in(server.workspace.id).write((tx) => insertTeam(tx, { name: 'Support', now: 1 }));
    const visitor = await stage.arrive();
    const { conversation } = await say(visitor, 'hello');
    const body = { cid: newCid(), conversation, team };
    const first = must(await agent.send('conversation.assign_team', body));
    expect(must(await agent.send('conversation.assign_team', body))).toEqual(first);
    expect(await agent.send('conversation.assign_team', { ...body, team: null })).toMatchObject({ code: 'cid_conflict' });
    expect(await agent.send('conversation.assign_team', { cid: newCid(), conversation, team: 999 })).toMatchObject({ code: 'not_found' });
    expect(await stage.row(conversation)).toMatchObject({ team: { id: team, name: 'Support' }, botActive: true });
    must(await agent.send('conversation.assign_team', { cid: newCid(), conversation, team: null }));
    expect((await stage.row(conversation)).team).toBeNull();
    const log = await logOf(agent, conversation);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    expect(log.filter((c) => c.kind === 'team')).toMatchObject([{ team: { id: team } }, { team: null }]);
  });

  it('tag contacts; a merge keeps the tags of both', async () => {
    stage = await startFlowStage(flowOf({ q: ask('done'), done: end }));
    const { agent, server } = stage;
    const proof = { user_id: 'tagged', user_hash: hmac(identitySecret(server), 'tagged') };
    const first = await stage.arrive();
    must(await first.send('identify', proof));
    const { contact_id: user } = must(await first.send('sync', {})).me;
    const second = await stage.arrive();
    const { conversation } = await say(second, 'hello');
    const { id: visitor } = (await stage.row(conversation)).contact;
    expect(must(await agent.send('contact.tag', { contact: user ?? '', tag: ' vip ', on: true })).tags).toEqual(['vip']);
    expect(must(await agent.send('contact.tag', { contact: user ?? '', tag: 'vip', on: true })).tags).toEqual(['vip']);
    expect(must(await agent.send('contact.tag', { contact: visitor, tag: 'trial', on: true })).tags).toEqual(['trial']);
    expect(must(await agent.send('contact.tag', { contact: visitor, tag: 'absent', on: false })).tags).toEqual(['trial']);
    expect(await agent.send('contact.tag', { contact: 'nobody', tag: 'x', on: true })).toMatchObject({ code: 'not_found' });
    must(await second.send('identify', proof));
    expect((await stage.card(conversation)).tags.toSorted()).toEqual(['trial', 'vip']);
    expect(must(await agent.send('contact.tag', { contact: visitor, tag: 'trial', on: false })).tags).toEqual(['vip']);
    const rows = await server.deps.store
      .in(server.workspace.id)
      .read((tx) => tx.execute((db) => db.selectFrom('contact_tags').select(['contact_id', 'tag'])));
    expect(rows).toEqual([{ contact_id: user, tag: 'vip' }]);
    expect(
      stage
        .feed()
        .filter((i) => i.type === 'contact.tagged')
        .map((i) => i.contactId),
    ).toEqual([user, visitor]);
  });
});
