// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLoader } from '../../widget/create-loader.ts';
import type { FoyerApi, Handoff, Listener } from '../../widget/handoff.ts';
import { settings, until } from './fakes.ts';

type Page = Window & { Foyer?: FoyerApi };
const page = window as unknown as Page;
const errors = vi.fn<(...words: unknown[]) => void>();

interface Started {
  calls: [string, ...unknown[]][];
  handoffs: Handoff[];
  imports: string[];
}

function load({
  appId = 'app_test',
  answer = () => Response.json(settings),
  fail = 0,
}: { appId?: string | null; answer?: () => Response; fail?: number } = {}): Started {
  const started: Started = { calls: [], handoffs: [], imports: [] };
  const script = document.createElement('script');
  script.setAttribute('src', 'https://chat.example.com/widget.js');
  if (appId) script.dataset.appId = appId;
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  );
  let failures = fail;
  createLoader({
    script,
    version: '1.0.0',
    async importApp(server) {
      started.imports.push(server);
      if (failures-- > 0) throw new TypeError('Failed to fetch dynamically imported module');
      return {
        async start(handoff) {
          started.handoffs.push(handoff);
          return (method, args) => {
            started.calls.push([method, ...args]);
            return `${method} done`;
          };
        },
      };
    },
  });
  return started;
}

const host = (): HTMLElement | null => document.querySelector('foyer-chat');
const launcher = (): HTMLButtonElement => host()!.shadowRoot!.querySelector('button')!;
let isReady = false;
const ready = (): Promise<void> => until(() => isReady);
document.addEventListener('foyer:ready', () => (isReady = true));
const observers: MutationObserver[] = [];
const foyer = (): FoyerApi => page.Foyer!;

class Observer extends MutationObserver {
  constructor(callback: MutationCallback) {
    super(callback);
    observers.push(this);
  }
}

beforeEach(() => {
  isReady = false;
  vi.stubGlobal('MutationObserver', Observer);
  vi.spyOn(console, 'error').mockImplementation((...words) => errors(...words));
});
afterEach(() => {
  for (const observer of observers.splice(0)) observer.disconnect();
  host()?.remove();
  delete page.Foyer;
  localStorage.clear();
  document.cookie = 'foyer_app_test=; Max-Age=0; Path=/';
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  errors.mockClear();
});

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

describe('calls', () => {
  it('those queued by the stub and those made before the app are replayed in order, with their answers', async () => {
    page.Foyer = Object.assign(() => {}, {
      q: [
        ['on', 'ready', () => {}],
        ['identify', 'u1', { email: 'a@b.example' }],
      ],
    }) as unknown as FoyerApi;
    const { calls } = load();
    const answer = foyer()('update', { name: 'Jo' });
    expect(await answer).toBe('update done');
    expect(calls).toEqual([
      ['identify', 'u1', { email: 'a@b.example' }],
      ['update', { name: 'Jo' }],
    ]);
  });

  it('a kept reference to the stub still works after the loader has taken over', async () => {
    const { calls } = load();
    (foyer().q as { push(args: unknown): void }).push(['show']);
    await until(() => calls.length === 1);
  });

  it('every method is also a function of its own', async () => {
    const { calls } = load();
    expect(await foyer().startConversation('Hello')).toBe('startConversation done');
    expect(calls).toEqual([['startConversation', 'Hello']]);
  });

  it.each([
    ['track', ['viewed', { sku: 1 }]],
    ['page', ['Pricing']],
    ['consent', [true]],
    ['shutdown', []],
    ['boot', [{ app_id: 'app_test' }]],
  ])('%s alone does not load the app', async (method, args) => {
    const { imports } = load();
    void foyer()(method, ...args);
    await ready();
    expect(imports).toEqual([]);
  });

  it('[M1] boot which names nobody, as a page does that passes whoever is signed in, does not load the app', async () => {
    const { imports } = load({ appId: null });
    const nobody = { user_id: undefined, userHash: null, email: '' };
    expect(await foyer()('boot', { app_id: 'app_test', ...nobody })).toMatchObject({ contact_id: null, type: 'visitor' });
    expect(imports).toEqual([]);
  });

  it.each(['custom_launcher_selector', 'customLauncherSelector'])(
    'a launcher of the page’s own, by %s, loads the app on idle',
    async (name) => {
      const { imports } = load({ appId: null });
      void foyer()('boot', { app_id: 'app_test', [name]: '#chat' });
      await until(() => imports.length === 1);
    },
  );

  it('boot which names a person loads the app at once', async () => {
    const { calls } = load({ appId: null });
    void foyer()('boot', { app_id: 'app_test', user_id: '42', user_hash: 'x' });
    await until(() => calls.length === 1);
  });

  it.each(['boot', 'shutdown', 'consent', 'page'])(
    '[M1] %s is answered also where nothing is stored and the app is never wanted',
    async (method) => {
      const { imports } = load();
      expect(await foyer()(method)).toEqual({ contact_id: null, type: 'visitor', verified: false });
      expect(imports).toEqual([]);
      expect(foyer().whoami()).toMatchObject({ contact_id: null, type: 'visitor' });
    },
  );

  it('what would be answered without the app waits for it once it is wanted: a shutdown behind an identify', async () => {
    const { calls } = load();
    void foyer()('identify', '42');
    expect(await foyer()('shutdown')).toBe('shutdown done');
    expect(calls.map(([method]) => method)).toEqual(['identify', 'shutdown']);
  });

  it('in a browser that wrote here before, shutdown is answered by the app', async () => {
    localStorage.setItem('foyer_app_test', 'a'.repeat(43));
    load();
    expect(await foyer()('shutdown')).toBe('shutdown done');
  });

  it.each<[string, unknown[]]>([
    ['boot', []],
    ['identify', ['42']],
    ['update', [{ name: 'Jo' }]],
    ['shutdown', []],
  ])('%s is answered with the reason where the server refuses the page', async (method, args) => {
    const problem = { status: 403, code: 'origin_refused', detail: 'https://shop.example is not among ALLOWED_ORIGINS.' };
    const { calls } = load({ answer: () => Response.json(problem, { status: 403 }) });
    const answer = await foyer()(method, ...args);
    expect(answer).toBeInstanceOf(Error);
    expect(answer).toMatchObject({ ...problem, message: problem.detail });
    expect(calls).toEqual([]);
    // Once it is known, too.
    expect(await foyer()(method, ...args)).toBe(answer);
  });

  it('options of boot place the launcher', async () => {
    load({ appId: null });
    void foyer()('boot', { app_id: 'app_test', alignment: 'left', horizontal_padding: 0, vertical_padding: 64, z_index: 7 });
    await ready();
    expect(host()!.style.cssText).toMatch(/left:\s*0px/);
    expect(host()!.style.cssText).toMatch(/bottom:\s*64px/);
    expect(host()!.style.cssText).toMatch(/z-index:\s*7/);
  });

  it('a later boot moves it', async () => {
    load();
    await ready();
    void foyer()('boot', { alignment: 'left' });
    await until(() => /left:\s*20px/.test(host()!.style.cssText) && !/right:/.test(host()!.style.cssText));
    expect(launcher().getAttribute('style')).toContain('color: #fff');
  });

  it('hide_default_launcher hides it', async () => {
    load({ appId: null });
    void foyer()('boot', { app_id: 'app_test', hide_default_launcher: true });
    await ready();
    expect(launcher().hidden).toBe(true);
  });

  it('an unknown method is said in the console and throws nothing', () => {
    load();
    expect(() => foyer()('dance')).not.toThrow();
    expect(errors).toHaveBeenCalledWith('[Foyer]', 'dance');
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
