// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTabs } from '../../widget/tabs.ts';

afterEach(() => vi.unstubAllGlobals());

const denied = new DOMException('The request was denied.', 'SecurityError');

describe('[P11] one tab sends at a time', () => {
  it('under the lock of this app', async () => {
    const request = vi.fn<(name: string, act: () => unknown) => Promise<unknown>>(async (_, act) => act());
    vi.stubGlobal('navigator', { locks: { request } });
    expect(await createTabs('app_test', () => {}).lock(async () => 'sent')).toBe('sent');
    expect(request).toHaveBeenCalledWith('foyer_app_test', expect.any(Function));
  });

  it.each([
    ['has no locks', {}],
    ['denies them, as Chromium does with all site data blocked', { locks: { request: () => Promise.reject(denied) } }],
  ])('a browser that %s sends all the same, once', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator);
    const act = vi.fn<() => Promise<string>>(async () => 'sent');
    expect(await createTabs('app_test', () => {}).lock(act)).toBe('sent');
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('what fails under the lock is not done twice', async () => {
    vi.stubGlobal('navigator', { locks: { request: async (_: string, act: () => unknown) => act() } });
    const act = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('no')));
    await expect(createTabs('app_test', () => {}).lock(act)).rejects.toThrow('no');
    expect(act).toHaveBeenCalledTimes(1);
  });
});

describe('[M17] a browser without a channel between its tabs', () => {
  it.each([
    ['which has none', undefined],
    [
      'which denies it, as Firefox does with all site data blocked',
      function denies() {
        throw denied;
      },
    ],
  ])('%s: each tab goes on by itself', (_, BroadcastChannel) => {
    vi.stubGlobal('BroadcastChannel', BroadcastChannel);
    const tabs = createTabs('app_test', () => {});
    expect(() => tabs.tell({ kind: 'switched' })).not.toThrow();
  });
});
