// How high the nodes of a column stand: as near as they can to where their neighbours would have them, in order, apart.

export interface Wish {
  height: number;
  /** The top it would like. */
  top: number;
  /** How much its wish counts. */
  weight: number;
}

/**
 * Tops in the given order, at least `gap` apart, with the least weighted sum of squared distances from the wishes: pool
 * adjacent violators, on tops less the room that what is above takes.
 */
export function settle(wishes: readonly Wish[], gap: number): number[] {
  const blocks: { sum: number; weight: number; count: number }[] = [];
  let above = 0;
  const room: number[] = [];
  for (const { height, top, weight } of wishes) {
    room.push(above);
    let block = { sum: (top - above) * weight, weight, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.sum / last.weight >= block.sum / block.weight; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
    }
    blocks.push(block);
    above += height + gap;
  }
  const tops: number[] = [];
  for (const { sum, weight, count } of blocks) for (let i = 0; i < count; i += 1) tops.push(sum / weight + (room[tops.length] ?? 0));
  return tops;
}
