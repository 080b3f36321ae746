// The flow calls a lead qualified: told once, with its score and answers, at the moment both are true.
import { afterEach, describe, expect, it } from 'vitest';
import type { AskPolicy } from '../../../shared/bot/types.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { undoMerge } from '../../../server/actions/contact/undo-merge.ts';
import { findContact } from '../../../server/store/contacts.ts';
import { findConversation } from '../../../server/store/conversations.ts';
import type { Place } from '../../helpers/postgres.ts';
import { describeStores } from '../../helpers/databases.ts';
import { must, newCid } from '../../helpers/server.ts';
import { flowOf, startFlowStage } from '../../helpers/flow-stage.ts';
import type { FlowStage } from '../../helpers/flow-stage.ts';
import { answer, arrive, hmac, identitySecret, say, upTo } from '../../helpers/talk.ts';

let stage: FlowStage | null = null;
afterEach(async () => {
  await stage?.close();
  stage = null;
});

const end = { type: 'end' };
const points = (n: number, next: string) => ({ type: 'score', rules: [{ points: n, reason: 'Large team' }], next });
const leads = async (from: FlowStage) =>
  from.server.deps.store
    .in(from.server.workspace.id)
    .read((tx) =>
      tx.execute((db) => db.selectFrom('events').select(['data', 'contact_id', 'conversation_id']).where('type', '=', 'lead.captured')),
    )
    .then((rows) => rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Record<string, unknown> })));
const stored = (from: FlowStage, conversation: number) =>
  from.server.deps.store.in(from.server.workspace.id).read((tx) => findConversation(tx, conversation));

describe('lead.captured', () => {
  const flow = flowOf(
    {
      size: { type: 'ask-number', text: 'How many are you?', next: 'points' },
      points: points(30, 'email'),
      email: { type: 'ask-email', text: 'Your email?', next: 'done' },
      done: end,
    },
    { qualify: { minScore: 20 } },
  );

  it('is raised when the flow ends with enough points and the contact can be reached, with score and answers', async () => {
    stage = await startFlowStage(flow);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, '12', conversation);
    expect(await leads(stage)).toEqual([]);
    await say(visitor, 'ada@example.com', conversation);
    const contact = (await stage.row(conversation)).contact.id;
    expect(await leads(stage)).toEqual([
      {
        contact_id: contact,
        conversation_id: conversation,
        data: { score: 30, flow: 'own', version: 1, conversation, 'answer.size': 12, 'answer.email': 'ada@example.com' },
      },
    ]);
    const item = await stage.told('lead.captured', conversation);
    expect(item.contact).toMatchObject({ id: contact, type: 'lead' });
    const { now } = stage.clock;
    expect(await stored(stage, conversation)).toMatchObject({ capturedAt: now, qualifiedAt: now });
    const timeline = must(await stage.agent.send('contact.timeline', { contact })).items;
    expect(timeline.map((i) => i.type)).toContain('lead.captured');
  });

  it('is not raised for too few points, for who cannot be reached, and where a human ended the flow', async () => {
    stage = await startFlowStage({ ...flow, qualify: { minScore: 31 } } as never);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, '12', conversation);
    await say(visitor, 'ada@example.com', conversation);
    expect((await stage.row(conversation)).botActive).toBe(false);
    expect(await leads(stage)).toEqual([]);
    expect(await stored(stage, conversation)).toMatchObject({ capturedAt: stage.clock.now, qualifiedAt: null });
    await stage.close();
    stage = await startFlowStage(flow);
    const nobody = await stage.arrive();
    const unreachable = await stage.begin(nobody);
    await say(nobody, '12', unreachable);
    await say(nobody, 'I would rather not', unreachable);
    const taken = await stage.arrive();
    const over = await stage.begin(taken);
    await say(taken, '12', over);
    await answer(stage.agent, over, 'Let me help you');
    await say(taken, 'sure: taken@example.com', over);
    expect(await leads(stage)).toEqual([]);
    expect(await stored(stage, over)).toMatchObject({ capturedAt: stage.clock.now, qualifiedAt: null });
  });

  it('is the lead’s own whose conversation it was, with tags and points, when a merge is undone: not raised a second time', async () => {
    const tagged = { type: 'tag', name: 'hot', on: true, next: 'done' };
    stage = await startFlowStage(
      flowOf(
        {
          size: { type: 'ask-number', text: 'How many are you?', next: 'points' },
          points: points(30, 'email'),
          email: { type: 'ask-email', text: 'Your email?', next: 'tagged' },
          tagged,
          done: end,
        },
        { qualify: { minScore: 20 } },
      ),
    );
    const { deps, workspace } = stage.server;
    const actor = { kind: 'agent', agent: (await stage.server.agent()).agent } as const;
    const [older, younger] = [await stage.arrive(), await stage.arrive()];
    const kept = await stage.begin(older);
    await say(older, '3', kept);
    stage.clock.now++;
    const given = await stage.begin(younger);
    const { from, into, id } = await mergeByRequest(deps, actor, {
      from: (await stage.row(given)).contact.id,
      into: (await stage.row(kept)).contact.id,
    });
    await say(younger, '12', given);
    await say(younger, 'hot@example.com', given);
    expect(await leads(stage)).toMatchObject([{ contact_id: into }]);
    await undoMerge(deps, actor, id);
    const rows = await deps.store.in(workspace.id).read(async (tx) => [await findContact(tx, from), await findContact(tx, into)]);
    expect(rows).toMatchObject([
      { tags: ['hot'], score: 30, email: 'hot@example.com', capturedAt: stage.clock.now },
      { tags: [], score: 30, email: null, capturedAt: null },
    ]);
    await say(younger, 'no wait, my email is hotter@example.com', given);
    expect(await leads(stage)).toHaveLength(1);
  });

  it('is raised later where the address comes after a flow that ended qualified; never twice for a contact', async () => {
    stage = await startFlowStage(flow);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, '12', conversation);
    await say(visitor, 'I would rather not', conversation);
    expect((await stage.row(conversation)).botActive).toBe(false);
    stage.pass(1000);
    await say(visitor, 'all right, it is late@example.com', conversation);
    expect(await leads(stage)).toHaveLength(1);
    await say(visitor, 'no wait, my email is later@example.com', conversation);
    must(await stage.agent.send('conversation.close', { cid: newCid(), conversation }));
    const second = await stage.begin(visitor);
    await say(visitor, '40', second);
    expect((await stage.row(second)).botActive).toBe(false);
    expect(await leads(stage)).toHaveLength(1);
    expect(await stored(stage, second)).toMatchObject({ qualifiedAt: null });
  });

  it('is raised for a user whose email the host app told', async () => {
    stage = await startFlowStage(flow);
    const visitor = await stage.arrive();
    const user_hash = hmac(identitySecret(stage.server), 'user@example.com');
    must(await visitor.send('identify', { email: 'user@example.com', user_hash }));
    const conversation = await stage.begin(visitor);
    await say(visitor, '12', conversation);
    expect(await leads(stage)).toMatchObject([{ data: { score: 30, 'answer.size': 12 } }]);
  });

  it('is raised at the start where the flow asks nothing more', async () => {
    stage = await startFlowStage(flowOf({ points: points(5, 'done'), done: end }));
    const visitor = await stage.arrive();
    const user_hash = hmac(identitySecret(stage.server), 'at-once@example.com');
    must(await visitor.send('identify', { email: 'at-once@example.com', user_hash }));
    await stage.begin(visitor);
    expect(await leads(stage)).toMatchObject([{ data: { score: 5 } }]);
  });

  it('cuts long answers, and names the flow that was jumped to', async () => {
    const second = flowOf({ bye: points(1, 'done'), done: end }, {}, 'two', 7);
    stage = await startFlowStage(
      flowOf({
        story: { type: 'ask-text', text: 'Tell us.', next: 'email' },
        email: { type: 'ask-email', text: 'Your email?', next: 'over' },
        over: { type: 'jump', flow: 'two' },
      }),
      { others: [second] },
    );
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, 'a long story. '.repeat(40), conversation);
    await say(visitor, 'ada@example.com', conversation);
    const [lead] = await leads(stage);
    expect(lead?.data).toMatchObject({ flow: 'two', version: 7, score: 1 });
    expect(String(lead?.data['answer.story']).length).toBeLessThanOrEqual(200);
  });
});

describeStores('lead.captured under concurrency', (places) => {
  const open = async (place: Place): Promise<FlowStage> =>
    startFlowStage(flowOf({ q: { type: 'ask-text', text: 'Well?', next: 'done' }, done: end }), { database: place.database });

  it('is raised once, whichever of eight simultaneous messages brings the address', async () => {
    const place = await places.fresh();
    const own = await open(place);
    const visitor = await own.arrive();
    const conversation = await own.begin(visitor);
    const tabs = await Promise.all(upTo(4).map(() => arrive(own.server, { token: visitor.token })));
    await Promise.all(upTo(8).map((n) => say(tabs[n % 4] ?? visitor, `a price list for ada${n}@example.com`, conversation)));
    expect(await leads(own)).toHaveLength(1);
    expect(await place.rows(`select rev from events where type = 'contact.promoted'`)).toHaveLength(1);
    expect(await place.rows('select captured_at, qualified_at from conversations')).toEqual([
      { captured_at: own.clock.now, qualified_at: own.clock.now },
    ]);
    for (const tab of tabs) tab.close();
    await own.close();
  });
});

describe('the policy of the workspace', () => {
  const flow = flowOf({
    need: { type: 'ask-text', text: 'What do you need?', next: 'size' },
    size: { type: 'ask-number', text: 'How many are you?', next: 'email' },
    email: { type: 'ask-email', text: 'Your email?', next: 'team' },
    team: { type: 'handover', text: 'A colleague comes.', reason: 'Wants a person' },
  });
  const order: Record<AskPolicy, string[]> = {
    flow: ['need', 'size', 'email'],
    'up-front': ['email', 'need', 'size'],
    'after-first-answer': ['need', 'email', 'size'],
    'at-handover': ['need', 'size', 'email'],
    'when-offline': ['need', 'size'],
    never: ['need', 'size'],
  };
  const answers = { need: 'a price list', size: '12', email: 'policy@example.com' };
  const kinds = { 'What do you need?': 'need', 'How many are you?': 'size', 'Your email?': 'email' } as const;

  it.each(Object.keys(order) as AskPolicy[])('%s decides when the address is asked for, and is counted by', async (policy) => {
    stage = await startFlowStage(flow, { settings: { askPolicy: policy } });
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    const asked: string[] = [];
    for (let turn = 0; turn < 5 && (await stage.row(conversation)).botActive; turn++) {
      const last = (await stage.said(visitor, conversation)).at(-1) ?? '';
      const question = Object.entries(kinds).find(([text]) => last.includes(text))?.[1];
      if (!question) throw new Error(`an unknown question: ${last}`);
      asked.push(question);
      await say(visitor, answers[question], conversation);
    }
    expect(asked).toEqual(order[policy]);
    expect(await stored(stage, conversation)).toMatchObject({ askPolicy: policy });
  });

  it('when-offline asks where nobody of the team is there', async () => {
    stage = await startFlowStage(flow, { settings: { askPolicy: 'when-offline' } });
    const { server } = stage;
    stage.agent.close();
    await expect.poll(() => server.deps.team.isOnline(server.workspace.id)).toBe(false);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, 'a price list', conversation);
    await say(visitor, '12', conversation);
    expect((await stage.said(visitor, conversation)).at(-1)).toMatch(/Nobody is here.*email/);
  });
});
