// What steps of a flow do to the conversation and the contact; when they do it is tested in test/shared/bot.
import { afterEach, describe, expect, it } from 'vitest';
import { findConversation } from '../../../server/store/conversations.ts';
import { insertTeam } from '../../../server/store/teams.ts';
import { updateWorkspace } from '../../../server/store/workspaces.ts';
import { connectAgent, must, newCid } from '../../helpers/server.ts';
import { flowOf, publishFlow, startFlowStage } from '../../helpers/flow-stage.ts';
import type { FlowStage } from '../../helpers/flow-stage.ts';
import { answer, logOf, say } from '../../helpers/talk.ts';

let stage: FlowStage;
afterEach(() => stage.close());

const ask = (next: string, text = 'What do you need?') => ({ type: 'ask-text', text, next });
const end = { type: 'end' };
const stored = async (conversation: number) =>
  stage.server.deps.store.in(stage.server.workspace.id).read((tx) => findConversation(tx, conversation));

describe('a flow', () => {
  it('is written down with the conversation that begins, with its version and the policy of that moment', async () => {
    stage = await startFlowStage(flowOf({ q: ask('done'), done: end }), { settings: { askPolicy: 'up-front' } });
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    expect(await stored(conversation)).toMatchObject({ flowId: 'own', flowVersion: 1, askPolicy: 'up-front', capturedAt: null });
    const { settings } = stage.server.workspace;
    await publishFlow(stage.server, flowOf({ q: ask('done'), done: end }, {}, 'own', 2), true);
    await stage.server.deps.store
      .in(stage.server.workspace.id)
      .write((tx) => updateWorkspace(tx, { settings: { ...settings, askPolicy: 'never' } }));
    stage.pass(5000);
    const second = await stage.begin(visitor);
    expect(await stored(second)).toMatchObject({ flowId: 'own', flowVersion: 2, askPolicy: 'never' });
    await say(visitor, 'x', conversation);
    expect(await stored(conversation)).toMatchObject({ flowVersion: 1, askPolicy: 'up-front' });
  });

  it('tags the contact and takes tags off, once each', async () => {
    stage = await startFlowStage(
      flowOf({
        on: { type: 'tag', name: 'trial', on: true, next: 'again' },
        again: { type: 'tag', name: 'trial', on: true, next: 'other' },
        other: { type: 'tag', name: 'vip', on: true, next: 'q' },
        q: ask('off'),
        off: { type: 'tag', name: 'trial', on: false, next: 'done' },
        done: end,
      }),
    );
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    expect((await stage.card(conversation)).tags).toEqual(['trial', 'vip']);
    await say(visitor, 'anything', conversation);
    expect((await stage.card(conversation)).tags).toEqual(['vip']);
    const types = (): string[] =>
      stage.feed().flatMap((i) => (i.type.includes('tagged') ? [`${i.type} ${i.contact?.id === undefined}`] : []));
    await expect.poll(types).toEqual(['contact.tagged false', 'contact.tagged false', 'contact.untagged false']);
  });

  it('assigns to a team and to a person; whom it names wrong is passed over', async () => {
    const build = (team: number, person: number) =>
      flowOf({
        ghost: { type: 'assign', team: 4711, agent: 4712, next: 'team' },
        team: { type: 'assign', team, next: 'person' },
        person: { type: 'assign', agent: person, next: 'q' },
        q: ask('done'),
        done: end,
      });
    stage = await startFlowStage(flowOf({ done: end }));
    const { server } = stage;
    const team = await server.deps.store.in(server.workspace.id).write((tx) => insertTeam(tx, { name: 'Sales', now: 1 }));
    const { agent } = await server.agent();
    await publishFlow(server, { ...build(team, agent.id), version: 2 }, true);
    stage.pass(5000);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    expect(await stage.row(conversation)).toMatchObject({ team: { id: team, name: 'Sales' }, assignee: { id: agent.id }, botActive: true });
    const log = await logOf(visitor, conversation);
    expect(log.filter((c) => c.kind !== 'message')).toMatchObject([
      { kind: 'team', team: { id: team, name: 'Sales' }, by: { kind: 'bot' } },
      { kind: 'assigned', agent: { id: agent.id }, by: { kind: 'bot' } },
    ]);
    const listed = must(await stage.agent.send('conversation.list', { filter: 'mine' })).conversations;
    expect(listed).toMatchObject([{ id: conversation, team: { name: 'Sales' } }]);
    expect((await stage.told('conversation.team_assigned', conversation)).change).toMatchObject({ kind: 'team' });
  });

  it('takes an attribute off again, and leaves no word of that on the card', async () => {
    const off = { type: 'set-attribute', name: 'plan', value: null, next: 'more' };
    stage = await startFlowStage(flowOf({ plan: { ...ask('off'), attribute: 'plan' }, off, more: ask('done'), done: end }));
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, 'The big one', conversation);
    const card = await stage.card(conversation);
    expect(card.attributes).toEqual({});
    expect(card.details.map(({ value }) => value)).toEqual(['The big one']);
  });

  it('jumps into the latest published version of another one, with its score and answers', async () => {
    const second = (version: number) =>
      flowOf(
        {
          hello: { type: 'say', text: `Flow two, version ${version}, {{contact.need}}.`, next: 'more' },
          more: { type: 'score', rules: [{ points: 5, reason: 'Came on' }], next: 'ask2' },
          ask2: ask('bye', 'Anything else?'),
          bye: end,
        },
        {},
        'two',
        version,
      );
    stage = await startFlowStage(
      flowOf({
        points: { type: 'score', rules: [{ points: 10, reason: 'Came by' }], next: 'q' },
        q: { ...ask('over'), attribute: 'need' },
        over: { type: 'jump', flow: 'two' },
      }),
      { others: [second(1), second(2)] },
    );
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, 'a demo', conversation);
    expect((await stage.said(visitor, conversation)).slice(1)).toEqual(['Flow two, version 2, a demo.', 'Anything else?']);
    expect(await stored(conversation)).toMatchObject({ flowId: 'own', botState: { flow: 'two', version: 2, score: 15 } });
    expect((await stage.card(conversation)).score).toBe(15);
    await say(visitor, 'no', conversation);
    expect((await stage.row(conversation)).botActive).toBe(false);
  });

  it('that jumps where nothing is, or round and round, leaves the visitor to the team', async () => {
    const round = (id: string, to: string) => flowOf({ over: { type: 'jump', flow: to } }, {}, id);
    stage = await startFlowStage(
      flowOf({
        q: {
          type: 'ask-choice',
          text: 'Where?',
          choices: [
            { value: 'gone', label: 'Gone' },
            { value: 'round', label: 'Round' },
          ],
          next: 'split',
        },
        split: { type: 'branch', cases: [{ when: { fact: 'answer.q', op: 'is', value: 'gone' }, next: 'gone' }], default: 'round' },
        gone: { type: 'jump', flow: 'nowhere' },
        round: { type: 'jump', flow: 'a' },
      }),
      {
        others: [round('a', 'b'), round('b', 'a')],
      },
    );
    const visitor = await stage.arrive();
    for (const choice of ['gone', 'round']) {
      const conversation = await stage.begin(visitor);
      await stage.tap(visitor, conversation, choice);
      expect(await stage.row(conversation), choice).toMatchObject({ botActive: false, waitingSince: expect.any(Number) });
      must(await stage.agent.send('conversation.close', { cid: newCid(), conversation }));
    }
  });

  it('shows controls with its questions, and takes several choices at once', async () => {
    stage = await startFlowStage(
      flowOf({
        topics: {
          type: 'ask-choices',
          text: 'Which of these?',
          choices: [
            { value: 'price', label: 'Price' },
            { value: 'demo', label: 'Demo' },
            { value: 'api', label: 'API' },
          ],
          attribute: 'topics',
          next: 'stars',
        },
        stars: { type: 'ask-rating', text: 'How do you like it?', attribute: 'stars', next: 'day' },
        day: { type: 'ask-date', text: 'When?', attribute: 'day', next: 'done' },
        done: end,
      }),
    );
    const visitor = await stage.arrive({ timeZone: 'Pacific/Kiritimati' });
    const conversation = await stage.begin(visitor);
    const last = async () => (await stage.bot(visitor, conversation)).at(-1);
    expect(await last()).toMatchObject({ ask: { kind: 'choices' }, chips: [{ value: 'price' }, { value: 'demo' }, { value: 'api' }] });
    const body = { cid: newCid(), conversation, text: 'Price, API', choices: ['price', 'api'] };
    const first = must(await visitor.send('message.send', body));
    expect(await visitor.send('message.send', body)).toEqual(first);
    expect(await visitor.send('message.send', { ...body, choices: ['price'] })).toMatchObject({ code: 'cid_conflict' });
    expect(await last()).toMatchObject({ ask: { kind: 'rating', max: 5 } });
    must(await visitor.send('message.send', { cid: newCid(), conversation, text: '★★★★', choice: '4' }));
    expect(await last()).toMatchObject({ ask: { kind: 'date' } });
    // It is the 6th in London and the 7th on Kiritimati.
    await say(visitor, 'tomorrow', conversation);
    expect((await stage.card(conversation)).attributes).toEqual({ topics: 'price, api', stars: 4, day: '2031-01-08' });
  });
});

describe('what the bot knows of the team', () => {
  const handover = { type: 'handover', text: 'A colleague comes.', reason: 'Wants a person' };

  it('a handover tells the place in the queue and, where there were answers enough, how long they took', async () => {
    stage = await startFlowStage(flowOf({ q: ask('team'), team: handover }));
    const last = async (visitor: Parameters<FlowStage['said']>[0], conversation: number) =>
      (await stage.said(visitor, conversation)).at(-1);
    const conversations: number[] = [];
    for (const words of [/next/i, /number 2/i, /number 3/i]) {
      const visitor = await stage.arrive();
      const conversation = await stage.begin(visitor);
      conversations.push(conversation);
      stage.pass(1000);
      await say(visitor, 'I have a question', conversation);
      expect(await last(visitor, conversation)).toMatch(words);
      expect(await last(visitor, conversation)).not.toMatch(/min\b/);
      stage.pass(60_000);
    }
    for (const conversation of conversations) {
      stage.pass(120_000);
      await answer(stage.agent, conversation, 'Here I am');
    }
    stage.pass(61_000);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, 'me, too', conversation);
    expect(await last(visitor, conversation)).toMatch(/next.*about 6 min/i);
  });

  it('a handover with nobody there promises no place in a queue', async () => {
    stage = await startFlowStage(flowOf({ q: ask('team'), team: handover }));
    stage.agent.close();
    const visitor = await stage.arrive();
    await expect.poll(() => stage.server.deps.team.isOnline(stage.server.workspace.id)).toBe(false);
    const conversation = await stage.begin(visitor);
    await say(visitor, 'I have a question', conversation);
    expect((await stage.said(visitor, conversation)).at(-1)).not.toMatch(/next|number/i);
    stage.agent = await connectAgent(stage.server);
  });

  it('outside the business hours it tells when somebody is back, in the visitor’s own time and language', async () => {
    const nine = [{ from: 540, to: 1020 }];
    const hours = { timeZone: 'Europe/London', week: [nine, nine, nine, nine, nine, [], []], holidays: [] } as const;
    const branch = {
      type: 'branch',
      cases: [{ when: { fact: 'team.open', op: 'is', value: true }, next: 'open' }],
      default: 'closed',
    };
    stage = await startFlowStage(
      flowOf(
        {
          q: ask('split'),
          split: branch,
          open: { type: 'say', text: 'We are open.', next: 'done' },
          closed: { type: 'say', text: 'Back {{team.back}}.', next: 'done' },
          done: end,
        },
        { translations: { de: { 'closed.text': 'Zurück {{team.back}}.' } } },
      ),
      { settings: { hours: structuredClone(hours) as never } },
    );
    const lastSaid = async (more: Parameters<FlowStage['arrive']>[0]): Promise<string> => {
      const visitor = await stage.arrive(more);
      const conversation = await stage.begin(visitor);
      await say(visitor, 'a price list', conversation);
      return (await stage.said(visitor, conversation)).at(-1) ?? '';
    };
    // Monday, noon in London.
    expect(await lastSaid({})).toBe('We are open.');
    stage.pass(8 * 3_600_000);
    const english = await lastSaid({ timeZone: 'America/New_York', language: 'en-US' });
    expect(english).toMatch(/^Back .*4:00/);
    const german = await lastSaid({ timeZone: 'Europe/Berlin', language: 'de-DE' });
    expect(german).toMatch(/^Zurück .*10:00/);
    const french = await lastSaid({ timeZone: 'Europe/Paris', language: 'fr-FR' });
    expect(french, 'one sentence has one language').toMatch(/^Back .*at .*10:00/);
    expect(await lastSaid({ timeZone: 'Nowhere/At_All', language: 'en-GB' })).toMatch(/^Back .*9:00/);
  });
});
