// The order of the nodes in each column, so that few edges cross: barycentres from both sides, the best of some rounds kept.
import type { Link } from './rank.ts';

const rounds = 16;

export interface PlacedLink extends Link {
  /** How far down its node it leaves: edges of one node cross each other, too. */
  fromY: number;
}

interface Neighbour {
  id: string;
  /** Less than the distance of two nodes, in the order of the ways on. */
  bias: number;
}

/** Every link joins neighbouring columns. `columns` is not changed. */
export function orderColumns(columns: readonly (readonly string[])[], links: readonly PlacedLink[]): string[][] {
  const before = new Map<string, Neighbour[]>();
  const after = new Map<string, Neighbour[]>();
  for (const { from, to, fromY } of links.toSorted((a, b) => a.fromY - b.fromY)) {
    push(before, to, { id: from, bias: fromY / (fromY + 1000) });
    push(after, from, { id: to, bias: 0 });
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

function push(map: Map<string, Neighbour[]>, key: string, value: Neighbour): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Each column by the mean place of its neighbours in the one before; who has none stays where it is. */
function sweep(columns: string[][], neighbours: ReadonlyMap<string, readonly Neighbour[]>): string[][] {
  let place = new Map<string, number>();
  return columns.map((column) => {
    const wish = new Map(
      column.map((id, index) => {
        const near = (neighbours.get(id) ?? []).flatMap((other) => {
          const at = place.get(other.id);
          return at === undefined ? [] : [at + other.bias];
        });
        return [id, near.length === 0 ? index : near.reduce((sum, at) => sum + at, 0) / near.length];
      }),
    );
    const sorted = column.toSorted((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    place = new Map(sorted.map((id, index) => [id, index]));
    return sorted;
  });
}

function crossings(columns: readonly (readonly string[])[], after: ReadonlyMap<string, readonly Neighbour[]>): number {
  let count = 0;
  for (let i = 0; i + 1 < columns.length; i += 1) {
    const place = new Map(columns[i + 1]?.map((id, index) => [id, index]));
    const ends: number[] = [];
    for (const id of columns[i] ?? []) {
      for (const { id: to } of after.get(id) ?? []) {
        const end = place.get(to);
        if (end === undefined) continue;
        for (const earlier of ends) if (earlier > end) count += 1;
        ends.push(end);
      }
    }
  }
  return count;
}
