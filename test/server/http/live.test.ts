import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WidgetSettings } from '../../../shared/settings.ts';
import { must } from '../../helpers/server.ts';
import { connectAgent, startServer } from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';
import { answer, arrive, hmac, identitySecret, say } from '../../helpers/talk.ts';

const minuteMs = 60_000;
let now: number;
let server: TestServer;
beforeEach(async () => {
  now = Date.UTC(2030, 0, 1);
  server = await startServer({ now: () => now });
});
afterEach(() => server.stop());

async function get<T>(path: string): Promise<T> {
  const { cookie } = await server.agent();
  return (await (await fetch(server.url + path, { headers: { cookie } })).json()) as T;
}

describe('what HTTP tells of what happened on sockets', () => {
  it('the checklist turns green step by step: first message, first answer, first verified user', async () => {
    const startedAt = now;
    const visitor = await arrive(server);
    const { conversation } = await say(visitor, 'Hello?');
    now += minuteMs;
    const agent = await connectAgent(server);
    await answer(agent, conversation, 'A note among us', true);
    expect(await get('/api/v1/checklist')).toMatchObject({
      first_message_at: startedAt,
      agent_replied_at: null,
      first_verified_user_at: null,
    });
    now += minuteMs;
    await answer(agent, conversation, 'Hi, how can I help?');
    now += minuteMs;
    must(await visitor.send('identify', { user_id: 'u1', user_hash: hmac(identitySecret(server), 'u1') }));
    expect(await get('/api/v1/checklist')).toMatchObject({
      first_message_at: startedAt,
      agent_replied_at: startedAt + 2 * minuteMs,
      first_verified_user_at: startedAt + 3 * minuteMs,
    });
    visitor.close();
    agent.close();
  });

  it('the settings promise an answer in the median of the latest ones, and nothing while there are fewer than three', async () => {
    const settings = () => get<WidgetSettings>(`/api/widget/settings?app_id=${server.workspace.appId}`);
    const agent = await connectAgent(server);
    for (const [i, minutes] of [2, 30, 4].entries()) {
      expect((await settings()).replyMinutes).toBeNull();
      const visitor = await arrive(server);
      const { conversation } = await say(visitor, `Question ${i}`);
      now += minutes * minuteMs;
      await answer(agent, conversation, 'Answer');
      await answer(agent, conversation, 'And more');
      visitor.close();
    }
    now += minuteMs;
    expect(await settings()).toMatchObject({ replyMinutes: 4, online: true });
    agent.close();
  });

  it('signing out closes the sockets of that session and tells them why', async () => {
    const agent = await connectAgent(server);
    const { cookie } = await server.agent();
    const { csrf_token: csrf } = await get<{ csrf_token: string }>('/api/v1/me');
    const ended = agent.waitFor<{ reason: string }>('session.ended');
    const answered = await fetch(`${server.url}/api/v1/session`, { method: 'DELETE', headers: { cookie, 'x-csrf-token': csrf } });
    expect(answered.status).toBe(200);
    expect(await ended).toEqual({ reason: 'logout' });
    await expect(connectAgent(server)).rejects.toThrow('Sign in first');
  });
});
