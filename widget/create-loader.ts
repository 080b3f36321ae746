// What the loader does; the script's element and the import are arguments, so that it can be tried without a build.
// Every byte here is paid by every page view: ≤ 1.5 kB in all (test/size.test.ts).
import type { WidgetSettings } from '../shared/settings.ts';
import type { AppModule, Call, FoyerApi, Listener, Options } from './handoff.ts';
import { drawLauncher } from './launcher.ts';
import { anonymous } from './nobody.ts';

export interface LoaderDeps {
  script: HTMLScriptElement;
  version: string;
  importApp(server: string): Promise<AppModule>;
}

const retryMs = 15_000;

interface Problem {
  status?: number;
  code?: string;
  detail?: string;
}

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
  const listeners: Record<string, Set<Listener>> = {};
  const options: Options = {};
  const parts = drawLauncher(options);
  const { host, launcher, paint } = parts;
  let known: (settings: WidgetSettings) => void;
  let started: (app: Call) => void;
  let unwanted: (me: typeof anonymous) => void;
  const whenKnown = new Promise<WidgetSettings>((resolve) => (known = resolve));
  const whenStarted = new Promise<Call>((resolve) => (started = resolve));
  /** Nothing is stored: the app may never come, and there is nobody to tell of. */
  const whenUnwanted = new Promise((resolve) => (unwanted = resolve));
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
    const answer = whenStarted.then((start) => start(method, args));
    // The method is about the chat itself, or a person is named. Values are not written out, a page's may be anything; `test` joins a list itself.
    if (index > 8 || /\b(user|email)/i.test(Object.keys(options).filter((key) => options[key]) as unknown as string)) void load();
    return loading ? answer : Promise.race([answer, whenUnwanted]);
  }

  function boot(given: unknown): void {
    Object.assign(options, given);
    void whenKnown.then(({ fill, alignment }) => paint(...fill, options.alignment ?? alignment));
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

  async function ask(): Promise<void> {
    let settings: WidgetSettings & Problem;
    try {
      settings = await (await fetch(`${server}/api/widget/settings?app_id=${options.app_id}`)).json();
      if (settings.status) throw Object.assign(Error(settings.detail), settings);
    } catch (error) {
      launcher.hidden = true;
      warn(server, (error as Problem).code ?? error, (error as Problem).detail);
      // No status is not less than 500.
      return void ((error as Problem).status! < 500 ? started((app = async () => error)) : setTimeout(ask, retryMs));
    }
    known(settings);
    emit('ready');
    const isNamed = (kept: unknown): boolean => JSON.stringify(kept).includes(options.app_id!);
    try {
      // Reading is not storing: only a visitor who wrote here before has a cookie, an item or a database named after the app.
      if (
        loading ||
        /\b(idle|always|custom_?l)/i.test([settings.load, Object.keys(options), settings.storage, options.storage] as unknown as string) ||
        isNamed(document.cookie) ||
        isNamed(Object.keys(localStorage)) ||
        isNamed(await indexedDB.databases())
      )
        return void (w.requestIdleCallback || setTimeout)(load);
    } catch {}
    unwanted(anonymous);
  }

  async function load(): Promise<void> {
    if (loading) return;
    loading = 1;
    try {
      app = await (await importApp(server)).start({ server, api, emit, options, settings: await whenKnown, ...parts });
      started(app);
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
    once: (event: string, listener: Listener) =>
      api.on(event, function first(detail) {
        api.off(event, first);
        listener(detail);
      }),
    isOpen: false,
    booted: false,
    unreadCount: 0,
    version,
    whoami: () => anonymous,
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
