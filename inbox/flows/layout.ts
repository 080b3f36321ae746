// Where the steps of a flow stand when nobody has put them anywhere: columns from left to right, loops led back. Pure.
import { settle } from './align.ts';
import { orderColumns } from './columns.ts';
import type { PlacedLink } from './columns.ts';
import type { Point, Size } from './geometry.ts';
import { islands, ranksOf, walk } from './rank.ts';
import type { Link } from './rank.ts';

export interface LayoutNode extends Size {
  id: string;
}

export interface LayoutEdge extends Link {
  /** Tells edges between the same two steps apart. */
  key: string;
  /** How far below the top of its step it leaves. */
  fromY: number;
}

export interface Layout {
  /** The left upper corner of each node. */
  at: ReadonlyMap<string, Point>;
  /** By the edge's key: where an edge passes the columns between its ends. */
  bends: ReadonlyMap<string, readonly Point[]>;
}

export const columnGap = 88;
export const rowGap = 28;
const islandGap = 72;
/** The room an edge gets where it passes a column. */
const laneHeight = 10;
const alignRounds = 10;
/** Where an edge meets its step, below its top. */
export const inletY = 24;

/** The start stands left, at the height 0 of its inlet; islands that nothing leads to stand below. */
export function layOut(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], start: string): Layout {
  const at = new Map<string, Point>();
  const bends = new Map<string, readonly Point[]>();
  const ids = nodes.map(({ id }) => id);
  let floor = 0;
  for (const members of islands(ids, edges, start)) {
    const inside = new Set(members);
    const island = layOutIsland(
      nodes.filter(({ id }) => inside.has(id)),
      edges.filter(({ from, to }) => inside.has(from) && inside.has(to)),
      start,
    );
    const shift = at.size === 0 ? 0 : floor + islandGap - island.top;
    for (const [id, { x, y }] of island.at) at.set(id, { x, y: y + shift });
    for (const [key, points] of island.bends)
      bends.set(
        key,
        points.map(({ x, y }) => ({ x, y: y + shift })),
      );
    floor = Math.max(floor, island.bottom + shift);
  }
  return { at, bends };
}

/** A node, or the place where a long edge passes a column. */
interface Cell {
  id: string;
  width: number;
  height: number;
  inlet: number;
  column: number;
}

interface Island extends Layout {
  top: number;
  bottom: number;
}

function layOutIsland(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], start: string): Island {
  const ids = nodes.map(({ id }) => id);
  const way = walk(ids, edges, [start]);
  const ranks = ranksOf(ids, edges, way);
  const size = new Map(nodes.map((node) => [node.id, node]));
  const cells = new Map<string, Cell>();
  for (const id of way.order) {
    const { width = 0, height = 0 } = size.get(id) ?? {};
    cells.set(id, { id, width, height, inlet: inletY, column: ranks.get(id) ?? 0 });
  }
  const forward = edges.filter((edge) => !way.back.has(edge));
  const { pieces, lanes } = cut(forward, cells);
  const columns: string[][] = [];
  for (const { id, column } of cells.values()) (columns[column] ??= []).push(id);
  const ordered = orderColumns(
    Array.from(columns, (column) => column ?? []),
    pieces,
  );
  const tops = heights(ordered, cells, pieces);
  return place(ordered, cells, tops, lanes, start);
}

/** Long edges are cut where they pass a column; each cut takes a place of its own there. */
function cut(edges: readonly LayoutEdge[], cells: Map<string, Cell>): { pieces: PlacedLink[]; lanes: Map<string, string[]> } {
  const pieces: PlacedLink[] = [];
  const lanes = new Map<string, string[]>();
  for (const { key, from, to, fromY } of edges) {
    const first = cells.get(from)?.column ?? 0;
    const last = cells.get(to)?.column ?? 0;
    let here: PlacedLink = { from, to, fromY };
    for (let column = first + 1; column < last; column += 1) {
      const id = `${key} @${column}`;
      cells.set(id, { id, width: 0, height: laneHeight, inlet: laneHeight / 2, column });
      const lane = lanes.get(key);
      if (lane) lane.push(id);
      else lanes.set(key, [id]);
      pieces.push({ ...here, to: id });
      here = { from: id, to, fromY: laneHeight / 2 };
    }
    pieces.push(here);
  }
  return { pieces, lanes };
}

/** Tops by cell: each goes where its edges would run level, first seen from the left, then from the right, and so on. */
function heights(
  columns: readonly (readonly string[])[],
  cells: ReadonlyMap<string, Cell>,
  pieces: readonly PlacedLink[],
): Map<string, number> {
  const tops = new Map<string, number>();
  for (const column of columns) {
    const whole = column.reduce((sum, id) => sum + (cells.get(id)?.height ?? 0) + rowGap, -rowGap);
    let y = -whole / 2;
    for (const id of column) {
      tops.set(id, y);
      y += (cells.get(id)?.height ?? 0) + rowGap;
    }
  }
  const into = groupBy(pieces, ({ to }) => to);
  const outOf = groupBy(pieces, ({ from }) => from);
  const wishFromLeft = (cell: Cell): number[] =>
    (into.get(cell.id) ?? []).map(({ from, fromY }) => (tops.get(from) ?? 0) + fromY - cell.inlet);
  const wishFromRight = (cell: Cell): number[] =>
    (outOf.get(cell.id) ?? []).map(({ to, fromY }) => (tops.get(to) ?? 0) + (cells.get(to)?.inlet ?? 0) - fromY);
  for (let round = 0; round < alignRounds; round += 1) {
    const leftward = round % 2 === 1;
    const wishOf = (cell: Cell): number[] => {
      const [near, far] = leftward ? [wishFromRight(cell), wishFromLeft(cell)] : [wishFromLeft(cell), wishFromRight(cell)];
      return near.length > 0 ? near : far;
    };
    for (const column of leftward ? columns.toReversed() : columns) settleColumn(column, cells, tops, wishOf);
  }
  return tops;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function settleColumn(
  column: readonly string[],
  cells: ReadonlyMap<string, Cell>,
  tops: Map<string, number>,
  wishOf: (cell: Cell) => number[],
): void {
  const wishes = column.map((id) => {
    const cell = cells.get(id);
    const wished = cell ? wishOf(cell) : [];
    const top = wished.length === 0 ? (tops.get(id) ?? 0) : wished.reduce((sum, y) => sum + y, 0) / wished.length;
    // An edge that passes by bends for no step.
    return { height: cell?.height ?? 0, top, weight: cell?.width === 0 ? 4 : Math.max(1, wished.length) };
  });
  settle(wishes, rowGap).forEach((top, index) => tops.set(column[index] ?? '', top));
}

function place(
  columns: readonly (readonly string[])[],
  cells: ReadonlyMap<string, Cell>,
  tops: ReadonlyMap<string, number>,
  lanes: ReadonlyMap<string, readonly string[]>,
  start: string,
): Island {
  const base = tops.get(start) ?? Math.min(...tops.values());
  const at = new Map<string, Point>();
  const lane = new Map<string, readonly Point[]>();
  let x = 0;
  let [top, bottom] = [Infinity, -Infinity];
  for (const column of columns) {
    const width = Math.max(0, ...column.map((id) => cells.get(id)?.width ?? 0));
    for (const id of column) {
      const cell = cells.get(id);
      if (!cell) continue;
      const y = Math.round((tops.get(id) ?? 0) - base);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + cell.height);
      // Level past the whole column: it bends in the gaps, where no step is.
      const level = y + cell.inlet;
      if (cell.width === 0)
        lane.set(id, [
          { x, y: level },
          { x: x + width, y: level },
        ]);
      else at.set(id, { x, y });
    }
    x += width + columnGap;
  }
  const bends = new Map([...lanes].map(([key, ids]) => [key, ids.flatMap((id) => lane.get(id) ?? [])]));
  return { at, bends, top, bottom };
}
