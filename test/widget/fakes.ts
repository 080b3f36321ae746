// Stand-ins for what is outside of the widget: a server that answers as told, and waiting for a condition.
import { vi } from 'vitest';
import type { Change, ConversationView, MessageView } from '../../shared/conversation.ts';
import { failure, type ErrorCode, type Failure } from '../../shared/errors.ts';
import type { VisitorBody, VisitorCommandName, VisitorReply } from '../../shared/protocol.ts';
import type { WidgetSettings } from '../../shared/settings.ts';
import type { OutboxItem } from '../../widget/outbox.ts';

export const settings: WidgetSettings = {
  appId: 'app_test',
  name: 'Northwind',
  brand: { hue: 275, chroma: 0.19, lightness: 0.52 },
  fill: ['oklch(0.52 0.19 275)', '#fff'],
  theme: 'light',
  alignment: 'right',
  team: [{ name: 'Maya Lindqvist', avatar: null }],
  online: true,
  replyMinutes: 4,
  greeting: {
    texts: ['Hi, I am a bot.', 'What brings you here?'],
    chips: [
      { value: 'pricing', label: 'See pricing' },
      { value: 'demo', label: 'Book a demo' },
    ],
  },
  load: 'intent',
  storage: 'on-act',
};

type Handler = (name: VisitorCommandName, body: Record<string, unknown>) => unknown;

export interface FakeServer {
  request<K extends VisitorCommandName>(name: K, body: VisitorBody<K>, timeoutMs?: number): Promise<VisitorReply<K>>;
  asked: { name: string; body: Record<string, unknown> }[];
  of(name: string): Record<string, unknown>[];
  answer: Handler;
}

/** Answers `{ok:true}` unless `answer` says otherwise; a promise that never resolves is a server that hangs. */
export function fakeServer(answer: Handler = () => ({ ok: true })): FakeServer {
  const server: FakeServer = {
    asked: [],
    answer,
    of: (name) => server.asked.filter((one) => one.name === name).map((one) => one.body),
    async request(name, body) {
      server.asked.push({ name, body: structuredClone(body) as Record<string, unknown> });
      return (await server.answer(name, body as Record<string, unknown>)) as never;
    },
  };
  return server;
}

export const refusal = (code: ErrorCode, more: Partial<Failure> = {}): Failure => failure(code, undefined, more);

export const until = (check: () => boolean | void): Promise<void> =>
  vi.waitFor(() => {
    if (check() === false) throw new Error('not yet');
  });

export const bot = { kind: 'bot', id: null, name: null } as const;
export const maya = { kind: 'agent', id: 7, name: 'Maya Lindqvist' } as const;
export const visitor = { kind: 'contact', id: 'c1', name: null } as const;

export function message(seq: number, text: string, more: Partial<MessageView> = {}): Change {
  const at = 1_000 * seq;
  return { kind: 'message', seq, at, message: { id: seq, author: bot, kind: 'text', text, at, ...more } };
}

export function view(more: Partial<ConversationView> = {}): ConversationView {
  return {
    id: 1,
    status: 'open',
    assignee: null,
    botActive: true,
    head: 0,
    contactReadSeq: 0,
    agentReadSeq: 0,
    unread: 0,
    preview: '',
    lastAuthor: null,
    lastAt: 1,
    createdAt: 1,
    ...more,
  };
}

let made = 0;
export const nextCid = (): string => `cid-${String(++made).padStart(8, '0')}`;

export const textOf = (item: OutboxItem): string => (item.body.kind === 'message' ? item.body.text : '');
