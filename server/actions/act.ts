// One action is one transaction; what it tells the world leaves after the commit, in the order of commits.
import type { Deps } from '../deps.ts';
import type { Published } from '../publish.ts';
import type { Tx } from '../store/query.ts';

export interface Done<T> {
  reply: T;
  published?: Published | undefined;
}

export async function act<T>(deps: Deps, workspaceId: string, work: (tx: Tx) => Promise<Done<T>>): Promise<T> {
  const done = await deps.store.in(workspaceId).write(work, ({ published }) => {
    if (!published) return;
    deps.publish.committed(published);
    if (published.jobDueAt !== undefined) deps.jobs.wake(published.jobDueAt);
  });
  return done.reply;
}
