// @vitest-environment happy-dom
// What a tab does when the session ends or passes on elsewhere: in another tab, on a sister domain, on the server, or on a line that broke.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MeView } from '../../shared/protocol.ts';
import { memoryStore } from '../../widget/memory-store.ts';
import { nobody } from '../../widget/nobody.ts';
import { refusal, until } from './fakes.ts';
import { clearStage, MiniServer, setStage, token, type Stage } from './stage.ts';

const consoleError = vi.spyOn(console, 'error');
const channels: BroadcastChannel[] = [];
beforeEach(() => void consoleError.mockImplementation(() => {}));
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
  clearStage();
  consoleError.mockReset();
});

const ada: MeView = { contact_id: 'ada', type: 'user', verified: true, email: null, name: 'Ada' };
const ben: MeView = { contact_id: 'ben', type: 'user', verified: true, email: null, name: 'Ben' };
const next = 'n'.repeat(43);
const cookie = (): string | undefined => /foyer_app_test=([^;]+)/.exec(document.cookie)?.[1];
/** What a page of a sister domain, or another tab, has stored. */
const store = (value: string): void => void (document.cookie = `foyer_app_test=${value}; Path=/`);
const tokens = (stage: Stage): unknown[] => stage.server.socket!.introductions.map((one) => one.token);
const wake = (): boolean => window.dispatchEvent(new Event('online'));
const draft = (stage: Stage): string => stage.find<HTMLTextAreaElement>('textarea').value;

/** Another tab has news; resolves once a third one has heard of it. */
async function say(news: object): Promise<void> {
  const [teller, hearer] = [new BroadcastChannel('foyer_app_test'), new BroadcastChannel('foyer_app_test')];
  channels.push(teller, hearer);
  const heard = new Promise((resolve) => (hearer.onmessage = resolve));
  teller.postMessage(news);
  await heard;
}

/** Each token is somebody's; one that is nobody's was revoked. Whoever is not at home has no conversation. */
function serverOf(people: Record<string, MeView>, home: MeView = ada): MiniServer {
  const server = new MiniServer();
  server.override = (name, body) => {
    const me = people[server.socket!.introductions.at(-1)!.token as string];
    if (!me) return name === 'identify' ? server.identify(body) : refusal('session_revoked');
    const reply = server.answer(name, body) as { conversations?: unknown };
    return name === 'sync' ? { ...reply, me, conversations: me === home ? reply.conversations : [] } : reply;
  };
  return server;
}

async function open(server: MiniServer, text = 'of Ada'): Promise<Stage> {
  server.post(1, { kind: 'contact', id: 'ada', name: null }, text, { cid: `cid-${text}` });
  const stage = setStage({ server, known: true });
  stage.call('show');
  await until(() => stage.texts().includes(text));
  return stage;
}

/** Nothing written from here on gets through, until it is called off. */
function holdBack(server: MiniServer): () => void {
  const { override } = server;
  server.override = (name, body) => (name === 'message.send' ? refusal('unavailable') : override!(name, body));
  return () => (server.override = override);
}

describe('the same person goes on under another token', () => {
  it('[M15] told of by another tab and by the server: the chat goes on, and is not ended when the wait for the token is over', async () => {
    const server = serverOf({ [token]: ada, [next]: ada });
    const stage = await open(server);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    server.socket!.say('session.ended', { reason: 'rotated' });
    server.socket!.drop('io server disconnect');
    store(next);
    await say({ kind: 'rotated' });
    await vi.waitFor(() => expect(tokens(stage).at(-1)).toBe(next));
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    expect([cookie(), stage.texts()]).toEqual([next, ['of Ada']]);
  });

  it('[M15] on a sister domain, unseen by this tab: what is shown, typed and waiting stays, and is sent', async () => {
    const server = serverOf({ [token]: ada, [next]: ada });
    const letThrough = holdBack(server);
    const stage = await open(server);
    stage.say('waiting');
    await until(() => stage.texts().includes('waiting'));
    stage.type('half a thought');
    store(next);
    letThrough();
    wake();
    await until(() => server.logs.get(1)!.length === 2);
    expect(tokens(stage).at(-1)).toBe(next);
    await until(() => stage.texts().join() === 'of Ada,waiting');
    expect(draft(stage)).toBe('half a thought');
  });

  it('[M7] also where the visitor became a user who has more conversations', async () => {
    const server = serverOf({ [token]: { ...ada, contact_id: 'c1', type: 'visitor' }, [next]: ada });
    server.override = ((before) => (name: string, body: Record<string, unknown>) => {
      const reply = before!(name, body) as object;
      return name === 'sync' ? { ...reply, conversations: [...server.views.values()] } : reply;
    })(server.override);
    const stage = await open(server);
    stage.type('half a thought');
    store(next);
    wake();
    await until(() => stage.api.visitorId === 'ada');
    expect([draft(stage), stage.texts()]).toEqual(['half a thought', ['of Ada']]);
  });
});

describe('somebody else is here now', () => {
  it('[M10] by a sister domain’s sign-in: nothing of the former person is shown, or sent as the other', async () => {
    const server = serverOf({ [token]: ada, [next]: ben });
    const letThrough = holdBack(server);
    const stage = await open(server);
    stage.say('typed as Ada');
    await until(() => stage.texts().includes('typed as Ada'));
    store(next);
    letThrough();
    wake();
    await until(() => stage.api.visitorId === 'ben');
    await until(() => stage.texts().join() === 'Hi, I am a bot.,What brings you here?');
    expect(server.logs.get(1)).toHaveLength(1);
    expect(cookie()).toBe(next);
    expect(consoleError).toHaveBeenCalledWith(expect.stringContaining('1 unsent messages'));
    expect(await stage.store.all()).toEqual([]);
  });

  it('[M10] the same where the line was down meanwhile, and the server knows the former session no more', async () => {
    const people: Record<string, MeView> = { [token]: ada, [next]: ben };
    const server = serverOf(people);
    const stage = await open(server);
    delete people[token];
    store(next);
    server.socket!.drop();
    await until(() => stage.api.visitorId === 'ben');
    expect(stage.texts()).not.toContain('of Ada');
    expect(cookie()).toBe(next);
  });

  it('[M17] where the server is the first to tell, everything is hidden at once and the new token is waited for', async () => {
    const people: Record<string, MeView> = { [token]: ada, [next]: ben };
    const server = serverOf(people);
    const stage = await open(server);
    delete people[token];
    server.socket!.say('session.ended', { reason: 'identity_changed' });
    server.socket!.drop('io server disconnect');
    expect(cookie()).toBe(token);
    await until(() => !stage.texts().includes('of Ada'));
    store(next);
    await say({ kind: 'switched' });
    await until(() => stage.api.visitorId === 'ben');
    expect(cookie()).toBe(next);
  });

  it('[M17] what the host of this page asks for meanwhile is answered', async () => {
    const server = serverOf({ [token]: ada, [next]: ben });
    const stage = await open(server);
    let calls = 0;
    server.identify = () => (++calls === 1 ? undefined : { ok: true, contact_id: 'ben', type: 'user', verified: true });
    const answer = stage.call('identify', 'ben', { user_hash: 'x' }) as Promise<unknown>;
    await until(() => server.socket!.of('identify').length === 1);
    store(next);
    await say({ kind: 'switched' });
    await until(() => tokens(stage).at(-1) === next);
    expect(await answer).toMatchObject({ contact_id: 'ben' });
  });
});

describe('the session ended elsewhere', () => {
  it('[M17] while the line was down, on a sister domain: this tab resets, and nothing that waits is sent', async () => {
    const people: Record<string, MeView> = { [token]: ada };
    const server = serverOf(people);
    holdBack(server);
    const stage = await open(server);
    stage.say('typed as Ada');
    await until(() => stage.texts().includes('typed as Ada'));
    delete people[token];
    store('');
    server.socket!.drop();
    await until(() => stage.texts().join() === 'Hi, I am a bot.,What brings you here?');
    expect(stage.api.visitorId).toBeNull();
    expect([cookie(), await stage.store.all()]).toEqual([undefined, []]);
  });

  it('[M17] and news of it that come late do not end what has begun since', async () => {
    const server = serverOf({ [token]: ada, [next]: ben });
    const stage = await open(server);
    store(next);
    await say({ kind: 'logout', of: token });
    await until(() => stage.api.visitorId === 'ben');
    expect(cookie()).toBe(next);
    expect(stage.texts()).not.toContain('of Ada');
  });

  it('[M16] a tab whose chat is not loaded yet is told, too', async () => {
    const stage = setStage({ known: true, arrival: () => new Promise(() => {}) });
    stage.call('newMessage', 'half a thought of Ada');
    store('');
    await say({ kind: 'logout', of: token });
    await until(() => draft(stage) === '');
  });
});

describe('a session comes to be in another tab', () => {
  it('[P11] the draft of this one stays, and what it says goes into the same session', async () => {
    const stage = setStage();
    stage.call('show');
    await until(() => stage.texts().length === 2);
    stage.type('half a thought');
    store(next);
    await say({ kind: 'session', token: next });
    await until(() => stage.server.socket?.introductions.at(-1)!.token === next);
    expect(draft(stage)).toBe('half a thought');
    stage.press('Enter');
    await until(() => stage.texts().includes('half a thought'));
    expect(cookie()).toBe(next);
  });

  it.each(['0'.repeat(43), 'z'.repeat(43)])(
    '[I15] begun in both at once, each comes to the same end, and nothing is lost (%s)',
    async (other) => {
      const stage = setStage();
      stage.call('show');
      await until(() => stage.texts().length === 2);
      // Nothing came through yet: the server knows nobody here.
      stage.server.override = (name, body) => {
        if (name === 'message.send') return refusal('unavailable');
        const reply = stage.server.answer(name, body) as object;
        return name === 'sync' ? { ...reply, me: nobody } : reply;
      };
      stage.say('first words');
      await until(() => stage.texts().includes('first words'));
      const mine = cookie()!;
      // Its cookie is the later one.
      store(other);
      await say({ kind: 'session', token: other });
      const wins = other < mine ? other : mine;
      await until(() => cookie() === wins);
      stage.server.override = null;
      stage.server.socket!.drop();
      await until(() => stage.server.logs.get(1)?.length === 3);
      expect(tokens(stage).at(-1)).toBe(wins);
      expect(stage.texts().at(-1)).toBe('first words');
    },
  );

  it('[P10] what an expired session could not send is not sent by the next one, what another tab wrote just now is', async () => {
    const kept = memoryStore([
      { cid: 'cid-1', to: null, body: { kind: 'message', text: 'of somebody, long ago' }, at: Date.now() - 3_600_000 },
      { cid: 'cid-2', to: null, body: { kind: 'message', text: 'of the other tab' }, at: Date.now() - 100 },
    ]);
    const stage = setStage({ store: kept });
    await stage.call('startConversation', 'of this tab');
    await until(() => stage.server.logs.get(1)?.length === 3);
    await say({ kind: 'outbox', news: { kind: 'changed' } });
    await until(() => stage.server.socket!.of('message.send').length === 2);
    expect(stage.server.socket!.of('message.send').map(({ text }) => text)).toEqual(['of this tab', 'of the other tab']);
  });

  it('where nothing may be stored each tab has a session of its own, and none ends the other’s', async () => {
    const stage = setStage({ options: { storage: 'none' } });
    await stage.call('startConversation', 'in this tab');
    await until(() => stage.texts().includes('in this tab'));
    const before = tokens(stage).length;
    const second = setStage({ options: { storage: 'none' } });
    await second.call('startConversation', 'in the other');
    await until(() => second.texts().includes('in the other'));
    await say({ kind: 'session', token: next });
    await stage.call('startConversation', 'and again in this one');
    await until(() => stage.texts().includes('and again in this one'));
    expect(tokens(stage)).toHaveLength(before);
    expect(tokens(second).at(-1)).not.toBe(tokens(stage).at(-1));
  });
});

describe('the answer of an identify is lost with the line', () => {
  it('[M15] the repeat is answered under the former token, and what waits goes out under the new one', async () => {
    const people: Record<string, MeView> = { [token]: ada };
    const server = serverOf(people);
    const stage = await open(server);
    const asked: unknown[] = [];
    server.identify = (body) => {
      asked.push(body.next_token);
      if (asked.length > 1) {
        // As the server does: the socket that asked goes on under it.
        Object.assign(server.socket!.introductions.at(-1)!, { token: body.next_token });
        return { ok: true, contact_id: 'ada', type: 'user', verified: true, token: body.next_token };
      }
      delete people[token];
      people[body.next_token as string] = ada;
      setTimeout(() => server.socket!.drop());
      return undefined;
    };
    const answer = stage.call('identify', 'ada', { user_hash: 'x' }) as Promise<unknown>;
    await until(() => asked.length === 1);
    stage.say('typed meanwhile');
    expect(await answer).toMatchObject({ contact_id: 'ada', verified: true });
    expect(asked[1]).toBe(asked[0]);
    expect(cookie()).toBe(asked[0]);
    await until(() => server.logs.get(1)!.length === 2 && stage.all('.pending').length === 0);
    expect(stage.texts()).toEqual(['of Ada', 'typed meanwhile']);
  }, 20_000);

  it('[M16] where it was never carried out, it resolves to the reason and the chat starts anew', async () => {
    const people: Record<string, MeView> = { [token]: ada };
    const server = serverOf(people);
    const stage = await open(server);
    let calls = 0;
    server.identify = () => {
      if (++calls > 1) return refusal('session_revoked');
      delete people[token];
      setTimeout(() => server.socket!.drop());
      return undefined;
    };
    expect(await stage.call('identify', 'ada', { user_hash: 'x' })).toMatchObject({ code: 'session_revoked' });
    await until(() => cookie() === undefined && !stage.texts().includes('of Ada'));
  }, 20_000);
});
