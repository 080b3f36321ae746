// Visitors of the fault runs, and what they have in common with agents (agent.ts): stock socket.io-client, and the rules of
// docs/protocol.md as the widget keeps them (P7–P10). They tell the oracle all they do and see. An item leaves the outbox by its acknowledgement and by nothing else, so that repeats happen.
import { randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Change } from '../../shared/conversation.ts';
import { createOrderedLog } from '../../shared/log.ts';
import type { OrderedLog } from '../../shared/log.ts';
import { uuidV7 } from '../../shared/ids.ts';
import type { VisitorReply } from '../../shared/protocol.ts';
import { backoffMs } from '../../widget/backoff.ts';
import type { Oracle, Principal, ScreenRecord } from './oracle.ts';

export const newCid = (): string => uuidV7(Date.now(), randomBytes(10));
export const newToken = (): string => randomBytes(32).toString('base64url');

const heartbeatMs = 20_000;
const syncMs = 5000;
const gapMs = 150;

export interface PersonOptions {
  oracle: Oracle;
  url: string;
  random: () => number;
  /** How long an answer is waited for, ms: the widget's 10,000 unless told. */
  ackMs?: number;
}

export interface Person {
  name: string;
  who: Principal;
  /** Puts it into the outbox and goes on. */
  say(text: string, more?: { conversation?: number; note?: boolean }): void;
  /** So many are to be acknowledged. */
  waiting(): number;
  isOnline(): boolean;
  /** How often a message was sent that had been sent before. */
  repeats(): number;
  /** What it has of each conversation. */
  last(conversation: number): number;
  /** Losses of the line, and when it was in step again; epoch ms. */
  losses: { lostAt: number; backAt: number | null }[];
  /** Refusals that mean “later”. */
  nacks: { code: string; afterMs: number }[];
  goOffline(): void;
  /** As a browser's `online` event does it: at once. */
  goOnline(): void;
  /** The page is looked at: a line that is waited for is tried at once, one that stands is put to the test. */
  look(): void;
  /** The address of another node or line, from the next connection on. */
  moveTo(url: string): void;
  url(): string;
  close(): void;
}

export interface Ends {
  name: string;
  who: Principal;
  socket(url: string): Socket;
  /** After every connect; false: this connection is of no use. */
  sync(ask: Ask): Promise<boolean>;
  /** What else the server says. */
  listen(socket: Socket, ask: Ask, needSync: () => void): void;
  last(conversation: number): number;
}

export type Ask = <R>(name: string, body: object, withinMs?: number) => Promise<R | null>;

export function createPerson(ends: Ends, { oracle, random, ackMs = 10_000, url: first }: PersonOptions): Person {
  const outbox: { cid: string; text: string; body: object; tried: boolean }[] = [];
  const losses: Person['losses'] = [];
  const nacks: Person['nacks'] = [];
  let url = first;
  let socket: Socket | null = null;
  let [isOnline, isWanted, isFlushing] = [false, true, false];
  let [attempt, drainMs, repeats] = [0, 0, 0];
  let retryTimer: NodeJS.Timeout | undefined;
  let gapTimer: NodeJS.Timeout | undefined;
  let wake: () => void = () => {};

  const ask: Ask = async <R>(name: string, body: object, withinMs = syncMs) => {
    if (!socket?.connected) return null;
    return socket
      .timeout(withinMs)
      .emitWithAck(name, body)
      .then(
        (reply) => reply as R,
        () => null,
      );
  };

  function connect(): void {
    clearTimeout(retryTimer);
    if (!isWanted) return;
    socket?.removeAllListeners();
    socket?.disconnect();
    const mine = (socket = ends.socket(url));
    mine.on('connect', () => void connected(mine));
    mine.on('disconnect', () => lost());
    mine.on('connect_error', (error: Error & { data?: { retryAfterMs?: number } }) => later(error.data?.retryAfterMs));
    mine.on('drain', ({ retryInMs }: { retryInMs: number }) => (drainMs = retryInMs));
    ends.listen(mine, ask, needSync);
    mine.connect();
  }

  async function connected(mine: Socket): Promise<void> {
    const isFine = await ends.sync(ask);
    if (mine !== socket || !mine.connected) return;
    if (!isFine) return void mine.disconnect();
    attempt = 0;
    isOnline = true;
    const loss = losses.at(-1);
    if (loss && loss.backAt === null) loss.backAt = Date.now();
    wake();
    void flush();
  }

  function lost(): void {
    if (isOnline) losses.push({ lostAt: Date.now(), backAt: null });
    isOnline = false;
    later();
  }

  function later(atLeastMs = 0): void {
    clearTimeout(retryTimer);
    if (!isWanted) return;
    retryTimer = setTimeout(connect, Math.max(atLeastMs, drainMs * (1 + random()), backoffMs(attempt++, random)));
    drainMs = 0;
  }

  async function beat(): Promise<void> {
    if (isOnline && !(await ends.sync(ask))) socket?.disconnect();
  }
  const beats = setInterval(() => void beat(), heartbeatMs);

  function needSync(): void {
    gapTimer ??= setTimeout(() => {
      gapTimer = undefined;
      void beat();
    }, gapMs);
  }

  async function flush(): Promise<void> {
    if (isFlushing) return;
    isFlushing = true;
    for (let tries = 0; outbox[0] && isOnline;) {
      const waitMs = await attemptOne(tries++);
      if (waitMs === null) tries = 0;
      else await Promise.race([new Promise((later) => setTimeout(later, waitMs)), new Promise<void>((woken) => (wake = woken))]);
    }
    isFlushing = false;
  }

  /** Null where the first of the outbox is settled, else how long to wait. */
  async function attemptOne(tries: number): Promise<number | null> {
    const item = outbox[0];
    if (!item) return null;
    if (item.tried) repeats++;
    item.tried = true;
    const askedAt = Date.now();
    type Reply = VisitorReply<'message.send'>;
    const reply = await ask<Reply>('message.send', item.body, ackMs);
    if (reply?.ok === true) oracle.acked(item.text, reply);
    else if (reply?.retryable === false) oracle.refused(item.text, reply.code);
    else {
      if (reply) nacks.push({ code: reply.code, afterMs: Date.now() - askedAt });
      return Math.max(reply?.retryAfterMs ?? 0, backoffMs(tries, random));
    }
    outbox.shift();
    return null;
  }

  connect();
  return {
    name: ends.name,
    who: ends.who,
    say(text, { conversation, note = false } = {}) {
      const cid = newCid();
      oracle.sent({ text, cid, who: ends.who, device: ends.name, isNote: note });
      outbox.push({
        cid,
        text,
        tried: false,
        body: { cid, text, ...(conversation !== undefined && { conversation }), ...(note && { note }) },
      });
      void flush();
    },
    waiting: () => outbox.length,
    isOnline: () => isOnline,
    repeats: () => repeats,
    last: ends.last,
    losses,
    nacks,
    goOffline() {
      isWanted = false;
      clearTimeout(retryTimer);
      socket?.disconnect();
    },
    goOnline() {
      isWanted = true;
      attempt = 0;
      connect();
    },
    look() {
      if (isOnline) return void beat();
      if (!isWanted || socket?.connected) return;
      attempt = 0;
      connect();
    },
    moveTo: (other) => void (url = other),
    url: () => url,
    close() {
      isWanted = isOnline = false;
      clearTimeout(retryTimer);
      clearTimeout(gapTimer);
      clearInterval(beats);
      socket?.removeAllListeners();
      socket?.disconnect();
    },
  };
}

export const common = { transports: ['websocket'], forceNew: true, reconnection: false, autoConnect: false, timeout: 10_000 };

export const textOf = (change: Change): string | null => (change.kind === 'message' ? change.message.text : null);

/** @param name the device; `who` the visitor, whose token it holds */
export function createVisitor(
  options: PersonOptions & { name: string; who: Principal; appId: string; token: string; address?: string },
): Person {
  const { name, who, appId, token, oracle } = options;
  const screen: ScreenRecord = oracle.screen(name, who);
  const logs = new Map<number, OrderedLog<Change>>();
  let epoch: string | undefined;

  function logOf(conversation: number): OrderedLog<Change> {
    let log = logs.get(conversation);
    if (!log) logs.set(conversation, (log = createOrderedLog<Change>()));
    return log;
  }
  function take(conversation: number, changes: readonly Change[]): boolean {
    // The word that there is one which it does not know: it asks.
    if (changes.length === 0 && !logs.has(conversation)) return true;
    const log = logOf(conversation);
    for (const change of changes) screen.pushed(conversation, textOf(change));
    for (const change of log.offer(changes)) screen.applied(conversation, change.seq, textOf(change));
    return log.hasGap();
  }
  async function load(ask: Ask, conversation: number): Promise<void> {
    const pages: Change[][] = [];
    for (let before: number | undefined, more = true; more;) {
      const reply = await ask<VisitorReply<'conversation.history'>>('conversation.history', {
        conversation,
        limit: 200,
        ...(before !== undefined && { before }),
      });
      if (!reply?.ok) return;
      pages.unshift(reply.changes);
      before = reply.changes[0]?.seq;
      more = reply.more && before !== undefined;
    }
    const changes = pages.flat();
    const from = (changes[0]?.seq ?? 1) - 1;
    screen.reset(conversation, from);
    logOf(conversation).reset(from);
    take(conversation, changes);
  }
  return createPerson(
    {
      name,
      who,
      socket: (url) =>
        io(`${url}/visitor`, { ...common, query: { app_id: appId }, auth: { appId, protocol: 1, token, language: 'en-GB' } }),
      async sync(ask) {
        const asked = new Set(logs.keys());
        const conversations = Object.fromEntries([...logs].map(([id, log]) => [id, log.last()]));
        const reply = await ask<VisitorReply<'sync'>>('sync', { ...(epoch !== undefined && { epoch }), conversations });
        if (!reply?.ok) return false;
        epoch = reply.epoch;
        // Taken away, or never been, in a history that was put back.
        const listed = new Set(reply.conversations.map(({ id }) => id));
        for (const id of asked) {
          if (listed.has(id)) continue;
          logs.delete(id);
          screen.reset(id, 0);
        }
        const unknown = reply.conversations.filter(({ id }) => !logs.has(id));
        for (const { id } of unknown) logOf(id);
        if (unknown.length > 0) await ask('sync', { epoch, conversations: Object.fromEntries(unknown.map(({ id }) => [id, 0])) });
        return true;
      },
      listen(socket, ask, needSync) {
        socket.on('changes', ({ conversation, changes }: { conversation: number; changes: Change[] }) => {
          if (take(conversation, changes)) needSync();
        });
        socket.on('synced', ({ conversation, head }: { conversation: number; head: number }) => {
          if (logOf(conversation).last() < head) needSync();
        });
        socket.on('reload', ({ conversation }: { conversation: number | null }) => {
          for (const id of conversation === null ? logs.keys() : [conversation]) void load(ask, id);
        });
      },
      last: (conversation) => logs.get(conversation)?.last() ?? 0,
    },
    options,
  );
}
