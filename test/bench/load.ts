// The load of a bench run, in a process of its own: visitors and one agent over stock socket.io-client.
import { randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { uuidV7 } from '../../shared/ids.ts';
import { conversation, seeded } from './conversations.ts';

export interface Target {
  url: string;
  appId?: string;
  cookie?: string;
}

export type Job =
  | { kind: 'peak'; target: Target; conversations: number; visitors: number; seed: number }
  | { kind: 'steady'; target: Target; rate: number; seconds: number; visitors: number; seed: number }
  | { kind: 'idle'; target: Target; sockets: number }
  | { kind: 'crowd'; target: Target; sockets: number };

const cid = (): string => uuidV7(Date.now(), randomBytes(10));

function visitorSocket({ url, appId }: Target): Promise<Socket> {
  const token = randomBytes(32).toString('base64url');
  return open(
    io(`${url}/visitor`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      query: { app_id: appId ?? '' },
      auth: { appId, protocol: 1, token, language: 'en-US' },
    }),
  );
}

function open(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

async function openMany(target: Target, n: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < n)
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, n - sockets.length) }, () => visitorSocket(target)))));
  return sockets;
}

interface Delivery {
  count: number;
  /** Arrival by text, epoch ms with fractions. */
  seenAt: Map<string, number> | null;
  until(n: number): Promise<void>;
  close(): void;
}

interface Item {
  type: string;
  text?: string;
  change?: { message?: { author: { kind: string }; text: string } };
}

function agentSocket(target: Target): Promise<Socket> {
  const extra = target.cookie === undefined ? {} : { extraHeaders: { cookie: target.cookie } };
  return open(io(`${target.url}/agent`, { transports: ['websocket'], forceNew: true, auth: { protocol: 1 }, ...extra }));
}

/** Counts what arrives on an agent's screen: a message counts when it is delivered, not when it is acknowledged. */
async function watch(target: Target, keepTimes: boolean): Promise<Delivery> {
  const socket = await agentSocket(target);
  let wake: () => void = () => {};
  const delivery: Delivery = {
    count: 0,
    seenAt: keepTimes ? new Map() : null,
    async until(n) {
      while (delivery.count < n) await new Promise<void>((next) => (wake = next));
    },
    close: () => void socket.close(),
  };
  socket.on('feed', ({ items }: { items: Item[] }) => {
    const now = performance.timeOrigin + performance.now();
    for (const item of items) {
      const message = item.change?.message;
      if (item.type !== 'message.created' || (message && message.author.kind !== 'contact')) continue;
      delivery.count++;
      delivery.seenAt?.set(message?.text ?? item.text ?? '', now);
    }
    wake();
  });
  return delivery;
}

async function peak(job: Extract<Job, { kind: 'peak' }>): Promise<object> {
  const delivery = await watch(job.target, false);
  const random = seeded(job.seed);
  const texts = Array.from({ length: job.conversations }, (_, i) => conversation(i, random));
  const sockets = await openMany(job.target, job.conversations);
  process.send?.({ ready: true });
  await new Promise<void>((go) => process.once('message', () => go()));
  const started = performance.now();
  let next = 0;
  let refused = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < sockets.length; i = next++) {
      const socket = sockets[i] as Socket;
      const send = (text: string): Promise<{ ok: boolean }> => socket.timeout(60_000).emitWithAck('message.send', { cid: cid(), text });
      const replies = await Promise.all((texts[i] ?? []).map(send));
      refused += replies.filter((r) => !r.ok).length;
    }
  };
  await Promise.all(Array.from({ length: job.visitors }, lane));
  const sent = job.conversations * 8;
  await delivery.until(sent - refused);
  const ms = performance.now() - started;
  delivery.close();
  for (const s of sockets) s.close();
  return { messages: sent, refused, ms, perSecond: (sent - refused) / (ms / 1000) };
}

async function steady(job: Extract<Job, { kind: 'steady' }>): Promise<object> {
  const delivery = await watch(job.target, true);
  const random = seeded(job.seed);
  const total = job.rate * job.seconds;
  const sockets = await openMany(job.target, Math.ceil(total / 8));
  process.send?.({ ready: true });
  await new Promise<void>((go) => process.once('message', () => go()));
  const acks: number[] = [];
  let refused = 0;
  const sentAt = new Map<string, number>();
  const pending: Promise<void>[] = [];
  const started = performance.now();
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * job.rate));
    for (; sent < due; sent++) {
      // Eight messages of one conversation come one after the other, `visitors` conversations side by side.
      const group = Math.floor(sent / (job.visitors * 8));
      const place = sent % (job.visitors * 8);
      const socket = sockets[(group * job.visitors + (place % job.visitors)) % sockets.length];
      const text = `${conversation(sent, random)[Math.floor(place / job.visitors)] ?? ''} #${sent}`;
      const at = performance.now();
      sentAt.set(text, performance.timeOrigin + at);
      pending.push(
        socket
          ?.timeout(30_000)
          .emitWithAck('message.send', { cid: cid(), text })
          .then((reply: { ok: boolean }) => void (reply.ok ? acks.push(performance.now() - at) : refused++)) ?? Promise.resolve(),
      );
    }
    await new Promise<void>((later) => setTimeout(later, 2));
  }
  await Promise.all(pending);
  await delivery.until(total - refused);
  const seconds = (performance.now() - started) / 1000;
  const deliveries = [...(delivery.seenAt ?? [])].map(([text, at]) => at - (sentAt.get(text) ?? at));
  delivery.close();
  for (const s of sockets) s.close();
  return { refused, perSecond: (total - refused) / seconds, ack: quantiles(acks), delivery: quantiles(deliveries) };
}

function quantiles(values: number[]): { p50: number; p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

async function idle(job: Extract<Job, { kind: 'idle' }>): Promise<object> {
  process.send?.({ ready: true });
  await new Promise<void>((go) => process.once('message', () => go()));
  const sockets = await openMany(job.target, job.sockets);
  for (const s of sockets) if (job.target.appId !== undefined) await s.timeout(10_000).emitWithAck('sync', {});
  return { sockets: sockets.filter((s) => s.connected).length };
}

/** Contacts, each with a socket; what they are asked to do next is to go to other pages. */
async function crowd(job: Extract<Job, { kind: 'crowd' }>): Promise<object> {
  process.send?.({ ready: true });
  await new Promise<void>((go) => process.once('message', () => go()));
  const sockets = await openMany(job.target, job.sockets);
  for (let i = 0; i < sockets.length; i += 100)
    await Promise.all(
      sockets
        .slice(i, i + 100)
        .map((s) => s.timeout(60_000).emitWithAck('message.send', { cid: cid(), text: 'hello' }) as Promise<unknown>),
    );
  let watching: Socket[] = [];
  process.on('message', (order: { moves: number } | { agents: number }) => {
    const act = async (): Promise<object> => {
      if ('moves' in order) return move(watching, sockets, order.moves);
      for (const agent of watching) agent.close();
      watching = await Promise.all(Array.from({ length: order.agents }, () => agentSocket(job.target)));
      // Everybody is told that somebody is there, at most every two seconds.
      await new Promise((told) => setTimeout(told, 3000));
      return { agents: watching.length };
    };
    void act().then((result) => process.send?.({ result }));
  });
  return { sockets: sockets.length };
}

/** Each move by another socket; `sync` with a page is what the widget says of it. */
async function move(watching: readonly Socket[], sockets: readonly Socket[], moves: number): Promise<object> {
  const told = { packets: 0, changes: 0 };
  const hear = ({ changes }: { changes: unknown[] }): void => {
    told.packets++;
    told.changes += changes.length;
  };
  watching[0]?.on('visitors', hear);
  const started = performance.now();
  const pending: Promise<unknown>[] = [];
  for (let done = 0; done < moves;) {
    for (const due = Math.min(moves, (performance.now() - started) * 0.2); done < due; done++) {
      const page = { url: `https://shop.example/${Math.round(started)}/${done}`, title: 'A page' };
      pending.push(sockets[(done * 7) % sockets.length]?.timeout(60_000).emitWithAck('sync', { page }) ?? Promise.resolve());
    }
    await new Promise<void>((later) => setTimeout(later, 5));
  }
  await Promise.all(pending);
  const ms = performance.now() - started;
  watching[0]?.off('visitors', hear);
  return { moves, ...told, ms };
}

const jobs = { peak, steady, idle, crowd } as const;

process.once('message', (job: Job) => {
  jobs[job.kind](job as never).then(
    (result) => process.send?.({ result }, () => job.kind !== 'idle' && job.kind !== 'crowd' && process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
