import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settle } from '../../inbox/flows/align.ts';
import { orderColumns } from '../../inbox/flows/columns.ts';
import { boundsOf, fit, freeSpot, openingView, overlaps, reveal, toPlane, zoomAt } from '../../inbox/flows/geometry.ts';
import type { Box } from '../../inbox/flows/geometry.ts';
import { layOut } from '../../inbox/flows/layout.ts';
import type { LayoutEdge, LayoutNode } from '../../inbox/flows/layout.ts';
import { walk } from '../../inbox/flows/rank.ts';

const node = (id: string, height = 80): LayoutNode => ({ id, width: 240, height });
const edge = (from: string, to: string, key = `${from}>${to}`): LayoutEdge => ({ key, from, to, fromY: 40 });

/** Any flow at all: also with loops, islands, steps that lead to themselves and twice to the same. */
const graphs = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    nodes: fc
      .array(fc.integer({ min: 40, max: 260 }), { minLength: count, maxLength: count })
      .map((heights) => heights.map((h, i) => node(`s${i}`, h))),
    edges: fc
      .array(fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 })), { maxLength: count * 2 })
      .map((pairs) => pairs.map(([a, b], i) => edge(`s${a}`, `s${b}`, `e${i}`))),
  }),
);
const boxesOf = (nodes: readonly LayoutNode[], at: ReadonlyMap<string, { x: number; y: number }>): Box[] =>
  nodes.map(({ id, width, height }) => ({ ...at.get(id)!, width, height }));

test('every step has a place and no two lie over each other', () => {
  fc.assert(
    fc.property(graphs, ({ nodes, edges }) => {
      const boxes = boxesOf(nodes, layOut(nodes, edges, 's0').at);
      for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) expect(overlaps(a, b, 20)).toBe(false);
      expect(boxes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    }),
  );
});

test('edges lead from left to right, except those that close a loop', () => {
  fc.assert(
    fc.property(graphs, ({ nodes, edges }) => {
      const { at } = layOut(nodes, edges, 's0');
      const { back } = walk(
        nodes.map(({ id }) => id),
        edges,
        ['s0'],
      );
      for (const each of edges) if (!back.has(each)) expect(at.get(each.to)!.x).toBeGreaterThan(at.get(each.from)!.x);
    }),
  );
});

test('an edge bends only between its ends, and no step lies on a bend', () => {
  fc.assert(
    fc.property(graphs, ({ nodes, edges }) => {
      const { at, bends } = layOut(nodes, edges, 's0');
      const boxes = boxesOf(nodes, at);
      for (const { key, from, to } of edges)
        for (const point of bends.get(key) ?? []) {
          expect(point.x).toBeGreaterThan(at.get(from)!.x);
          expect(point.x).toBeLessThan(at.get(to)!.x);
          expect(boxes.some((box) => overlaps(box, { ...point, width: 0, height: 0 }))).toBe(false);
        }
    }),
  );
});

test('the same flow is laid out the same way each time, its start at the origin', () => {
  const nodes = ['a', 'b', 'c', 'd'].map((id) => node(id));
  const edges = [edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd'), edge('d', 'a')];
  const once = layOut(nodes, edges, 'a');
  expect(layOut(nodes, edges, 'a')).toEqual(once);
  expect(once.at.get('a')).toEqual({ x: 0, y: 0 });
  expect(once.at.get('b')!.x).toBe(once.at.get('c')!.x);
});

test('a straight flow runs in a straight line, though the heights differ', () => {
  const nodes = [node('a', 60), node('b', 200), node('c', 90)];
  const straight = [
    { ...edge('a', 'b'), fromY: 24 },
    { ...edge('b', 'c'), fromY: 24 },
  ];
  const { at } = layOut(nodes, straight, 'a');
  expect([...at.values()].map(({ y }) => y)).toEqual([0, 0, 0]);
});

test('what nothing leads to stands below the rest', () => {
  const nodes = [node('a'), node('b'), node('lost')];
  const { at } = layOut(nodes, [edge('a', 'b')], 'a');
  expect(at.get('lost')!.y).toBeGreaterThan(at.get('b')!.y + 80);
});

test('a chain of 2,000 steps neither overflows the stack nor takes long', () => {
  const nodes = Array.from({ length: 2000 }, (_, i) => node(`s${i}`));
  const edges = nodes.slice(1).map(({ id }, i) => edge(`s${i}`, id));
  expect(layOut(nodes, edges, 's0').at.get('s1999')!.x).toBeGreaterThan(1999 * 240);
});

test('columns are ordered so that edges which need not cross do not', () => {
  const links = [
    { from: 'a', to: 'y', fromY: 0 },
    { from: 'b', to: 'x', fromY: 0 },
  ];
  expect(
    orderColumns(
      [
        ['a', 'b'],
        ['x', 'y'],
      ],
      links,
    ),
  ).toEqual([
    ['a', 'b'],
    ['y', 'x'],
  ]);
});

test('the ways on from one step do not cross where they need not', () => {
  const links = [
    { from: 'a', to: 'x', fromY: 90 },
    { from: 'a', to: 'y', fromY: 30 },
  ];
  expect(orderColumns([['a'], ['x', 'y']], links)).toEqual([['a'], ['y', 'x']]);
});

test('settling keeps the order and the gap, and moves nothing that has room', () => {
  expect(
    settle(
      [
        { height: 10, top: 0, weight: 1 },
        { height: 10, top: 100, weight: 1 },
      ],
      5,
    ),
  ).toEqual([0, 100]);
  expect(
    settle(
      [
        { height: 10, top: 50, weight: 1 },
        { height: 10, top: 50, weight: 1 },
      ],
      10,
    ),
  ).toEqual([40, 60]);
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          height: fc.integer({ min: 1, max: 50 }),
          top: fc.integer({ min: -500, max: 500 }),
          weight: fc.integer({ min: 1, max: 4 }),
        }),
        { minLength: 1 },
      ),
      (wishes) => {
        const tops = settle(wishes, 8);
        for (let i = 1; i < tops.length; i += 1) expect(tops[i]! - tops[i - 1]!).toBeGreaterThanOrEqual(wishes[i - 1]!.height + 8 - 1e-6);
      },
    ),
  );
});

test('zooming keeps the point under the pointer where it is', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.integer({ min: -999, max: 999 }),
        y: fc.integer({ min: -999, max: 999 }),
        zoom: fc.double({ min: 0.2, max: 2, noNaN: true }),
      }),
      fc.double({ min: 0.2, max: 4, noNaN: true }),
      (view, factor) => {
        const screen = { x: 300, y: 200 };
        const before = toPlane(view, screen);
        const after = toPlane(zoomAt(view, screen, factor), screen);
        expect(after.x).toBeCloseTo(before.x, 6);
        expect(after.y).toBeCloseTo(before.y, 6);
      },
    ),
  );
});

test('fitting shows all of it in the middle and never larger than life', () => {
  const box = { x: 100, y: 50, width: 2000, height: 300 };
  const view = fit(box, { width: 1000, height: 800 }, 50);
  expect(view.zoom).toBeCloseTo(0.45);
  expect(box.x * view.zoom + view.x).toBeCloseTo(50);
  expect(fit({ x: 0, y: 0, width: 10, height: 10 }, { width: 1000, height: 800 }).zoom).toBe(1);
});

test('a flow too long to be read whole opens at its start', () => {
  const all = { x: 0, y: -300, width: 9000, height: 700 };
  const view = openingView(all, { x: 0, y: 0, width: 240, height: 80 }, { width: 1000, height: 700 });
  expect(view.zoom).toBeGreaterThan(0.6);
  expect(view.x).toBeGreaterThan(0);
  expect(view.y).toBeGreaterThan(0);
  expect(view.y).toBeLessThan(600);
});

test('revealing moves no further than it must', () => {
  const view = { x: 0, y: 0, zoom: 1 };
  const screen = { width: 800, height: 600 };
  expect(reveal(view, { x: 100, y: 100, width: 200, height: 100 }, screen)).toEqual(view);
  expect(reveal(view, { x: 900, y: 100, width: 200, height: 100 }, screen, 20)).toEqual({ x: -320, y: 0, zoom: 1 });
  expect(reveal(view, { x: -100, y: 100, width: 200, height: 100 }, screen, 20)).toEqual({ x: 120, y: 0, zoom: 1 });
});

test('a free spot is found below what is in the way', () => {
  const taken = [
    { x: 0, y: 0, width: 100, height: 100 },
    { x: 0, y: 110, width: 100, height: 100 },
  ];
  const spot = freeSpot({ x: 0, y: 0, width: 100, height: 50 }, taken);
  expect(taken.some((box) => overlaps(spot, box))).toBe(false);
  expect(boundsOf([...taken, spot])!.height).toBe(spot.y + 50);
});
