// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChangeBody } from '../../shared/conversation.ts';
import { open, thread } from './page.tsx';
import { ada, bot, item, noon, refusal, said } from './scene.ts';
import type { Scene } from './scene.ts';

const path = '/inbox/conversations/1';
const jonas = { kind: 'agent', id: 8, name: 'Jonas Weber' } as const;
const logs = { 1: [said(1, 'hello'), said(2, 'from the bot', bot), said(3, 'from Jonas', jonas), said(4, 'It costs 29', ada)] };

const message = (id: number): HTMLElement => document.querySelector<HTMLElement>(`[data-message="${id}"]`)!;
const tools = (id: number): HTMLElement | null => within(message(id)).queryByRole('toolbar', { name: 'Your message' });
const edit = (id: number): HTMLElement => within(message(id)).getByRole('button', { name: 'Edit' });
const remove = (id: number): HTMLElement => within(message(id)).getByRole('button', { name: 'Delete' });
const field = (): HTMLTextAreaElement => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Change your message' });

async function openThread(answers: Parameters<typeof open>[0] = {}): Promise<Scene> {
  const scene = open({ path, logs, ...answers });
  await screen.findByText('It costs 29');
  return scene;
}

function told(scene: Scene, seq: number, change: ChangeBody): void {
  const whole = { ...change, seq, at: noon };
  scene.connection.emit('feed', { items: [item(seq + 6, { type: 'message.edited', conversationId: 1, change: whole })] });
}

test('only one’s own messages can be changed', async () => {
  await openThread();
  expect([101, 102, 103, 104].map((id) => tools(id) !== null)).toEqual([false, false, false, true]);
});

describe('an edit', () => {
  test('is made in the message’s place: Enter saves, and the new words show at once', async () => {
    const user = userEvent.setup();
    const { connection } = await openThread();
    await user.click(edit(104));
    expect([document.activeElement, field().value]).toEqual([field(), 'It costs 29']);
    await user.keyboard('0{Shift>}{Enter}{/Shift}a year{Enter}');
    expect(connection.sentOf('message.edit')).toMatchObject([{ conversation: 1, message: 104, text: 'It costs 290\na year' }]);
    await waitFor(() => expect(message(104).textContent).toContain('It costs 290\na year (edited)'));
    expect(document.activeElement).toBe(message(104));
  });

  test('is left with Escape, and unchanged words send nothing', async () => {
    const user = userEvent.setup();
    const { connection, inbox } = await openThread();
    await user.click(edit(104));
    await user.keyboard(' no{Escape}');
    expect(message(104).textContent).toContain('It costs 29');
    await user.click(edit(104));
    await user.keyboard('{Enter}');
    expect([connection.sentOf('message.edit'), inbox.editor.editing.value, inbox.selectedId.value]).toEqual([[], null, 1]);
  });

  test('cannot leave nothing of the message', async () => {
    const user = userEvent.setup();
    const { connection } = await openThread();
    await user.click(edit(104));
    await user.clear(field());
    await user.keyboard('{Enter}');
    expect([field().value, connection.sentOf('message.edit')]).toEqual(['', []]);
  });

  test('begins with the up arrow in an empty composer, and ends there', async () => {
    const user = userEvent.setup();
    await openThread();
    await user.keyboard('r{ArrowUp}');
    expect(field().value).toBe('It costs 29');
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /^Reply to/ }));
    await user.keyboard('draft{ArrowUp}');
    expect(screen.queryByRole('textbox', { name: 'Change your message' })).toBeNull();
  });

  test('that is refused is taken back, and its words are offered again', async () => {
    const user = userEvent.setup();
    await openThread({ answers: { 'message.edit': () => refusal('forbidden', 'Only its author can change a message.') } });
    await user.click(edit(104));
    await user.keyboard('0{Enter}');
    await screen.findByText('The message was not changed. Only its author can change a message.');
    expect(message(104).textContent).not.toContain('290');
    await user.click(screen.getByRole('button', { name: 'Edit again' }));
    expect(field().value).toBe('It costs 290');
  });

  test('stays on screen until the log has it, and the log has the last word after that', async () => {
    const user = userEvent.setup();
    const scene = await openThread({ answers: { 'message.edit': () => ({ ok: true, seq: 5 }) } });
    await user.click(edit(104));
    await user.keyboard('0{Enter}');
    await waitFor(() => expect(scene.inbox.revisions.items.value[0]?.seq).toBe(5));
    expect(message(104).textContent).toContain('It costs 290');
    told(scene, 5, { kind: 'edited', message: 104, text: 'It costs 290' });
    told(scene, 6, { kind: 'edited', message: 104, text: 'It costs 300' });
    await waitFor(() => expect(message(104).textContent).toContain('It costs 300'));
    expect(scene.inbox.revisions.items.value).toEqual([]);
  });

  test('that waits for its answer is not overtaken by the next one', async () => {
    const user = userEvent.setup();
    let answer = (): void => undefined;
    const first = new Promise<void>((resolve) => (answer = resolve));
    const { connection } = await openThread({ answers: { 'message.edit': () => first.then(() => ({ ok: true as const, seq: 5 })) } });
    for (const keys of ['0{Enter}', '!{Enter}']) {
      await user.click(edit(104));
      await user.keyboard(keys);
    }
    expect(message(104).textContent).toContain('It costs 290!');
    expect(connection.sentOf('message.edit')).toHaveLength(1);
    answer();
    await waitFor(() => expect(connection.sentOf('message.edit').map((body) => body['text'])).toEqual(['It costs 290', 'It costs 290!']));
  });
});

describe('a deletion', () => {
  beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
  afterEach(() => void vi.useRealTimers());
  const setup = (): ReturnType<typeof userEvent.setup> => userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });

  test('shows at once with Undo, and is sent when the time for that is over', async () => {
    const user = setup();
    const { connection } = await openThread();
    await user.click(remove(104));
    expect(message(104).textContent).toContain('This message was deleted.');
    expect(document.activeElement).toBe(within(message(104)).getByRole('button', { name: 'Undo' }));
    expect(connection.sentOf('message.delete')).toEqual([]);
    await vi.advanceTimersByTimeAsync(6000);
    expect(connection.sentOf('message.delete')).toMatchObject([{ conversation: 1, message: 104 }]);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
    expect(message(104).textContent).toContain('This message was deleted.');
    expect(document.activeElement).toBe(message(104));
  });

  test('that is undone was never sent', async () => {
    const user = setup();
    const { connection } = await openThread();
    edit(104).focus();
    await user.keyboard('{ArrowRight}{Enter}');
    await user.keyboard('{Enter}');
    expect(message(104).textContent).toContain('It costs 29');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.sentOf('message.delete')).toEqual([]);
  });

  test('is sent at once when the page goes away', async () => {
    const user = setup();
    const { connection } = await openThread();
    await user.click(remove(104));
    window.dispatchEvent(new Event('pagehide'));
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.sentOf('message.delete')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.sentOf('message.delete')).toHaveLength(1);
  });

  test('that is refused brings the message back with words', async () => {
    const user = setup();
    await openThread({ answers: { 'message.delete': () => refusal('forbidden', 'Only its author can change a message.') } });
    await user.click(remove(104));
    await vi.advanceTimersByTimeAsync(6000);
    await screen.findByText('The message was not deleted. Only its author can change a message.');
    expect(within(thread()).getByText('It costs 29')).toBeTruthy();
  });
});
