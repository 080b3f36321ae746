// Who asks for something to be done: a colleague in the inbox, another server with a token, or the operator at the machine.
import type { FactValue } from '../../shared/bot/types.ts';
import type { Agent } from '../store/agents.ts';
import type { MergeReason } from '../store/merges.ts';

export type Actor =
  | { kind: 'agent'; agent: Agent }
  | { kind: 'token'; id: number; name: string; workspaceId: string }
  | { kind: 'operator'; workspaceId: string };

export const workspaceOf = (actor: Actor): string => (actor.kind === 'agent' ? actor.agent.workspaceId : actor.workspaceId);

/** As it stands in a fact's data. */
export function actorData(actor: Actor): Record<string, FactValue> {
  if (actor.kind === 'agent') return { agent: actor.agent.id };
  return actor.kind === 'token' ? { token: actor.id, token_name: actor.name } : { operator: true };
}

export const agentIdOf = (actor: Actor): number | null => (actor.kind === 'agent' ? actor.agent.id : null);

export const mergeReasonOf = (actor: Actor): MergeReason => (actor.kind === 'agent' ? 'agent' : 'api');

/** A token was made by an owner; the operator owns all of it. */
export const isOwner = (actor: Actor): boolean => actor.kind !== 'agent' || actor.agent.role === 'owner';
