// The page's methods: one entry each. The loader has queued the calls that were made before this arrived.
import { effect, type Signal } from '@preact/signals';
import type { Widget } from './create-widget.ts';
import type { Attributes, Call, Handoff, Options } from './handoff.ts';

type Method = (...args: never[]) => unknown;
/** No shutdown has been since the call: what is asked for before one ends with it (M16), however late the code for it comes. */
type IsWanted = () => boolean;

/** Options that say what may be stored. */
const storing = ['storage', 'cookie_domain', 'session_duration'];
const next = ['boot', 'identify', 'update', 'startConversation', 'startFlow'];

export interface ApiDeps {
  handoff: Handoff;
  widget: Widget;
  /** Options that may change after boot. */
  options: Signal<Options>;
}

export function createApi({ handoff, widget, options }: ApiDeps): Call {
  const { api, emit, launcher } = handoff;
  const { state, me, delivery } = widget;
  let shutdowns = 0;

  async function identify(isWanted: IsWanted, first: unknown, second?: Attributes): Promise<unknown> {
    const given = typeof first === 'object' && first !== null ? (first as Attributes) : { ...second, user_id: first };
    return (await delivery.get()).identity.identify(given, isWanted);
  }

  function consent(given: boolean): void {
    options.value = { ...Object.assign(handoff.options, { consent: given }) };
    widget.consent(given);
  }

  async function update(isWanted: IsWanted, all?: Attributes | null): Promise<unknown> {
    const { consent: isGiven, ...given } = all ?? {};
    // At once: what is said after it must have the last word.
    if (typeof isGiven === 'boolean') consent(isGiven);
    if (Object.keys(given).every((key) => key === 'app_id')) return me.value;
    const { namesPerson, split } = await import('./attributes.ts');
    const { options: changed, person } = split(given);
    // The loader's own, too: it draws the launcher by them.
    options.value = { ...Object.assign(handoff.options, changed) };
    if (storing.some((name) => name in changed)) widget.permit(options.value);
    if (namesPerson(person)) return identify(isWanted, person);
    return Object.keys(person).length > 0 ? (await delivery.get()).identity.update(person, isWanted) : me.value;
  }

  function shutdown(): Promise<unknown> {
    shutdowns++;
    return widget.shutdown();
  }

  const naming: Record<string, (isWanted: IsWanted, ...args: never[]) => unknown> = { boot: update, identify, update };

  const methods: Record<string, Method> = {
    shutdown,
    reset: shutdown,
    logout: shutdown,
    consent,
    show: (space?: string) => {
      state.show();
      if (space === 'messages' && state.conversations.value.length > 0) state.showList();
    },
    hide: state.hide,
    toggle: () => (state.isOpen.value ? state.hide() : state.show()),
    newMessage(prefill?: string) {
      state.startNew();
      if (prefill) state.draft.value = String(prefill);
      state.show();
    },
    async startConversation(text: string) {
      state.startNew();
      state.show();
      await state.say(String(text));
    },
    openConversation: (id: number | string) => state.show(Number(id)),
    async startFlow(name: string) {
      widget.act();
      state.show();
      const { startFlow } = await import('./start-flow.ts');
      const begun = await startFlow(String(name), await delivery.get(), state);
      if (!begun.ok) emit('error', begun);
      return begun;
    },
    track: later('track'),
    page: later('page'),
    group: later('group'),
  };
  reflect();
  document.addEventListener('click', ({ target }) => {
    const selector = options.value.custom_launcher_selector;
    if (selector && (target as Element).closest?.(selector)) methods['toggle']!();
  });
  api.whoami = () => ({ ...me.value });
  api.booted = true;

  /** The page reads these as plain properties. */
  function reflect(): void {
    effect(() => {
      api.isOpen = state.isOpen.value;
      launcher.setAttribute('aria-expanded', String(state.isOpen.value));
    });
    effect(() => void (api.visitorId = me.value.contact_id));
    effect(() => {
      const unread = state.unread.value;
      if (unread === api.unreadCount) return;
      api.unreadCount = unread;
      emit('unread', unread);
    });
  }

  return (method, args) => {
    try {
      // Of whoever comes next: not to end with the one before.
      const ending = widget.ending();
      const before = shutdowns;
      const run = (): unknown =>
        naming[method]?.(() => before === shutdowns, ...(args as never[])) ?? methods[method]?.(...(args as never[]));
      return ending && next.includes(method) ? ending.then(run) : run();
    } catch (error) {
      console.error(`[Foyer] ${method} failed.`, error);
      return error;
    }
  };
}

function later(method: string): Method {
  let warned = false;
  return () => {
    if (!warned) console.warn(`[Foyer] ${method}() is taken but not recorded by this version of the server.`);
    warned = true;
  };
}
