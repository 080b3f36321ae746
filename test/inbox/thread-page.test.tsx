// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../shared/protocol.ts';
import { open, thread } from './page.tsx';
import { ada, bot, item, noon, refusal, said, serverWith, summary } from './scene.ts';

describe('the thread', () => {
  const logs = {
    1: [said(1, 'Hi, what does it cost?'), said(2, 'How many people are you?', bot), said(3, 'About forty, I am lena@acme.co')],
  };

  test('messages stand under their authors, and what is unread is told read', async () => {
    const focus = document.hasFocus.bind(document);
    document.hasFocus = () => true;
    const { connection } = open({ path: '/inbox/conversations/1', logs, conversations: [summary(1, { agentUnread: 2, head: 3 })] });
    await screen.findByText('How many people are you?');
    expect(screen.getByRole('article', { name: /^Bot/ }).textContent).toContain('How many people');
    await waitFor(() => expect(connection.sentOf('conversation.read')).toEqual([{ conversation: 1, seq: 3 }]));
    document.hasFocus = focus;
  });

  test('a conversation that does not exist says so', async () => {
    open({ path: '/inbox/conversations/77' });
    await screen.findByText('The conversation could not be opened');
  });

  test('while everything is loaded anew the open conversation stays: its field keeps the focus, its keys work', async () => {
    const user = userEvent.setup();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { connection, inbox } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('How many people are you?');
    await user.keyboard('rhalf a word');
    const field = document.activeElement;
    const server = serverWith([summary(1)], logs);
    connection.answer({
      'conversation.get': async (body) => (await held, server['conversation.get']!(body)),
      'conversation.list': async (body) => (await held, server['conversation.list']!(body)),
    });
    connection.emit('reload', {});
    await waitFor(() => expect(inbox.selected.value?.rev).toBe(-1));
    expect(document.activeElement).toBe(field);
    await user.keyboard('{Escape}e');
    await waitFor(() => expect(connection.sentOf('conversation.close')).toMatchObject([{ conversation: 1 }]));
    release();
    await waitFor(() => expect(inbox.selected.value?.rev).toBeGreaterThanOrEqual(0));
  });

  test('a conversation which is gone after everything is loaded anew says so', async () => {
    const { connection, inbox } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('How many people are you?');
    connection.answer(serverWith([]));
    connection.emit('reload', {});
    await screen.findByText('The conversation could not be opened');
    expect(inbox.selected.value).toBeNull();
  });

  test('an answer shows at once, is sent with a cid, and joins the log by it', async () => {
    const user = userEvent.setup();
    const { connection, inbox } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('How many people are you?');
    await user.keyboard('r');
    await user.keyboard('Forty is fine.{Enter}');
    const [body] = connection.sentOf('message.send');
    expect(body).toMatchObject({ conversation: 1, text: 'Forty is fine.' });
    await waitFor(() => expect(within(thread()).getAllByText('Forty is fine.')).toHaveLength(1));
    connection.emit('feed', {
      items: [item(11, { conversationId: 1, change: said(4, 'Forty is fine.', ada, { cid: String(body?.['cid']) }) })],
    });
    await waitFor(() => expect(inbox.outbox.items.value).toEqual([]));
    expect(within(thread()).getAllByText('Forty is fine.')).toHaveLength(1);
  });

  test('a refused answer says why and offers to retry, copy and delete', async () => {
    const user = userEvent.setup();
    open({ path: '/inbox/conversations/1', logs, answers: { 'message.send': () => refusal('forbidden', 'You may not write here.') } });
    await screen.findByText('How many people are you?');
    await user.keyboard('r');
    await user.keyboard('Hello{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('You may not write here.');
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(within(thread()).queryByText('Hello')).toBeNull());
  });

  test('Shift+Enter breaks the line, and a draft is kept per conversation', async () => {
    const user = userEvent.setup();
    const { connection, inbox } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('How many people are you?');
    await user.keyboard('r');
    await user.keyboard('one{Shift>}{Enter}{/Shift}two');
    expect(connection.sentOf('message.send')).toEqual([]);
    inbox.openConversation(2);
    await waitFor(() => expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe(''));
    inbox.openConversation(1);
    await waitFor(() => expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe('one\ntwo'));
  });

  test('a form shows its fields, and their answers once they are given', async () => {
    const fields = [
      { name: 'email', label: 'Work email', kind: 'email' as const, required: true },
      { name: 'size', label: 'Team size', kind: 'number' as const, required: false },
    ];
    const form = said(1, 'How can we reach you?', bot, { kind: 'form', form: fields });
    const { connection } = open({ path: '/inbox/conversations/1', logs: { 1: [form] } });
    await waitFor(() => expect(within(thread()).getAllByText('not answered yet')).toHaveLength(2));
    const answered: Change = { kind: 'answered', message: 101, values: { email: 'lena@acme.co', size: null }, seq: 2, at: noon };
    connection.emit('feed', { items: [item(11, { type: 'form.answered', conversationId: 1, change: answered })] });
    await waitFor(() => expect(thread().textContent).toContain('lena@acme.co'));
    expect(thread().textContent).toContain('not given');
  });

  test('a note is for the team only', async () => {
    const user = userEvent.setup();
    const { connection } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('How many people are you?');
    await user.keyboard('n');
    await user.keyboard('careful{Enter}');
    expect(connection.sentOf('message.send')[0]).toMatchObject({ note: true, text: 'careful' });
    expect(screen.getByText(/for the team only/)).toBeTruthy();
  });

  test('somebody who types is seen, until their message comes', async () => {
    const { connection } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('How many people are you?');
    connection.emit('typing', { conversation: 1, by: { kind: 'contact', id: 'c0001', name: null }, on: true });
    await screen.findByText(/is typing/);
    connection.emit('feed', { items: [item(11, { conversationId: 1, change: said(4, 'there') })] });
    await waitFor(() => expect(screen.queryByText(/is typing/)).toBeNull());
  });
});
