// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InboxPage } from '../../inbox/pages/InboxPage.tsx';
import { createSession } from '../../inbox/state/session.ts';
import type { Change, ContactCard, ConversationSummary } from '../../shared/protocol.ts';
import { ada, bot, cardOf, createFakeApi, item, minute, noon, refusal, said, serverWith, startInbox, summary } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  scene.inbox.stop();
  scene.inbox.router.stop();
});

interface Given {
  conversations?: ConversationSummary[];
  logs?: Record<number, Change[]>;
  path?: string;
  answers?: Partial<ReturnType<typeof serverWith>>;
  api?: ReturnType<typeof createFakeApi>;
}

function open({
  conversations = [summary(1), summary(2)],
  logs = {},
  path = '/inbox',
  answers = {},
  api = createFakeApi(),
}: Given = {}): Scene {
  scene = startInbox({ ...serverWith(conversations, logs), ...answers }, { path, api });
  render(<InboxPage inbox={scene.inbox} session={createSession(api)} />);
  return scene;
}

const rows = (): HTMLElement[] => screen.queryAllByRole('link').filter((link) => link.dataset['row'] !== undefined);
const row = (id: number): HTMLElement => rows().find((link) => link.dataset['row'] === String(id))!;
const card = (): HTMLElement => screen.getByRole('complementary', { name: 'Contact' });
const thread = (): HTMLElement => screen.getByRole('log', { name: 'Messages' });

describe('the list', () => {
  test('a row says who, of which type, what last, how long they wait and how much is unread', async () => {
    open({
      conversations: [
        summary(1, {
          waitingSince: Date.now() - 5.5 * minute,
          agentUnread: 3,
          contact: { ...summary(1).contact, type: 'lead', name: 'Lena Hoffmann' },
        }),
      ],
    });
    await waitFor(() => expect(rows()).toHaveLength(1));
    for (const words of ['Lena Hoffmann', 'Lead', 'preview of 1', '5m', '3 unread']) expect(row(1).textContent).toContain(words);
  });

  test('a new conversation appears by itself, and the title counts the unread', async () => {
    const { connection } = open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    connection.emit('feed', {
      items: [
        item(11, { type: 'conversation.created', conversationId: 3 }),
        item(12, { conversationId: 3, conversation: summary(3, { agentUnread: 1, lastAt: noon + minute, rev: 12 }) }),
      ],
    });
    await waitFor(() => expect(rows().map((link) => link.dataset['row'])).toEqual(['3', '1', '2']));
    await waitFor(() => expect(document.title).toBe('(1) Inbox · Acme'));
    expect(within(screen.getByRole('navigation', { name: 'Inbox' })).getByRole('link', { name: /Open/ }).textContent).toContain('3');
  });

  test.each([
    ['/inbox?filter=mine', 'Nothing assigned to you'],
    ['/inbox?filter=closed', 'Nothing closed yet'],
    ['/inbox?filter=waiting', 'Nobody waits'],
    ['/inbox?filter=bot', 'The bot is idle'],
    ['/inbox?filter=unassigned', 'Everything has its agent'],
  ])('%s explains why it is empty', async (path, words) => {
    open({
      path,
      conversations: [summary(1, { assignee: { kind: 'agent', id: 8, name: 'Jonas' } })],
      answers: {
        'conversation.list': () => ({
          ok: true,
          conversations: [],
          nextCursor: null,
          rev: 10,
          counts: { open: 1, waiting: 0, mine: 0, unassigned: 0, bot: 0, closed: 0, all: 1 },
        }),
      },
    });
    await screen.findByText(words);
  });

  test('a list that cannot be had says so and can be tried again', async () => {
    const user = userEvent.setup();
    const { connection } = open({ answers: { 'conversation.list': () => refusal('forbidden', 'This is not yours to see.') } });
    await screen.findByText('This is not yours to see.');
    connection.answer(serverWith([summary(1)]));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(rows()).toHaveLength(1));
  });

  test('a search without a find offers to search everything', async () => {
    const user = userEvent.setup();
    open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.keyboard('/');
    await user.keyboard('nobody');
    await screen.findByText('Nothing found');
    expect(screen.getByRole('link', { name: 'Search everything' })).toBeTruthy();
  });

  test('a lost connection is said without covering anything', async () => {
    const { connection } = open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    connection.status.value = 'reconnecting';
    await waitFor(() => expect(screen.getAllByText('Reconnecting…').length).toBeGreaterThan(0));
    expect(rows()).toHaveLength(2);
  });
});

describe('the first run', () => {
  test('shows the steps with the snippet, and the light turns when the script is seen', async () => {
    let seen: number | null = null;
    const api = createFakeApi({
      'GET /api/v1/checklist': () => ({
        body: { script_seen_at: seen, first_message_at: null, agent_replied_at: null, first_verified_user_at: null },
      }),
    });
    open({ conversations: [], api });
    await screen.findByText(/data-app-id="app_1"/);
    expect(screen.getByText('Waiting for the script to load somewhere…')).toBeTruthy();
    expect(screen.getByRole('link', { name: /demo page/ }).getAttribute('href')).toBe('/demo');
    seen = Date.now();
    scene.inbox.checklist.refresh();
    await screen.findByText(/Script seen/);
    expect(screen.getByText('Waiting for somebody to write…')).toBeTruthy();
  });
});

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

  test('an answer shows at once, is sent with a cid, and joins the log by it', async () => {
    const user = userEvent.setup();
    const { connection } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('How many people are you?');
    await user.keyboard('r');
    await user.keyboard('Forty is fine.{Enter}');
    const [body] = connection.sentOf('message.send');
    expect(body).toMatchObject({ conversation: 1, text: 'Forty is fine.' });
    await waitFor(() => expect(within(thread()).getAllByText('Forty is fine.')).toHaveLength(1));
    connection.emit('feed', {
      items: [item(11, { conversationId: 1, change: said(4, 'Forty is fine.', ada, { cid: String(body?.['cid']) }) })],
    });
    await waitFor(() => expect(scene.inbox.outbox.items.value).toEqual([]));
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

describe('actions', () => {
  test('closing shows at once and can be undone', async () => {
    const user = userEvent.setup();
    const { connection } = open({ path: '/inbox/conversations/1' });
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.keyboard('e');
    await waitFor(() => expect(rows().map((link) => link.dataset['row'])).toEqual(['2']));
    expect(screen.getByText('This conversation is closed.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(connection.sent.map((command) => command.name)).toEqual(expect.arrayContaining(['conversation.close', 'conversation.reopen']));
  });

  test('taking over silences the bot at once; what is refused is taken back with words', async () => {
    const user = userEvent.setup();
    open({
      path: '/inbox/conversations/1',
      conversations: [summary(1, { botActive: true })],
      answers: { 'conversation.takeover': () => refusal('forbidden', 'Not yours.') },
    });
    await screen.findByText('The bot is answering.');
    await user.keyboard('t');
    await screen.findByText('The bot goes on. Not yours.');
    expect(screen.getByText('The bot is answering.')).toBeTruthy();
  });

  test('a command that got no answer goes out again with the same cid', async () => {
    const user = userEvent.setup();
    let tries = 0;
    const { connection } = open({
      path: '/inbox/conversations/1',
      answers: { 'conversation.close': () => (++tries === 1 ? refusal('unavailable') : { ok: true, seq: 9 }) },
    });
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.keyboard('e');
    await waitFor(() => expect(connection.sentOf('conversation.close')).toHaveLength(2));
    const [first, second] = connection.sentOf('conversation.close');
    expect(second).toEqual(first);
  });

  test('a colleague is chosen from a menu', async () => {
    const user = userEvent.setup();
    const { connection } = open({ path: '/inbox/conversations/1' });
    await user.click(await screen.findByRole('button', { name: 'Assign' }));
    await user.click(screen.getByRole('menuitemradio', { name: /Jonas/ }));
    await waitFor(() => expect(connection.sentOf('conversation.assign')[0]).toMatchObject({ conversation: 1, agent: 8 }));
  });
});

describe('the keyboard', () => {
  test('j and k move over the list, Enter opens, Escape leaves', async () => {
    const user = userEvent.setup();
    open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.keyboard('jj');
    expect(document.activeElement).toBe(row(2));
    await user.keyboard('k{Enter}');
    await waitFor(() => expect(scene.inbox.selectedId.value).toBe(1));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(scene.inbox.selectedId.value).toBeNull());
  });

  test('letters typed into a field do nothing else', async () => {
    const user = userEvent.setup();
    const { connection } = open({ path: '/inbox/conversations/1' });
    await user.click(await screen.findByRole('textbox', { name: /Reply to/ }));
    await user.keyboard('set');
    expect(connection.sentOf('conversation.close')).toEqual([]);
  });

  test('? shows every key', async () => {
    const user = userEvent.setup();
    open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.keyboard('?');
    const sheet = await screen.findByRole('dialog');
    for (const words of ['Next conversation', 'Take over from the bot', 'Search']) expect(sheet.textContent).toContain(words);
  });
});

describe('the contact card', () => {
  const contact = summary(1).contact;
  const lead: Partial<ContactCard> = {
    type: 'lead',
    email: 'lena@acme.co',
    details: [
      {
        field: 'email',
        value: 'lena@acme.co',
        grade: 'claimed',
        status: 'current',
        source: { kind: 'message', conversation: 1, message: 103 },
        flags: ['role'],
        suggestion: null,
        at: noon,
      },
      {
        field: 'email',
        value: 'lena@acme.con',
        grade: 'claimed',
        status: 'former',
        source: { kind: 'message', conversation: 1, message: 101 },
        flags: [],
        suggestion: null,
        at: noon,
      },
    ],
    score: 10,
    points: [{ points: 10, reason: 'Can be reached by email' }],
  };
  const logs = { 1: [said(1, 'mine is lena@acme.con'), said(2, 'Thanks', bot), said(3, 'no, lena@acme.co')] };

  test('every fact says how surely it is known, and links to the message it came from, which lights up', async () => {
    const user = userEvent.setup();
    open({
      path: '/inbox/conversations/1',
      logs,
      conversations: [summary(1, { contact: { ...contact, type: 'lead', email: 'lena@acme.co' } })],
      answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), lead) }) },
    });
    await waitFor(() => expect(card().textContent).toContain('from a message'));
    expect(within(card()).getByRole('button', { name: 'Claimed' })).toBeTruthy();
    expect(card().textContent).toContain('A shared mailbox');
    expect(card().textContent).toContain('Can be reached by email');
    const [source] = within(card()).getAllByRole('link', { name: 'from a message' });
    expect(source?.getAttribute('href')).toBe('/inbox/conversations/1?message=103');
    await user.click(source!);
    await waitFor(() => expect(document.querySelector('[data-message="103"]')?.classList.contains('is-marked')).toBe(true));
    await user.click(within(card()).getByRole('link', { name: 'lena@acme.con' }));
    await waitFor(() => expect(document.querySelector('[data-message="101"]')?.classList.contains('is-marked')).toBe(true));
  });

  test('a phone number is shown in groups, and dialled and copied as it is stored', async () => {
    const user = userEvent.setup();
    open({
      path: '/inbox/conversations/1',
      logs,
      answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { phone: '+4915123456789' }) }) },
    });
    const link = await within(card()).findByRole('link', { name: '+49 151 23456789' });
    expect(link.getAttribute('href')).toBe('tel:+4915123456789');
    await user.click(within(card()).getByRole('button', { name: 'Copy phone' }));
    expect(await navigator.clipboard.readText()).toBe('+4915123456789');
  });

  test('a visitor becoming a Lead is seen live: the badges turn and the captured fields fill in, once', async () => {
    const { connection } = open({ path: '/inbox/conversations/1', conversations: [summary(1)], logs: { 1: [said(1, 'Hi')] } });
    await waitFor(() => expect(card().textContent).toContain('Not known yet'));
    expect(row(1).textContent).toContain('Visitor');
    const risen = { ...contact, type: 'lead' as const, email: 'lena@acme.co' };
    connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), lead) }) });
    connection.emit('feed', {
      items: [
        item(11, { conversationId: 1, contactId: contact.id, change: said(2, 'lena@acme.co') }),
        item(12, {
          type: 'detail.captured',
          conversationId: 1,
          contactId: contact.id,
          contact: risen,
          detail: { field: 'email', value: 'lena@acme.co', message: 102, outcome: 'current' },
        }),
        item(13, {
          type: 'contact.promoted',
          conversationId: 1,
          contactId: contact.id,
          contact: risen,
          conversation: summary(1, { rev: 13, head: 2, contact: risen }),
        }),
      ],
    });
    await waitFor(() => expect(row(1).textContent).toContain('Lead'));
    await waitFor(() => expect(card().querySelector('.badge-lead.is-turned')).not.toBeNull());
    const email = card().querySelector('[data-field="email"]');
    expect(email?.textContent).toContain('lena@acme.co');
    expect(email?.classList.contains('is-fresh')).toBe(true);
    expect(card().querySelector('[data-field="phone"]')?.classList.contains('is-fresh')).toBe(false);
    await waitFor(() => expect(connection.sentOf('contact.get')).toHaveLength(2));
  });

  test('what was known when the card was opened is not highlighted', async () => {
    open({ path: '/inbox/conversations/1', answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), lead) }) } });
    await waitFor(() => expect(card().textContent).toContain('lena@acme.co'));
    expect(card().querySelector('.is-fresh, .is-turned')).toBeNull();
  });

  test('a user without proof is marked as unverified, one with proof as verified', async () => {
    const { connection } = open({
      path: '/inbox/conversations/1',
      answers: {
        'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { type: 'user', unverified: true, claimedUserId: 'u1' }) }),
      },
    });
    await waitFor(() => expect(within(card()).getByText('Unverified')).toBeTruthy());
    connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { type: 'user', verified: true, userId: 'u1' }) }) });
    scene.inbox.card.refresh();
    await waitFor(() => expect(within(card()).getByText('Verified')).toBeTruthy());
  });

  test('a contact merged away leads to the one it became', async () => {
    const { connection } = open({ path: '/inbox/conversations/1' });
    await waitFor(() => expect(connection.sentOf('contact.get')).toHaveLength(1));
    const survivor = { ...contact, id: 'c9999', type: 'user' as const, name: 'Lena' };
    connection.emit('feed', {
      items: [item(11, { type: 'contact.merged', contactId: 'c9999', contact: survivor, mergedFrom: contact.id })],
    });
    await waitFor(() => expect(connection.sentOf('contact.get').at(-1)).toEqual({ contact: 'c9999' }));
    await waitFor(() => expect(row(1).textContent).toContain('Lena'));
  });

  test('the timeline tells in sentences and goes on by page', async () => {
    const user = userEvent.setup();
    open({
      path: '/inbox/conversations/1',
      answers: {
        'contact.timeline': ({ cursor }) => ({
          ok: true,
          items: [
            {
              at: cursor ? noon - minute : noon,
              type: cursor ? 'contact.created' : 'contact.promoted',
              conversation: 1,
              message: null,
              by: null,
              data: { to: 'lead' },
            },
          ],
          nextCursor: cursor ? null : 'older',
        }),
      },
    });
    await waitFor(() => expect(card().textContent).toContain('Became a Lead'));
    await user.click(within(card()).getByRole('button', { name: 'Show earlier' }));
    await waitFor(() => expect(card().textContent).toContain('First seen'));
  });
});
