// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from './fakes.ts';
import { clearStage, MiniServer, setStage, type Stage, type StageOptions } from './stage.ts';

afterEach(clearStage);

async function opened(options: StageOptions): Promise<Stage> {
  const stage = setStage(options);
  await until(() => stage.all('.panel').length === 1);
  stage.call('show');
  await until(() => stage.texts().length === 2);
  return stage;
}

/** A chunk that comes when it is told to. */
function gate(): { arrival(): Promise<void>; open(): void; asked(): number } {
  let open = (): void => {};
  let asked = 0;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return { arrival: () => (asked++, gate), open: () => open(), asked: () => asked };
}

describe('until what talks to the server is here', () => {
  it('it is not fetched before the panel opens', async () => {
    const { arrival, asked } = gate();
    const stage = setStage({ arrival });
    await until(() => stage.all('.panel').length === 1);
    expect(asked()).toBe(0);
    stage.call('show');
    expect(asked()).toBe(1);
  });

  it('a visitor who was here before has it fetched at once', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'Are you still there?');
    const stage = setStage({ server, known: true });
    await until(() => stage.find('.badge').textContent === '1');
  });

  it('[P10] one can write, and nothing says “sending” before it is kept; then all goes out in the order typed', async () => {
    const { arrival, open } = gate();
    const stage = await opened({ arrival });
    for (const text of ['one', 'two', 'three']) stage.say(text);
    await until(() => stage.find<HTMLTextAreaElement>('textarea').value === '');
    expect(stage.all('.mine')).toEqual([]);
    open();
    await until(() => stage.server.socket?.of('message.send').length === 3);
    expect(stage.server.socket!.of('message.send').map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    await until(() => stage.texts().length === 5 && stage.all('.pending').length === 0);
    expect(stage.texts().slice(2)).toEqual(['one', 'two', 'three']);
    expect(await stage.store.all()).toEqual([]);
  });

  it('where it does not come, what was written is shown beside a hint, and sent under the same ids once it does', async () => {
    let missing = true;
    const stage = await opened({ arrival: async () => (missing ? Promise.reject(new TypeError('Failed to fetch')) : undefined) });
    stage.say('one');
    stage.say('two');
    await until(() => stage.texts().length === 4);
    expect(stage.find('.hint').textContent).toContain('keeps nothing');
    expect(stage.find('.connection').textContent).toBe('Reconnecting…');
    expect(stage.find('.mark').textContent).toBe('Waiting for the connection…');
    missing = false;
    window.dispatchEvent(new Event('online'));
    await until(() => stage.server.socket?.of('message.send').length === 2);
    await until(() => stage.all('.pending').length === 0 && stage.all('.hint').length === 0);
    expect(stage.texts().slice(2)).toEqual(['one', 'two']);
    expect(stage.server.socket!.of('message.send').map(({ text }) => text)).toEqual(['one', 'two']);
    expect(stage.find('.connection').textContent).toBe('');
  });

  it('[P10] a shutdown meanwhile says how much was not sent, and nothing of it is sent later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { arrival, open } = gate();
    const stage = setStage({ arrival });
    stage.call('show');
    await vi.waitFor(() => expect(stage.all('.panel')).toHaveLength(1));
    stage.say('too late');
    const done = stage.call('shutdown') as Promise<unknown>;
    await vi.advanceTimersByTimeAsync(2100);
    expect(await done).toEqual({ unsent: 1 });
    vi.useRealTimers();
    open();
    await until(() => stage.server.socket?.connected === true);
    expect(stage.server.socket!.of('message.send')).toEqual([]);
    expect(document.cookie).not.toMatch(/=./);
  });

  it('an identify waits for it, and is answered', async () => {
    const { arrival, open } = gate();
    const stage = setStage({ arrival });
    const result = stage.call('identify', 'u1', {}) as Promise<unknown>;
    open();
    expect(await result).toMatchObject({ contact_id: 'c1', verified: true });
  });

  it('the handshake tells the time zone', async () => {
    const stage = await opened({});
    await until(() => stage.server.socket?.connected === true);
    expect(stage.server.socket!.introductions[0]).toMatchObject({ timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
  });
});
