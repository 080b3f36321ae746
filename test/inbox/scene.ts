// A connection and a workspace made of plain data, for tests of the inbox: what was sent is kept, what comes is told.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { createApi } from '../../inbox/api.ts';
import type { Api } from '../../inbox/api.ts';
import type { Connection, ConnectionStatus } from '../../inbox/connection.ts';
import { createRouter } from '../../inbox/router.ts';
import { createInbox } from '../../inbox/state/inbox.ts';
import type { Inbox } from '../../inbox/state/inbox.ts';
import { createStorage } from '../../inbox/storage.ts';
import type { MeReply } from '../../shared/api.ts';
import { failure } from '../../shared/errors.ts';
import type { Failure } from '../../shared/errors.ts';
import type {
  AgentBody,
  AgentCommandName,
  AgentEvents,
  AgentReply,
  Author,
  Change,
  ContactCard,
  ContactSummary,
  ConversationFilter,
  ConversationSummary,
  DuplicateView,
  FeedItem,
} from '../../shared/protocol.ts';

export const minute = 60_000;
export const noon = new Date(2026, 2, 4, 12, 0).getTime();
export const me: MeReply = {
  agent: { id: 7, name: 'Ada Holm', email: 'ada@team.example', avatar: null, online: true },
  csrf_token: 'csrf-1',
  workspace: {
    id: 'w1',
    name: 'Acme',
    app_id: 'app_1',
    snippet: '<script async src="https://chat.example/widget.js" data-app-id="app_1"></script>',
  },
};
export const ada: Author = { kind: 'agent', id: 7, name: 'Ada Holm' };
export const bot: Author = { kind: 'bot', id: null, name: null };
export const visitor: Author = { kind: 'contact', id: 'c1a2b3c4', name: null };

type Answers = { [K in AgentCommandName]?: (body: AgentBody<K>) => AgentReply<K> | Promise<AgentReply<K>> };

export interface FakeConnection extends Connection {
  readonly status: Signal<ConnectionStatus>;
  /** Every command that reached the server, in order. */
  sent: { name: AgentCommandName; body: Record<string, unknown> }[];
  sentOf(name: AgentCommandName): Record<string, unknown>[];
  /** Replaces how commands are answered. */
  answer(answers: Answers): void;
  emit<E extends keyof AgentEvents>(event: E, body: Parameters<AgentEvents[E]>[0]): void;
  refuse(code: string): void;
  restarts: number;
}

export function createFakeConnection(initial: Answers = {}): FakeConnection {
  const status = signal<ConnectionStatus>('online');
  const listeners = new Map<string, Set<(body: never) => void>>();
  const refusals = new Set<(code: string) => void>();
  const answers: Answers = { ...initial };
  const sent: FakeConnection['sent'] = [];
  return {
    status,
    sent,
    restarts: 0,
    sentOf: (name) => sent.filter((command) => command.name === name).map((command) => command.body),
    answer: (more) => void Object.assign(answers, more),
    async send(name, body) {
      if (status.peek() !== 'online') return failure('unavailable') as never;
      sent.push({ name, body: body as Record<string, unknown> });
      const answer = answers[name] as ((body: unknown) => unknown) | undefined;
      if (!answer) throw new Error(`the test has no answer for ${name}`);
      return (await answer(body)) as never;
    },
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener as never));
      return () => all.delete(listener as never);
    },
    onRefused(listener) {
      refusals.add(listener);
      return () => refusals.delete(listener);
    },
    emit(event, body) {
      for (const listener of listeners.get(event) ?? []) (listener as (body: unknown) => void)(body);
    },
    refuse: (code) => refusals.forEach((listener) => listener(code)),
    restart() {
      this.restarts += 1;
    },
    close: () => undefined,
  };
}

export function summary(id: number, more: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id,
    status: 'open',
    assignee: null,
    botActive: false,
    head: 1,
    contactReadSeq: 0,
    agentReadSeq: 0,
    unread: 0,
    preview: `preview of ${id}`,
    lastAuthor: 'contact',
    lastAt: noon - id * minute,
    createdAt: noon - 60 * minute,
    contact: { id: `c000${id}`, type: 'visitor', name: null, email: null, verified: false, unverified: false },
    team: null,
    waitingSince: null,
    agentUnread: 0,
    rev: 1,
    ...more,
  };
}

export function said(
  seq: number,
  text: string,
  author: Author = visitor,
  more: Partial<Extract<Change, { kind: 'message' }>['message']> = {},
): Change {
  const at = noon + seq * 1000;
  return { kind: 'message', seq, at, message: { id: 100 + seq, author, kind: 'text', text, at, ...more } };
}

export function item(seq: number, more: Partial<FeedItem> = {}): FeedItem {
  return { seq, type: 'message.created', at: noon, ...more };
}

export function cardOf(conversation: ConversationSummary, more: Partial<ContactCard> = {}): ContactCard {
  return {
    ...conversation.contact,
    phone: null,
    userId: null,
    claimedUserId: null,
    avatar: null,
    company: null,
    duplicates: [],
    merges: [],
    blocked: false,
    unsubscribed: false,
    archivedAt: null,
    firstTouch: null,
    attributes: {},
    details: [],
    score: 0,
    points: [],
    tags: [],
    consents: [],
    page: null,
    language: null,
    online: false,
    conversations: [],
    createdAt: noon - 60 * minute,
    lastSeenAt: noon,
    ...more,
  };
}

export function duplicateOf(contact: ContactSummary, more: Partial<DuplicateView> = {}): DuplicateView {
  return {
    contact,
    reasons: ['same_email'],
    evidence: [],
    conversations: 1,
    createdAt: noon - 60 * minute,
    lastSeenAt: noon,
    needsForce: false,
    ...more,
  };
}

export const noCounts = (): Record<ConversationFilter, number> => ({
  open: 0,
  waiting: 0,
  mine: 0,
  unassigned: 0,
  bot: 0,
  closed: 0,
  all: 0,
});

/** A server that holds these conversations and logs, and says yes to everything. */
export function serverWith(conversations: ConversationSummary[], logs: Record<number, Change[]> = {}): Required<Answers> {
  const find = (id: number): ConversationSummary => conversations.find((c) => c.id === id) ?? conversations[0] ?? summary(id);
  const done = (): { ok: true; seq: number } => ({ ok: true, seq: 99 });
  return {
    sync: () => ({
      ok: true,
      epoch: 'e1',
      rev: 10,
      me: me.agent,
      agents: [me.agent, { id: 8, name: 'Jonas Weber', email: 'jonas@team.example', avatar: null, online: false }],
    }),
    'conversation.list': ({ search }) => {
      const found = conversations.filter((c) => !search || (c.contact.name ?? '').toLowerCase().includes(search.toLowerCase()));
      const counts = { ...noCounts(), open: conversations.filter((c) => c.status === 'open').length, all: conversations.length };
      return { ok: true, conversations: found, nextCursor: null, rev: 10, counts };
    },
    'conversation.get': ({ conversation }) => {
      const known = conversations.find((c) => c.id === conversation);
      return known ? { ok: true, conversation: known } : failure('not_found');
    },
    'conversation.history': ({ conversation }) => {
      const changes = logs[conversation] ?? [];
      return { ok: true, changes, head: changes.at(-1)?.seq ?? 0, more: false, conversation: find(conversation) };
    },
    'conversation.read': ({ seq }) => ({ ok: true, seq }),
    'message.send': ({ conversation }) => ({ ok: true, id: 500, conversation, seq: 50, at: noon }),
    'message.edit': done,
    'message.delete': done,
    'conversation.takeover': done,
    'conversation.handback': done,
    'conversation.assign': done,
    'conversation.assign_team': done,
    'contact.tag': ({ tag, on }) => ({ ok: true, tags: on ? [tag] : [] }),
    'conversation.close': done,
    'conversation.reopen': done,
    'contact.get': ({ contact }) => ({ ok: true, contact: cardOf(conversations.find((c) => c.contact.id === contact) ?? summary(1)) }),
    'contact.timeline': () => ({ ok: true, items: [], nextCursor: null, people: [] }),
    typing: () => ({ ok: true }),
  };
}

export const refusal = (code: Failure['code'], message?: string): Failure => failure(code, message);

type Routes = Record<
  string,
  (body: unknown, query: URLSearchParams) => { status?: number; headers?: Record<string, string>; body: unknown }
>;

/** A `fetch` that answers from a table of "METHOD /path", and keeps what was asked. */
export function createFakeFetch(routes: Routes): {
  request: typeof fetch;
  asked: { route: string; headers: Record<string, string>; body: unknown }[];
} {
  const asked: { route: string; headers: Record<string, string>; body: unknown }[] = [];
  const request = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    const [address, query] = String(url).split('?');
    const route = `${init.method} ${address}`;
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ route, headers: init.headers as Record<string, string>, body });
    const answer = routes[route]?.(body, new URLSearchParams(query));
    if (!answer) throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200, headers: answer.headers });
  };
  return { request: request as typeof fetch, asked };
}

export const doneChecklist = { script_seen_at: noon, first_message_at: noon, agent_replied_at: noon, first_verified_user_at: noon };

export function createFakeApi(routes: Routes = {}): Api {
  return createApi(createFakeFetch({ 'GET /api/v1/checklist': () => ({ body: doneChecklist }), ...routes }).request);
}

export interface Scene {
  inbox: Inbox;
  connection: FakeConnection;
  ended: string[];
}

export function startInbox(
  answers: Answers,
  { path = '/inbox', api = createFakeApi(), me: who = me }: { path?: string; api?: Api; me?: MeReply | undefined } = {},
): Scene {
  window.history.replaceState(null, '', path);
  const connection = createFakeConnection(answers);
  const ended: string[] = [];
  const inbox = createInbox({
    me: who,
    connection,
    api,
    router: createRouter(),
    storage: createStorage(),
    onEnded: (reason) => ended.push(reason),
  });
  return { inbox, connection, ended };
}
