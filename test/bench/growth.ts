// `npm run bench -- growth [--full]`: the same things done on an all but empty database and on a full one, in turns, over
// real sockets and REST. SQLite; and PostgreSQL, where FOYER_TEST_POSTGRES names one.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentBody, AgentCommandName, AgentReply, ConversationFilter } from '../../shared/protocol.ts';
import { conversationFilters } from '../../shared/protocol.ts';
import { freshPostgres, postgresUrl } from '../helpers/postgres.ts';
import { connectAgentWith, connectVisitor, must, newCid } from '../helpers/server.ts';
import type { AgentClient, VisitorClient } from '../helpers/server.ts';
import { seeded } from './conversations.ts';
import { fill } from './fill.ts';
import { searched } from './fill/rows.ts';

const isFull = process.argv.includes('--full');
const sizes = { small: 200, full: isFull ? 10_000_000 : 150_000 };
/** Looks at each page and messages of each kind, on each side. */
const looks = isFull ? 40 : 30;
const messages = isFull ? 300 : 200;
/** Messages a second, half of them by visitors, half by agents in conversations of whatever age. */
const rate = 15;
const mostRatio = 1.3;
const mostMs = 50;

interface Side {
  agent: AgentClient;
  get(path: string): Promise<unknown>;
  visitor(): Promise<VisitorClient>;
  /** Conversations there are. */
  conversations: number;
  contacts: string[];
  /** Of the server so far, ms. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

async function startSide(to: string): Promise<Side> {
  const child = fork(fileURLToPath(new URL('./growth-server.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, GROWTH_DATABASE: to, FOYER_TEST_STORE: '' },
  });
  const { url, appId, cookie } = await told<{ url: string; appId: string; cookie: string }>(child);
  const agent = await connectAgentWith(url, cookie);
  must(await agent.send('sync', {}));
  const newest = must(await agent.send('conversation.list', { filter: 'all', limit: 100 })).conversations;
  return {
    agent,
    visitor: () => connectVisitor({ url, workspace: { appId } }),
    async get(path) {
      const response = await fetch(`${url}/api/v1${path}`, { headers: { cookie } });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
    conversations: Math.max(...newest.map((c) => c.id)),
    contacts: newest.map((c) => c.contact.id),
    async cpu() {
      child.send('usage');
      const { user, system } = await told<NodeJS.CpuUsage>(child);
      return (user + system) / 1000;
    },
    async stop() {
      agent.close();
      const gone = new Promise((done) => child.once('exit', done));
      child.send('stop');
      await gone;
    },
  };
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a server ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

interface Look {
  name: string;
  run(side: Side, n: number): Promise<unknown>;
}

const random = seeded(7);
const anyOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const someConversation = (side: Side): number => 1 + Math.floor(random() * side.conversations);

const ask = async <K extends AgentCommandName>(side: Side, name: K, body: AgentBody<K>) =>
  must((await side.agent.send(name, body)) as AgentReply<K> & { ok: boolean });

/** Of whatever age. */
async function someContact(side: Side): Promise<string> {
  return (await ask(side, 'conversation.get', { conversation: someConversation(side) })).conversation.contact.id;
}

const list = (name: string, body: AgentBody<'conversation.list'>): Look => ({ name, run: (side) => ask(side, 'conversation.list', body) });

const secondPage = (filter: ConversationFilter): Look => ({
  name: `list ${filter}, tenth page`,
  async run(side) {
    cursors[filter] ??= new Map();
    const cursor = cursors[filter]?.get(side) ?? (await tenthCursor(side, filter));
    cursors[filter]?.set(side, cursor);
    return ask(side, 'conversation.list', cursor === null ? { filter } : { filter, cursor });
  },
});
const cursors: Partial<Record<ConversationFilter, Map<Side, string | null>>> = {};

async function tenthCursor(side: Side, filter: ConversationFilter): Promise<string | null> {
  let cursor: string | null = null;
  for (let page = 0; page < 9; page++) {
    const next: string | null = (await ask(side, 'conversation.list', cursor === null ? { filter } : { filter, cursor })).nextCursor;
    if (next === null) break;
    cursor = next;
  }
  return cursor;
}

const pages: Look[] = [
  ...conversationFilters.map((filter) => list(`list ${filter}`, { filter })),
  secondPage('open'),
  secondPage('all'),
  ...Object.entries(searched).map(([name, search]) => list(`search a ${name} word`, { filter: 'all', search })),
  list('search one letter', { filter: 'all', search: 'd' }),
  list('search two words', { filter: 'all', search: `${searched.frequent} ${searched.rare}` }),
  list('search two frequent words', { filter: 'all', search: 'delivery ba' }),
  list('search a name', { filter: 'all', search: 'jürgen' }),
  list('search in open ones', { filter: 'open', search: 'hannah' }),
  list('search a phone', { filter: 'all', search: '0151 0000' }),
  { name: 'conversation', run: (side) => ask(side, 'conversation.get', { conversation: someConversation(side) }) },
  { name: 'history', run: (side) => ask(side, 'conversation.history', { conversation: someConversation(side) }) },
  { name: 'history of a long one', run: (side) => ask(side, 'conversation.history', { conversation: 7 }) },
  { name: 'contact card', run: async (side) => ask(side, 'contact.get', { contact: await someContact(side) }) },
  { name: 'contact card of a late one', run: (side) => ask(side, 'contact.get', { contact: anyOf(side.contacts) }) },
  { name: 'timeline', run: async (side) => ask(side, 'contact.timeline', { contact: await someContact(side) }) },
  { name: 'contact (REST)', run: async (side) => side.get(`/contacts/${anyOf(side.contacts)}`) },
  { name: 'audit log', run: (side) => side.get('/audit') },
  { name: 'checklist', run: (side) => side.get('/checklist') },
  { name: 'attributes and tags', run: (side) => side.get('/attributes') },
  { name: 'flows', run: (side) => side.get('/flows') },
  { name: 'report: captures', run: (side) => side.get('/reports/capture') },
  { name: 'report: funnel', run: (side) => side.get('/flows/qualify/funnel') },
];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

interface Figures {
  first: number;
  p50: number;
  p95: number;
  /** Of the server for one look, ms: what a busy machine does not change much. */
  cpu?: number;
}

function figuresOf(values: readonly number[]): Figures {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return { first: values[0] ?? Number.NaN, p50: at(0.5), p95: at(0.95) };
}

const ms = (n: number): string => n.toFixed(1).padStart(7);

function say(name: string, small: Figures, full: Figures, verdict: string): void {
  const ratio = (full.p50 / small.p50).toFixed(2).padStart(6);
  console.log(
    `  ${name.padEnd(28)} ${ms(small.p50)} ${ms(small.p95)} ${ms(full.p50)} ${ms(full.p95)} ${ratio} ${ms(full.first)} ${full.cpu === undefined ? '      –' : ms(full.cpu)}  ${verdict}`,
  );
}

async function hotPath(small: Side, full: Side): Promise<boolean> {
  const senders = async (side: Side) => {
    const visitors = await Promise.all(Array.from({ length: 20 }, () => side.visitor()));
    return {
      visitor: (n: number) =>
        visitors[n % visitors.length]?.send('message.send', { cid: newCid(), text: `we are ${n} people and like delivery` }),
      agent: () => side.agent.send('message.send', { cid: newCid(), conversation: someConversation(side), text: 'we look after it' }),
      close: () => visitors.forEach((visitor) => visitor.close()),
    };
  };
  const sides = [await senders(small), await senders(full)] as const;
  const times = { visitor: [[], []] as [number[], number[]], agent: [[], []] as [number[], number[]] };
  const pending: Promise<unknown>[] = [];
  const started = performance.now();
  // In turns, so that whatever else the machine does is felt by both.
  for (let n = 0; n < messages; n++) {
    for (const at of [0, 1] as const)
      for (const who of ['visitor', 'agent'] as const)
        pending.push(timed(async () => must((await sides[at][who](n)) as { ok: boolean })).then((t) => times[who][at].push(t)));
    const due = started + ((n + 1) * 4000) / (rate * 2);
    await new Promise((later) => setTimeout(later, Math.max(0, due - performance.now())));
  }
  await Promise.all(pending);
  for (const side of sides) side.close();
  let isReached = true;
  for (const who of ['visitor', 'agent'] as const) {
    const [a, b] = [figuresOf(times[who][0]), figuresOf(times[who][1])];
    const reached = b.p50 <= a.p50 * mostRatio;
    isReached &&= reached;
    say(`send → ack, ${who}`, a, b, reached ? `≤ ${mostRatio}× reached` : `≤ ${mostRatio}× MISSED`);
  }
  return isReached;
}

async function compare(name: string, small: string, full: string): Promise<boolean> {
  console.log(`${name}, load of the machine ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
  const sides = [await startSide(small), await startSide(full)] as const;
  console.log(`  ms${' '.repeat(28)} small p50    p95 full p50     p95  ratio   first     CPU`);
  let isReached = await hotPath(...sides);
  for (const page of pages) {
    const times: [number[], number[]] = [[], []];
    const before = await sides[1].cpu();
    for (let n = 0; n < looks; n++) for (const at of [0, 1] as const) times[at].push(await timed(() => page.run(sides[at], n)));
    const [a, b] = [figuresOf(times[0]), figuresOf(times[1])];
    b.cpu = ((await sides[1].cpu()) - before) / looks;
    const reached = b.p95 <= mostMs;
    isReached &&= reached;
    say(page.name, a, b, reached ? '' : `≤ ${mostMs} ms MISSED`);
  }
  for (const side of sides) await side.stop();
  return isReached;
}

/** `GROWTH_SQLITE` and `GROWTH_POSTGRES` name databases that were filled before. */
export async function growth(): Promise<boolean> {
  const reached: boolean[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'foyer-growth-'));
  const filled = async (to: string, count: number): Promise<string> => {
    await fill({ to, messages: count, seconds: 3600, seed: 1, ...(count > 1000 && { said: (line: string) => console.log(`  ${line}`) }) });
    return to;
  };
  try {
    const full = process.env['GROWTH_SQLITE'];
    const small = await filled(join(folder, 'small.db'), sizes.small);
    reached.push(await compare('SQLite', small, full ?? (await filled(join(folder, 'full.db'), sizes.full))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (postgresUrl === '') console.log('PostgreSQL: SKIPPED, set FOYER_TEST_POSTGRES=postgres://… to measure it');
  else {
    const [small, full] = [await freshPostgres(), await freshPostgres()];
    const urlOf = (place: typeof small): string => (place.database as { postgres: string }).postgres;
    try {
      const to = process.env['GROWTH_POSTGRES'];
      reached.push(await compare('PostgreSQL', await filled(urlOf(small), sizes.small), to ?? (await filled(urlOf(full), sizes.full))));
    } finally {
      await small.drop();
      await full.drop();
    }
  }
  return reached.every(Boolean);
}

if (process.argv[1] === import.meta.filename) process.exitCode = (await growth()) ? 0 : 1;
