// Hands on the graph: a finger, a mouse, two fingers, a wheel. Turned into pan, zoom, drag and draw; what was meant is told when
// the hand is lifted.
import type { Canvas } from './canvas.ts';
import { portPoint } from './canvas.ts';
import type { Outlet } from './change.ts';
import { toPlane } from './geometry.ts';
import type { Point } from './geometry.ts';

export interface Deeds {
  isReadOnly(): boolean;
  /** A card was put down at this place. */
  move(id: string, to: Point): void;
  /** A line was drawn from a port onto a step. */
  connect(from: Outlet, to: string): void;
  /** A line was drawn into the open. */
  add(after: Outlet, at: Point | null, screen: Point): void;
  tapBackground(): void;
}

/** Nearer than this is a tap with an unsteady hand, px. */
const tapSlack = 5;
const wheelZoom = 0.0022;

type Hold = { kind: 'pan' } | { kind: 'card'; id: string } | { kind: 'port'; from: Outlet; portY: number };

interface Hand {
  at: Point;
  start: Point;
}

/** Listens on the canvas element; returns the function that stops it. */
export function handleHands(element: HTMLElement, canvas: Canvas, deeds: Deeds): () => void {
  const hands = new Map<number, Hand>();
  let hold: Hold | null = null;
  let isMoved = false;
  let isSpaceHeld = false;
  const local = (event: PointerEvent | WheelEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  function onDown(event: PointerEvent): void {
    const target = event.target as Element;
    if (event.button > 1 || target.closest('[data-no-pan]')) return;
    const at = local(event);
    hands.set(event.pointerId, { at, start: at });
    if (hands.size > 1) {
      letGo();
      hold = { kind: 'pan' };
      isMoved = true;
      return;
    }
    hold = holdOf(target, event.button === 1 || isSpaceHeld || deeds.isReadOnly());
    isMoved = false;
    // A captured pointer takes the click along: a tap on a port is the port's own.
    if (hold.kind === 'pan') element.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault();
  }

  function onMove(event: PointerEvent): void {
    const hand = hands.get(event.pointerId);
    if (!hand || hold === null) return;
    const at = local(event);
    const by = { x: at.x - hand.at.x, y: at.y - hand.at.y };
    if (hands.size === 2) return pinch(event.pointerId, at, by);
    hand.at = at;
    if (!isMoved && Math.hypot(at.x - hand.start.x, at.y - hand.start.y) < tapSlack) return;
    if (!isMoved) element.setPointerCapture(event.pointerId);
    isMoved = true;
    const { zoom } = canvas.view.peek();
    if (hold.kind === 'pan') canvas.pan(by);
    else if (hold.kind === 'card')
      canvas.setDragging({ id: hold.id, by: { x: (at.x - hand.start.x) / zoom, y: (at.y - hand.start.y) / zoom } });
    else draw(hold, at);
  }

  function pinch(id: number, at: Point, by: Point): void {
    const hand = hands.get(id);
    const other = [...hands].find(([key]) => key !== id)?.[1];
    if (!hand || !other) return;
    const before = Math.hypot(hand.at.x - other.at.x, hand.at.y - other.at.y);
    hand.at = at;
    const after = Math.hypot(at.x - other.at.x, at.y - other.at.y);
    canvas.pan({ x: by.x / 2, y: by.y / 2 });
    if (before > 0) canvas.zoom(after / before, { x: (at.x + other.at.x) / 2, y: (at.y + other.at.y) / 2 });
  }

  function draw({ from, portY }: Extract<Hold, { kind: 'port' }>, at: Point): void {
    const box = canvas.place(from.step);
    if (!box) return;
    const end = toPlane(canvas.view.peek(), at);
    canvas.setDrawn({ from, start: portPoint(box, portY), end, over: canvas.stepAt(end) });
  }

  function onUp(event: PointerEvent): void {
    const hand = hands.get(event.pointerId);
    hands.delete(event.pointerId);
    if (!hand || hold === null) return;
    const done = hold;
    const [dragging, drawn] = [canvas.dragging.peek(), canvas.drawn.peek()];
    if (hands.size === 0) letGo();
    if (event.type === 'pointercancel') return;
    if (!isMoved) {
      if (done.kind === 'pan' && event.button === 0) deeds.tapBackground();
      return;
    }
    // The click that follows a drag is none.
    swallowClick(element);
    if (dragging) put(dragging.id, dragging.by);
    if (!drawn || done.kind !== 'port') return;
    if (drawn.over !== null) deeds.connect(done.from, drawn.over);
    else deeds.add(done.from, drawn.end, hand.at);
  }

  function put(id: string, by: Point): void {
    // The dragged place is still in force when the draft changes: nothing jumps.
    const box = canvas.place(id);
    if (box) deeds.move(id, { x: box.x + by.x, y: box.y + by.y });
  }

  function letGo(): void {
    hold = null;
    canvas.setDragging(null);
    canvas.setDrawn(null);
  }

  function onWheel(event: WheelEvent): void {
    if ((event.target as Element).closest('[data-no-pan]')) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      const step = Math.max(-60, Math.min(60, event.deltaY * unit));
      canvas.zoom(Math.exp(-step * wheelZoom * (event.deltaMode === 1 ? 1 : 3)), local(event));
    } else {
      const sideways = event.shiftKey && event.deltaX === 0;
      canvas.pan({ x: -(sideways ? event.deltaY : event.deltaX) * unit, y: -(sideways ? 0 : event.deltaY) * unit });
    }
  }

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test((event.target as Element).tagName)) return;
    isSpaceHeld = event.type === 'keydown';
    element.classList.toggle('is-panning', isSpaceHeld);
    event.preventDefault();
  };

  return listen([
    [element, 'pointerdown', onDown],
    [element, 'pointermove', onMove],
    [element, 'pointerup', onUp],
    [element, 'pointercancel', onUp],
    [element, 'wheel', onWheel],
    [document, 'keydown', onKey],
    [document, 'keyup', onKey],
  ]);
}

function holdOf(target: Element, onlyPans: boolean): Hold {
  if (onlyPans) return { kind: 'pan' };
  const port = target.closest<HTMLElement>('[data-port]');
  const card = target.closest<HTMLElement>('[data-step]');
  const id = card?.dataset['step'];
  if (port && id !== undefined) {
    return { kind: 'port', from: { step: id, edge: port.dataset['port'] ?? '' }, portY: Number(port.dataset['y']) };
  }
  return id === undefined ? { kind: 'pan' } : { kind: 'card', id };
}

function swallowClick(element: HTMLElement): void {
  const stop = (event: Event): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  element.addEventListener('click', stop, { capture: true, once: true });
  // Where the browser sends none, the next one is meant.
  setTimeout(() => element.removeEventListener('click', stop, { capture: true }), 0);
}

type Listened = readonly [EventTarget, string, (event: never) => void];

function listen(all: readonly Listened[]): () => void {
  // `passive: false`, for the page must not zoom or scroll along.
  for (const [target, name, listener] of all) target.addEventListener(name, listener as EventListener, { passive: false });
  return () => {
    for (const [target, name, listener] of all) target.removeEventListener(name, listener as EventListener);
  };
}
