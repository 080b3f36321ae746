// The order of the nodes in each column, so that few edges cross: barycentres from both sides, the best of some rounds kept.
import type { Link } from './rank.ts';

const rounds = 12;

/** Every link joins neighbouring columns. `columns` is not changed. */
export function orderColumns(columns: readonly (readonly string[])[], links: readonly Link[]): string[][] {
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  for (const { from, to } of links) {
    push(before, to, from);
    push(after, from, to);
  }
  let current = columns.map((column) => [...column]);
  let best = current;
  let fewest = crossings(current, after);
  for (let round = 0; round < rounds && fewest > 0; round += 1) {
    current = round % 2 === 0 ? sweep(current, before) : sweep(current.toReversed(), after).toReversed();
    const count = crossings(current, after);
    if (count < fewest) [best, fewest] = [current, count];
  }
  return best;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Each column by the mean place of its neighbours in the one before; who has none stays where it is. */
function sweep(columns: string[][], neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  let place = new Map<string, number>();
  return columns.map((column) => {
    const wish = new Map(
      column.map((id, index) => {
        const near = (neighbours.get(id) ?? []).flatMap((other) => place.get(other) ?? []);
        return [id, near.length === 0 ? index : near.reduce((sum, at) => sum + at, 0) / near.length];
      }),
    );
    const sorted = column.toSorted((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    place = new Map(sorted.map((id, index) => [id, index]));
    return sorted;
  });
}

function crossings(columns: readonly (readonly string[])[], after: ReadonlyMap<string, readonly string[]>): number {
  let count = 0;
  for (let i = 0; i + 1 < columns.length; i += 1) {
    const place = new Map(columns[i + 1]?.map((id, index) => [id, index]));
    const ends: number[] = [];
    for (const id of columns[i] ?? []) {
      const own = (after.get(id) ?? []).flatMap((to) => place.get(to) ?? []).sort((a, b) => a - b);
      for (const end of own) for (const earlier of ends) if (earlier > end) count += 1;
      ends.push(...own);
    }
  }
  return count;
}
