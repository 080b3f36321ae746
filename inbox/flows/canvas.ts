// What is seen of the graph and what is being done to it by hand. While a step is dragged only signals change that its own
// `transform` and its edges' `d` hang on.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Outlet } from './change.ts';
import type { Drawing } from './drawing.ts';
import { boundsOf, fit, openingView, reveal, zoomAt } from './geometry.ts';
import type { Box, Point, Size, View } from './geometry.ts';
import { inletY } from './layout.ts';

export interface Dragging {
  id: string;
  by: Point;
}

/** An edge on its way from a port to the pointer. */
export interface Drawn {
  from: Outlet;
  /** Of the port, in the plane. */
  start: Point;
  end: Point;
  /** The step it would lead to. */
  over: string | null;
}

/** The palette is open: what the new step comes after, and where it would stand. */
export interface Adding {
  after: Outlet | null;
  at: Point | null;
  /** Where on the screen the palette opens. */
  screen: Point;
}

export interface Canvas {
  readonly view: ReadonlySignal<View>;
  readonly size: ReadonlySignal<Size>;
  readonly dragging: ReadonlySignal<Dragging | null>;
  readonly drawn: ReadonlySignal<Drawn | null>;
  readonly adding: ReadonlySignal<Adding | null>;
  /** The views change softly, for a move nobody's hand makes. */
  readonly isGliding: ReadonlySignal<boolean>;
  /** Where a card stands now, also while it is dragged. */
  place(id: string): Box | null;
  resize(size: Size): void;
  pan(by: Point): void;
  zoom(factor: number, at?: Point): void;
  zoomTo(zoom: number): void;
  fit(): void;
  open(start: string): void;
  reveal(id: string): void;
  setDragging(dragging: Dragging | null): void;
  setDrawn(drawn: Drawn | null): void;
  setAdding(adding: Adding | null): void;
  /** The step at this point of the plane, with a little slack around it. */
  stepAt(point: Point): string | null;
}

const slack = 14;

export function createCanvas({ places, graph }: Pick<Drawing, 'places' | 'graph'>): Canvas {
  const view = signal<View>({ x: 0, y: 0, zoom: 1 });
  const size = signal<Size>({ width: 0, height: 0 });
  const dragging = signal<Dragging | null>(null);
  const drawn = signal<Drawn | null>(null);
  const adding = signal<Adding | null>(null);
  const isGliding = signal(false);
  const centre = (): Point => ({ x: size.peek().width / 2, y: size.peek().height / 2 });
  const set = (next: View, glides: boolean): void => {
    isGliding.value = glides;
    view.value = next;
  };
  const all = (): Box | null => boundsOf([...places.peek().values()]);
  return {
    view,
    size,
    dragging,
    drawn,
    adding,
    isGliding,
    place(id) {
      const box = places.value.get(id);
      const drag = dragging.value;
      if (box === undefined) return null;
      return drag?.id === id ? { ...box, x: box.x + drag.by.x, y: box.y + drag.by.y } : box;
    },
    resize: (next) => void (size.value = next),
    pan: ({ x, y }) => set({ ...view.peek(), x: view.peek().x + x, y: view.peek().y + y }, false),
    zoom: (factor, at) => set(zoomAt(view.peek(), at ?? centre(), factor), at === undefined),
    zoomTo: (zoom) => set(zoomAt(view.peek(), centre(), zoom / view.peek().zoom), true),
    fit() {
      const box = all();
      if (box) set(fit(box, size.peek()), true);
    },
    open(start) {
      const box = all();
      const first = places.peek().get(start) ?? box;
      if (box && first) set(openingView(box, first, size.peek()), false);
    },
    reveal(id) {
      const box = places.peek().get(id);
      if (!box || size.peek().width === 0) return;
      const next = reveal(view.peek(), box, size.peek());
      if (next.x !== view.peek().x || next.y !== view.peek().y) set(next, true);
    },
    setDragging: (next) => void (dragging.value = next),
    setDrawn: (next) => void (drawn.value = next),
    setAdding: (next) => void (adding.value = next),
    stepAt({ x, y }) {
      const hit = graph.peek().nodes.findLast(({ id }) => {
        const box = places.peek().get(id);
        return box && x > box.x - slack && x < box.x + box.width + slack && y > box.y - slack && y < box.y + box.height + slack;
      });
      return hit?.id ?? null;
    },
  };
}

/** Where a port stands in the plane. */
export function portPoint(box: Box, portY: number): Point {
  return { x: box.x + box.width, y: box.y + portY };
}

export function inletPoint(box: Box): Point {
  return { x: box.x, y: box.y + inletY };
}

/** A signal of one card's `transform`, which changes for that card alone. */
export function placeStyle(canvas: Canvas, id: string): ReadonlySignal<string> {
  return computed(() => {
    const box = canvas.place(id);
    return box === null ? 'display:none' : `transform:translate(${box.x}px,${box.y}px)`;
  });
}
