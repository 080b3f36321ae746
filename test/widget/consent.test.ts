// @vitest-environment happy-dom
// What the host says of storing holds at once, in all tabs, under any policy; the chat goes on.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../widget/memory-store.ts';
import { refusal, until } from './fakes.ts';
import { clearStage, MiniServer, setStage, token, type Stage } from './stage.ts';

afterEach(clearStage);

const cookie = (): string | undefined => /foyer_app_test=([^;]+)/.exec(document.cookie)?.[1];
const lastToken = (stage: Stage): unknown => stage.server.socket!.introductions.at(-1)!.token;

/** A chat in which something waits to be sent. */
async function waiting(stage: Stage, text: string): Promise<void> {
  stage.server.override = (name, body) => (name === 'message.send' ? refusal('unavailable') : stage.server.answer(name, body));
  await stage.call('startConversation', text);
  await until(() => stage.texts().includes(text));
}

describe('consent(false)', () => {
  it.each(['on-act', 'consented', 'always'] as const)(
    'under %s: nothing stays stored, what waits goes on in memory beside a hint',
    async (storage) => {
      const store = memoryStore();
      const stage = setStage({ store, options: { storage, consent: true } });
      await waiting(stage, 'not sent yet');
      expect(cookie()).toBe(lastToken(stage));
      expect(await store.all()).toHaveLength(1);
      stage.call('consent', false);
      expect(cookie()).toBeUndefined();
      await vi.waitFor(async () => expect(await store.all()).toEqual([]));
      await until(() => stage.find('.hint').textContent!.includes('keeps nothing'));
      stage.server.override = null;
      // Back on the line nothing waits any more.
      stage.server.socket!.drop();
      await until(() => stage.server.logs.get(1)?.length === 3);
      stage.say('and on it goes');
      await until(() => stage.server.logs.get(1)?.length === 4);
      expect([cookie(), await store.all(), localStorage.length]).toEqual([undefined, [], 0]);
    },
  );

  it('holds for what an identify brings, and ends with consent(true)', async () => {
    const stage = setStage({ known: true });
    await until(() => stage.server.socket?.connected === true);
    stage.call('consent', false);
    stage.server.identify = (body) => ({ ok: true, contact_id: 'c1', type: 'user', verified: true, token: body.next_token });
    await stage.call('identify', 'ada', { user_hash: 'x' });
    expect(cookie()).toBeUndefined();
    stage.call('consent', true);
    expect(cookie()).toBe(stage.server.socket!.of('identify')[0]!.next_token);
    await until(() => stage.all('.hint').length === 0);
  });

  it('has the last word over a boot before it', async () => {
    const stage = setStage({ known: true });
    const booted = stage.call('boot', { app_id: 'app_test', consent: true, alignment: 'left', storage: 'always' }) as Promise<unknown>;
    stage.call('consent', false);
    await booted;
    expect(cookie()).toBeUndefined();
    await stage.call('boot', { app_id: 'app_test', alignment: 'right' });
    expect(cookie()).toBeUndefined();
  });

  it('in another tab holds in this one: both go on in memory', async () => {
    const [one, other] = [setStage({ known: true }), setStage({ known: true })];
    await until(() => one.server.socket?.connected === true && other.server.socket?.connected === true);
    await waiting(other, 'of the other tab');
    one.call('consent', false);
    await until(() => other.all('.hint').length === 1);
    expect(lastToken(other)).toBe(token);
    await other.call('identify', 'ada', { user_hash: 'x' });
    expect(cookie()).toBeUndefined();
    one.call('consent', true);
    await until(() => other.all('.hint').length === 0);
    expect(cookie()).toBe(token);
  });

  it('said before the chat was loaded: what lay there is cleared, and the talk is still here for this page’s life', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'from last week');
    const stage = setStage({ server, known: true });
    // As the loader runs the queue: before anything else can happen.
    stage.call('consent', false);
    expect(cookie()).toBeUndefined();
    stage.call('show');
    await until(() => stage.texts().includes('from last week'));
    expect(cookie()).toBeUndefined();
  });
});

describe('the policies', () => {
  it('always: stored from the first look on; not where the page has said no before that', async () => {
    const forbidden = setStage({ settings: { storage: 'always' } });
    forbidden.call('consent', false);
    await until(() => forbidden.all('.panel').length === 1);
    expect(cookie()).toBeUndefined();
    const stage = setStage({ options: { storage: 'always' } });
    await until(() => stage.server.socket?.connected === true);
    expect(cookie()).toBe(lastToken(stage));
  });

  it('a boot that comes later may say it otherwise, in camelCase too', async () => {
    const stage = setStage({ known: true, settings: { storage: 'on-act' } });
    await stage.call('boot', { app_id: 'app_test', storage: 'none' });
    expect(cookie()).toBeUndefined();
    const written: string[] = [];
    vi.spyOn(document, 'cookie', 'set').mockImplementation((text) => void written.push(text));
    await stage.call('boot', { app_id: 'app_test', storage: 'on-act', sessionDuration: 90_000 });
    vi.restoreAllMocks();
    expect(written.at(-1)).toContain('Max-Age=90;');
  });
});
