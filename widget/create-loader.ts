// What the loader does; the script's element and the import are arguments, so that it can be tried without a build.
// Every byte here is paid by every page view: ≤ 1.5 kB in all (test/size.test.ts).
import type { WidgetSettings } from '../shared/settings.ts';
import { brandFill } from './colour.ts';
import type { AppModule, Call, FoyerApi, Listener, Options, Problem } from './handoff.ts';
import { drawLauncher } from './launcher.ts';

export interface LoaderDeps {
  script: HTMLScriptElement;
  version: string;
  importApp(server: string): Promise<AppModule>;
}

const retryMs = 15_000;

/** The first nine wait until the app is wanted for another reason; the others want it. */
const methods =
  'boot hide track page group consent shutdown reset logout identify update show toggle newMessage startConversation openConversation startFlow'.split(
    ' ',
  );

export function createLoader({ script, version, importApp }: LoaderDeps): void {
  const w = window as unknown as Window & { Foyer: FoyerApi & { q?: Iterable<ArrayLike<unknown>> } };
  const stub = w.Foyer;
  // A page which includes the snippet twice, or swaps its head, keeps the first one.
  if (stub?.version) return;

  const server = new URL(script.src).origin;
  const page = document.documentElement;
  const parts = drawLauncher();
  const { host, launcher } = parts;
  const queue: (() => void)[] = [];
  const listeners: Record<string, Set<Listener>> = {};
  const options: Options = {};
  let known: (answer: WidgetSettings | Problem) => void;
  const whenKnown = new Promise<WidgetSettings | Problem>((resolve) => (known = resolve));
  let loading: unknown;
  let app: Call | undefined;

  const warn = (...words: unknown[]): void => console.error('[Foyer]', ...words);
  const api = ((method, ...args) => (api[method] ?? warn.bind(0, method))(...args)) as FoyerApi;

  function emit(event: string, detail?: unknown): void {
    for (const listener of listeners[event] ?? []) {
      try {
        listener(detail);
      } catch (error) {
        warn(error);
      }
    }
    document.dispatchEvent(new CustomEvent(`foyer:${event}`, { detail }));
  }

  function call(method: string, index: number, args: unknown[]): unknown {
    if (app) return app(method, args);
    if (!index) boot(args[0]);
    // The method is about the chat itself, or a person is named. By names alone: a page's values may be anything.
    if (index > 8 || /\b(user|email)/i.test(Object.keys(options).join())) void load();
    return new Promise((resolve) => queue.push(() => resolve(app!(method, args))));
  }

  function boot(given: unknown): void {
    Object.assign(options, given);
    if (host.isConnected) return;
    if (!options.app_id) return warn('no app_id');
    // There at once, for pointer and keyboard; it fades in as soon as its colours are known.
    paint('#0000', '#0000', 'right');
    // Beside the body: what swaps, hides or transforms that (Turbo, Astro, page transitions) leaves the chat alone.
    const attach = (): unknown => host.isConnected || page.append(host);
    attach();
    void ask();
    new MutationObserver(attach).observe(page, { childList: true });
  }

  function paint(fill: string, on: string, side: string): void {
    host.style.cssText = `all:initial;position:fixed;${side}:${options.horizontal_padding ?? 20}px;bottom:${options.vertical_padding ?? 20}px;z-index:${options.z_index ?? 2e9}`;
    launcher.style.cssText = `transition:.2s;background:${fill};border:0;height:56px;width:56px;color:${on};cursor:pointer;padding:14px;filter:drop-shadow(0 4px 12px #0003);border-radius:50%`;
    launcher.hidden = options.hide_default_launcher!;
  }

  async function ask(): Promise<void> {
    let settings: WidgetSettings & Partial<Problem>;
    try {
      settings = await (await fetch(`${server}/api/widget/settings?app_id=${options.app_id}`)).json();
      if (settings.status) throw settings;
    } catch (error) {
      launcher.hidden = true;
      warn(server, (error as Problem).code ?? error, (error as Problem).detail);
      // No status is not less than 500. Whoever waits to be answered is told of the others, by the app.
      return void ((error as Problem).status < 500 ? known(error as Problem) : setTimeout(ask, retryMs));
    }
    paint(...brandFill(settings.brand), options.alignment ?? settings.alignment);
    emit('ready');
    known(settings);
    const isNamed = (kept: unknown): boolean => JSON.stringify(kept).includes(options.app_id!);
    try {
      // Reading is not storing: only a visitor who wrote here before has a cookie, an item or a database named after the app.
      if (
        /\b(idle|always|custom_l)/.test([settings.load, Object.keys(options), options.storage, settings.storage].join()) ||
        isNamed(document.cookie) ||
        isNamed(Object.keys(localStorage)) ||
        isNamed(await indexedDB.databases())
      )
        (w.requestIdleCallback || setTimeout)(load);
    } catch {}
  }

  async function load(): Promise<void> {
    if (loading) return;
    loading = 1;
    try {
      app = await (await importApp(server)).start({ ...parts, api, settings: await whenKnown, server, emit, options });
      for (const run of queue) run();
    } catch (error) {
      loading = 0;
      warn(error);
      setTimeout(load, retryMs);
    }
  }

  methods.forEach((method, index) => (api[method] = (...args: unknown[]) => call(method, index, args)));
  Object.assign(api, {
    on(event: string, listener: Listener) {
      (listeners[event] ??= new Set()).add(listener);
      if (event === 'unread') listener(api.unreadCount);
      return () => api.off(event, listener);
    },
    off: (event: string, listener: Listener) => listeners[event]?.delete(listener),
    once(event: string, listener: Listener) {
      const first: Listener = (detail) => {
        api.off(event, first);
        listener(detail);
      };
      return api.on(event, first);
    },
    booted: false,
    isOpen: false,
    unreadCount: 0,
    version,
    whoami() {},
    // Whoever kept a reference to the stub still pushes here.
    q: { push: (args: [string]) => api(...args) },
  });
  w.Foyer = api;

  launcher.onpointerenter = launcher.onfocus = load;
  launcher.onclick = () => api.toggle();
  for (const args of stub?.q ?? []) {
    try {
      api(...(args as [string]));
    } catch (error) {
      warn(error);
    }
  }
  // Unless the page has booted with options of its own.
  if (script.dataset.appId && !options.app_id) boot({ app_id: script.dataset.appId });
}
