// How many conversations each filter holds: the server's counts at a rev, moved on by every feed item after it.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ConversationFilter, ConversationSummary } from '../../shared/protocol.ts';
import { conversationFilters, isIn } from './filters.ts';

export type Counts = Record<ConversationFilter, number>;

export interface CountsState {
  /** Null until the server has counted. */
  readonly counts: ReadonlySignal<Counts | null>;
  set(counts: Counts, rev: number): void;
  /** A conversation changed at `rev`, or went. False where its former state is not known here, so that only the server can count. */
  move(before: ConversationSummary | undefined, after: ConversationSummary | null, rev: number, isNew: boolean): boolean;
  clear(): void;
}

interface Move {
  rev: number;
  filter: ConversationFilter;
  by: number;
}

/** Moves are kept this long, for answers that are still under way and count an earlier state. */
const movesKept = 400;

export function createCounts(agentId: () => number): CountsState {
  const counted = signal<{ counts: Counts; rev: number } | null>(null);
  const moves = signal<readonly Move[]>([]);
  const counts = computed(() => {
    if (counted.value === null) return null;
    const { counts: base, rev } = counted.value;
    const now = { ...base };
    for (const move of moves.value) if (move.rev > rev) now[move.filter] = Math.max(0, now[move.filter] + move.by);
    return now;
  });
  return {
    counts,
    set: (base, rev) => void (counted.value = { counts: base, rev }),
    move(before, after, rev, isNew) {
      if (!before && !isNew) return false;
      const made = conversationFilters.flatMap((filter): Move[] => {
        const [was, is] = [before, after].map((each) => Number(each != null && isIn(filter, each, agentId())));
        const by = (is ?? 0) - (was ?? 0);
        return by === 0 ? [] : [{ rev, filter, by }];
      });
      if (made.length > 0) moves.value = [...moves.value, ...made].slice(-movesKept);
      return true;
    },
    clear() {
      counted.value = null;
      moves.value = [];
    },
  };
}
