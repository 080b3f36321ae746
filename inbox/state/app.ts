// From nobody to somebody: an inbox lives as long as its session.
import { effect, signal, untracked } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { MeReply } from '../../shared/api.ts';
import type { Api } from '../api.ts';
import type { Connection } from '../connection.ts';
import type { Router } from '../router.ts';
import type { Storage } from '../storage.ts';
import { createInbox } from './inbox.ts';
import type { Inbox } from './inbox.ts';
import { createSession } from './session.ts';
import type { Session } from './session.ts';

export interface App {
  readonly session: Session;
  readonly inbox: ReadonlySignal<Inbox | null>;
  readonly router: Router;
  stop(): void;
}

export interface AppDeps {
  api: Api;
  router: Router;
  storage: Storage;
  connect(): Connection;
}

export function createApp({ api, router, storage, connect }: AppDeps): App {
  const session = createSession(api);
  const inbox = signal<Inbox | null>(null);
  const dispose = effect(() => {
    const me = session.me.value;
    untracked(() => {
      inbox.peek()?.stop();
      inbox.value = me ? createInbox({ me, api, router, storage, connection: connect(), onEnded: session.end }) : null;
      if (me) void takeBrand(api, me);
    });
  });
  return {
    session,
    inbox,
    router,
    stop() {
      dispose();
      inbox.peek()?.stop();
      router.stop();
    },
  };
}

/** The operator's colour: hue and chroma only; lightness belongs to the tokens, so that contrast holds. */
async function takeBrand(api: Api, me: MeReply): Promise<void> {
  const settings = await api.call('GET /api/widget/settings', { query: { app_id: me.workspace.app_id } });
  if (!settings.ok) return;
  const { style } = document.documentElement;
  style.setProperty('--hue', String(settings.data.brand.hue));
  style.setProperty('--chroma', String(Math.min(0.19, settings.data.brand.chroma)));
}
