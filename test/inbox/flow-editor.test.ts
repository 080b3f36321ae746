// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { addStep, setField } from '../../inbox/flows/change.ts';
import { createCanvas } from '../../inbox/flows/canvas.ts';
import { createActs } from '../../inbox/flows/acts.ts';
import { openFlow } from '../../inbox/flows/editor.ts';
import type { FlowEditor } from '../../inbox/flows/editor.ts';
import { humanId } from '../../inbox/flows/graph.ts';
import { neighbour } from '../../inbox/flows/graph-keys.ts';
import { createHistory } from '../../inbox/flows/history.ts';
import { saveAfterMs } from '../../inbox/flows/saver.ts';
import { createToasts } from '../../inbox/state/toasts.ts';
import { createStorage } from '../../inbox/storage.ts';
import { removeStep } from '../../shared/bot/edit.ts';
import { createFakeFlows, smallFlow, startEditor } from './flow-scene.ts';

let editor: FlowEditor | null = null;
beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  editor?.stop();
  editor = null;
  vi.useRealTimers();
});

const start = (...args: Parameters<typeof startEditor>): FlowEditor => (editor = startEditor(...args));
const settle = (ms = saveAfterMs): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const say = (text: string) => setField(editor!.history.now.peek(), 'hello', 'text', text);

describe('undo and redo', () => {
  it('go back and forth; a new change ends what could be redone', () => {
    const history = createHistory(1, () => 0);
    history.change(2);
    history.change(3);
    history.undo();
    expect([history.now.value, history.canRedo.value]).toEqual([2, true]);
    history.redo();
    expect(history.now.value).toBe(3);
    history.undo();
    history.change(4);
    expect([history.canRedo.value, history.now.value]).toEqual([false, 4]);
    history.undo();
    history.undo();
    expect([history.now.value, history.canUndo.value]).toEqual([1, false]);
    history.undo();
    expect(history.now.value).toBe(1);
  });

  it('letters typed one after the other are undone together, others apart', () => {
    let now = 0;
    const history = createHistory('', () => now);
    for (const text of ['H', 'He', 'Hey']) {
      now += 100;
      history.change(text, 'text');
    }
    now += 5000;
    history.change('Hey you', 'text');
    history.change('Hey you', 'text');
    history.undo();
    expect(history.now.value).toBe('Hey');
    history.undo();
    expect(history.now.value).toBe('');
  });
});

describe('saving', () => {
  it('happens once, a moment after the last change', async () => {
    const server = createFakeFlows();
    start(server);
    editor!.change(say('One'), 'text');
    await settle(300);
    editor!.change(say('Two'), 'text');
    expect(editor!.saver.state.value.kind).toBe('saving');
    await settle(500);
    expect(server.saves).toEqual([]);
    await settle();
    expect(server.saves.map(({ rev, body }) => [rev, body.steps['hello']?.['text']])).toEqual([[1, 'Two']]);
    expect([editor!.saver.state.value.kind, editor!.saver.rev()]).toEqual(['saved', 2]);
  });

  it('what is changed while a save is on its way is saved after it', async () => {
    const server = createFakeFlows();
    start(server);
    editor!.change(say('One'));
    const first = editor!.saver.flush();
    editor!.change(say('Two'));
    await first;
    await settle();
    expect(server.saves.map(({ rev, body }) => [rev, body.steps['hello']?.['text']])).toEqual([
      [1, 'One'],
      [2, 'Two'],
    ]);
  });

  it('undoing is saved like any change', async () => {
    const server = createFakeFlows();
    start(server);
    editor!.change(say('One'));
    await settle();
    editor!.history.undo();
    await settle();
    expect(server.saves.at(-1)?.body.steps['hello']?.['text']).toBe('Hi {{contact.name|there}}!');
    expect(editor!.hasChanges.value).toBe(false);
  });

  it('is tried again while the line is dead, and nothing is lost', async () => {
    const server = createFakeFlows();
    start(server);
    server.isDown = true;
    editor!.change(say('On a train'));
    await settle();
    expect(editor!.saver.state.value).toMatchObject({ kind: 'waiting' });
    await settle(3000);
    expect(editor!.saver.state.value.kind).toBe('waiting');
    server.isDown = false;
    await settle(30_000);
    expect(editor!.saver.state.value.kind).toBe('saved');
    expect(server.reply().draft.body).toMatchObject({ steps: { hello: { text: 'On a train' } } });
  });

  it('goes on at once when the browser is online again', async () => {
    const server = createFakeFlows();
    start(server);
    server.isDown = true;
    editor!.change(say('Offline'));
    await settle();
    server.isDown = false;
    window.dispatchEvent(new Event('online'));
    await settle(0);
    expect(editor!.saver.state.value.kind).toBe('saved');
  });

  it('asks before the page is left with something unsaved, and only then', async () => {
    start();
    const leave = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(false);
    editor!.change(say('Not yet'));
    expect(leave()).toBe(true);
    await settle();
    expect(leave()).toBe(false);
  });

  it('what was not saved when the tab was closed is back when the flow is opened again', async () => {
    const server = createFakeFlows();
    start(server);
    server.isDown = true;
    editor!.change(say('Almost lost'));
    editor!.stop();
    await settle(0);
    server.isDown = false;
    const opened = await openFlow(
      { api: createApi(server.request), storage: createStorage(), toasts: createToasts(), canEdit: true },
      'small',
    );
    if (!opened.ok) throw new Error(opened.message);
    editor = opened.editor;
    expect(editor.history.now.value.steps['hello']?.['text']).toBe('Almost lost');
    await settle();
    expect(server.saves.at(-1)?.body.steps['hello']?.['text']).toBe('Almost lost');
  });
});

describe('when somebody else changes the flow meanwhile', () => {
  const theirs = setField(smallFlow, 'hello', 'text', 'Theirs');

  async function conflict() {
    const server = createFakeFlows();
    start(server);
    server.saveElsewhere(theirs);
    editor!.change(say('Mine'));
    await settle();
    expect(editor!.saver.state.value.kind).toBe('conflict');
    editor!.change(say('Mine, too'));
    await settle(60_000);
    expect(server.saves).toEqual([]);
    return server;
  }

  it('theirs can be loaded, and mine had back by undoing', async () => {
    const server = await conflict();
    await editor!.takeTheirs();
    expect(editor!.history.now.value.steps['hello']?.['text']).toBe('Theirs');
    expect(editor!.saver.state.value.kind).toBe('saved');
    editor!.history.undo();
    await settle();
    expect(server.saves.at(-1)).toMatchObject({ rev: 2, body: { steps: { hello: { text: 'Mine, too' } } } });
  });

  it('mine can be saved over theirs', async () => {
    const server = await conflict();
    await editor!.keepMine();
    expect(server.saves).toMatchObject([{ rev: 2, body: { steps: { hello: { text: 'Mine, too' } } } }]);
    expect(editor!.saver.state.value.kind).toBe('saved');
  });
});

describe('publishing', () => {
  it('saves first what is not saved yet', async () => {
    const server = createFakeFlows();
    start(server);
    editor!.change(say('New words'));
    expect(await editor!.publishing.publish(' Shorter ')).toBeNull();
    expect(server.asked.map(({ route }) => route).filter((route) => /PUT|POST/.test(route))).toEqual([
      'PUT /api/v1/flows/small/draft',
      'POST /api/v1/flows/small/publish',
    ]);
    expect(server.asked.at(-1)?.body).toEqual({ rev: 2, note: 'Shorter' });
    expect([editor!.info.value.published_version, editor!.hasChanges.value]).toEqual([2, false]);
  });

  it('is refused in words where the draft cannot be saved', async () => {
    const server = createFakeFlows();
    start(server);
    server.isDown = true;
    editor!.change(say('New words'));
    expect(await editor!.publishing.publish('')).toMatchObject({ code: 'not_saved' });
  });

  it('rolling back makes the old version the draft and the newest; undo has the draft back', async () => {
    const server = createFakeFlows();
    start(server);
    editor!.change(say('Worse'));
    await editor!.publishing.publish('');
    expect(await editor!.publishing.rollBack(1)).toBeNull();
    expect(editor!.history.now.value.steps['hello']?.['text']).toBe('Hi {{contact.name|there}}!');
    expect(editor!.info.value.published_version).toBe(3);
    await settle();
    expect(editor!.hasChanges.value).toBe(false);
    editor!.history.undo();
    expect(editor!.history.now.value.steps['hello']?.['text']).toBe('Worse');
    expect(editor!.hasChanges.value).toBe(true);
  });

  it('an old version is looked at, not changed', async () => {
    const server = createFakeFlows();
    start(server);
    editor!.change(say('Newer'));
    await editor!.publishing.publish('');
    await editor!.publishing.view(1);
    expect([editor!.isReadOnly.value, editor!.draft.value.steps['hello']?.['text']]).toEqual([true, 'Hi {{contact.name|there}}!']);
    editor!.change(say('No'));
    await editor!.publishing.view(null);
    expect([editor!.isReadOnly.value, editor!.draft.value.steps['hello']?.['text']]).toEqual([false, 'Newer']);
  });

  it('who may only look changes nothing', () => {
    start(createFakeFlows(), { canEdit: false });
    editor!.change(say('No'));
    expect([editor!.isReadOnly.value, editor!.draft.value]).toEqual([true, smallFlow]);
  });
});

describe('the drawing', () => {
  it('names faults by step as the draft changes', () => {
    start();
    expect(editor!.drawing.faults.value).toEqual([]);
    editor!.change(addStep(smallFlow, 'say', null).flow);
    expect(editor!.drawing.faultsOf.value.get('say')?.map(({ code }) => code)).toEqual(['missing-target', 'unreachable']);
    editor!.change({ ...smallFlow, start: '' });
    expect(editor!.drawing.faultsOf.value.get('')?.map(({ code }) => code)).toEqual(['no-start']);
  });

  it('a step that cannot be read leaves the rest drawn, and the engine without a flow', () => {
    start();
    editor!.change(setField(smallFlow, 'points', 'rules', 'nonsense'));
    expect(editor!.drawing.flow.value).toBeNull();
    expect(editor!.drawing.graph.value.nodes).toHaveLength(5);
    expect(editor!.drawing.faults.value[0]?.step).toBe('points');
  });

  it('cards of steps that did not change stay the same, and no place is worked out anew', () => {
    start();
    const before = editor!.drawing.graph.value;
    const places = editor!.drawing.places.value;
    editor!.change(setField(smallFlow, 'email', 'text', 'Mail?'));
    const after = editor!.drawing.graph.value;
    expect(after.byId.get('hello')).toBe(before.byId.get('hello'));
    expect(after.byId.get('email')).not.toBe(before.byId.get('email'));
    expect(editor!.drawing.places.value.get('need')).toEqual(places.get('need'));
  });

  it('a step stands where it was put, and others give way to it', () => {
    start();
    const need = editor!.drawing.places.value.get('need')!;
    editor!.change(setField(smallFlow, 'bye', 'at', { x: need.x, y: need.y }));
    const places = editor!.drawing.places.value;
    expect(places.get('bye')).toMatchObject({ x: need.x, y: need.y });
    expect(places.get('need')!.y).toBeGreaterThanOrEqual(need.y + places.get('bye')!.height);
  });

  it('the chosen step is let go when it is removed', () => {
    start();
    editor!.select('email');
    editor!.change(removeStep(smallFlow, 'email'));
    expect([editor!.selected.value, editor!.panel.value]).toEqual([null, null]);
  });

  it('shows where who asks for a person goes, and edges from there can be drawn', () => {
    start();
    editor!.change({ ...smallFlow, human: { next: 'bye', collect: 'email' } });
    expect(editor!.drawing.graph.value.edges.filter(({ from }) => from === humanId).map(({ to }) => to)).toEqual(['email', 'bye']);
    const canvas = createCanvas(editor!.drawing);
    createActs(editor!, canvas, createToasts()).connect({ step: humanId, edge: 'human' }, 'points');
    expect(editor!.history.now.value.human).toEqual({ next: 'points', collect: 'email' });
  });

  it('arrows go along the edges, back along them, and else to the nearest', () => {
    start();
    const { graph, places } = editor!.drawing;
    const from = (id: string, key: Parameters<typeof neighbour>[3]) => neighbour(graph.value, places.value, id, key);
    expect([from('hello', 'ArrowRight'), from('need', 'ArrowLeft'), from('bye', 'ArrowRight'), from('hello', 'ArrowLeft')]).toEqual([
      'need',
      'hello',
      null,
      null,
    ]);
  });
});
