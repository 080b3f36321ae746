// One action is one transaction; what it tells the world leaves after the commit, in the order of commits.
import type { Deps } from '../deps.ts';
import type { Published } from '../publish.ts';
import type { Tx } from '../store/query.ts';
import type { ScopedStore } from '../store/store.ts';

export interface Done<T> {
  reply: T;
  published?: Published | undefined;
}

/** @param wanted what it is about, where it is a conversation */
export async function act<T>(
  deps: Deps,
  workspaceId: string,
  work: (tx: Tx) => Promise<Done<T>>,
  wanted?: Parameters<ScopedStore['write']>[2],
): Promise<T> {
  const committed = ({ published }: Done<T>): void => {
    if (!published) return;
    deps.publish.committed(published);
    if (published.jobDueAt !== undefined) deps.jobs.wake(published.jobDueAt);
  };
  return (await deps.store.in(workspaceId).write(work, committed, wanted)).reply;
}
