// While contacts are one, each goes on as it would be by itself, in the snapshots of their merges: an undo gives back what its own devices
// and its own identity brought meanwhile, and leaves none of it with the other.
import { undoMs } from '../../../shared/merge.ts';
import { carry } from '../../../shared/unmerge.ts';
import { findContact } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { listDetails } from '../../store/details.ts';
import type { KeptDetail } from '../../store/details.ts';
import { listMergesWithin, saveSnapshot } from '../../store/merges.ts';
import type { Merge, MergeSnapshot } from '../../store/merges.ts';
import type { Tx } from '../../store/query.ts';

/** What something makes of a contact that knows nothing of the others. */
export type Alone = (contact: ContactRow) => ContactRow;

export interface Happening {
  /** The live contact, as it was and as it became by it. */
  before: ContactRow;
  after: ContactRow;
  /** By whose device or identity it came (`Session.homeId`); null: it is meant for each of them. */
  home: string | null;
  alone: Alone;
}

/** To be called for whatever a device, a proof or a flow brought. */
export async function noteAlone(tx: Tx, now: number, it: Happening): Promise<void> {
  const merges = await listMergesWithin(tx, it.after.id, now - undoMs);
  if (merges.length > 0) await noteWithin({ tx, now, it, merges, path: it.home === null ? [] : await pathOf(tx, it.home) }, it.after.id);
}

interface Noting {
  tx: Tx;
  now: number;
  it: Happening;
  merges: readonly Merge[];
  /** From the contact it came by up to the live one. */
  path: readonly string[];
}

async function noteWithin(noting: Noting, id: string): Promise<void> {
  const { tx, it, merges, path } = noting;
  const into = merges.filter((merge) => merge.intoId === id);
  const at = into.findIndex((merge) => path.includes(merge.fromId));
  const isAll = it.home === null;
  for (const [i, { id: merge, fromId, snapshot }] of into.entries()) {
    const isFrom = isAll || i === at;
    const isNow = id === it.after.id && i === into.length - 1;
    const next: MergeSnapshot = {
      ...snapshot,
      // The survivor of a later merge is made of the earlier ones, too.
      survivor: isAll || i > at ? it.alone(snapshot.survivor) : snapshot.survivor,
      absorbed: isFrom ? it.alone(snapshot.absorbed) : snapshot.absorbed,
      merged: isNow ? carry(snapshot.merged, it.before, it.after) : isAll || i >= at ? it.alone(snapshot.merged) : snapshot.merged,
      details: isFrom && !isAll ? [...snapshot.details, ...(await identifiedNow(noting, snapshot.details))] : snapshot.details,
    };
    if (JSON.stringify(next) !== JSON.stringify(snapshot)) await saveSnapshot(tx, merge, next);
    if (isFrom) await noteWithin(noting, fromId);
  }
}

/** From a contact up to whom it is now. */
async function pathOf(tx: Tx, from: string): Promise<string[]> {
  const path: string[] = [];
  for (let id: string | null = from; id !== null; id = (await findContact(tx, id))?.mergedInto ?? null) path.push(id);
  return path;
}

/** Details are found again by their conversation; those of an identify call have none. */
async function identifiedNow({ tx, now, it }: Noting, known: readonly KeptDetail[]): Promise<KeptDetail[]> {
  const rows = await listDetails(tx, it.after.id);
  return rows
    .filter((row) => row.source_kind === 'identify' && row.created_at === now && !known.some(({ id }) => id === row.id))
    .map(({ id }) => ({ id, status: 'current' }));
}

/** Who of all that are this contact is so by itself: its own, or the first one merged into it. Null where nobody is. */
export async function findHome(tx: Tx, now: number, contact: ContactRow, ...is: ((one: ContactRow) => boolean)[]): Promise<string | null> {
  const merges = await listMergesWithin(tx, contact.id, now - undoMs);
  return is.reduce<string | null>((found, each) => found ?? homeWithin(merges, contact, each), null);
}

function homeWithin(merges: readonly Merge[], contact: ContactRow, is: (one: ContactRow) => boolean): string | null {
  const into = merges.filter((merge) => merge.intoId === contact.id);
  if (is(into[0]?.snapshot.survivor ?? contact)) return contact.id;
  for (const { snapshot } of into) {
    const home = homeWithin(merges, snapshot.absorbed, is);
    if (home !== null) return home;
  }
  return null;
}
