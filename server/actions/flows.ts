// Published flows, parsed once.
import type { Flow, ParsedFlow } from '../../shared/bot/flow.ts';
import { parseDraft, parseFlow } from '../../shared/bot/flow.ts';
import type { Deps } from '../deps.ts';
import { findFlowBody } from '../store/flows.ts';
import type { Tx } from '../store/query.ts';
import type { Store } from '../store/store.ts';

// A published version never changes, so a parsed flow may be kept; keyed by store so that tests do not share.
const parsedFlows = new WeakMap<Store, Map<string, Flow>>();

/** The flow as published, or null where this version is gone or no longer parses. */
export async function loadFlow(tx: Tx, deps: Pick<Deps, 'store' | 'log'>, id: string, version: number): Promise<Flow | null> {
  let cache = parsedFlows.get(deps.store);
  if (!cache) parsedFlows.set(deps.store, (cache = new Map()));
  const key = `${tx.workspaceId} ${id} ${version}`;
  const kept = cache.get(key);
  if (kept) return kept;
  const body = await findFlowBody(tx, id, version);
  if (body === null) return null;
  const parsed = parsePublished(JSON.parse(body));
  if (!parsed.ok) {
    deps.log.error({ flow: id, version, faults: parsed.faults }, 'a published flow does not parse');
    return null;
  }
  if (cache.size > 200) cache.clear();
  cache.set(key, parsed.flow);
  return parsed.flow;
}

/** Names of attributes were looked at when it was published: one that is not known here is merely unknown. */
function parsePublished(json: unknown): ParsedFlow {
  const parsed = parseFlow(json);
  return parsed.ok || parsed.faults.some((fault) => fault.code !== 'unknown-fact') ? parsed : parseDraft(json);
}
