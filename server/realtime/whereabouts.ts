// Who comes, moves and leaves, told to the agents who watch: at most twice a second, of each contact the last, and nothing where nobody watches.
// So an event costs the same however many visitors there are.
import type { PresenceChange } from './presence.ts';

/** The first change after a quiet time is told at once, what follows it together. */
const everyMs = 500;

export interface Whereabouts {
  changed(workspaceId: string, changes: readonly PresenceChange[]): void;
  stop(): void;
}

export interface WhereaboutsOptions {
  isWatched(workspaceId: string): boolean;
  tell(workspaceId: string, changes: PresenceChange[]): void;
}

export function createWhereabouts({ isWatched, tell }: WhereaboutsOptions): Whereabouts {
  const waiting = new Map<string, Map<string, PresenceChange>>();
  const timers = new Map<string, NodeJS.Timeout>();

  function flush(workspaceId: string): void {
    const changes = waiting.get(workspaceId);
    waiting.delete(workspaceId);
    if (!changes) return void timers.delete(workspaceId);
    const timer = setTimeout(() => flush(workspaceId), everyMs);
    timer.unref();
    timers.set(workspaceId, timer);
    if (isWatched(workspaceId)) tell(workspaceId, [...changes.values()]);
  }

  return {
    changed(workspaceId, changes) {
      if (changes.length === 0 || !isWatched(workspaceId)) return;
      const byContact = waiting.get(workspaceId) ?? new Map<string, PresenceChange>();
      waiting.set(workspaceId, byContact);
      for (const change of changes) byContact.set(change.contact, change);
      if (timers.has(workspaceId)) return;
      // After the turn: what happens in one is told together.
      timers.set(workspaceId, setTimeout(() => flush(workspaceId), 0).unref());
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      waiting.clear();
    },
  };
}
