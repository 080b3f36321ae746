// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import type { FoyerApi, Listener } from '../../widget/handoff.ts';
import { settings, until } from './fakes.ts';
import { errors, foyer, host, launcher, load, page, ready, setLoaderStage } from './loader-stage.ts';

setLoaderStage();

describe('a page view without intent', () => {
  it('draws the launcher at once, in one shadow root beside the body, and asks for the settings of the app', async () => {
    load();
    expect(launcher().ariaLabel).toBe('Open chat');
    expect(host()!.parentElement).toBe(document.documentElement);
    expect(fetch).toHaveBeenCalledWith('https://chat.example.com/api/widget/settings?app_id=app_test');
    await ready();
    expect(launcher().getAttribute('style')).toContain('color: #fff');
  });

  it('[M1] does not load the app and stores nothing', async () => {
    const { imports } = load();
    await ready();
    expect(imports).toEqual([]);
    expect(document.cookie).toBe('');
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it('adds no other global than Foyer', async () => {
    const before = new Set(Object.keys(window));
    load();
    await ready();
    expect(Object.keys(window).filter((name) => !before.has(name))).toEqual(['Foyer']);
  });

  it('loads the app on idle where the workspace asks for it', async () => {
    const { handoffs } = load({ answer: () => Response.json({ ...settings, load: 'idle' }) });
    await until(() => handoffs.length === 1);
  });

  it('loads the app on idle where the workspace stores always', async () => {
    const { handoffs } = load({ answer: () => Response.json({ ...settings, storage: 'always' }) });
    await until(() => handoffs.length === 1);
  });

  it('loads the app on idle where the page itself asks to store always', async () => {
    const { handoffs } = load({ appId: null });
    foyer()('boot', { app_id: 'app_test', storage: 'always' });
    await until(() => handoffs.length === 1);
  });

  it('loads the app on idle in a browser that wrote here before, so that unread messages show', async () => {
    localStorage.setItem('foyer_app_test', 'a'.repeat(43));
    const { handoffs } = load();
    await until(() => handoffs.length === 1);
  });

  it('[I10] loads the app on idle where only the database of unsent messages is there, and makes none', async () => {
    const databases = vi.fn<() => Promise<object[]>>().mockResolvedValue([{ name: 'foyer_app_test' }]);
    vi.stubGlobal('indexedDB', { databases });
    const { handoffs } = load();
    await until(() => handoffs.length === 1);
  });

  it.each<[string, unknown]>([
    ['of another app', { databases: async () => [{ name: 'foyer_app_other' }] }],
    ['in a browser that lists none', {}],
    ['in a browser without', undefined],
  ])('[M1] does not load it for a database %s', async (_, indexedDB) => {
    vi.stubGlobal('indexedDB', indexedDB);
    const { imports } = load();
    await ready();
    await new Promise((later) => setTimeout(later, 20));
    expect(imports).toEqual([]);
  });

  it('tells the number of unread messages at once, and whoever asked for it once nothing more', () => {
    load();
    const [on, once] = [vi.fn<Listener>(), vi.fn<Listener>()];
    foyer().on('unread', on);
    const off = foyer().once('unread', once);
    expect([on.mock.calls, once.mock.calls]).toEqual([[[0]], [[0]]]);
    off();
  });

  it('a second copy of the snippet changes nothing', async () => {
    load();
    const first = foyer();
    load();
    expect(foyer()).toBe(first);
    expect(document.querySelectorAll('foyer-chat')).toHaveLength(1);
  });

  it('the host comes back when a framework takes it away', async () => {
    load();
    const drawn = host()!;
    drawn.remove();
    await until(() => host() === drawn);
  });
});

describe('intent', () => {
  it.each(['pointerenter', 'focus'])('%s on the launcher loads the app once', async (type) => {
    const { imports, handoffs } = load();
    await ready();
    launcher().dispatchEvent(new Event(type));
    launcher().dispatchEvent(new Event(type));
    await until(() => handoffs.length === 1);
    expect(imports).toEqual(['https://chat.example.com']);
  });

  it('a click before the settings are known opens the panel once they are', async () => {
    const { calls } = load();
    launcher().click();
    await until(() => calls.length === 1);
    expect(calls).toEqual([['toggle']]);
  });

  it('a chunk that does not arrive is asked for again at the next click, and both clicks are not lost', async () => {
    const { calls, imports } = load({ fail: 1 });
    await ready();
    launcher().click();
    await until(() => imports.length === 1 && errors.mock.calls.length === 1);
    launcher().click();
    await until(() => calls.length === 2);
  });
});

describe('events', () => {
  it('ready comes when the settings are known, to listeners and as a DOM event', async () => {
    const [heard, seen] = [vi.fn<Listener>(), vi.fn<Listener>()];
    load();
    foyer().on('ready', heard);
    document.addEventListener('foyer:ready', seen, { once: true });
    await until(() => heard.mock.calls.length === 1 && seen.mock.calls.length === 1);
  });

  it('unread replays its present value', () => {
    const heard = vi.fn<Listener>();
    load();
    foyer().on('unread', heard);
    expect(heard).toHaveBeenCalledWith(0);
  });

  it('a listener that throws harms nobody', async () => {
    const heard = vi.fn<Listener>();
    load();
    foyer().on('ready', () => {
      throw new Error('of the host page');
    });
    foyer().on('ready', heard);
    await until(() => heard.mock.calls.length === 1);
    expect(errors).toHaveBeenCalledWith('[Foyer]', expect.any(Error));
  });

  it('a listener can be taken back, by what on returned and by off, and once hears one', async () => {
    const [kept, offed, onced] = [vi.fn<Listener>(), vi.fn<Listener>(), vi.fn<Listener>()];
    const { handoffs } = load();
    foyer().on('open', kept);
    foyer().on('open', offed)();
    foyer().once('open', onced);
    launcher().click();
    await until(() => handoffs.length === 1);
    for (let time = 0; time < 2; time++) handoffs[0]!.emit('open');
    foyer().off('open', kept);
    handoffs[0]!.emit('open');
    expect([kept, offed, onced].map((fn) => fn.mock.calls.length)).toEqual([2, 0, 1]);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['unknown_app', 404],
    ['origin_refused', 403],
  ])('%s is said in the console with its reason, and no launcher stands there', async (code, status) => {
    load({ answer: () => Response.json({ status, code, detail: 'Why it is so.' }, { status }) });
    await until(() => errors.mock.calls.length > 0);
    expect(errors).toHaveBeenCalledWith('[Foyer]', 'https://chat.example.com', code, 'Why it is so.');
    expect(launcher().hidden).toBe(true);
  });

  it('a person waits for a chunk that does not arrive no longer than its next try, without a click', async () => {
    const { calls } = load({ fail: 1 });
    await ready();
    vi.useFakeTimers();
    const answer = foyer()('identify', '42');
    await vi.advanceTimersByTimeAsync(14_000);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    expect(await answer).toBe('identify done');
  });

  it('a call of the page that fails, and values that cannot be written down, harm no other call', async () => {
    const circular: Record<string, unknown> = { big: 1n };
    circular['self'] = circular;
    page.Foyer = Object.assign(() => {}, {
      q: [
        ['on', 'unread', 'no function'],
        ['track', 'viewed', circular],
        ['boot', { app_id: 'app_test', plan: circular, user_id: 42n }],
      ],
    }) as unknown as FoyerApi;
    const { calls } = load({ appId: null });
    await until(() => calls.length === 2);
    expect(() => foyer().hide(circular)).not.toThrow();
    expect(errors).toHaveBeenCalledWith('[Foyer]', expect.any(TypeError));
    expect(host()).not.toBeNull();
  });

  it('a server that does not answer is said and asked again', async () => {
    vi.useFakeTimers();
    let down = true;
    load({
      answer() {
        if (down) throw new TypeError('Failed to fetch');
        return Response.json(settings);
      },
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(errors).toHaveBeenCalledTimes(1);
    expect(launcher().hidden).toBe(true);
    down = false;
    await vi.advanceTimersByTimeAsync(15_000);
    vi.useRealTimers();
    await ready();
    expect(launcher().hidden).toBe(false);
  });

  it('no app id at all is said', () => {
    load({ appId: null });
    void foyer()('boot');
    expect(errors).toHaveBeenCalledWith('[Foyer]', 'no app_id');
  });
});
