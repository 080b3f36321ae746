// @vitest-environment happy-dom
// What one person wrote is sent as theirs, or not at all: never as the next one's.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from './fakes.ts';
import { clearStage, MiniServer, setStage, type Stage } from './stage.ts';

const consoleError = vi.spyOn(console, 'error');
beforeEach(() => void consoleError.mockImplementation(() => {}));
afterEach(() => {
  clearStage();
  consoleError.mockReset();
});

const next = 'n'.repeat(43);
const asked = (stage: Stage): string[] =>
  stage.server
    .socket!.asked.filter(({ name }) => name !== 'sync' && name !== 'conversation.history')
    .map(({ name, body }) => (body.text as string | undefined) ?? name);

/** Ada is here and writes; her message is answered when it is told to. */
async function writing(): Promise<{ stage: Stage; letThrough(): void }> {
  const server = new MiniServer();
  server.post(1, { kind: 'contact', id: 'c1', name: null }, 'before', { cid: 'cid-before' });
  const stage = setStage({ server, known: true });
  stage.call('show');
  await until(() => stage.texts().includes('before'));
  let letThrough = (): void => {};
  server.override = async (name, body) => {
    if (name === 'message.send') await new Promise<void>((resolve) => (letThrough = resolve));
    return server.answer(name, body);
  };
  stage.say('typed as Ada');
  await until(() => asked(stage).includes('typed as Ada'));
  return { stage, letThrough: () => letThrough() };
}

describe('an identify while something of the former person is on its way', () => {
  it('[P10] waits for it', async () => {
    const { stage, letThrough } = await writing();
    stage.server.identify = () => ({ ok: true, contact_id: 'ben', type: 'user', verified: true, token: next });
    const answer = stage.call('identify', 'ben', { user_hash: 'x' }) as Promise<unknown>;
    letThrough();
    expect(await answer).toMatchObject({ contact_id: 'ben' });
    expect(asked(stage).indexOf('typed as Ada')).toBeLessThan(asked(stage).indexOf('identify'));
    expect(stage.server.logs.get(1)).toHaveLength(2);
    expect(stage.events).toContainEqual(['identity:changed', { contact_id: 'ben', type: 'user', verified: true }]);
  });

  it('[P10] for two seconds at most; what is not sent by then is discarded where the person changes, and counted', async () => {
    const { stage, letThrough } = await writing();
    stage.server.identify = () => ({ ok: true, contact_id: 'ben', type: 'user', verified: true, token: next });
    const startedAt = Date.now();
    await stage.call('identify', 'ben', { user_hash: 'x' });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1900);
    letThrough();
    expect(stage.events).toContainEqual(['identity:changed', { contact_id: 'ben', type: 'user', verified: true, unsent: 1 }]);
    expect(consoleError).toHaveBeenCalledWith(expect.stringContaining('1 unsent messages of the former visitor'));
    expect(await stage.store.all()).toEqual([]);
    await until(() => !stage.texts().includes('typed as Ada'));
    expect(asked(stage).filter((name) => name === 'typed as Ada')).toHaveLength(1);
  }, 10_000);

  it('[M7] where the same person goes on, it stays and is sent after all', async () => {
    const { stage, letThrough } = await writing();
    stage.server.identify = () => ({ ok: true, contact_id: 'ada', type: 'user', verified: true, merged_from: 'c1', token: next });
    await stage.call('identify', 'ada', { user_hash: 'x' });
    expect(stage.texts()).toEqual(['before', 'typed as Ada']);
    letThrough();
    await until(() => stage.all('.pending').length === 0);
    expect(stage.texts()).toEqual(['before', 'typed as Ada']);
    expect(stage.events.some(([, detail]) => (detail as { unsent?: number })?.unsent !== undefined)).toBe(false);
  }, 10_000);
});
