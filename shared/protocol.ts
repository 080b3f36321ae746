// The socket contract: every command (schema and reply) and every event, per namespace. The widget and the inbox import
// types only; the server parses with these schemas at one place (server/realtime/serve.ts).
import { z } from 'zod';
import type { Author, CapturedStatus, Change, ConversationView, MessageView } from './conversation.ts';
import type { ContactType } from './contact.ts';
import type { FactValue } from './bot/types.ts';
import type { AgentTimeline, AgentView, ContactCard, ConversationSummary, FeedItem } from './agent-views.ts';
import type { Reply } from './errors.ts';
import { detailFields } from './contact-fields.ts';
import { cidPattern, tokenPattern, uploadIdPattern } from './ids.ts';
import { fewKeys, line } from './schema-pieces.ts';

/** Raised when a released message changes its meaning; a server speaks this one and the one before. */
export const protocolVersion = 1;

/** UTF-16 units of one message. */
export const maxTextLength = 8000;
/** Changes in one page of a resume, and its size in bytes. */
export const maxPageChanges = 200;
export const maxPageBytes = 256 * 1024;
/** A gap wider than this is not filled but reloaded. */
export const maxResumeGap = 1000;

const cid = z.string().regex(cidPattern, 'a cid is 8 to 36 of A-Z a-z 0-9 _ -');
const conversationId = z.int().positive();
const messageId = z.int().positive();
const seq = z.int().min(0);
const text = line(maxTextLength).refine((value) => value.trim() !== '', 'a message needs some text');
const factValue = z.union([line(2000), z.number(), z.boolean(), z.null()]);
const values = fewKeys<FactValue>(40).pipe(z.record(line(64), factValue));
const empty = z.object({});

const pageBody = z.object({ url: line(2000), title: line(300).optional(), referrer: line(2000).optional() });

/** What a visitor's socket says in its handshake (`auth`). */
export const visitorHandshake = z.object({
  appId: line(64),
  protocol: z.int(),
  /** The browser's session token; absent before the first act. */
  token: z.string().regex(tokenPattern).optional(),
  /** BCP 47 tag of the page or browser. */
  language: line(35).optional(),
  /** IANA name of the visitor's time zone, for times said in it. */
  timeZone: line(64).optional(),
  page: pageBody.optional(),
});
export type VisitorHandshake = z.input<typeof visitorHandshake>;

export const agentHandshake = z.object({ protocol: z.int() });
export type AgentHandshake = z.input<typeof agentHandshake>;

/** Reserved attributes are snake_case as in REST; others are custom attributes. */
export const identifyBody = z.object({
  user_id: z.union([line(1000), z.number()]).nullish(),
  email: line(254).nullish(),
  name: line(200).nullish(),
  phone: line(40).nullish(),
  avatar: line(2000).nullish(),
  company: line(200).nullish(),
  /** When the person signed up with the host app (shared/host-time.ts). What is no time is left out: it is no reason not to let them in. */
  created_at: z.unknown().optional(),
  user_hash: z.unknown().optional(),
  user_jwt: z.unknown().optional(),
  custom_attributes: values.nullish(),
  /** The token the session goes on under once it is verified, made and kept by the client, so that a repeat finds it. */
  next_token: z.string().regex(tokenPattern).optional(),
});

/** What a JWT's claims may hold of it; the identifier is `user_id`, else `sub`. */
export const identityClaims = identifyBody
  .pick({ email: true, name: true, phone: true, avatar: true, company: true, created_at: true, custom_attributes: true })
  .extend({ user_id: z.union([line(200), z.number()]).optional(), sub: line(200).optional() });
export type IdentityClaims = z.output<typeof identityClaims>;

export interface SendReply {
  /** The message's id. */
  id: number;
  conversation: number;
  seq: number;
  at: number;
}

/** Who the visitor's socket speaks for. */
export interface MeView {
  contact_id: string | null;
  type: ContactType;
  verified: boolean;
  email: string | null;
  name: string | null;
}

export interface VisitorSyncReply {
  epoch: string;
  me: MeView;
  /** All of this session's conversations, newest first, at most 50. */
  conversations: ConversationView[];
}

export interface HistoryReply {
  /** Oldest first. */
  changes: Change[];
  head: number;
  /** There are older ones. */
  more: boolean;
  conversation: ConversationView;
}

export interface IdentifyReply {
  contact_id: string;
  type: ContactType;
  verified: boolean;
  merged_from?: string;
  /** Where set, the session goes on under this token: as somebody else (M8, M10), or as the same person, now verified. */
  token?: string;
}

const reply = <T>(): { reply: T } => ({ reply: undefined as T });

export const visitorCommands = {
  /** Joins what the session may see, then fills the gap since the given seqs (P7); also the heartbeat (P9). */
  sync: {
    body: z.object({
      epoch: z.string().max(64).optional(),
      /** conversation id → last seq applied here. */
      conversations: fewKeys<number>(50)
        .pipe(z.record(z.string().regex(/^\d{1,16}$/), seq))
        .optional(),
      /** The page went on to another address or title without being loaded anew. */
      page: pageBody.optional(),
    }),
    ...reply<VisitorSyncReply>(),
  },
  'conversation.start': {
    body: z.object({
      cid,
      /** A published flow in place of the workspace's own. */
      flow: line(64).optional(),
    }),
    ...reply<{ conversation: ConversationView }>(),
  },
  'conversation.history': {
    body: z.object({ conversation: conversationId, before: seq.optional(), limit: z.int().min(1).max(maxPageChanges).optional() }),
    ...reply<HistoryReply>(),
  },
  'conversation.read': { body: z.object({ conversation: conversationId, seq }), ...reply<{ seq: number }>() },
  'message.send': {
    body: z.object({
      cid,
      /** Absent: the visitor's current conversation, begun if there is none. */
      conversation: conversationId.optional(),
      text,
      /** The value of the chip that was tapped. */
      choice: line(200).optional(),
      /** The values of the chips where several could be tapped. */
      choices: z.array(line(64)).max(20).optional(),
      /** Ids of uploads of this session that are sent with it. */
      files: z.array(z.string().regex(uploadIdPattern)).max(5).optional(),
    }),
    ...reply<SendReply>(),
  },
  'form.submit': {
    body: z.object({ cid, conversation: conversationId, message: messageId, values }),
    ...reply<SendReply>(),
  },
  /** What the visitor says of a detail that was read out of their message. `change` carries the right value. */
  'detail.answer': {
    body: z.object({
      cid,
      conversation: conversationId,
      message: messageId,
      field: z.enum(detailFields),
      answer: z.enum(['right', 'change', 'withdraw']),
      value: line(254).optional(),
    }),
    ...reply<{ seq: number; status: CapturedStatus }>(),
  },
  typing: { body: z.object({ conversation: conversationId, on: z.boolean() }), ...reply<object>() },
  identify: { body: identifyBody, ...reply<IdentifyReply>() },
  /** Logs out: the session is revoked and its sockets are closed (M16). */
  'session.end': { body: empty, ...reply<object>() },
} as const;

export const conversationFilters = ['open', 'waiting', 'mine', 'unassigned', 'bot', 'closed', 'all'] as const;
export type ConversationFilter = (typeof conversationFilters)[number];

export const agentCommands = {
  /** Joins the workspace's feed, then fills the gap since `rev`; also the heartbeat. */
  sync: {
    body: z.object({ epoch: z.string().max(64).optional(), rev: seq.optional() }),
    ...reply<{ epoch: string; rev: number; me: AgentView; agents: AgentView[] }>(),
  },
  'conversation.list': {
    body: z.object({
      filter: z.enum(conversationFilters).optional(),
      /** Words, or how they begin, which all stand in the contact's name, email, phone, company or user id, or all in one message. */
      search: line(200).optional(),
      /** `contacts`: not in messages. */
      searchIn: z.enum(['all', 'contacts']).optional(),
      cursor: z.string().max(100).optional(),
      limit: z.int().min(1).max(100).optional(),
    }),
    ...reply<{
      conversations: ConversationSummary[];
      nextCursor: string | null;
      rev: number;
      counts: Record<ConversationFilter, number>;
      /** So many fit that only the newest were looked at. */
      searchCut?: true;
    }>(),
  },
  'conversation.get': { body: z.object({ conversation: conversationId }), ...reply<{ conversation: ConversationSummary }>() },
  'conversation.history': {
    body: z.object({ conversation: conversationId, before: seq.optional(), limit: z.int().min(1).max(maxPageChanges).optional() }),
    ...reply<HistoryReply>(),
  },
  'conversation.read': { body: z.object({ conversation: conversationId, seq }), ...reply<{ seq: number }>() },
  'message.send': {
    body: z.object({ cid, conversation: conversationId, text, /** A note stays among agents. */ note: z.boolean().optional() }),
    ...reply<SendReply>(),
  },
  'message.edit': { body: z.object({ cid, conversation: conversationId, message: messageId, text }), ...reply<{ seq: number }>() },
  'message.delete': { body: z.object({ cid, conversation: conversationId, message: messageId }), ...reply<{ seq: number }>() },
  /** Silences the bot and assigns the conversation to this agent. */
  'conversation.takeover': { body: z.object({ cid, conversation: conversationId }), ...reply<{ seq: number }>() },
  /** Lets the bot go on where it stood. */
  'conversation.handback': { body: z.object({ cid, conversation: conversationId }), ...reply<{ seq: number }>() },
  'conversation.assign': {
    body: z.object({ cid, conversation: conversationId, agent: z.int().positive().nullable() }),
    ...reply<{ seq: number }>(),
  },
  'conversation.assign_team': {
    body: z.object({ cid, conversation: conversationId, team: z.int().positive().nullable() }),
    ...reply<{ seq: number }>(),
  },
  'contact.tag': {
    body: z.object({ contact: line(40), tag: line(60).trim().min(1), on: z.boolean() }),
    ...reply<{ tags: string[] }>(),
  },
  'conversation.close': { body: z.object({ cid, conversation: conversationId }), ...reply<{ seq: number }>() },
  'conversation.reopen': { body: z.object({ cid, conversation: conversationId }), ...reply<{ seq: number }>() },
  'contact.get': { body: z.object({ contact: line(40) }), ...reply<{ contact: ContactCard }>() },
  'contact.timeline': {
    body: z.object({ contact: line(40), cursor: z.string().max(100).optional(), limit: z.int().min(1).max(100).optional() }),
    ...reply<AgentTimeline>(),
  },
  typing: { body: z.object({ conversation: conversationId, on: z.boolean() }), ...reply<object>() },
} as const;

type CommandTable = Record<string, { body: z.ZodType; reply: unknown }>;
/** `emit(name, body, ack)` as stock socket.io-client types it. */
export type CommandsOf<T extends CommandTable> = {
  [K in keyof T]: (body: z.input<T[K]['body']>, ack: (reply: Reply<T[K]['reply']>) => void) => void;
};
export type VisitorCommands = CommandsOf<typeof visitorCommands>;
export type AgentCommands = CommandsOf<typeof agentCommands>;
export type VisitorCommandName = keyof typeof visitorCommands;
export type AgentCommandName = keyof typeof agentCommands;
export type VisitorBody<K extends VisitorCommandName> = z.input<(typeof visitorCommands)[K]['body']>;
export type VisitorReply<K extends VisitorCommandName> = Reply<(typeof visitorCommands)[K]['reply']>;
export type AgentBody<K extends AgentCommandName> = z.input<(typeof agentCommands)[K]['body']>;
export type AgentReply<K extends AgentCommandName> = Reply<(typeof agentCommands)[K]['reply']>;

/** Events from the server. All are hints: what they carry is also in the log, save typing and presence. */
export interface SharedEvents {
  /** The server stops; come back after this time. */
  drain(body: { retryInMs: number }): void;
}

export interface VisitorEvents extends SharedEvents {
  /** New or missed entries of one conversation's log, in order. A conversation not known yet: sync. */
  changes(body: { conversation: number; changes: Change[] }): void;
  /** A resume is complete up to `head`. */
  synced(body: { conversation: number; head: number }): void;
  /** The gap was too wide or the epoch another: drop the local log (of one conversation, or all where null) and load history. */
  reload(body: { conversation: number | null }): void;
  me(body: MeView): void;
  typing(body: { conversation: number; by: Author; on: boolean }): void;
  presence(body: { online: boolean }): void;
  /** The session was ended here or in another tab. */
  /** `rotated`: the same person goes on under another token, which the browser's asking tab has stored. */
  'session.ended'(body: { reason: 'logout' | 'identity_changed' | 'rotated' | 'revoked' }): void;
}

export interface AgentEvents extends SharedEvents {
  feed(body: { items: FeedItem[] }): void;
  synced(body: { rev: number }): void;
  /** Load the list anew. */
  reload(body: object): void;
  typing(body: { conversation: number; by: Author; on: boolean }): void;
  /** Contacts came or left, or moved to another page. */
  visitors(body: { changes: { contact: string; online: boolean; page: { url: string; title: string | null } | null }[] }): void;
  agents(body: { agents: AgentView[] }): void;
  'session.ended'(body: { reason: 'logout' | 'revoked' }): void;
}

export type { Author, Change, ConversationView, MessageView };
export type {
  AgentTimeline,
  AgentTimelineItem,
  AgentView,
  ConsentView,
  ContactCard,
  ContactSummary,
  ConversationSummary,
  DetailView,
  DuplicateReason,
  DuplicateView,
  EvidenceRow,
  FeedItem,
  MergeView,
  ScorePoint,
} from './agent-views.ts';
