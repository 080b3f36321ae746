// Agents, their sessions and the set-up links that make the first of them.
import type { Selectable } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface Agent {
  id: number;
  workspaceId: string;
  email: string;
  name: string;
  avatar: string | null;
  role: 'owner' | 'agent';
  passwordHash: string;
  createdAt: number;
}

function rowToAgent(row: Selectable<Schema['agents']>): Agent {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    email: row.email,
    name: row.name,
    avatar: row.avatar,
    role: row.role as Agent['role'],
    passwordHash: row.password_hash,
    createdAt: row.created_at,
  };
}

const all = query<{ ws: string }>()((db, p) => db.selectFrom('agents').selectAll().where('workspace_id', '=', p.ws).orderBy('id'));
const byId = query<{ ws: string; id: number }>()((db, p) =>
  db.selectFrom('agents').selectAll().where('workspace_id', '=', p.ws).where('id', '=', p.id),
);
const byEmail = query<{ email: string }>()((db, p) => db.selectFrom('agents').selectAll().where('email', '=', p.email).limit(1));
const session = query<{ hash: string }>()((db, p) =>
  db
    .selectFrom('agent_sessions')
    .innerJoin('agents', 'agents.id', 'agent_sessions.agent_id')
    .selectAll('agents')
    .select(['agent_sessions.expires_at as session_expires_at', 'agent_sessions.last_seen_at as session_seen_at'])
    .where('agent_sessions.token_hash', '=', p.hash),
);

export async function listAgents(tx: Tx): Promise<Agent[]> {
  return (await tx.all(all, { ws: tx.workspaceId })).map(rowToAgent);
}

export async function findAgent(tx: Tx, id: number): Promise<Agent | null> {
  const row = await tx.get(byId, { ws: tx.workspaceId, id });
  return row ? rowToAgent(row) : null;
}

/** Across workspaces: the login page knows none. `email` in lower case. */
export async function findAgentByEmail(tx: Tx, email: string): Promise<Agent | null> {
  const row = await tx.get(byEmail, { email });
  return row ? rowToAgent(row) : null;
}

export async function insertAgent(
  tx: Tx,
  a: { email: string; name: string; role: Agent['role']; passwordHash: string; now: number },
): Promise<Agent> {
  const [row] = await tx.execute((db) =>
    db
      .insertInto('agents')
      .values({
        workspace_id: tx.workspaceId,
        email: a.email,
        name: a.name,
        avatar: null,
        role: a.role,
        password_hash: a.passwordHash,
        created_at: a.now,
      })
      .returningAll(),
  );
  if (!row) throw new Error(`agent ${a.email} was not inserted`);
  return rowToAgent(row);
}

export interface AgentSession {
  agent: Agent;
  expiresAt: number;
  lastSeenAt: number;
}

/** Across workspaces: the cookie tells which. Expired ones are not found. */
export async function findAgentSession(tx: Tx, tokenHash: string, now: number): Promise<AgentSession | null> {
  const row = await tx.get(session, { hash: tokenHash });
  if (!row || row.session_expires_at <= now) return null;
  return { agent: rowToAgent(row), expiresAt: row.session_expires_at, lastSeenAt: row.session_seen_at };
}

export async function insertAgentSession(tx: Tx, s: { tokenHash: string; agentId: number; now: number; expiresAt: number }): Promise<void> {
  await tx.execute((db) =>
    db.insertInto('agent_sessions').values({
      token_hash: s.tokenHash,
      workspace_id: tx.workspaceId,
      agent_id: s.agentId,
      created_at: s.now,
      last_seen_at: s.now,
      expires_at: s.expiresAt,
    }),
  );
}

export async function touchAgentSession(tx: Tx, tokenHash: string, now: number, expiresAt: number): Promise<void> {
  await tx.execute((db) =>
    db.updateTable('agent_sessions').set({ last_seen_at: now, expires_at: expiresAt }).where('token_hash', '=', tokenHash),
  );
}

export async function deleteAgentSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.execute((db) => db.deleteFrom('agent_sessions').where('token_hash', '=', tokenHash));
}

export async function insertSetupToken(tx: Tx, s: { tokenHash: string; now: number; expiresAt: number }): Promise<void> {
  await tx.execute((db) =>
    db
      .insertInto('setup_tokens')
      .values({ token_hash: s.tokenHash, workspace_id: tx.workspaceId, created_at: s.now, expires_at: s.expiresAt, used_at: null }),
  );
}

/** The workspace a link is for, while it works. */
export async function findSetupToken(tx: Tx, tokenHash: string, now: number): Promise<string | null> {
  const [row] = await tx.execute((db) => db.selectFrom('setup_tokens').selectAll().where('token_hash', '=', tokenHash));
  return row && row.used_at === null && row.expires_at > now ? row.workspace_id : null;
}

/** Uses a link up; false where it was used or is too old. */
export async function useSetupToken(tx: Tx, tokenHash: string, now: number): Promise<boolean> {
  const rows = await tx.execute((db) =>
    db
      .updateTable('setup_tokens')
      .set({ used_at: now })
      .where('token_hash', '=', tokenHash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('token_hash'),
  );
  return rows.length === 1;
}
