// What REST answers with, and the words its bodies may use. No validator: the inbox may take values from here.
import type { FlowFault } from './bot/flow.ts';
import type { AskPolicy, FactValue } from './bot/types.ts';
import type { ContactType, FirstTouch, Grade, LeadMerging } from './contact.ts';
import type { EventType } from './events.ts';
import type { Hours } from './hours.ts';
import type { MergeField } from './merge.ts';
import type { AgentView } from './protocol.ts';
import type { ScoreRule } from './score.ts';

export interface MeReply {
  agent: AgentView;
  /** Owners change settings, others read them; absent: as an owner. */
  role?: 'owner' | 'agent';
  /** Sent back as `X-CSRF-Token` with every request that changes something. */
  csrf_token: string;
  workspace: { id: string; name: string; app_id: string; snippet: string };
}

/** The set-up checklist of the inbox. */
export interface ChecklistReply {
  script_seen_at: number | null;
  first_message_at: number | null;
  agent_replied_at: number | null;
  first_verified_user_at: number | null;
}

export interface FlowSummary {
  id: string;
  name: string;
  /** The one new conversations begin with. */
  active: boolean;
  published_version: number | null;
  published_at: string | null;
  draft_updated_at: string;
  /** The draft is other than what is published. */
  has_changes: boolean;
}

export interface FlowVersionView {
  version: number;
  published_at: string;
  published_by: string | null;
  note: string | null;
}

export interface FlowReply extends FlowSummary {
  draft: {
    /** Rises with every save; a save says which one it changes. */
    rev: number;
    /** As last saved; perhaps not yet whole. */
    body: unknown;
    faults: FlowFault[];
    updated_by: string | null;
  };
  /** Newest first. */
  versions: FlowVersionView[];
}

export interface StepCount {
  reached: number;
  answered: number;
  /** Left here: no word for half an hour, or closed, with this step pending. */
  dropped: number;
  /** Still here. */
  waiting: number;
}

export interface FunnelReply {
  flow: string;
  version: number;
  since: string;
  conversations: number;
  /** Conversations that gave an email while this version spoke. */
  leads: number;
  /** Those for which `lead.captured` was raised. */
  qualified: number;
  steps: Record<string, StepCount>;
  /** Conversations that went from one step to the next, by `from>to`. */
  edges: Record<string, number>;
  /** Counted over the newest conversations only, where there were more. */
  sampled: boolean;
}

export interface CaptureReport {
  since: string;
  rows: {
    flow: string;
    flow_name: string;
    version: number;
    policy: AskPolicy;
    /** In which the visitor wrote at least once. */
    conversations: number;
    leads: number;
    qualified: number;
  }[];
}

export interface BotSettings {
  bot: 'on' | 'off';
  ask_policy: AskPolicy;
  /** `asked`: details are taken from answers to the bot's questions alone. */
  extraction: 'all' | 'asked';
  /** `version` rises by itself whenever a text changes. */
  consent: { version: number; text: string; translations: Record<string, string> } | null;
  hours: Hours | null;
  score_rules: ScoreRule[];
}

/** A contact as REST shows it; times in RFC 3339. */
export interface ContactView {
  id: string;
  type: ContactType;
  /** Signed by the host app. */
  user_id: string | null;
  /** Said by a page without proof. */
  claimed_user_id: string | null;
  verified: boolean;
  email: string | null;
  email_grade: Grade | null;
  name: string | null;
  name_grade: Grade | null;
  phone: string | null;
  phone_grade: Grade | null;
  avatar: string | null;
  company: string | null;
  /** When the person signed up with the host app, as that one said. `created_at` is when Foyer first saw the contact. */
  signed_up_at: string | null;
  custom_attributes: Record<string, FactValue>;
  /** What of `avatar`, `company`, `signed_up_at` and `attributes.<name>` the host app vouches for. */
  signed_fields: readonly string[];
  tags: string[];
  score: number;
  blocked: boolean;
  unsubscribed: boolean;
  archived_at: string | null;
  language: string | null;
  first_touch: FirstTouch | null;
  created_at: string;
  last_seen_at: string;
}

export interface MergeSide {
  id: string;
  type: ContactType;
  name: string | null;
  email: string | null;
}

/** What a merge would do; nothing is changed by asking. */
export interface MergePreview {
  /** Survives; whichever was asked for, by the rules: the user, else the older. */
  into: MergeSide;
  from: MergeSide;
  fields: MergeField[];
  /** How many conversations go over, and how many the survivor has. */
  conversations: { moved: number; kept: number };
  /** Both are users: an owner may merge them with `force`. */
  needs_force: boolean;
}

export interface MergeReply {
  id: number;
  from: string;
  into: string;
  /** When it can be undone no more. */
  undo_until: string;
  contact: ContactView;
}

export interface UndoReply {
  id: number;
  undone_at: string;
  /** Both as they are again. */
  contact: ContactView;
  restored: ContactView;
}

/** Newest first. */
export interface AuditEntry {
  rev: number;
  type: EventType;
  at: string;
  /** Who did it; `operator`: at the machine, by the command line; null: Foyer itself, by a proof. */
  by: { kind: 'agent' | 'token'; id: number; name: string | null } | { kind: 'operator'; id: null; name: null } | null;
  contact_id: string | null;
  /** Of whom it tells, as far as they are not erased; with the newest conversation of whoever they are now. */
  people: { id: string; name: string | null; email: string | null; conversation_id: number | null }[];
  data: Record<string, FactValue>;
  /** Of a merge: why, in the words of whoever merged. */
  note?: string;
}

/** What a token may do; which route wants which is said in server/http/access.ts. */
export const tokenScopes = [
  'contacts:read',
  'contacts:write',
  'contacts:erase',
  'identity',
  'settings:read',
  'settings:write',
  'audit:read',
] as const;
export type TokenScope = (typeof tokenScopes)[number];

export interface ApiTokenView {
  id: number;
  name: string;
  /** The token's first characters, to know it by. */
  prefix: string;
  scopes: TokenScope[];
  created_at: string;
  /** The agent's name. */
  created_by: string | null;
  expires_at: string | null;
  /** To the minute. */
  last_used_at: string | null;
  revoked_at: string | null;
}

export const identityModes = ['off', 'optional', 'required'] as const;
export type IdentityMode = (typeof identityModes)[number];
export const keyAlgorithms = ['RS256', 'ES256', 'EdDSA'] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

export interface IdentitySettings {
  mode: IdentityMode;
  /** `configuration`: IDENTITY_MODE decides, and it cannot be changed here. */
  mode_from: 'configuration' | 'workspace';
  /** M8: whether a lead goes into the user who signs in on its device. */
  lead_merging: LeadMerging;
  /** What `user_jwt` is signed with, in place of the identity secret (HS256); the algorithm is fixed here, never read from a token. */
  public_key: { algorithm: KeyAlgorithm; pem: string } | null;
  secret: { created_at: string | null; last_used_at: string | null };
  /** There while a rotation is under way. */
  next_secret: { created_at: string; last_used_at: string | null } | null;
}

export interface TeamView {
  id: number;
  name: string;
  /** Ids of agents. */
  members: number[];
}

/** RFC 9457 body of every refused request. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  request_id: string;
  errors?: { pointer: string; message: string }[];
}
