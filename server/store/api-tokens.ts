// Tokens of other servers for the REST API. What is stored opens nothing: the token's SHA-256.
import type { Selectable } from 'kysely';
import type { TokenScope } from '../../shared/api.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface ApiToken {
  id: number;
  workspaceId: string;
  name: string;
  prefix: string;
  tokenHash: string;
  scopes: TokenScope[];
  agentId: number | null;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

function rowToToken(row: Selectable<Schema['api_tokens']>): ApiToken {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    name: row.name,
    prefix: row.prefix,
    tokenHash: row.token_hash,
    scopes: JSON.parse(row.scopes) as TokenScope[],
    agentId: row.agent_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}

const byHash = query<{ hash: string }>()((db, p) => db.selectFrom('api_tokens').selectAll().where('token_hash', '=', p.hash));

/** Across workspaces: the token tells which. Revoked and expired ones, too. */
export async function findApiToken(tx: Tx, tokenHash: string): Promise<ApiToken | null> {
  const row = await tx.get(byHash, { hash: tokenHash });
  return row ? rowToToken(row) : null;
}

/** Newest first. */
export async function listApiTokens(tx: Tx): Promise<ApiToken[]> {
  const rows = await tx.execute((db) =>
    db.selectFrom('api_tokens').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('id', 'desc'),
  );
  return rows.map(rowToToken);
}

export type NewApiToken = Omit<ApiToken, 'id' | 'workspaceId' | 'lastUsedAt' | 'revokedAt'>;

export async function insertApiToken(tx: Tx, t: NewApiToken): Promise<ApiToken> {
  const [row] = await tx.execute((db) =>
    db
      .insertInto('api_tokens')
      .values({
        workspace_id: tx.workspaceId,
        name: t.name,
        prefix: t.prefix,
        token_hash: t.tokenHash,
        scopes: JSON.stringify(t.scopes),
        agent_id: t.agentId,
        created_at: t.createdAt,
        expires_at: t.expiresAt,
        last_used_at: null,
        revoked_at: null,
      })
      .returningAll(),
  );
  if (!row) throw new Error(`API token ${t.prefix} was not inserted`);
  return rowToToken(row);
}

/** Null where this workspace has no such token. `isNew` is false where it was revoked before. */
export async function revokeApiToken(tx: Tx, id: number, now: number): Promise<{ token: ApiToken; isNew: boolean } | null> {
  const own = await tx.execute((db) =>
    db
      .updateTable('api_tokens')
      .set({ revoked_at: now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returningAll(),
  );
  const [row] =
    own.length > 0
      ? own
      : await tx.execute((db) => db.selectFrom('api_tokens').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', id));
  return row ? { token: rowToToken(row), isNew: own.length > 0 } : null;
}

export async function touchApiToken(tx: Tx, id: number, now: number): Promise<void> {
  await tx.execute((db) =>
    db.updateTable('api_tokens').set({ last_used_at: now }).where('workspace_id', '=', tx.workspaceId).where('id', '=', id),
  );
}
