// Logs and feeds in pages: at most 200 entries or 256 kB of JSON each; a single entry is never cut.
import { maxPageBytes, maxPageChanges } from '../../shared/protocol.ts';

/** How many entries, from the first, make up one page. */
function countFitting(entries: readonly unknown[]): number {
  let bytes = 0;
  for (const [i, entry] of entries.entries()) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    if (i > 0 && bytes > maxPageBytes) return i;
  }
  return entries.length;
}

/** The first of the entries, as many as fit into one page. */
export function firstPage<T>(entries: readonly T[]): T[] {
  return entries.slice(0, countFitting(entries));
}

/** The last of the entries, as many as fit into one page, in their order. */
export function lastPage<T>(entries: readonly T[]): T[] {
  return entries.slice(entries.length - countFitting(entries.toReversed()));
}

/**
 * The entries after `after` up to `head`, oldest first. What does not fit into a page is read again for the next one, and not
 * held meanwhile: a client that reads slowly would make the server keep it.
 * @param read gives the entries after `from` up to `upTo`
 */
export async function* inPages<T extends { seq: number }>(
  after: number,
  head: number,
  read: (from: number, upTo: number) => Promise<T[]>,
): AsyncGenerator<T[], void> {
  let take = maxPageChanges;
  for (let from = after; from < head;) {
    const upTo = Math.min(head, from + take);
    const entries = await read(from, upTo);
    const page = firstPage(entries);
    const isWhole = page.length === entries.length;
    from = isWhole ? upTo : (page.at(-1)?.seq ?? upTo);
    // The next entries are probably as long as these.
    take = isWhole ? Math.min(maxPageChanges, 2 * take) : page.length;
    if (page.length > 0) yield page;
  }
}
