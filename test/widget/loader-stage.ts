// A page with the snippet on it, and an app that answers every call.
import { afterEach, beforeEach, vi } from 'vitest';
import { createLoader } from '../../widget/create-loader.ts';
import type { FoyerApi, Handoff } from '../../widget/handoff.ts';
import { settings, until } from './fakes.ts';

type Page = Window & { Foyer?: FoyerApi };
export const page = window as unknown as Page;
export const errors = vi.fn<(...words: unknown[]) => void>();

export interface Started {
  calls: [string, ...unknown[]][];
  handoffs: Handoff[];
  imports: string[];
}

export function load({
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

export const host = (): HTMLElement | null => document.querySelector('foyer-chat');
export const launcher = (): HTMLButtonElement => host()!.shadowRoot!.querySelector('button')!;
let isReady = false;
export const ready = (): Promise<void> => until(() => isReady);
document.addEventListener('foyer:ready', () => (isReady = true));
const observers: MutationObserver[] = [];
export const foyer = (): FoyerApi => page.Foyer!;

class Observer extends MutationObserver {
  constructor(callback: MutationCallback) {
    super(callback);
    observers.push(this);
  }
}

/** Each test has a page of its own. To be called at the top of a test file. */
export function setLoaderStage(): void {
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
}
