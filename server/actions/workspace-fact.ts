// A fact about the workspace itself, which concerns no contact: for the log and the audit.
import type { FactValue } from '../../shared/bot/types.ts';
import type { EventType } from '../../shared/events.ts';
import type { Published } from '../publish.ts';
import { insertEvents } from '../store/events.ts';
import type { Tx } from '../store/query.ts';
import { actorData } from './actor.ts';
import type { Actor } from './actor.ts';

/** Last in its transaction, as every numbering of facts. */
export async function tellWorkspaceFact(
  tx: Tx,
  now: number,
  type: EventType,
  actor: Actor,
  data: Record<string, FactValue> = {},
): Promise<Published> {
  const fact = { type, contactId: null, conversationId: null, seq: null, data: { ...data, ...actorData(actor) }, at: now };
  const seq = await insertEvents(tx, [fact]);
  return { workspaceId: tx.workspaceId, items: [{ seq, type, at: now }], joins: [] };
}
