// Who asks for something to be done to a contact: a colleague in the inbox, or another server with a token.
import type { FactValue } from '../../shared/bot/types.ts';
import type { Agent } from '../store/agents.ts';
import type { MergeReason } from '../store/merges.ts';

export type Actor = { kind: 'agent'; agent: Agent } | { kind: 'token'; id: number; name: string; workspaceId: string };

export const workspaceOf = (actor: Actor): string => (actor.kind === 'agent' ? actor.agent.workspaceId : actor.workspaceId);

/** As it stands in a fact's data. */
export function actorData(actor: Actor): Record<string, FactValue> {
  return actor.kind === 'agent' ? { agent: actor.agent.id } : { token: actor.id, token_name: actor.name };
}

export const agentIdOf = (actor: Actor): number | null => (actor.kind === 'agent' ? actor.agent.id : null);

export const mergeReasonOf = (actor: Actor): MergeReason => (actor.kind === 'agent' ? 'agent' : 'api');

/** A token was made by an owner. */
export const isOwner = (actor: Actor): boolean => actor.kind === 'token' || actor.agent.role === 'owner';
