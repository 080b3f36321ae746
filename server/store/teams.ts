// Teams of agents, whom flows and people assign conversations to.
import { query } from './query.ts';
import type { Tx } from './query.ts';

export interface Team {
  id: number;
  name: string;
  /** Ids of agents, ascending. */
  members: number[];
}

const all = query<{ ws: string }>()((db, p) =>
  db.selectFrom('teams').select(['id', 'name']).where('workspace_id', '=', p.ws).orderBy('name').orderBy('id'),
);
const members = query<{ ws: string }>()((db, p) =>
  db.selectFrom('team_members').select(['team_id', 'agent_id']).where('workspace_id', '=', p.ws).orderBy('agent_id'),
);
// A no-op UPDATE … RETURNING locks the row on both databases.
const lock = query<{ ws: string; id: number }>()((db, p) =>
  db
    .updateTable('teams')
    .set((eb) => ({ name: eb.ref('name') }))
    .where('workspace_id', '=', p.ws)
    .where('id', '=', p.id)
    .returning(['id', 'name']),
);

export async function listTeams(tx: Tx): Promise<Team[]> {
  const rows = await tx.all(all, { ws: tx.workspaceId });
  const belonging = await tx.all(members, { ws: tx.workspaceId });
  return rows.map(({ id, name }) => ({ id, name, members: belonging.filter((m) => m.team_id === id).map((m) => m.agent_id) }));
}

export async function findTeam(tx: Tx, id: number): Promise<Team | null> {
  return (await listTeams(tx)).find((team) => team.id === id) ?? null;
}

/** Nobody else changes it until the transaction ends. False where there is none. */
export async function lockTeam(tx: Tx, id: number): Promise<boolean> {
  return (await tx.get(lock, { ws: tx.workspaceId, id })) !== undefined;
}

/** @returns its id */
export async function insertTeam(tx: Tx, team: { name: string; now: number }): Promise<number> {
  const [row] = await tx.execute((db) =>
    db.insertInto('teams').values({ workspace_id: tx.workspaceId, name: team.name, created_at: team.now }).returning('id'),
  );
  if (!row) throw new Error(`team ${team.name} was not inserted`);
  return row.id;
}

export async function renameTeam(tx: Tx, id: number, name: string): Promise<void> {
  await tx.execute((db) => db.updateTable('teams').set({ name }).where('workspace_id', '=', tx.workspaceId).where('id', '=', id));
}

/** In place of the members it had. */
export async function setMembers(tx: Tx, id: number, agents: readonly number[]): Promise<void> {
  await tx.execute((db) => db.deleteFrom('team_members').where('workspace_id', '=', tx.workspaceId).where('team_id', '=', id));
  if (agents.length === 0) return;
  const rows = agents.map((agent) => ({ team_id: id, agent_id: agent, workspace_id: tx.workspaceId }));
  await tx.execute((db) => db.insertInto('team_members').values(rows));
}

export async function deleteTeam(tx: Tx, id: number): Promise<void> {
  await setMembers(tx, id, []);
  await tx.execute((db) => db.deleteFrom('teams').where('workspace_id', '=', tx.workspaceId).where('id', '=', id));
}
