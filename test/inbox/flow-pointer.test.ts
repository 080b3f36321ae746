// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCanvas } from '../../inbox/flows/canvas.ts';
import type { Canvas } from '../../inbox/flows/canvas.ts';
import type { FlowEditor } from '../../inbox/flows/editor.ts';
import { handleHands } from '../../inbox/flows/pointer.ts';
import { startEditor } from './flow-scene.ts';

let editor: FlowEditor;
let canvas: Canvas;
let root: HTMLElement;
let stop: () => void;
let deeds: unknown[][];
let isReadOnly: boolean;

beforeEach(() => {
  localStorage.clear();
  deeds = [];
  isReadOnly = false;
  editor = startEditor();
  canvas = createCanvas(editor.drawing);
  canvas.resize({ width: 1200, height: 800 });
  root = document.createElement('div');
  root.getBoundingClientRect = () => ({ left: 0, top: 0, width: 1200, height: 800 }) as DOMRect;
  root.setPointerCapture = () => undefined;
  for (const { id } of editor.drawing.graph.value.nodes) {
    const step = document.createElement('div');
    step.dataset['step'] = id;
    const port = document.createElement('button');
    port.dataset['port'] = 'next';
    port.dataset['y'] = '24';
    step.append(port);
    root.append(step);
  }
  document.body.append(root);
  const tell =
    (name: string) =>
    (...rest: unknown[]): void =>
      void deeds.push([name, ...rest]);
  stop = handleHands(root, canvas, {
    isReadOnly: () => isReadOnly,
    move: tell('move'),
    connect: tell('connect'),
    add: tell('add'),
    tapBackground: tell('tap'),
  });
});
afterEach(() => {
  stop();
  root.remove();
  editor.stop();
});

const card = (id: string): HTMLElement => root.querySelector<HTMLElement>(`[data-step="${id}"]`)!;
const port = (id: string): HTMLElement => card(id).querySelector<HTMLElement>('[data-port]')!;
function hand(type: string, target: Element, x: number, y: number, more: PointerEventInit = {}): void {
  target.dispatchEvent(
    new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: x, clientY: y, ...more }),
  );
}
function wheel(more: WheelEventInit): boolean {
  const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, ...more });
  // happy-dom's wheel knows no mouse.
  Object.assign(event, { clientX: 100, clientY: 100, shiftKey: more.shiftKey ?? false, ctrlKey: more.ctrlKey ?? false });
  return root.dispatchEvent(event);
}

describe('a hand on the graph', () => {
  it('drags a step: it follows the hand at any zoom and is put down where it is let go', () => {
    canvas.zoomTo(0.5);
    hand('pointerdown', card('need'), 300, 300);
    hand('pointermove', root, 340, 320);
    expect(canvas.dragging.value).toEqual({ id: 'need', by: { x: 80, y: 40 } });
    const at = editor.drawing.places.value.get('need')!;
    expect(canvas.place('need')).toMatchObject({ x: at.x + 80, y: at.y + 40 });
    hand('pointerup', root, 340, 320);
    expect(deeds).toEqual([['move', 'need', { x: at.x + 80, y: at.y + 40 }]]);
    expect(canvas.dragging.value).toBeNull();
  });

  it('an unsteady tap drags nothing, and its click goes through', () => {
    let clicks = 0;
    card('need').addEventListener('click', () => (clicks += 1));
    hand('pointerdown', card('need'), 300, 300);
    hand('pointermove', root, 302, 301);
    hand('pointerup', root, 302, 301);
    card('need').click();
    expect([deeds, clicks]).toEqual([[], 1]);
  });

  it('the click that ends a drag opens nothing', () => {
    let clicks = 0;
    card('need').addEventListener('click', () => (clicks += 1));
    hand('pointerdown', card('need'), 300, 300);
    hand('pointermove', root, 360, 300);
    hand('pointerup', root, 360, 300);
    card('need').click();
    expect(clicks).toBe(0);
  });

  it('draws from a port onto a step, and into the open', () => {
    const bye = editor.drawing.places.value.get('bye')!;
    hand('pointerdown', port('hello'), 250, 24);
    hand('pointermove', root, bye.x + 10, bye.y + 10);
    expect(canvas.drawn.value).toMatchObject({ from: { step: 'hello', edge: 'next' }, over: 'bye' });
    hand('pointerup', root, bye.x + 10, bye.y + 10);
    hand('pointerdown', port('hello'), 250, 24);
    hand('pointermove', root, 700, 700);
    hand('pointerup', root, 700, 700);
    expect(deeds).toEqual([
      ['connect', { step: 'hello', edge: 'next' }, 'bye'],
      ['add', { step: 'hello', edge: 'next' }, { x: 700, y: 700 }, { x: 700, y: 700 }],
    ]);
  });

  it('pans by the background, and a tap there lets go of what is chosen', () => {
    hand('pointerdown', root, 10, 10);
    hand('pointermove', root, 60, 40);
    hand('pointerup', root, 60, 40);
    expect(canvas.view.value).toMatchObject({ x: 50, y: 30 });
    expect(deeds).toEqual([]);
    hand('pointerdown', root, 10, 10);
    hand('pointerup', root, 10, 10);
    expect(deeds).toEqual([['tap']]);
  });

  it('with the space bar, the middle button, or when it may only look, a step pans, too', () => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
    hand('pointerdown', card('need'), 0, 0);
    hand('pointermove', root, 20, 0);
    hand('pointerup', root, 20, 0);
    document.dispatchEvent(new KeyboardEvent('keyup', { key: ' ' }));
    hand('pointerdown', card('need'), 0, 0, { button: 1 });
    hand('pointermove', root, 20, 0);
    hand('pointerup', root, 20, 0, { button: 1 });
    isReadOnly = true;
    hand('pointerdown', port('need'), 0, 0);
    hand('pointermove', root, 20, 0);
    hand('pointerup', root, 20, 0);
    expect([canvas.view.value.x, deeds]).toEqual([60, []]);
  });

  it('two fingers zoom about their middle, and one of them lifted drags nothing along', () => {
    hand('pointerdown', card('need'), 100, 100, { pointerId: 1 });
    hand('pointerdown', root, 200, 100, { pointerId: 2 });
    hand('pointermove', root, 300, 100, { pointerId: 2 });
    expect(canvas.view.value.zoom).toBeCloseTo(2);
    expect(canvas.dragging.value).toBeNull();
    hand('pointerup', root, 300, 100, { pointerId: 2 });
    hand('pointerup', root, 100, 100, { pointerId: 1 });
    expect(deeds).toEqual([]);
  });

  it('a cancelled touch does nothing', () => {
    hand('pointerdown', card('need'), 300, 300);
    hand('pointermove', root, 400, 300);
    hand('pointercancel', root, 400, 300);
    expect([deeds, canvas.dragging.value]).toEqual([[], null]);
  });
});

describe('a wheel', () => {
  it('pans, sideways with shift, and the page stays where it is', () => {
    expect(wheel({ deltaX: 5, deltaY: 10 })).toBe(false);
    wheel({ deltaY: 20, shiftKey: true });
    expect(canvas.view.value).toMatchObject({ x: -25, y: -10 });
  });

  it('zooms with ctrl at the pointer', () => {
    wheel({ deltaY: -40, ctrlKey: true });
    const { x, y, zoom } = canvas.view.value;
    expect(zoom).toBeGreaterThan(1);
    expect((100 - x) / zoom).toBeCloseTo(100);
    expect((100 - y) / zoom).toBeCloseTo(100);
  });

  it('is left alone over what scrolls by itself', () => {
    const list = document.createElement('div');
    list.dataset['noPan'] = '';
    root.append(list);
    expect(list.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: 10 }))).toBe(true);
    expect(canvas.view.value.y).toBe(0);
  });
});
