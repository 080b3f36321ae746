// Points, boxes and what the screen shows of the plane they lie in. Pure.

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Point, Size {}

/** What is seen: a point of the plane stands on the screen at `point * zoom + (x, y)`. */
export interface View extends Point {
  zoom: number;
}

export const minZoom = 0.1;
export const maxZoom = 2;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

export function toPlane(view: View, { x, y }: Point): Point {
  return { x: (x - view.x) / view.zoom, y: (y - view.y) / view.zoom };
}

/** The point of the plane under `screen` stays under it. */
export function zoomAt(view: View, screen: Point, factor: number): View {
  const zoom = clamp(view.zoom * factor, minZoom, maxZoom);
  const under = toPlane(view, screen);
  return { x: screen.x - under.x * zoom, y: screen.y - under.y * zoom, zoom };
}

export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** All of `box` in the middle of the screen, as large as it goes but no larger than life. */
export function fit(box: Box, screen: Size, margin = 48): View {
  const zoom = clamp(
    Math.min((screen.width - 2 * margin) / Math.max(1, box.width), (screen.height - 2 * margin) / Math.max(1, box.height), 1),
    minZoom,
    1,
  );
  return {
    x: screen.width / 2 - (box.x + box.width / 2) * zoom,
    y: screen.height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  };
}

/** All of it where it can still be read, else the part where it begins. */
export function openingView(all: Box, start: Box, screen: Size): View {
  const whole = fit(all, screen);
  const readable = screen.width < 600 ? 0.8 : 0.78;
  if (whole.zoom >= readable) return whole;
  const zoom = readable;
  const margin = screen.width < 600 ? 20 : 56;
  const height = Math.min(all.height * zoom, screen.height - 2 * margin);
  const above = (start.y - all.y) * zoom;
  // The start at its share of the height, so that most of what is beside it is seen.
  const top =
    all.height * zoom <= screen.height - 2 * margin ? (screen.height - height) / 2 + above : clamp(above, margin, screen.height / 2 - 40);
  return { x: margin - start.x * zoom, y: top - start.y * zoom, zoom };
}

/** Moves no further than it must for `box` to be seen, with some air. */
export function reveal(view: View, box: Box, screen: Size, margin = 32): View {
  const axis = (shift: number, from: number, length: number, room: number): number => {
    const low = from * view.zoom + shift;
    const high = (from + length) * view.zoom + shift;
    if (low < margin) return shift + margin - low;
    return high > room - margin ? shift - Math.min(high - room + margin, low - margin) : shift;
  };
  return { zoom: view.zoom, x: axis(view.x, box.x, box.width, screen.width), y: axis(view.y, box.y, box.height, screen.height) };
}

export function overlaps(a: Box, b: Box, gap = 0): boolean {
  return a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap;
}

/** `box`, moved down until it touches none of the others. */
export function freeSpot(box: Box, taken: readonly Box[], gap = 24): Box {
  let spot = box;
  for (
    let hit = taken.find((other) => overlaps(spot, other, gap - 1));
    hit !== undefined;
    hit = taken.find((other) => overlaps(spot, other, gap - 1))
  )
    spot = { ...spot, y: hit.y + hit.height + gap };
  return spot;
}
