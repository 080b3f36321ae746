// Puts the areas together: session, state and the other tabs now, what talks to the server once it is wanted.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { MeView } from '../shared/protocol.ts';
import type { WidgetSettings } from '../shared/settings.ts';
import type { Delivery, DeliveryDeps } from './create-delivery.ts';
import { createDeferred, type Deferred } from './deferred.ts';
import type { Handoff } from './handoff.ts';
import { nobody } from './nobody.ts';
import { newCid } from './random.ts';
import { createSession, type Session } from './session.ts';
import { createState, type State } from './state.ts';
import { createTabs, type Tabs } from './tabs.ts';

export interface Widget {
  session: Session;
  delivery: Deferred;
  state: State;
  tabs: Tabs;
  me: ReadonlySignal<MeView>;
  /** The visitor acts: from now on there is a session. */
  act(): void;
  /** Forgets who was here, and is a new anonymous visitor (M16). */
  forget(): void;
}

export type Deliver = (deps: DeliveryDeps) => Delivery;

export interface WidgetDeps {
  /** Fetches the chunk of what talks to the server. */
  loadDelivery(): Promise<{ deliver: Deliver }>;
  /** BCP 47 tag told to the server. */
  language: string;
}

/** A greeting in another language is better than a long silence. */
const translateMs = 4000;

const primary = (tag: string): string | undefined => tag.toLowerCase().split('-')[0];

export function createWidget(handoff: Handoff, { loadDelivery, language }: WidgetDeps): Widget {
  const { server, settings, options, emit } = handoff;
  const { appId } = settings;
  const session = createSession({
    appId,
    policy: options.storage ?? settings.storage,
    consent: options.consent === true,
    cookieDomain: options.cookie_domain,
    onBlocked: () =>
      console.error('[Foyer] storage_blocked: This browser lets the page store nothing; the chat lives as long as the page.'),
  });
  const resuming = signal(session.token() !== null);
  const delivery = createDeferred(async () => {
    const { deliver } = await loadDelivery();
    return deliver({ handoff, session, state, tabs, language, resuming, act });
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
  const tabs = createTabs(appId, (news) => {
    if (delivery.now.value) return delivery.now.value.hear(news);
    session.reread();
    if (session.token() !== null) void delivery.get();
  });

  /** The visitor acts: from now on there is a session. */
  function act(): void {
    const isNew = session.ensure();
    if (isNew) tabs.tell({ kind: 'session' });
    const connection = delivery.now.value?.connection;
    if (!connection) void delivery.get();
    else if (isNew) connection.reopen();
    else connection.open();
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
  if (session.token() === null && settings.storage === 'always') session.ensure();
  if (session.token() !== null) void delivery.get();
  return {
    session,
    delivery,
    state,
    tabs,
    act,
    me: computed(() => delivery.now.value?.identity.me.value ?? nobody),
    forget() {
      delivery.clear();
      if (delivery.now.value) return delivery.now.value.forget();
      session.clear();
      state.reset();
    },
  };
}
