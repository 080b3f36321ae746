// Puts the areas together: session, state and the other tabs now, what talks to the server once it is wanted.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { MeView } from '../shared/protocol.ts';
import type { WidgetSettings } from '../shared/settings.ts';
import type { Delivery, DeliveryDeps } from './create-delivery.ts';
import { createDeferred, type Deferred } from './deferred.ts';
import type { Handoff, Options } from './handoff.ts';
import { nobody } from './nobody.ts';
import { newCid } from './random.ts';
import { createSession, type Session, type Terms } from './session.ts';
import { createState, type State } from './state.ts';
import { createTabs, type TabNews, type Tabs } from './tabs.ts';

export interface Widget {
  session: Session;
  delivery: Deferred;
  state: State;
  tabs: Tabs;
  me: ReadonlySignal<MeView>;
  /** The visitor acts: from now on there is a session. */
  act(): void;
  /** Ends the session here, on the server and in the other tabs, and is a new anonymous visitor (M16). */
  shutdown(): Promise<{ unsent: number }>;
  /** A shutdown that is under way. */
  ending(): Promise<unknown> | null;
  /** The host says whether anything may be stored: holds at once, in all tabs. */
  consent(given: boolean): void;
  /** What the host says of storing with a later `boot` or `update`. */
  permit(options: Options): void;
}

export type Deliver = (deps: DeliveryDeps) => Delivery;

export interface WidgetDeps {
  /** Fetches the chunk of what talks to the server. */
  loadDelivery(): Promise<{ deliver: Deliver }>;
  /** BCP 47 tag told to the server. */
  language: string;
  /** The token that lies beside what an earlier page left unsent. */
  left: string | null;
}

/** A greeting in another language is better than a long silence. */
const translateMs = 4000;
/** `shutdown` waits so long for what is still to be sent (P10). */
const drainMs = 2000;

const primary = (tag: string): string | undefined => tag.toLowerCase().split('-')[0];

export function createWidget(handoff: Handoff, { loadDelivery, language, left }: WidgetDeps): Widget {
  const { server, settings, options, emit } = handoff;
  const { appId } = settings;
  const terms = ({ storage, consent, cookie_domain, session_duration }: Options): Terms => ({
    policy: storage ?? settings.storage,
    consent,
    cookieDomain: cookie_domain,
    durationMs: Number(session_duration),
  });
  const session = createSession({
    appId,
    left,
    ...terms(options),
    onBlocked: () =>
      console.error('[Foyer] storage_blocked: This browser lets the page store nothing; the chat lives as long as the page.'),
  });
  const resuming = signal(session.token() !== null);
  const delivery = createDeferred(async () => {
    const { deliver } = await loadDelivery();
    return deliver({ handoff, session, state, tabs, language, resuming, act, shutdown });
  }, newCid);
  const state = createState({
    settings,
    delivery,
    act,
    newCid,
    emit,
    resuming,
    ...(settings.language && primary(settings.language) !== primary(language) && { translate }),
    reducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const tabs = createTabs(appId, hear);

  function hear(news: TabNews): void {
    if (news.kind === 'consent') return apply({ consent: news.given });
    if (delivery.now.value) return delivery.now.value.hear(news);
    if (news.kind === 'logout') state.reset();
    if (news.kind === 'outbox' || session.place() === 'memory') return;
    session.reread();
    if (session.token() !== null) void delivery.get();
  }

  /** The visitor acts: from now on there is a session. */
  function act(): void {
    const isNew = session.ensure();
    if (isNew && session.place() !== 'memory') tabs.tell({ kind: 'session', token: session.token()! });
    const connection = delivery.now.value?.connection;
    if (!connection) void delivery.get();
    else if (isNew) connection.reopen();
    else connection.open();
  }

  let ending: ReturnType<Widget['shutdown']> | null = null;
  const shutdown: Widget['shutdown'] = () => (ending ??= end().finally(() => (ending = null)));

  async function end(): Promise<{ unsent: number }> {
    const given = new Promise<null>((resolve) => setTimeout(resolve, drainMs, null));
    const there = delivery.now.value ?? (session.token() === null ? null : await Promise.race([delivery.get(), given]));
    if (session.token() !== null) await Promise.race([there?.connection.whenOnline(), given]);
    const unsent = (await there?.outbox.drain(drainMs)) ?? delivery.clear();
    if (session.token() !== null) await there?.connection.request('session.end', {}, drainMs);
    const of = session.token();
    session.clear();
    tabs.tell({ kind: 'logout', of });
    delivery.clear();
    if (there) there.forget();
    else state.reset();
    emit('shutdown', { unsent });
    return { unsent };
  }

  function apply(changed: Partial<Terms>): void {
    session.permit(changed);
    void delivery.now.value?.outbox.move();
  }

  async function translate(): Promise<WidgetSettings['greeting']> {
    const query = new URLSearchParams({ app_id: appId, language });
    const answer = await fetch(`${server}/api/widget/settings?${query.toString()}`, { signal: AbortSignal.timeout(translateMs) });
    const { greeting } = (await answer.json()) as WidgetSettings;
    return answer.ok ? greeting : settings.greeting;
  }

  effect(() => {
    if (state.isOpen.value) void delivery.get();
  });
  // What the page has said before all this came has the first word.
  queueMicrotask(() => {
    if (session.keepsAlways()) session.ensure();
    if (session.token() !== null) void delivery.get();
  });
  return {
    session,
    delivery,
    state,
    tabs,
    act,
    me: computed(() => delivery.now.value?.identity.me.value ?? nobody),
    shutdown,
    ending: () => ending,
    consent(given) {
      apply({ consent: given });
      tabs.tell({ kind: 'consent', given });
    },
    permit: (changed) => apply(terms(changed)),
  };
}
