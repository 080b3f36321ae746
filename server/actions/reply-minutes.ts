import type { Deps } from '../deps.ts';
import type { Tx } from '../store/query.ts';
import { readReplyTimes } from '../store/reply-times.ts';
import type { Store } from '../store/store.ts';

/** With fewer answers than this, a promise about the next one would be a guess. */
const enoughAnswers = 3;
/** Reply times are read at most this often. */
const keptMs = 60_000;

const kept = new WeakMap<Store, Map<string, { minutes: number | null; until: number }>>();

/** How many minutes contacts of late waited for the first human answer, the median; null where too few did. Kept for a minute. */
export async function replyMinutes(tx: Tx, { store, now }: Pick<Deps, 'store' | 'now'>): Promise<number | null> {
  let byWorkspace = kept.get(store);
  if (!byWorkspace) kept.set(store, (byWorkspace = new Map()));
  const entry = byWorkspace.get(tx.workspaceId);
  if (entry && entry.until > now()) return entry.minutes;
  const times = (await readReplyTimes(tx)).toSorted((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  const minutes = median === undefined || times.length < enoughAnswers ? null : Math.max(1, Math.round(median / 60_000));
  byWorkspace.set(tx.workspaceId, { minutes, until: now() + keptMs });
  return minutes;
}
