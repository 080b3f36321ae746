// What agents are shown of contacts and conversations, as the socket carries it. Types only.
import type { FactValue } from './bot/types.ts';
import type { ContactType, FirstTouch, Grade } from './contact.ts';
import type { DetailField } from './contact-fields.ts';
import type { Author, Change, ConversationView } from './conversation.ts';
import type { EventType } from './events.ts';

export type AgentTimelineItem = {
  /** Of the workspace's feed; a history is in its order. */
  rev: number;
  at: number;
  type: EventType;
  /** Whom it happened to: this contact, one that was merged into it, or one that it was part of at that time. */
  contact?: string;
  conversation: number | null;
  /** The message it came from. */
  message: number | null;
  by: Author | null;
  data: Readonly<Record<string, FactValue>>;
  /** Of a merge: why, in the words of whoever merged. */
  note?: string;
};

/** Newest first; `people`: of whom it tells, as far as they are not erased. */
export interface AgentTimeline {
  items: AgentTimelineItem[];
  nextCursor: string | null;
  people: Pick<ContactSummary, 'id' | 'name' | 'email'>[];
}

export interface DetailView {
  field: DetailField | 'company' | (string & {});
  value: string;
  grade: Grade;
  /** `current` is the contact's; the others are kept beside it. */
  status: 'current' | 'alternate' | 'former';
  source: { kind: 'message' | 'form' | 'identify' | 'flow' | 'agent' | 'api'; conversation: number | null; message: number | null };
  flags: string[];
  suggestion: string | null;
  at: number;
}

export interface ContactSummary {
  id: string;
  type: ContactType;
  name: string | null;
  email: string | null;
  verified: boolean;
  /** Says it is this user, without proof. */
  unverified: boolean;
  blocked?: boolean;
}

export interface ContactCard extends ContactSummary {
  phone: string | null;
  userId: string | null;
  claimedUserId: string | null;
  avatar: string | null;
  company: string | null;
  /** When the person signed up with the host app; epoch ms, absent where it did not say. */
  signedUpAt?: number;
  attributes: Readonly<Record<string, FactValue>>;
  /** What of `company`, `avatar`, `signed_up_at` and `attributes.<name>` the host app signed; absent where none. */
  signedFields?: readonly string[];
  details: DetailView[];
  score: number;
  points: ScorePoint[];
  tags: string[];
  /** What was shown when an address was asked for or taken, newest first. */
  consents: ConsentView[];
  /** Where the contact is now, or was last seen. */
  page: { url: string; title: string | null } | null;
  language: string | null;
  online: boolean;
  conversations: { id: number; status: ConversationView['status']; preview: string; lastAt: number }[];
  /** Contacts that may be the same person; nothing is merged by what somebody typed (M3). At most 5. */
  duplicates: DuplicateView[];
  /** Merges into this contact that can still be undone, newest first; at most 20. */
  merges: MergeView[];
  blocked: boolean;
  unsubscribed: boolean;
  archivedAt: number | null;
  firstTouch: FirstTouch | null;
  createdAt: number;
  lastSeenAt: number;
}

/** `same_device`: this lead's browser went on as that user (M8). `same_user_id`: one of them claims the user_id that the other proved (M14). */
export const duplicateReasons = ['same_email', 'same_device', 'same_user_id'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

export interface DuplicateView {
  contact: ContactSummary;
  reasons: DuplicateReason[];
  evidence: EvidenceRow[];
  conversations: number;
  createdAt: number;
  lastSeenAt: number;
  /** Both are users of the app: only an owner may merge them, with force. */
  needsForce: boolean;
}

/** One thing that is known of two contacts, side by side. */
export interface EvidenceRow {
  /** Of the registry of details, or `user_id`, `company`, `language`, `first_touch`. */
  field: string;
  here: EvidenceSide | null;
  there: EvidenceSide | null;
  match: 'same' | 'different' | 'one_side';
}

export interface EvidenceSide {
  value: string;
  grade: Grade | null;
}

export interface MergeView {
  id: number;
  /** The contact that was merged into this one, as it was. */
  from: Pick<ContactSummary, 'id' | 'type' | 'name' | 'email' | 'unverified'>;
  reason: 'identify' | 'verified_email' | 'agent' | 'api';
  by: Author | null;
  note: string | null;
  at: number;
  undoUntil: number;
}

/** Why a point was given: by a flow, once per reason, or by a rule of the workspace while it holds. */
export interface ScorePoint {
  points: number;
  reason: string;
  from?: 'flow' | 'rule';
}

export interface ConsentView {
  version: number;
  text: string;
  /** `asked`: shown with the question; `told`: shown after the visitor gave an address unasked. */
  how: 'asked' | 'told';
  conversation: number | null;
  at: number;
}

/** A row of the agents' list. */
export interface ConversationSummary extends ConversationView {
  contact: ContactSummary;
  team: { id: number; name: string } | null;
  /** Since when the contact waits for a human's answer; null where nobody waits. */
  waitingSince: number | null;
  /** Messages of the contact which no agent has read yet. */
  agentUnread: number;
  /** The workspace's rev this row is as of: a feed item at or below it is in it already. */
  rev: number;
}

/** One entry of the agents' feed: dense `seq` (the workspace's rev). */
export interface FeedItem {
  seq: number;
  type: EventType;
  at: number;
  conversationId?: number;
  contactId?: string;
  /** The entry of the conversation's log, where this fact is one. */
  change?: Change;
  /** The row's state after it; stands only on the last item of a run about the same conversation. */
  conversation?: ConversationSummary;
  contact?: ContactSummary;
  /** The contact which was merged away into `contact`. */
  mergedFrom?: string;
  /** A merge was undone: this contact is one of its own again. */
  restored?: ContactSummary;
  /** Conversations that went with an erased contact. */
  gone?: number[];
  detail?: { field: DetailField; value: string; message: number | null; outcome: 'current' | 'alternate' };
}

export interface AgentView {
  id: number;
  name: string;
  email: string;
  avatar: string | null;
  online: boolean;
}
