// Conversations and their log as both ends see them, and the one function that applies a change to a view.
import type { AskView, Chip, FactValue, FormField } from './bot/types.ts';
import type { DetailField } from './contact-fields.ts';

export type ConversationStatus = 'open' | 'closed' | 'snoozed';

export interface Author {
  kind: 'contact' | 'agent' | 'bot';
  /** Contact id, agent id; null for the bot. */
  id: string | number | null;
  name: string | null;
}

export interface MessageView {
  id: number;
  /** Present only towards the side that sent it, so that its other tabs and devices join by it. */
  cid?: string;
  author: Author;
  /** `note`: for agents only; a visitor gets `hidden` in its place. */
  kind: 'text' | 'form' | 'note';
  text: string;
  at: number;
  chips?: readonly Chip[];
  form?: readonly FormField[];
  /** The answers a form got; absent while unanswered. */
  answer?: Readonly<Record<string, FactValue>>;
  /** A control that helps with the answer. */
  ask?: AskView;
  /** What giving an address means, shown small with the question. */
  consent?: string;
  /** What was read out of it as the visitor's own details. */
  captured?: readonly CapturedView[];
  files?: readonly FileView[];
  /** Which keyboard helps with the answer. */
  input?: 'email' | 'tel' | 'text' | 'number';
  editedAt?: number;
  /** A tombstone: the text is gone. */
  deleted?: true;
}

/** A detail taken from a message, for its author to confirm. */
export interface CapturedView {
  field: DetailField;
  value: string;
  /** The likely meant address where this looks mistyped. */
  suggestion?: string;
  /** Absent until the visitor has said. */
  status?: CapturedStatus;
}

/** `withdrawn`: not the visitor's; forgotten. */
export type CapturedStatus = 'confirmed' | 'changed' | 'withdrawn';

export interface FileView {
  id: string;
  name: string;
  /** MIME type as found in its bytes. */
  type: string;
  /** Bytes. */
  size: number;
  /** Where it can be read, signed; of our own origin, begins with a slash. */
  url: string;
  /** Pixels, of images. */
  width?: number;
  height?: number;
}

export type ChangeBody =
  | { kind: 'message'; message: MessageView }
  /** `note`: of a note, so for agents only. */
  | { kind: 'edited'; message: number; text: string; note?: true }
  | { kind: 'deleted'; message: number; note?: true }
  | { kind: 'answered'; message: number; values: Readonly<Record<string, FactValue>> }
  /** What the visitor said of a captured detail; `value` null where it was withdrawn. */
  | { kind: 'detail'; message: number; field: DetailField; value: string | null; status: CapturedStatus }
  | { kind: 'status'; status: ConversationStatus; by: Author }
  | { kind: 'assigned'; agent: Author | null; by: Author }
  /** To a team, or to none. */
  | { kind: 'team'; team: { id: number; name: string } | null; by: Author }
  | { kind: 'bot'; active: boolean; by: Author }
  | { kind: 'read'; by: 'contact' | 'agent'; upTo: number }
  | { kind: 'hidden' };

/** One entry of a conversation's log. `seq` is dense from 1; `at` is epoch ms of the server. */
export type Change = ChangeBody & { seq: number; at: number };

/** A conversation as the visitor's side sees it. */
export interface ConversationView {
  id: number;
  status: ConversationStatus;
  assignee: Author | null;
  botActive: boolean;
  /** The highest seq of its log. */
  head: number;
  contactReadSeq: number;
  agentReadSeq: number;
  /** Messages from agents and the bot after `contactReadSeq`. */
  unread: number;
  preview: string;
  lastAuthor: Author['kind'] | null;
  lastAt: number;
  createdAt: number;
}

/** What of the summary a change alters; the log itself is kept by the caller. */
export function applyChange<V extends ConversationView>(view: V, change: Change): V {
  const next: V = { ...view, head: Math.max(view.head, change.seq) };
  switch (change.kind) {
    case 'message':
      return applyMessage(next, change.message, change.at);
    case 'status':
      return { ...next, status: change.status };
    case 'assigned':
      return { ...next, assignee: change.agent };
    case 'bot':
      return { ...next, botActive: change.active };
    case 'read':
      return change.by === 'contact'
        ? { ...next, contactReadSeq: Math.max(next.contactReadSeq, change.upTo), unread: change.upTo >= view.head ? 0 : next.unread }
        : { ...next, agentReadSeq: Math.max(next.agentReadSeq, change.upTo) };
    default:
      return next;
  }
}

function applyMessage<V extends ConversationView>(view: V, message: MessageView, at: number): V {
  if (message.kind === 'note') return view;
  return {
    ...view,
    preview: previewOf(message.text),
    lastAuthor: message.author.kind,
    lastAt: at,
    // Who writes has read what stands above.
    unread: message.author.kind === 'contact' ? 0 : view.unread + 1,
  };
}

/** The one line a list shows: white space folded, at most 140 characters, no half of a surrogate pair. */
export function previewOf(text: string): string {
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim();
  return line.length <= 140 ? line : `${line.slice(0, 139).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
