// What owners change by HTTP, as visitors on sockets then meet it. The clock stands still: nothing here waits for a cache to grow old.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlowReply, FunnelReply } from '../../../shared/api.ts';
import { qualify } from '../../../shared/bot/flows/qualify.ts';
import { Agent } from '../../helpers/http-server.ts';
import { saying } from '../../helpers/flow-desk.ts';
import { must, newCid, startServer } from '../../helpers/server.ts';
import type { TestServer, VisitorClient } from '../../helpers/server.ts';
import { arrive, messagesOf, say } from '../../helpers/talk.ts';

let server: TestServer;
let owner: Agent;
beforeEach(async () => {
  server = await startServer({ now: () => Date.UTC(2030, 0, 1) });
  owner = new Agent(server.url);
  owner.cookie = (await server.agent()).cookie;
  await owner.call('GET', '/api/v1/me');
});
afterEach(() => server.stop());

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await owner.call(method, `/api/v1${path}`, body);
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}

async function publish(id: string, body: object): Promise<void> {
  const { draft } = await ask<FlowReply>('GET', `/flows/${id}`);
  const { rev } = await ask<{ rev: number }>('PUT', `/flows/${id}/draft`, { rev: draft.rev, body });
  await ask('POST', `/flows/${id}/publish`, { rev });
}

const begin = async (visitor: VisitorClient): Promise<number> =>
  must(await visitor.send('conversation.start', { cid: newCid() })).conversation.id;
const textsOf = async (visitor: VisitorClient, conversation: number): Promise<string[]> =>
  (await messagesOf(visitor, conversation)).map((message) => message.text);

const asking = (text: string, then = 'Thanks!'): object => ({
  ...saying(text),
  steps: {
    hello: { type: 'say', text, next: 'what' },
    what: { type: 'ask-text', text: 'What is it about?', open: true, next: 'bye' },
    bye: { type: 'end', text: then },
  },
});

describe('a flow that is published', () => {
  it('greets the next visitor at once, also one whose page was open before', async () => {
    const [early, late] = [await arrive(server), await arrive(server)];
    await begin(early);
    await publish('qualify', asking('A new hello.'));
    expect((await textsOf(late, await begin(late)))[0]).toBe('A new hello.');
    const settings = await (await fetch(`${server.url}/api/widget/settings?app_id=${server.workspace.appId}`)).json();
    expect(settings).toMatchObject({ greeting: { texts: ['A new hello.', 'What is it about?'] } });
  });

  it('leaves conversations that run to the version they began with', async () => {
    await publish('qualify', asking('Hello.', 'The old goodbye.'));
    const visitor = await arrive(server);
    const conversation = await begin(visitor);
    await publish('qualify', asking('Hello.', 'The new goodbye.'));
    await say(visitor, 'About your prices', conversation);
    expect(await textsOf(visitor, conversation)).toContain('The old goodbye.');
  });

  it('is begun with once it is activated', async () => {
    const visitor = await arrive(server);
    const { id } = await ask<FlowReply>('POST', '/flows', { flow: asking('Another flow.') });
    await ask('POST', `/flows/${id}/publish`, { rev: 1 });
    expect(await textsOf(visitor, await begin(visitor))).not.toContain('Another flow.');
    await ask('POST', `/flows/${id}/activate`, {});
    const next = await arrive(server);
    expect((await textsOf(next, await begin(next)))[0]).toBe('Another flow.');
  });

  it('may speak of what another flow asks', async () => {
    const { id } = await ask<FlowReply>('POST', '/flows', { flow: asking('Hi[[ to all {{contact.team_size}}]]!') });
    await ask('POST', `/flows/${id}/publish`, { rev: 1 });
    await ask('POST', `/flows/${id}/activate`, {});
    const visitor = await arrive(server);
    expect((await textsOf(visitor, await begin(visitor)))[0]).toBe('Hi!');
  });
});

describe('the bot', () => {
  it('is silent from the next conversation on once it is switched off, and speaks again once it is on', async () => {
    const visitor = await arrive(server);
    await ask('PATCH', '/settings/bot', { bot: 'off' });
    expect(await textsOf(visitor, await begin(visitor))).toEqual([]);
    await ask('PATCH', '/settings/bot', { bot: 'on' });
    const next = await arrive(server);
    expect(await textsOf(next, await begin(next))).not.toEqual([]);
  });
});

describe('the funnel', () => {
  it('counts what visitors did: where each came, what was answered, who is still there', async () => {
    await publish('qualify', asking('Hello.'));
    const [answering, leaving] = [await arrive(server), await arrive(server)];
    await say(answering, 'About your prices, please', await begin(answering));
    await begin(leaving);
    const funnel = await ask<FunnelReply>('GET', '/flows/qualify/funnel');
    expect(funnel).toMatchObject({
      flow: 'qualify',
      version: qualify.version + 1,
      conversations: 2,
      steps: {
        hello: { reached: 2 },
        what: { reached: 2, answered: 1, waiting: 1, dropped: 0 },
        bye: { reached: 1 },
      },
      edges: { 'hello>what': 2, 'what>bye': 1 },
      sampled: false,
    });
    for (const query of ['?days=0', '?days=366', '?version=0', '?version=x'])
      expect((await owner.call('GET', `/api/v1/flows/qualify/funnel${query}`)).status).toBe(400);
    expect((await owner.call('GET', '/api/v1/flows/qualify/funnel?version=99')).status).toBe(404);
  });

  it('counts in a flow what was there before the visitor went on to another', async () => {
    const other = await ask<FlowReply>('POST', '/flows', { flow: asking('Now to something else.') });
    await ask('POST', `/flows/${other.id}/publish`, { rev: 1 });
    const { steps } = asking('Hello.') as { steps: Record<string, object> };
    await publish('qualify', { ...asking('Hello.'), steps: { ...steps, bye: { type: 'jump', flow: other.id } } });
    const visitor = await arrive(server);
    await say(visitor, 'About your prices, please', await begin(visitor));
    expect(await ask<FunnelReply>('GET', '/flows/qualify/funnel')).toMatchObject({
      steps: { hello: { reached: 1 }, what: { reached: 1, answered: 1, waiting: 0 }, bye: { reached: 1 } },
      edges: { 'hello>what': 1, 'what>bye': 1 },
    });
  });
});
