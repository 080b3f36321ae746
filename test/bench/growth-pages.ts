// The two servers of the growth bench, and the inbox's pages as an agent looks at them.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AgentBody, AgentCommandName, AgentReply, ConversationFilter } from '../../shared/protocol.ts';
import { conversationFilters } from '../../shared/protocol.ts';
import { connectAgentWith, connectVisitor, must } from '../helpers/server.ts';
import type { AgentClient, VisitorClient } from '../helpers/server.ts';
import { seeded } from './conversations.ts';
import { searched } from './fill/rows.ts';

export interface Side {
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

export async function startSide(to: string): Promise<Side> {
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

export interface Look {
  name: string;
  run(side: Side): Promise<unknown>;
}

const random = seeded(7);
const anyOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
export const someConversation = (side: Side): number => 1 + Math.floor(random() * side.conversations);

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

export const pages: Look[] = [
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
