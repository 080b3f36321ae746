// The tables as Kysely sees them: text, integers, epoch ms, flags 0/1, JSON as opaque text. One interface per table.
import type { Generated } from 'kysely';

/** 0 or 1: better-sqlite3 takes no booleans. */
export type Flag = 0 | 1;

export interface Schema {
  meta: { key: string; value: string };
  workspaces: {
    id: string;
    app_id: string;
    name: string;
    /** HMAC and JWT secrets of the host app, sealed with SECRET_KEY; the second slot serves rotation. */
    identity_secret: string;
    identity_secret_next: string | null;
    /** When a proof was last checked by each slot, to the minute; and when the second one was made. */
    identity_secret_used_at: number | null;
    identity_secret_next_used_at: number | null;
    identity_secret_next_at: number | null;
    identity_mode: string;
    /** JSON, `WorkspaceSettings`. */
    settings: string;
    flow_id: string | null;
    flow_version: number | null;
    script_seen_at: number | null;
    created_at: number;
  };
  /** The agents' feed position, in a row of its own because every change of the workspace writes it. */
  feed_heads: { workspace_id: string; rev: number };
  agents: {
    id: Generated<number>;
    workspace_id: string;
    email: string;
    name: string;
    avatar: string | null;
    role: string;
    password_hash: string;
    created_at: number;
  };
  agent_sessions: {
    token_hash: string;
    workspace_id: string;
    agent_id: number;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
  };
  setup_tokens: { token_hash: string; workspace_id: string; created_at: number; expires_at: number; used_at: number | null };
  contacts: {
    id: string;
    workspace_id: string;
    /** Written from `typeOf` in store/contacts.ts alone; kept for filters. */
    type: string;
    user_id: string | null;
    claimed_user_id: string | null;
    email: string | null;
    email_grade: string | null;
    name: string | null;
    name_grade: string | null;
    phone: string | null;
    phone_grade: string | null;
    avatar: string | null;
    company: string | null;
    signed_up_at: number | null;
    attributes: string;
    /** JSON list of `Contact.signedFields`. */
    signed_fields: string;
    lead_at: number | null;
    identified_at: number | null;
    verified: Flag;
    merged_into: string | null;
    blocked: Flag;
    /** Wants no campaigns. */
    unsubscribed: Flag;
    archived_at: number | null;
    /** Nothing personal is left; kept so that the id answers that it is gone. */
    erased_at: number | null;
    /** JSON, `FirstTouch`: the page and campaign it was first seen by. */
    first_touch: string | null;
    score: number;
    points: string;
    /** JSON list of names; the rows of `contact_tags` are what is searched. */
    tags: string;
    /** When `lead.captured` was raised: once. */
    captured_at: number | null;
    page_url: string | null;
    page_title: string | null;
    language: string | null;
    /** The words it is found by, `searchWords`; triggers keep `contact_words` and its index like it. */
    search_text: string;
    created_at: number;
    last_seen_at: number;
  };
  /** Every value ever learned about a contact, with its grade and source; the contact's columns hold the current ones. */
  contact_details: {
    id: Generated<number>;
    workspace_id: string;
    contact_id: string;
    field: string;
    value: string;
    grade: string;
    status: string;
    source_kind: string;
    conversation_id: number | null;
    message_id: number | null;
    flags: string;
    suggestion: string | null;
    created_at: number;
  };
  /** Kept whole so that a merge can be undone. */
  contact_merges: {
    id: Generated<number>;
    workspace_id: string;
    from_id: string;
    into_id: string;
    reason: string;
    /** JSON, `MergeSnapshot`: both contacts before, and which rows moved. */
    snapshot: string;
    /** Who merged them; null where an identify or a verified email did. */
    agent_id: number | null;
    created_at: number;
    undone_at: number | null;
  };
  /** Two contacts that may be one person; the lower id stands first. */
  contact_duplicates: {
    workspace_id: string;
    contact_id: string;
    other_id: string;
    reason: string;
    created_at: number;
    /** An agent said that these are two people. */
    dismissed_at: number | null;
    dismissed_by: number | null;
  };
  /** Links mailed to an address, to prove that it is the contact's. */
  email_verifications: {
    token_hash: string;
    workspace_id: string;
    contact_id: string;
    email: string;
    agent_id: number | null;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
  /** Tokens of other servers for the REST API, stored hashed. */
  api_tokens: {
    id: Generated<number>;
    workspace_id: string;
    name: string;
    /** The first characters, to know it by. */
    prefix: string;
    token_hash: string;
    /** JSON list. */
    scopes: string;
    agent_id: number | null;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
    revoked_at: number | null;
  };
  sessions: {
    token_hash: string;
    workspace_id: string;
    contact_id: string;
    /** Identified with a valid proof: may see all of its contact's conversations. */
    verified: Flag;
    /** The contact by whose device or identity it came; it follows that one through merges and their undoing. Null: its contact's own. */
    home_id: string | null;
    created_at: number;
    last_seen_at: number;
    revoked_at: number | null;
  };
  conversations: {
    id: Generated<number>;
    workspace_id: string;
    contact_id: string;
    session_hash: string;
    /** Of the command that began it (P1). */
    cid: string;
    status: string;
    assignee_id: number | null;
    bot_active: Flag;
    /** JSON, `BotState`; null before the bot's first turn. */
    bot_state: string | null;
    team_id: number | null;
    /** The flow it began with, and the policy that held then: what capture rates are counted by. */
    flow_id: string | null;
    flow_version: number | null;
    ask_policy: string | null;
    /** When a contact became reachable, and a qualified lead, in this conversation. */
    captured_at: number | null;
    qualified_at: number | null;
    seq: number;
    contact_read_seq: number;
    agent_read_seq: number;
    contact_unread: number;
    agent_unread: number;
    waiting_since: number | null;
    preview: string;
    last_author: string | null;
    last_at: number;
    created_at: number;
  };
  messages: {
    id: Generated<number>;
    workspace_id: string;
    conversation_id: number;
    seq: number;
    /** `contact`, `bot` or the agent's id. */
    side: string;
    cid: string;
    /** What was asked for, hashed, to tell a repeat from a conflict (P2). */
    body_hash: string;
    author_kind: string;
    author_id: string | null;
    author_name: string | null;
    kind: string;
    text: string;
    /** JSON: chips, form, answer, input, choice. */
    data: string | null;
    edited_at: number | null;
    deleted_at: number | null;
    created_at: number;
  };
  /** Visible changes other than messages: with `messages` they make the dense log of a conversation. */
  changes: {
    conversation_id: number;
    seq: number;
    workspace_id: string;
    kind: string;
    /** JSON of the change's body. */
    body: string;
    /** Who asked, with its cid and what was asked, where a command made it (P1, P2). */
    side: string | null;
    cid: string | null;
    body_hash: string | null;
    created_at: number;
  };
  /** Domain facts in order of commit: feed, timeline, audit log, and what webhooks are made from. */
  events: {
    workspace_id: string;
    rev: number;
    type: string;
    contact_id: string | null;
    conversation_id: number | null;
    /** The entry of the conversation's log this fact is about. */
    seq: number | null;
    /** JSON of small values; never a message's text. */
    data: string;
    created_at: number;
  };
  /** The words of a message, indexed for the search by triggers or as an expression: see migration 0004. */
  message_words: { id: number; workspace_id: string; conversation_id: number; words: string };
  /** Written by triggers on `contacts` alone; a new id with every change. */
  contact_words: { id: Generated<number>; workspace_id: string; contact_id: string; words: string };
  /** Up to which fact the messages of a workspace are indexed. */
  word_cursors: { workspace_id: string; rev: number };
  flows: {
    workspace_id: string;
    id: string;
    version: number;
    body: string;
    /** Null: came with the software. */
    published_by: number | null;
    note: string | null;
    created_at: number;
  };
  /** No row: the draft is what is published. */
  flow_drafts: {
    workspace_id: string;
    id: string;
    /** The body's, for lists. */
    name: string;
    body: string;
    rev: number;
    updated_by: number | null;
    updated_at: number;
    /** Its published versions stay for the conversations that run and for the reports. */
    deleted_at: number | null;
  };
  contact_tags: { workspace_id: string; contact_id: string; tag: string; created_at: number };
  contact_consents: {
    id: Generated<number>;
    workspace_id: string;
    contact_id: string;
    version: number;
    text: string;
    how: string;
    conversation_id: number | null;
    message_id: number | null;
    created_at: number;
  };
  teams: { id: Generated<number>; workspace_id: string; name: string; created_at: number };
  team_members: { team_id: number; agent_id: number; workspace_id: string };
  uploads: {
    id: string;
    workspace_id: string;
    session_hash: string | null;
    /** Set once it was sent with a message. */
    conversation_id: number | null;
    message_id: number | null;
    name: string;
    type: string;
    size: number;
    width: number | null;
    height: number | null;
    created_at: number;
  };
  /** Work to be done at a time, by whichever node leases it first (P15). */
  jobs: {
    id: Generated<number>;
    workspace_id: string;
    kind: string;
    /** One open job per kind and key. */
    key: string;
    payload: string;
    due_at: number;
    attempts: number;
    leased_until: number | null;
    last_error: string | null;
    /** Given up; kept for people to see. */
    dead_at: number | null;
    created_at: number;
  };
}
