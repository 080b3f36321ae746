// The curve of an edge.
import type { Point } from './geometry.ts';

export interface Way {
  from: Point;
  to: Point;
  bends: readonly Point[];
  /** Below both steps: where an edge that leads back runs. */
  floor: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const point = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

/** Level at both ends and at every bend, so that the pieces join smoothly. */
export function edgePath({ from, to, bends, floor }: Way): string {
  if (to.x < from.x + 24) return backPath(from, to, floor);
  let path = `M${point(from)}`;
  let here = from;
  for (const next of [...bends, to]) {
    const reach = Math.max(24, (next.x - here.x) / 2);
    path += ` C${point({ x: here.x + reach, y: here.y })} ${point({ x: next.x - reach, y: next.y })} ${point(next)}`;
    here = next;
  }
  return path;
}

/** Out to the right, round below both steps, in from the left. */
function backPath(from: Point, to: Point, floor: number): string {
  const out = 36;
  const corner = 18;
  const right = from.x + out;
  const left = to.x - out;
  return [
    `M${point(from)}`,
    `L${point({ x: right - corner, y: from.y })}`,
    `Q${point({ x: right, y: from.y })} ${point({ x: right, y: from.y + corner })}`,
    `L${point({ x: right, y: floor - corner })}`,
    `Q${point({ x: right, y: floor })} ${point({ x: right - corner, y: floor })}`,
    `L${point({ x: left + corner, y: floor })}`,
    `Q${point({ x: left, y: floor })} ${point({ x: left, y: floor - corner })}`,
    `L${point({ x: left, y: to.y + corner })}`,
    `Q${point({ x: left, y: to.y })} ${point({ x: left + corner, y: to.y })}`,
    `L${point(to)}`,
  ].join(' ');
}

/** Where its words stand: halfway along the curve. */
export function edgeMiddle({ from, to, bends, floor }: Way): Point {
  if (to.x < from.x + 24) return { x: (from.x + to.x) / 2, y: floor };
  const stops = [from, ...bends, to];
  const half = Math.floor((stops.length - 1) / 2);
  const [a, b] = [stops[half] ?? from, stops[half + 1] ?? to];
  return stops.length % 2 === 0 ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : a;
}
