import type { Selectable } from 'kysely';
import type { AskPolicy, Consent } from '../../shared/bot/types.ts';
import type { IdentityMode, IdentitySettings } from '../../shared/api.ts';
import type { LeadMerging } from '../../shared/contact.ts';
import type { Hours } from '../../shared/hours.ts';
import type { ScoreRule } from '../../shared/score.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

/** What a workspace's operator may set; stored as JSON, every field with a default. */
export interface WorkspaceSettings {
  brand: { hue: number; chroma: number; lightness: number };
  theme: 'auto' | 'light' | 'dark';
  alignment: 'right' | 'left';
  load: 'intent' | 'idle';
  storage: 'on-act' | 'consented' | 'always' | 'none';
  /** Origins that may embed the widget; empty: all. */
  allowedOrigins: string[];
  phoneMakesLead: boolean;
  bot: 'on' | 'off';
  askPolicy: AskPolicy;
  /** `asked`: details are taken from answers to the bot's questions alone, and not out of what visitors write unasked. */
  extraction: 'all' | 'asked';
  /** Null: none is shown. Translations by language tag. */
  consent: (Consent & { translations: Record<string, string> }) | null;
  /** The highest one there was, kept while there is none. */
  consentVersion: number;
  /** Null: no business hours are kept; whoever is online answers. */
  hours: Hours | null;
  scoreRules: ScoreRule[];
  /** M8: whether a lead goes into the user who signs in on its device. */
  leadMerging: LeadMerging;
  /** What `user_jwt` is signed with; null: the identity secret, by HS256. */
  identityKey: IdentitySettings['public_key'];
  /** When the identity secret was made; null: with the workspace. */
  identitySecretAt: number | null;
}

export const defaultWorkspaceSettings: WorkspaceSettings = {
  brand: { hue: 275, chroma: 0.19, lightness: 0.52 },
  theme: 'auto',
  alignment: 'right',
  load: 'intent',
  storage: 'on-act',
  allowedOrigins: [],
  phoneMakesLead: false,
  bot: 'on',
  askPolicy: 'flow',
  extraction: 'all',
  consent: null,
  consentVersion: 0,
  hours: null,
  scoreRules: [],
  leadMerging: 'same_email_or_none',
  identityKey: null,
  identitySecretAt: null,
};

export interface Workspace {
  id: string;
  appId: string;
  name: string;
  /** Sealed with SECRET_KEY. */
  identitySecret: string;
  identitySecretNext: string | null;
  /** When a proof was last made with each of them, to the minute; and when the second one was made. */
  identitySecretUsedAt: number | null;
  identitySecretNextUsedAt: number | null;
  identitySecretNextAt: number | null;
  identityMode: IdentityMode;
  settings: WorkspaceSettings;
  flowId: string | null;
  flowVersion: number | null;
  scriptSeenAt: number | null;
  createdAt: number;
}

function rowToWorkspace(row: Selectable<Schema['workspaces']>): Workspace {
  return {
    id: row.id,
    appId: row.app_id,
    name: row.name,
    identitySecret: row.identity_secret,
    identitySecretNext: row.identity_secret_next,
    identitySecretUsedAt: row.identity_secret_used_at,
    identitySecretNextUsedAt: row.identity_secret_next_used_at,
    identitySecretNextAt: row.identity_secret_next_at,
    identityMode: row.identity_mode as IdentityMode,
    settings: { ...defaultWorkspaceSettings, ...(JSON.parse(row.settings) as Partial<WorkspaceSettings>) },
    flowId: row.flow_id,
    flowVersion: row.flow_version,
    scriptSeenAt: row.script_seen_at,
    createdAt: row.created_at,
  };
}

const byAppId = query<{ appId: string }>()((db, p) => db.selectFrom('workspaces').selectAll().where('app_id', '=', p.appId));
const byId = query<{ id: string }>()((db, p) => db.selectFrom('workspaces').selectAll().where('id', '=', p.id));
// A no-op UPDATE … RETURNING locks the row on both databases.
const lock = query<{ id: string }>()((db, p) =>
  db
    .updateTable('workspaces')
    .set((eb) => ({ name: eb.ref('name') }))
    .where('id', '=', p.id)
    .returningAll(),
);
const first = query<Record<string, never>>()((db) => db.selectFrom('workspaces').selectAll().orderBy('created_at').limit(1));

export async function findWorkspaceByAppId(tx: Tx, appId: string): Promise<Workspace | null> {
  const row = await tx.get(byAppId, { appId });
  return row ? rowToWorkspace(row) : null;
}

export async function getWorkspace(tx: Tx): Promise<Workspace | null> {
  const row = await tx.get(byId, { id: tx.workspaceId });
  return row ? rowToWorkspace(row) : null;
}

/** As `getWorkspace`, and nobody else changes it until the transaction ends. */
export async function lockWorkspace(tx: Tx): Promise<Workspace | null> {
  const row = await tx.get(lock, { id: tx.workspaceId });
  return row ? rowToWorkspace(row) : null;
}

/** New conversations begin with this version, where they begin with this flow at all. */
export async function moveActiveFlow(tx: Tx, id: string, version: number): Promise<void> {
  await tx.execute((db) =>
    db.updateTable('workspaces').set({ flow_version: version }).where('id', '=', tx.workspaceId).where('flow_id', '=', id),
  );
}

/** The workspace of an install with one of them. */
export async function firstWorkspace(tx: Tx): Promise<Workspace | null> {
  const row = await tx.get(first, {});
  return row ? rowToWorkspace(row) : null;
}

/** Null in an install with several of them. */
export async function onlyWorkspace(tx: Tx): Promise<Workspace | null> {
  const rows = await tx.execute((db) => db.selectFrom('workspaces').selectAll().limit(2));
  return rows.length === 1 && rows[0] ? rowToWorkspace(rows[0]) : null;
}

export interface NewWorkspace {
  id: string;
  appId: string;
  name: string;
  identitySecret: string;
  identityMode: IdentityMode;
  settings: Partial<WorkspaceSettings>;
  now: number;
}

export async function insertWorkspace(tx: Tx, w: NewWorkspace): Promise<void> {
  await tx.execute((db) =>
    db.insertInto('workspaces').values({
      id: w.id,
      app_id: w.appId,
      name: w.name,
      identity_secret: w.identitySecret,
      identity_secret_next: null,
      identity_mode: w.identityMode,
      settings: JSON.stringify(w.settings),
      flow_id: null,
      flow_version: null,
      script_seen_at: null,
      created_at: w.now,
    }),
  );
  await tx.execute((db) => db.insertInto('feed_heads').values({ workspace_id: w.id, rev: 0 }));
}

export async function updateWorkspace(
  tx: Tx,
  set: { settings?: WorkspaceSettings; identityMode?: IdentityMode; flow?: { id: string; version: number }; name?: string },
): Promise<void> {
  const values = {
    ...(set.settings && { settings: JSON.stringify(set.settings) }),
    ...(set.identityMode && { identity_mode: set.identityMode }),
    ...(set.flow && { flow_id: set.flow.id, flow_version: set.flow.version }),
    ...(set.name !== undefined && { name: set.name }),
  };
  await tx.execute((db) => db.updateTable('workspaces').set(values).where('id', '=', tx.workspaceId));
}

/** Both slots at once; of a slot whose secret stays, `usedAt` does. */
export async function saveIdentitySecrets(
  tx: Tx,
  { current, next }: { current: SecretSlot; next: (SecretSlot & { at: number }) | null },
): Promise<void> {
  const values = {
    identity_secret: current.sealed,
    identity_secret_used_at: current.usedAt,
    identity_secret_next: next?.sealed ?? null,
    identity_secret_next_at: next?.at ?? null,
    identity_secret_next_used_at: next?.usedAt ?? null,
  };
  await tx.execute((db) => db.updateTable('workspaces').set(values).where('id', '=', tx.workspaceId));
}

export interface SecretSlot {
  sealed: string;
  usedAt: number | null;
}

/** A proof was made with this secret, whichever slot it stands in by now. */
export async function touchIdentitySecret(tx: Tx, sealed: string, now: number): Promise<void> {
  for (const [slot, usedAt] of [
    ['identity_secret', 'identity_secret_used_at'],
    ['identity_secret_next', 'identity_secret_next_used_at'],
  ] as const)
    await tx.execute((db) =>
      db
        .updateTable('workspaces')
        .set({ [usedAt]: now })
        .where('id', '=', tx.workspaceId)
        .where(slot, '=', sealed),
    );
}

/** Only the first sight of the script counts. */
export async function markScriptSeen(tx: Tx, now: number): Promise<void> {
  await tx.execute((db) =>
    db.updateTable('workspaces').set({ script_seen_at: now }).where('id', '=', tx.workspaceId).where('script_seen_at', 'is', null),
  );
}
