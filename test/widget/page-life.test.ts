// @vitest-environment happy-dom
// The page goes on to another address, is left and come back to; the host ends one session and begins the next.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal, until } from './fakes.ts';
import { jwt } from './identity-stage.ts';
import { clearStage, MiniServer, setStage, token, type Stage } from './stage.ts';

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  clearStage();
  history.replaceState(null, '', '/');
  document.title = '';
  vi.restoreAllMocks();
});

const cookie = (): string | undefined => /foyer_app_test=([^;]+)/.exec(document.cookie)?.[1];
const pages = (stage: Stage): (string | undefined)[] =>
  stage.server.socket!.of('sync').map((body) => (body.page as { title?: string } | undefined)?.title);
const online = (stage: Stage): Promise<void> => until(() => stage.server.socket?.connected === true && pages(stage).length > 0);

function leave(): void {
  window.dispatchEvent(new Event('pagehide'));
}

function comeBack(): void {
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
}

describe('the page', () => {
  it('is told again with the next sync where its address or title changed, and only then', async () => {
    document.title = 'Prices';
    const stage = setStage({ known: true });
    await online(stage);
    expect(stage.server.socket!.introductions[0]).toMatchObject({ page: { title: 'Prices' } });
    history.pushState(null, '', '/basket');
    document.title = 'Basket';
    await vi.waitFor(() => {
      window.dispatchEvent(new Event('online'));
      expect(pages(stage).at(-1)).toBe('Basket');
    });
    await vi.waitFor(() => {
      window.dispatchEvent(new Event('online'));
      expect(pages(stage).at(-1)).toBeUndefined();
    });
  });

  it('is told again where the sync that told it was not answered', async () => {
    const stage = setStage({ known: true });
    await online(stage);
    document.title = 'Basket';
    stage.server.override = (name, body) => (name === 'sync' ? refusal('busy') : stage.server.answer(name, body));
    window.dispatchEvent(new Event('online'));
    await until(() => pages(stage).length === 2);
    stage.server.override = null;
    window.dispatchEvent(new Event('online'));
    await until(() => pages(stage).length === 3);
    expect(pages(stage).slice(1)).toEqual(['Basket', 'Basket']);
  });
});

describe('a page that is left and come back to', () => {
  it('[P9] lets its line go, and has it back at once with what came meanwhile, each once', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'before');
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.texts().includes('before'));
    leave();
    expect(server.socket!.connected).toBe(false);
    server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'meanwhile');
    comeBack();
    await until(() => stage.texts().length === 2);
    expect(stage.texts()).toEqual(['before', 'meanwhile']);
    expect(stage.find('.connection').textContent).toBe('');
  });

  it('[M17] finds that somebody logged out in another tab meanwhile', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'before');
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.texts().includes('before'));
    leave();
    document.cookie = 'foyer_app_test=; Path=/';
    server.views.clear();
    comeBack();
    await until(() => !stage.texts().includes('before'));
    expect(stage.api.visitorId).toBeNull();
  });

  it('hears its other tabs again', async () => {
    const stage = setStage({ known: true });
    await online(stage);
    leave();
    comeBack();
    await online(stage);
    document.cookie = 'foyer_app_test=; Path=/';
    const channel = new BroadcastChannel('foyer_app_test');
    channel.postMessage({ kind: 'logout', of: token });
    await until(() => stage.server.socket!.introductions.at(-1)!.token === token && !stage.server.socket!.connected);
    channel.close();
  });
});

describe('shutdown and what follows it', () => {
  it('[M16] waits for a line that is just coming, so that the server ends the session', async () => {
    const stage = setStage({ known: true });
    await stage.call('shutdown');
    expect(stage.server.socket!.of('session.end')).toHaveLength(1);
    expect(cookie()).toBeUndefined();
  });

  it('[M16] an identify right behind it is of the next person: it is carried out under a session of its own', async () => {
    const stage = setStage({ known: true });
    await online(stage);
    const ended = stage.call('shutdown') as Promise<unknown>;
    const answer = stage.call('identify', 'ben', { user_hash: 'x' }) as Promise<unknown>;
    await ended;
    expect(await answer).toMatchObject({ contact_id: 'c1' });
    const { asked, introductions } = stage.server.socket!;
    expect(asked.map(({ name }) => name).filter((name) => name !== 'sync')).toEqual(['session.end', 'identify']);
    expect(introductions.at(-1)!.token).not.toBe(token);
    expect(cookie()).toBe(introductions.at(-1)!.token);
  });

  it('[M16] a proof that nobody gives anew, for nobody is signed in any more, shuts down', async () => {
    const stage = setStage({ known: true });
    await online(stage);
    const answer = await stage.call('identify', { user_jwt: jwt({ sub: 'ada', exp: 1 }), refreshUserJwt: async () => null });
    expect(answer).toMatchObject({ code: 'session_revoked' });
    expect(stage.events).toContainEqual(['shutdown', { unsent: 0 }]);
    expect(cookie()).toBeUndefined();
    expect(stage.server.socket!.of('identify')).toEqual([]);
  });
});

describe('what an agent merges, or takes apart again', () => {
  const me = { type: 'user', verified: true, email: null, name: null } as const;

  it('the session becomes another contact’s: it syncs at once', async () => {
    const stage = setStage({ known: true });
    await online(stage);
    stage.server.post(4, { kind: 'agent', id: 7, name: 'Maya' }, 'of the other contact');
    stage.server.socket!.say('me', { ...me, contact_id: 'merged' });
    await until(() => pages(stage).length === 2);
    expect(stage.events).toContainEqual(['identity:changed', { contact_id: 'merged', type: 'user', verified: true }]);
  });

  it('a conversation that came by it is told of without a word, and listed', async () => {
    const stage = setStage({ known: true });
    await online(stage);
    stage.server.socket!.connected = false;
    stage.server.post(4, { kind: 'agent', id: 7, name: 'Maya' }, 'of the other contact');
    stage.server.socket!.connected = true;
    stage.server.socket!.say('changes', { conversation: 4, changes: [] });
    stage.call('show');
    await until(() => stage.texts().join() === 'of the other contact');
  });

  it.each(['show', 'openConversation'])(
    'one that is taken away is shown no longer, though it is the open one (%s); the draft stays',
    async (method) => {
      const server = new MiniServer();
      server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'one’s own');
      server.post(2, { kind: 'agent', id: 7, name: 'Maya' }, 'somebody else’s, it turned out');
      server.views.set(2, { ...server.views.get(2)!, lastAt: Date.now() + 1000 });
      const stage = setStage({ server, known: true });
      stage.call(method, ...(method === 'show' ? [] : [2]));
      await until(() => stage.texts().join() === 'somebody else’s, it turned out');
      stage.type('half a thought');
      server.views.delete(2);
      window.dispatchEvent(new Event('online'));
      await until(() => stage.texts().join() === 'one’s own');
      expect(stage.find<HTMLTextAreaElement>('textarea').value).toBe('half a thought');
      expect(stage.api.unreadCount).toBe(0);
      stage.call('openConversation', 2);
      await until(() => !stage.texts().includes('one’s own'));
      expect(stage.texts()).toEqual([]);
    },
  );
});
