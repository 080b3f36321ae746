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
/** Slices that are asked about at once: one at first, for frequent words, then more and more, as far as patience goes. */
const mostSlices = 32;
/** Words that are frequent apart and rare together are looked for this long: in contacts, which are fewer, and then in all. */
const patienceMs = { contacts: 6, all: 15 };

export async function search(tx: Tx, text: string, kinds: readonly WordsAsked['of'][] = ['message', 'contact']): Promise<Found> {
  const prefixes = wordsAsked(text);
  if (prefixes.length === 0) return { conversations: [], contacts: [], isCut: false };
  const nothing = { found: [], isCut: false };
  const began = performance.now();
  const contacts = kinds.includes('contact')
    ? await newestRows(tx, { of: 'contact', prefixes, until: began + patienceMs.contacts }, (ids) => contactsOf(tx, ids))
    : nothing;
  const messages = kinds.includes('message')
    ? await newestRows(tx, { of: 'message', prefixes, until: began + patienceMs.all }, (ids) => conversationsOf(tx, ids))
    : nothing;
  return { conversations: messages.found, contacts: contacts.found, isCut: messages.isCut || contacts.isCut };
}

interface Walk {
  of: WordsAsked['of'];
  prefixes: readonly string[];
  /** By the clock of `performance.now()`. One step is taken in any case. */
  until: number;
}

async function newestRows<T>(
  tx: Tx,
  { of, prefixes, until }: Walk,
  inWorkspace: (ids: number[]) => Promise<T[]>,
): Promise<{ found: T[]; isCut: boolean }> {
  const found = new Set<T>();
  let next = await newestSlice(tx, of);
  for (let width = 1; next >= 0;) {
    const slices = Array.from({ length: Math.min(width, next + 1) }, (_, i) => next - i);
    next -= slices.length;
    const asked = performance.now();
    const ids = await tx.findWords({ of, prefixes, slices, limit: most });
    const now = performance.now();
    if (ids.length > 0) for (const one of await inWorkspace(ids)) found.add(one);
    const isFull = ids.length === most || found.size >= most;
    if (isFull || (next >= 0 && now > until)) return { found: [...found].slice(0, most), isCut: true };
    // As many as can be looked through in what is left, by how long those took.
    const affordable = Math.floor(((until - now) * slices.length) / Math.max(now - asked, 0.01));
    width = Math.max(1, Math.min(width * 4, mostSlices, affordable));
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
