// @vitest-environment happy-dom
// What a page calls before the app is there, and whether it has to come for that.
import { describe, expect, it } from 'vitest';
import type { FoyerApi } from '../../widget/handoff.ts';
import { until } from './fakes.ts';
import { errors, foyer, host, launcher, load, page, ready, setLoaderStage } from './loader-stage.ts';

setLoaderStage();

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
