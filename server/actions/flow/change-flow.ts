// Flows come into being, change as drafts and go.
import { readyFlows } from '../../../shared/bot/flows/index.ts';
import type { FlowFault } from '../../../shared/bot/flow.ts';
import { Refusal } from '../refusal.ts';
import type { Deps } from '../../deps.ts';
import type { Agent } from '../../store/agents.ts';
import { deletedFlows, flowNames, insertDraft, lockDraft, markDeleted, nameInBody, updateDraft } from '../../store/flow-drafts.ts';
import type { Draft } from '../../store/flow-drafts.ts';
import { findPublished, listPublished } from '../../store/flows.ts';
import type { Tx } from '../../store/query.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { blankFlow } from './blank.ts';
import { readBody, slugFor, stamp } from './body.ts';
import type { Checks } from './faults.ts';
import { faultsOf } from './faults.ts';
import type { JsonObject } from './json.ts';
import { stepsOf } from './json.ts';

/** More than anybody keeps in view; lists are not paged. */
const mostFlows = 200;

/** Who changes something. */
export type Author = Pick<Agent, 'id' | 'workspaceId'>;

export interface NewFlow {
  name?: string | undefined;
  /** The id of a ready flow. */
  template?: string | undefined;
  /** An exported flow. */
  flow?: unknown;
}

/** @returns its id. @throws Refusal bad_request, too_large */
export async function createFlow(deps: Deps, author: Author, wish: NewFlow): Promise<string> {
  const given = wish.name?.trim() === '' ? undefined : wish.name?.trim();
  const body = bodyOf(wish, given);
  const name = given ?? nameInBody(body, 'New flow');
  return deps.store.in(author.workspaceId).write(async (tx) => {
    const taken = await flowNames(tx);
    if (taken.size - (await deletedFlows(tx)).size >= mostFlows)
      throw new Refusal('bad_request', `A workspace holds at most ${mostFlows} flows. Delete one first.`);
    const id = slugFor(name, new Set(taken.keys()));
    const draft = { id, ...written({ ...body, name }, id, 0), rev: 1, updatedBy: author.id, updatedAt: deps.now() };
    // Another node may have given this id just now.
    if (!(await insertDraft(tx, draft))) throw new Refusal('busy', undefined, { retryAfterMs: 100 });
    return id;
  });
}

function bodyOf({ template, flow }: NewFlow, name: string | undefined): JsonObject {
  const wrong = (pointer: string, message: string): Refusal => new Refusal('bad_request', undefined, { errors: [{ pointer, message }] });
  if (template !== undefined && flow !== undefined) throw wrong('/template', 'either a ready flow or an exported one');
  if (template !== undefined) {
    const ready = readyFlows.find(({ id }) => id === template);
    if (!ready) throw wrong('/template', `there is no ready flow “${template}”`);
    return readBody(ready.flow, '/template');
  }
  if (flow === undefined) return blankFlow(name ?? 'New flow');
  const body = readBody(flow, '/flow');
  const { steps } = body;
  if (typeof steps !== 'object' || steps === null || Array.isArray(steps)) throw wrong('/flow', 'this file holds no flow: it has no steps');
  return body;
}

/** The body and the name as they are kept. */
function written(body: JsonObject, id: string, version: number): Pick<Draft, 'body' | 'name'> {
  const stamped = stamp(body, id, version);
  return { body: JSON.stringify(stamped), name: nameInBody(stamped, id) };
}

export interface SavedDraft {
  rev: number;
  faults: FlowFault[];
}

/**
 * Saves a draft, whole or not. `rev` is the one it was made from; a save that is repeated because its answer was lost is no
 * conflict with itself.
 * @throws Refusal not_found, draft_conflict, bad_request, too_large
 */
export async function saveDraft(checks: Checks, author: Author, id: string, given: { rev: number; body?: unknown }): Promise<SavedDraft> {
  const { deps } = checks;
  const body = readBody(given.body, '/body');
  const saved = await deps.store.in(author.workspaceId).write(async (tx) => {
    const draft = await lockDraft(tx, id);
    if (!draft) throw new Refusal('not_found');
    const next = written(body, id, (await findPublished(tx, id))?.version ?? 0);
    const isRepeat = draft.rev === given.rev + 1 && draft.updatedBy === author.id && draft.body === next.body;
    if (isRepeat) return draft;
    refuseOldRev(draft, given.rev);
    const changed = { ...draft, ...next, rev: draft.rev + 1, updatedBy: author.id, updatedAt: deps.now() };
    await updateDraft(tx, changed);
    return changed;
  });
  checks.names.forgetFlows(author.workspaceId);
  return { rev: saved.rev, faults: await faultsOf(checks, author.workspaceId, id, JSON.parse(saved.body)) };
}

export function refuseOldRev(draft: Pick<Draft, 'rev'>, rev: number): void {
  if (draft.rev === rev) return;
  throw new Refusal('draft_conflict', undefined, { errors: [{ pointer: '/rev', message: `the draft is at ${draft.rev} by now` }] });
}

/** Its published versions stay, for conversations that run on them. @throws Refusal not_found, in_use */
export async function deleteFlow(deps: Deps, author: Author, id: string): Promise<void> {
  await deps.store.in(author.workspaceId).write(async (tx) => {
    if (!(await lockDraft(tx, id))) throw new Refusal('not_found');
    const workspace = await lockWorkspace(tx);
    if (workspace?.flowId === id) throw new Refusal('in_use', 'New conversations begin with this flow. Activate another one first.');
    const user = await userOf(tx, (step) => step['flow'] === id, id);
    if (user !== null) throw new Refusal('in_use', `The flow “${user}” goes on with this one. Change and publish that one first.`);
    await markDeleted(tx, id, deps.now());
  });
}

/** The name of a flow that as published has such a step; null where none has. */
export async function userOf(tx: Tx, uses: (step: Record<string, unknown>) => boolean, except?: string): Promise<string | null> {
  const deleted = await deletedFlows(tx);
  for (const { id, body } of await listPublished(tx)) {
    if (id === except || deleted.has(id)) continue;
    const flow = JSON.parse(body) as unknown;
    if (stepsOf(flow).some(([, step]) => uses(step))) return nameInBody(flow, id);
  }
  return null;
}
