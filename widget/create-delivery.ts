// What talks to the server, put together: connection, threads, outbox and identity, and what they tell the panel and the other tabs.
import { effect, type Signal } from '@preact/signals';
import type { ErrorCode } from '../shared/errors.ts';
import type { MeView } from '../shared/protocol.ts';
import { createConnection, noAnswer, syncTimeoutMs, type Connection, type OpenSocket } from './connection.ts';
import type { Handoff } from './handoff.ts';
import { createIdentity, type Identity } from './identity.ts';
import type { OutboxStore } from './memory-store.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { newCid, newToken } from './random.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import type { TabNews, Tabs } from './tabs.ts';
import { createThreads, type Threads } from './threads.ts';

export interface Delivery {
  connection: Connection;
  outbox: Outbox;
  threads: Threads;
  identity: Identity;
  /** Another tab has news. */
  hear(news: TabNews): void;
  /** Forgets who was here, and is a new anonymous visitor (M16). */
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
}

/** What a browser has and a test replaces. */
export interface Outside {
  io: OpenSocket;
  openOutboxStore(appId: string, mayStore: boolean): Promise<OutboxStore>;
}

/** A hole in the log is asked for after this time: what fills it is mostly on its way. */
const gapMs = 150;
/** How long another tab has to store the token it was given. */
const rotationMs = 3000;

export function createDelivery(deps: DeliveryDeps, { io, openOutboxStore }: Outside): Delivery {
  const { session, state, tabs, resuming, act } = deps;
  const { server, settings, emit } = deps.handoff;
  const { appId } = settings;
  let syncTimer: ReturnType<typeof setTimeout> | undefined;
  let rotationTimer: ReturnType<typeof setTimeout> | undefined;

  const connection = createConnection({
    server,
    appId,
    introduce: () => ({
      ...(session.token() && { token: session.token()! }),
      language: deps.language.slice(0, 35),
      ...here(),
      page: page(),
    }),
    io,
    sync,
    onRefused: ({ code, message }) => {
      console.error(`[Foyer] ${code}: ${message}`);
      refused(code);
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
  });
  const outbox = createOutbox({
    openStore: () => openOutboxStore(appId, session.mayStore() && session.place() !== 'memory'),
    isOnline: () => connection.status.value === 'online',
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
    act,
    onSwitched: switched,
    onRotated: rotated,
    follow,
    newToken,
    onIdentified: needSync,
    toBody: async (attributes) => (await import('./attributes.ts')).toIdentifyBody(attributes),
    emit,
  });

  async function sync(heartbeat: boolean): Promise<boolean> {
    const token = session.token();
    const reply = await request('sync', threads.syncBody(), syncTimeoutMs);
    if (token !== session.token()) return false;
    if (!reply.ok) {
      refused(reply.code);
      // It answered: the line is alive.
      return heartbeat && reply.message !== noAnswer.message && reply.retryable;
    }
    threads.takeSync(reply);
    identity.takeMe(reply.me);
    resuming.value = false;
    state.loadThread();
    return true;
  }

  function needSync(): void {
    clearTimeout(syncTimer);
    syncTimer = setTimeout(() => connection.status.value === 'online' && void sync(true), gapMs);
  }

  /** A session the server has ended: what waits to be sent goes out under a new one. */
  function refused(code: ErrorCode): void {
    resuming.value = false;
    if (code !== 'session_revoked' || session.token() === null || follow()) return;
    // The answer of an identify was lost, or another tab is about to store the next token: it will tell.
    if (!identity.isAsking() && rotationTimer === undefined) forget();
  }

  async function switched(token: string): Promise<void> {
    const unsent = await outbox.drain(0);
    if (unsent > 0) console.error(`[Foyer] ${unsent} unsent messages of the former visitor were discarded.`);
    session.adopt(token);
    restart();
    tabs.tell({ kind: 'session' });
    await connection.whenOnline();
  }

  function rotated(token: string): void {
    session.adopt(token);
    tabs.tell({ kind: 'rotated' });
  }

  /** Takes over the token which another tab, maybe of a sister domain, has stored meanwhile. */
  function follow(): boolean {
    if (!session.changedElsewhere()) return false;
    session.reread();
    connection.reopen();
    return true;
  }

  /** Told that the same person goes on under another token: the tab that was given it will have stored it in a moment. */
  function awaitRotation(): void {
    if (follow()) return;
    clearTimeout(rotationTimer);
    rotationTimer = setTimeout(() => {
      rotationTimer = undefined;
      if (!follow()) forget();
    }, rotationMs);
  }

  /** Shows nothing of before, and speaks to the server under the present token, if any. */
  function restart(): void {
    threads.reset();
    state.reset();
    if (session.token() !== null || state.isOpen.value) connection.reopen();
    else connection.close();
  }

  function forget(): void {
    session.clear();
    void outbox.drain(0);
    identity.reset();
    restart();
  }

  function hear(news: TabNews): void {
    if (news.kind === 'rotated') return void follow();
    if (news.kind === 'outbox') return session.token() !== null ? outbox.hear(news.news) : undefined;
    session.reread();
    if (news.kind === 'logout') return forget();
    void outbox.drain(0);
    identity.reset();
    restart();
  }

  listen({ ...deps, connection, outbox, threads, identity, needSync, forget, hear, awaitRotation });
  if (session.token() !== null) connection.open();
  if (resuming.value) void outbox.load();
  return { connection, outbox, threads, identity, hear, forget };
}

type Parts = DeliveryDeps & Delivery & { needSync(): void; awaitRotation(): void };

/** What the server, the browser and the visitor make happen. */
function listen({ session, connection, outbox, threads, identity, state, needSync, forget, hear, awaitRotation }: Parts): void {
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
  connection.on('session.ended', ({ reason }) => {
    if (reason === 'rotated') awaitRotation();
    else if (reason === 'identity_changed') hear({ kind: 'session' });
    else forget();
  });
  effect(() => {
    if (connection.status.value === 'online') outbox.flush();
  });
  effect(() => {
    if (state.isOpen.value) connection.open();
  });
  const wake = (): void => {
    if (document.visibilityState === 'hidden') return;
    // A tab of a sister domain shares the cookie but not the channel.
    if (session.changedElsewhere()) hear({ kind: 'session' });
    connection.wake();
    state.markRead();
  };
  document.addEventListener('visibilitychange', wake);
  for (const event of ['pageshow', 'online']) window.addEventListener(event, wake);
}

function page(): { url: string; title?: string; referrer?: string } {
  return { url: location.href.slice(0, 2000), title: document.title.slice(0, 300), referrer: document.referrer.slice(0, 2000) };
}

/** Some hardened browsers name no time zone. */
function here(): { timeZone?: string } {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone ? { timeZone } : {};
}
