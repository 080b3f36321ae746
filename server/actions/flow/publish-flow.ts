// What visitors get: a draft becomes a version, an old version becomes the newest again, a flow becomes the one to begin with.
import { Refusal } from '../refusal.ts';
import type { Deps } from '../../deps.ts';
import { ConflictError } from '../../store/errors.ts';
import { findDraft, lockDraft, nameInBody, updateDraft } from '../../store/flow-drafts.ts';
import type { Draft } from '../../store/flow-drafts.ts';
import { findFlowBody, findPublished, insertFlow } from '../../store/flows.ts';
import type { Tx } from '../../store/query.ts';
import { lockWorkspace, moveActiveFlow, updateWorkspace } from '../../store/workspaces.ts';
import { stamp } from './body.ts';
import type { Author } from './change-flow.ts';
import { refuseOldRev } from './change-flow.ts';
import type { Checks } from './faults.ts';
import { faultsOf } from './faults.ts';
import type { JsonObject } from './json.ts';

/** @throws Refusal not_found, draft_conflict, flow_faulty */
export async function publishFlow(
  checks: Checks,
  author: Author,
  id: string,
  wish: { rev: number; note?: string | undefined },
): Promise<void> {
  const { deps } = checks;
  const store = deps.store.in(author.workspaceId);
  const read = await store.read((tx) => findDraft(tx, id));
  if (!read) throw new Refusal('not_found');
  refuseOldRev(read, wish.rev);
  // Checked before the transaction, where nobody waits for it: a revision's body does not change.
  await refuseFaulty(checks, author, id, read.body);
  await store.write(async (tx) => {
    const draft = await lockDraft(tx, id);
    if (!draft) throw new Refusal('not_found');
    refuseOldRev(draft, wish.rev);
    const note = wish.note?.trim() === '' ? null : (wish.note?.trim() ?? null);
    const body = await publish(tx, id, JSON.parse(draft.body) as JsonObject, { author, note, now: deps.now() });
    await updateDraft(tx, { ...draft, body });
  });
}

/** The draft becomes the old version, too. @throws Refusal not_found, flow_faulty */
export async function rollBack(checks: Checks, author: Author, id: string, version: number): Promise<void> {
  const { deps } = checks;
  const store = deps.store.in(author.workspaceId);
  const old = await store.read(async (tx) => ((await findDraft(tx, id)) ? findFlowBody(tx, id, version) : null));
  if (old === null) throw new Refusal('not_found');
  await refuseFaulty(checks, author, id, old);
  await store.write(async (tx) => {
    const draft = await lockDraft(tx, id);
    if (!draft) throw new Refusal('not_found');
    const now = deps.now();
    const parsed = JSON.parse(old) as JsonObject;
    const body = await publish(tx, id, parsed, { author, note: `Back to version ${version}`, now });
    const next: Draft = { ...draft, name: nameInBody(parsed, id), body, rev: draft.rev + 1, updatedBy: author.id, updatedAt: now };
    await updateDraft(tx, next);
  });
}

/** New conversations begin with its newest version. @throws Refusal not_found, bad_request */
export async function activateFlow(deps: Deps, author: Author, id: string): Promise<void> {
  await deps.store.in(author.workspaceId).write(async (tx) => {
    if (!(await lockDraft(tx, id))) throw new Refusal('not_found');
    const published = await findPublished(tx, id);
    if (!published) throw new Refusal('bad_request', 'This flow was never published. Publish it first.');
    await lockWorkspace(tx);
    await updateWorkspace(tx, { flow: { id, version: published.version } });
  });
}

async function refuseFaulty(checks: Checks, { workspaceId }: Author, id: string, body: string): Promise<void> {
  const faults = await faultsOf(checks, workspaceId, id, JSON.parse(body));
  if (faults.length === 0) return;
  const errors = faults.map(({ step, message }) => ({ pointer: step === null ? '' : `/steps/${escaped(step)}`, message }));
  throw new Refusal('flow_faulty', undefined, { errors });
}

/** RFC 6901. */
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

interface Publication {
  author: Author;
  note: string | null;
  now: number;
}

/** With the draft's row locked. @returns the JSON as published */
async function publish(tx: Tx, id: string, body: JsonObject, { author, note, now }: Publication): Promise<string> {
  const version = ((await findPublished(tx, id))?.version ?? 0) + 1;
  const stamped = JSON.stringify(stamp(body, id, version));
  // Only another node that starts with a newer default flow can come in between: it is tried again from the beginning.
  if (!(await insertFlow(tx, { id, version, body: stamped, publishedBy: author.id, note, now })))
    throw new ConflictError(`version ${version} of flow ${id} was published meanwhile`);
  await moveActiveFlow(tx, id, version);
  return stamped;
}
