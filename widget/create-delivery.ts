// What talks to the server, put together: connection, threads, outbox and identity, and what they tell the panel and the other tabs.
import { effect, type Signal } from '@preact/signals';
import type { MeView } from '../shared/protocol.ts';
import { createConnection, noAnswer, syncTimeoutMs, type Connection, type OpenSocket } from './connection.ts';
import type { Handoff } from './handoff.ts';
import { createIdentity, type Identity } from './identity.ts';
import type { OutboxStore } from './memory-store.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { newCid, newToken } from './random.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import { createSuccession, type Succession } from './succession.ts';
import type { TabNews, Tabs } from './tabs.ts';
import { createThreads, type Threads } from './threads.ts';

export interface Delivery {
  connection: Connection;
  outbox: Outbox;
  threads: Threads;
  identity: Identity;
  /** Another tab has news. */
  hear(news: TabNews): void;
  /** This session is over by our own doing: is a new anonymous visitor (M16). */
  forget(): void;
}

export interface DeliveryDeps {
  handoff: Handoff;
  session: Session;
  state: State;
  tabs: Tabs;
  /** BCP 47 tag told to the server. */
  language: string;
  /** This browser wrote here before, and what it wrote is still on its way. */
  resuming: Signal<boolean>;
  act(): void;
  shutdown(): Promise<unknown>;
}

/** What a browser has and a test replaces. */
export interface Outside {
  io: OpenSocket;
  openOutboxStore(appId: string, mayStore: boolean, record: () => string): Promise<OutboxStore>;
}

/** A hole in the log is asked for after this time: what fills it is mostly on its way. */
const gapMs = 150;
/** What lies in the outbox for longer when a session begins is not of it. */
const leftMs = 60_000;
/** An identify waits so long for what the present person wrote. */
const quietMs = 2000;

export function createDelivery(deps: DeliveryDeps, { io, openOutboxStore }: Outside): Delivery {
  const { session, state, tabs, resuming } = deps;
  const { server, settings, emit } = deps.handoff;
  const { appId } = settings;
  let syncTimer: ReturnType<typeof setTimeout> | undefined;
  let told = '';
  let hasOpened = false;

  const connection = createConnection({
    server,
    appId,
    introduce() {
      told = JSON.stringify(page());
      return { ...(session.token() && { token: session.token()! }), language: deps.language.slice(0, 35), ...here(), page: page() };
    },
    io,
    sync,
    onRefused: ({ code, message }) => {
      console.error(`[Foyer] ${code}: ${message}`);
      succession.refused(code);
    },
  });
  const { request } = connection;
  const threads = createThreads({
    request,
    needSync,
    onLive(id, changes) {
      for (const change of changes) {
        if (change.kind !== 'message' || change.message.cid === undefined) continue;
        outbox.confirm(change.message.cid, { id: change.message.id, conversation: id, seq: change.seq, at: change.at });
      }
      state.live(id, changes);
    },
    onApplied: (id, seq) => outbox.settle(id, seq),
    onBegun: (conversation) => emit('conversation:started', { conversation }),
    onGone: (id) => state.gone(id),
  });
  const outbox = createOutbox({
    openStore,
    isOnline: () => connection.status.value === 'online' && !succession.isOver(),
    request,
    newCid,
    lock: (act) => tabs.lock(act),
    tell: (news) => tabs.tell({ kind: 'outbox', news }),
    onStarted: (to, conversation) => state.began(to, conversation),
    onAck(item, ack) {
      state.began(item.to, ack.conversation);
      if (threads.lastSeq(ack.conversation) < ack.seq) needSync();
      outbox.settle(ack.conversation, threads.lastSeq(ack.conversation));
      if (item.body.kind === 'message') emit('message:sent', { conversation: ack.conversation, id: ack.id, text: item.body.text });
    },
    onFailure: ({ failure }) => emit('error', failure),
  });
  const identity = createIdentity({
    request,
    whenOnline: connection.whenOnline,
    act: deps.act,
    quiet: () => outbox.pause(quietMs),
    onSwitched: (token) => succession.switched(token),
    onRotated: (token) => succession.rotated(token),
    follow: () => succession.follow(),
    newToken,
    onIdentified: needSync,
    onAnswered: () => succession.answered(),
    signOut: deps.shutdown,
    loadNaming: () => import('./naming.ts'),
    emit,
  });
  const succession = createSuccession({ ...deps, connection, threads, outbox, identity });
  const { hear, forget } = succession;

  async function openStore(): Promise<OutboxStore> {
    const store = await openOutboxStore(appId, session.mayStore() && session.place() !== 'memory', session.record);
    // A session that has expired may have left what it did not send. Not what another tab has put there just now.
    const old = session.isNew() && !hasOpened ? (await store.all()).filter((item) => item.at < Date.now() - leftMs) : [];
    if (old.length > 0) await store.remove(...old.map((item) => item.cid));
    hasOpened = true;
    return store;
  }

  async function sync(heartbeat: boolean): Promise<boolean> {
    const token = session.token();
    const [here, known] = [page(), threads.ids()];
    const moved = JSON.stringify(here) !== told;
    const reply = await request('sync', { ...threads.syncBody(), ...(moved && { page: here }) }, syncTimeoutMs);
    if (token !== session.token()) return false;
    if (!reply.ok) {
      succession.refused(reply.code);
      // It answered: the line is alive. It is of use as well where only the repeat of an identify can tell what follows.
      return succession.isOver() || (heartbeat && reply.message !== noAnswer.message && reply.retryable);
    }
    told = JSON.stringify(here);
    succession.check(reply);
    threads.takeSync(reply, known);
    identity.takeMe(reply.me);
    resuming.value = false;
    if (document.visibilityState !== 'hidden') session.renew();
    state.loadThread();
    return true;
  }

  function needSync(): void {
    clearTimeout(syncTimer);
    syncTimer = setTimeout(() => connection.status.value === 'online' && void sync(true), gapMs);
  }

  listen({ ...deps, connection, outbox, threads, identity, succession, needSync });
  if (session.token() !== null) connection.open();
  if (resuming.value) void outbox.load();
  return { connection, outbox, threads, identity, hear, forget };
}

type Parts = DeliveryDeps & Omit<Delivery, 'hear' | 'forget'> & { succession: Succession; needSync(): void };

/** What the server, the browser and the visitor make happen. */
function listen({ connection, outbox, threads, identity, state, succession, needSync }: Parts): void {
  connection.on('changes', ({ conversation, changes }) => threads.take(conversation, changes));
  connection.on('synced', ({ conversation, head }) => threads.synced(conversation, head));
  connection.on('reload', ({ conversation }) => {
    threads.reload(conversation);
    needSync();
    state.loadThread();
  });
  connection.on('me', (me: MeView) => {
    const before = identity.me.value;
    identity.takeMe(me);
    // Another tab identified: its conversations of other devices are this tab's too.
    if (me.contact_id !== before.contact_id || me.verified !== before.verified) needSync();
  });
  connection.on('typing', ({ conversation, by, on }) => state.heardTyping(conversation, by, on));
  connection.on('presence', ({ online }) => void (state.online.value = online));
  connection.on('session.ended', ({ reason }) => succession.ended(reason));
  effect(() => {
    if (connection.status.value === 'online') outbox.flush();
  });
  effect(() => {
    if (state.isOpen.value) connection.open();
  });
  const wake = (): void => {
    if (document.visibilityState === 'hidden') return;
    // A tab of a sister domain shares the cookie but not the channel.
    succession.follow();
    connection.wake();
    state.markRead();
  };
  document.addEventListener('visibilitychange', wake);
  for (const event of ['pageshow', 'online']) window.addEventListener(event, wake);
  // Whoever comes back to this page finds it as it was, if the browser may keep it: with no line and no lock open.
  window.addEventListener('pagehide', () => {
    connection.sleep();
    outbox.rest();
  });
  // Where the browser does not tell of it, the next heartbeat does.
  window.navigation?.addEventListener('currententrychange', needSync);
}

function page(): { url: string; title?: string; referrer?: string } {
  return { url: location.href.slice(0, 2000), title: document.title.slice(0, 300), referrer: document.referrer.slice(0, 2000) };
}

/** Some hardened browsers name no time zone. */
function here(): { timeZone?: string } {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone ? { timeZone } : {};
}
