// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal, until } from './fakes.ts';
import { clearStage, MiniServer, setStage, token, type Stage } from './stage.ts';

const consoleError = vi.spyOn(console, 'error');
beforeEach(() => void consoleError.mockImplementation(() => {}));
afterEach(() => {
  clearStage();
  consoleError.mockReset();
});

const names = (stage: Stage): string[] => stage.events.map(([name]) => name);
const tokens = (stage: Stage): unknown[] => stage.server.socket!.introductions.map((one) => one.token);
const cookie = (): string | undefined => /foyer_app_test=([^;]+)/.exec(document.cookie)?.[1];

describe('startFlow', () => {
  it('is a deliberate act that opens the chat at a conversation with that flow', async () => {
    const stage = setStage();
    expect(await stage.call('startFlow', 'book-demo')).toEqual({ ok: true, conversation: 1 });
    expect(stage.server.socket!.of('conversation.start')).toMatchObject([{ flow: 'book-demo' }]);
    expect(stage.api.isOpen).toBe(true);
    expect(tokens(stage).at(-1)).toBe(cookie());
    stage.server.post(1, { kind: 'bot', id: null, name: null }, 'Which day suits you?');
    await until(() => stage.texts().includes('Which day suits you?'));
  });

  it('says why there is none: in its result and as an event', async () => {
    const stage = setStage();
    stage.server.override = (name, body) => (name === 'conversation.start' ? refusal('not_found') : stage.server.answer(name, body));
    expect(await stage.call('startFlow', 'nobody')).toMatchObject({ ok: false, code: 'not_found' });
    expect(stage.events).toContainEqual(['error', expect.objectContaining({ code: 'not_found' })]);
  });
});

describe('identify', () => {
  it('is a deliberate act: a session is made, stored and said before the person is', async () => {
    const stage = setStage();
    expect(await stage.call('identify', 'user-7', { user_hash: 'x', plan: 'pro' })).toEqual({
      contact_id: 'c1',
      type: 'user',
      verified: true,
    });
    expect(stage.server.socket!.of('identify')).toEqual([
      { user_id: 'user-7', user_hash: 'x', custom_attributes: { plan: 'pro' }, next_token: expect.stringMatching(/^[\w-]{43}$/) },
    ]);
    expect(tokens(stage).at(-1)).toBe(cookie());
    expect(stage.api.visitorId).toBe('c1');
    expect((stage.api.whoami as () => unknown)()).toMatchObject({ contact_id: 'c1', type: 'user', verified: true });
  });

  it('boot with a person identifies; boot with settings alone asks the server nothing', async () => {
    const stage = setStage();
    expect(await stage.call('boot', { app_id: 'app_test' })).toMatchObject({ contact_id: null });
    expect(stage.server.socket).toBeNull();
    expect(await stage.call('boot', { app_id: 'app_test', userId: 7 })).toMatchObject({ type: 'user' });
  });

  it('boot and update place and dress panel and launcher anew, and leave what they do not name', async () => {
    const stage = setStage({ options: { vertical_padding: 48 } });
    stage.call('show');
    await until(() => stage.root.querySelector('.foyer.right') !== null);
    const panel = stage.find('.foyer');
    const fill = stage.launcher.style.background;
    await stage.call('update', { alignment: 'left', horizontalPadding: 8, theme_mode: 'dark', hide_default_launcher: true });
    expect(panel.className).toBe('foyer left dark');
    expect([panel.style.getPropertyValue('--x'), panel.style.getPropertyValue('--y')]).toEqual(['8px', '48px']);
    expect(panel.style.getPropertyValue('--surface')).not.toBe('');
    expect(stage.host.style.cssText).toMatch(/left: ?8px; ?bottom: ?48px/);
    expect(stage.launcher.hidden).toBe(true);
    await stage.call('boot', { alignment: 'right', hide_default_launcher: false });
    expect(panel.className).toBe('foyer right dark');
    expect(stage.host.style.cssText).not.toContain('left:');
    expect([stage.launcher.hidden, stage.launcher.style.background]).toEqual([false, fill]);
  });

  it('an option that is null is as the workspace has it', async () => {
    const stage = setStage({ settings: { theme: 'dark' } });
    await until(() => stage.root.querySelector('.foyer.right.dark') !== null);
    await stage.call('update', { alignment: 'left', theme_mode: 'light' });
    await until(() => stage.root.querySelector('.foyer.left:not(.dark)') !== null);
    await stage.call('update', { alignment: null, theme_mode: null, horizontal_padding: null, vertical_padding: null });
    await until(() => stage.root.querySelector('.foyer.right.dark') !== null);
    expect(stage.root.querySelector<HTMLElement>('.foyer')!.style.cssText).toMatch(/--x:\s*20px;\s*--y:\s*20px/);
    expect(stage.host.style.cssText).toMatch(/right:\s*20px/);
  });

  it('resolves to the error with its reason and never rejects', async () => {
    const stage = setStage();
    stage.server.identify = () => refusal('identity_verification_failed');
    const answer = await stage.call('identify', { user_id: '7', user_hash: 'wrong' });
    expect(answer).toBeInstanceOf(Error);
    expect(answer).toMatchObject({ code: 'identity_verification_failed' });
    expect(names(stage)).toContain('identity:error');
  });

  it('boot and update with nothing to tell resolve to who is here', async () => {
    const stage = setStage();
    for (const [method, given] of [
      ['boot', null],
      ['update', null],
      ['update', undefined],
    ] as const)
      expect(await stage.call(method, given), `${method}(${given})`).toMatchObject({ contact_id: null, type: 'visitor' });
  });

  it('[M10] a new token takes the place of the old one, and what was shown is gone', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'contact', id: 'c1', name: null }, 'of the first user', { cid: 'cid-first' });
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.texts().includes('of the first user'));
    server.identify = () => {
      server.views.clear();
      server.logs.clear();
      return { ok: true, contact_id: 'c2', type: 'user', verified: true, token: 'n'.repeat(43) };
    };
    await stage.call('identify', { user_id: '8' });
    expect(cookie()).toBe('n'.repeat(43));
    expect(tokens(stage).at(-1)).toBe('n'.repeat(43));
    await until(() => !stage.texts().includes('of the first user'));
  });
});

describe('shutdown', () => {
  it.each(['shutdown', 'reset', 'logout'])(
    '[M16] %s ends the session on the server, clears this browser and leaves an anonymous visitor',
    async (method) => {
      const server = new MiniServer();
      server.post(1, { kind: 'contact', id: 'c1', name: null }, 'hello', { cid: 'cid-first' });
      const stage = setStage({ server, known: true });
      stage.call('show');
      await until(() => stage.texts().includes('hello'));
      expect(await stage.call(method)).toEqual({ unsent: 0 });
      expect(server.socket!.of('session.end')).toHaveLength(1);
      expect(cookie()).toBeUndefined();
      expect(stage.events).toContainEqual(['shutdown', { unsent: 0 }]);
      await vi.waitFor(() => expect(stage.texts()).toEqual(['Hi, I am a bot.', 'What brings you here?']));
      await until(() => server.socket!.introductions.at(-1)!.token === undefined);
      expect((stage.api.whoami as () => unknown)()).toMatchObject({ contact_id: null, type: 'visitor' });
    },
  );

  for (const [method, given] of [
    ['identify', { user_id: '7' }],
    ['boot', { user_id: '7' }],
    ['update', { user_id: '7' }],
  ] as const) {
    it(`[M16] ends what was asked for before it, however late the code for it comes: ${method}`, async () => {
      let arrive = (): void => {};
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const stage = setStage({ arrival: () => arrived });
      const [answer, ended] = [stage.call(method, given), stage.call('shutdown')];
      await ended;
      arrive();
      expect(await answer).toMatchObject({ code: 'session_revoked' });
      expect(cookie()).toBeUndefined();
      expect(stage.server.socket?.of('identify') ?? []).toEqual([]);
      expect(await stage.call('identify', '8')).toMatchObject({ type: 'user' });
    });
  }

  it('[M16] the last word counts: out, in and out again is out', async () => {
    const stage = setStage({ known: true });
    await until(() => stage.server.socket?.connected === true);
    const answers = ['shutdown', 'identify', 'shutdown'].map((method) => stage.call(method, '7'));
    expect(await answers[1]).toMatchObject({ code: 'session_revoked' });
    await Promise.all(answers);
    expect(cookie()).toBeUndefined();
    expect((stage.api.whoami as () => unknown)()).toMatchObject({ contact_id: null });
  });

  it('[P10] says how many messages were not sent in time', async () => {
    const stage = setStage({ known: true });
    stage.server.override = (name, body) => (name === 'message.send' ? undefined : stage.server.answer(name, body));
    stage.call('startConversation', 'will not arrive');
    await until(() => stage.server.socket?.of('message.send').length === 1);
    expect(await stage.call('shutdown')).toEqual({ unsent: 1 });
  }, 10_000);
});

describe('other tabs and the server end a session', () => {
  it('[M17] a logout in another tab resets this one too', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'contact', id: 'c1', name: null }, 'hello', { cid: 'cid-first' });
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.texts().includes('hello'));
    document.cookie = 'foyer_app_test=; Path=/';
    server.views.clear();
    server.logs.clear();
    const channel = new BroadcastChannel('foyer_app_test');
    channel.postMessage({ kind: 'logout', of: token });
    await until(() => !stage.texts().includes('hello'));
    channel.close();
    expect(cookie()).toBeUndefined();
  });

  it('[M16] session.ended from the server does the same', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'contact', id: 'c1', name: null }, 'hello', { cid: 'cid-first' });
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.texts().includes('hello'));
    server.views.clear();
    server.socket!.say('session.ended', { reason: 'logout' });
    await until(() => cookie() === undefined && !stage.texts().includes('hello'));
  });

  it('a token which the server no longer knows is dropped, and the next message starts anew', async () => {
    const stage = setStage({ known: true });
    let revoked = true;
    stage.server.override = (name, body) => (revoked && name === 'sync' ? refusal('session_revoked') : stage.server.answer(name, body));
    await until(() => cookie() === undefined);
    revoked = false;
    await stage.call('startConversation', 'hello again');
    await until(() => stage.server.logs.size === 1);
    expect(tokens(stage).at(-1)).not.toBe(token);
  });
});

describe('the panel', () => {
  it('show, hide and toggle open and close it, with events and isOpen', async () => {
    const stage = setStage();
    stage.call('show');
    expect(stage.api.isOpen).toBe(true);
    stage.call('hide');
    expect(stage.api.isOpen).toBe(false);
    stage.call('toggle');
    expect(stage.api.isOpen).toBe(true);
    expect(names(stage)).toEqual(['open', 'close', 'open']);
  });

  it('newMessage opens it with a draft, startConversation says it', async () => {
    const stage = setStage();
    stage.call('newMessage', 'I would like to ask ');
    await until(() => stage.find<HTMLTextAreaElement>('textarea').value === 'I would like to ask ');
    expect(stage.server.logs.size).toBe(0);
    await stage.call('startConversation', 'Do you ship to Norway?');
    await until(() => stage.texts().includes('Do you ship to Norway?'));
  });

  it('an element of the page’s own opens it', async () => {
    const button = document.createElement('button');
    button.className = 'help';
    document.body.append(button);
    const stage = setStage({ options: { custom_launcher_selector: '.help' } });
    button.click();
    expect(stage.api.isOpen).toBe(true);
    button.remove();
  });

  it('lists several conversations, opens one and starts another', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'about desks');
    server.post(2, { kind: 'agent', id: 7, name: 'Maya' }, 'about lamps');
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.all('.back').length === 1);
    stage.find('.back').click();
    await until(() => stage.all('.list li').length === 2);
    stage.call('openConversation', 1);
    await vi.waitFor(() => expect(stage.texts()).toEqual(['about desks']));
    await stage.call('startConversation', 'a third matter');
    await until(() => server.socket!.of('conversation.start').length === 1);
    await until(() => server.views.size === 3 && stage.texts().includes('a third matter'));
  });

  it('what the server does not record yet is taken with one word on the console', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const stage = setStage();
    for (let time = 0; time < 3; time++) expect(() => stage.call('track', 'viewed', { sku: 1 })).not.toThrow();
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('a refused page says why, in the console and in the panel', async () => {
    const stage = setStage();
    stage.call('show');
    await until(() => stage.server.socket?.connected === true);
    stage.server.socket!.refuse = () =>
      Object.assign(new Error('origin_refused'), { data: { code: 'origin_refused', message: 'Not on this site.', retryable: false } });
    stage.server.socket!.drop();
    await until(() => stage.all('.connection')[0]?.textContent === 'Chat is not available on this page.');
    expect(consoleError).toHaveBeenCalledWith('[Foyer] origin_refused: Not on this site.');
  });
});
