// The agents' search: whose words, or whose messages' words, begin with all that is asked. Whatever is asked, the work has an end: the
// newest are looked at first, and where there are very many, the others are not.
import type { WordsAsked } from './open.ts';
import type { Tx } from './query.ts';
import { sliceOf, wordsAsked } from './words.ts';

export interface Found {
  conversations: number[];
  contacts: string[];
  /** Older ones may fit, too, and were not looked at. */
  isCut: boolean;
}

/** Of each kind; a list of so many is bettered by another word. */
const most = 500;
/** Slices that are asked about at once: one at first, for frequent words, then more and more while they take no time. */
const mostSlices = 32;
const quickMs = 3;
/** Words that are frequent apart and rare together are looked for this long. */
const patienceMs = 20;

export async function search(tx: Tx, text: string, kinds: readonly WordsAsked['of'][] = ['message', 'contact']): Promise<Found> {
  const prefixes = wordsAsked(text);
  if (prefixes.length === 0) return { conversations: [], contacts: [], isCut: false };
  const nothing = { found: [], isCut: false };
  const messages = kinds.includes('message') ? await newestRows(tx, 'message', prefixes, (ids) => conversationsOf(tx, ids)) : nothing;
  const contacts = kinds.includes('contact') ? await newestRows(tx, 'contact', prefixes, (ids) => contactsOf(tx, ids)) : nothing;
  return { conversations: messages.found, contacts: contacts.found, isCut: messages.isCut || contacts.isCut };
}

async function newestRows<T>(
  tx: Tx,
  of: WordsAsked['of'],
  prefixes: readonly string[],
  inWorkspace: (ids: number[]) => Promise<T[]>,
): Promise<{ found: T[]; isCut: boolean }> {
  const found = new Set<T>();
  const until = performance.now() + patienceMs;
  let next = await newestSlice(tx, of);
  for (let width = 1; next >= 0;) {
    const asked = performance.now();
    const slices = Array.from({ length: Math.min(width, next + 1) }, (_, i) => next - i);
    next -= slices.length;
    const ids = await tx.findWords({ of, prefixes, slices, limit: most });
    if (performance.now() - asked < quickMs) width = Math.min(width * 4, mostSlices);
    if (ids.length > 0) for (const one of await inWorkspace(ids)) found.add(one);
    const isFull = ids.length === most || found.size >= most;
    if (isFull || (next >= 0 && performance.now() > until)) return { found: [...found].slice(0, most), isCut: true };
  }
  return { found: [...found], isCut: false };
}

async function newestSlice(tx: Tx, of: WordsAsked['of']): Promise<number> {
  const [row] = await tx.execute((db) => db.selectFrom(`${of}_words`).select((eb) => eb.fn.max<number | null>('id').as('id')));
  return row?.id == null ? -1 : sliceOf(row.id);
}

async function conversationsOf(tx: Tx, ids: number[]): Promise<number[]> {
  const rows = await tx.execute((db) =>
    db.selectFrom('message_words').select(['id', 'conversation_id']).where('id', 'in', ids).where('workspace_id', '=', tx.workspaceId),
  );
  return rows.toSorted((a, b) => b.id - a.id).map((row) => row.conversation_id);
}

async function contactsOf(tx: Tx, ids: number[]): Promise<string[]> {
  const rows = await tx.execute((db) =>
    db.selectFrom('contact_words').select(['id', 'contact_id']).where('id', 'in', ids).where('workspace_id', '=', tx.workspaceId),
  );
  return rows.toSorted((a, b) => b.id - a.id).map((row) => row.contact_id);
}
