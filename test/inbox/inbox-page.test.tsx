// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { open, row, rows } from './page.tsx';
import { createFakeApi, item, minute, noCounts, noon, refusal, serverWith, summary } from './scene.ts';

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

  test('signs alone find nothing, and the list says what would', async () => {
    const user = userEvent.setup();
    open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.keyboard('/');
    await user.keyboard('?!');
    await screen.findByText('Signs alone find nothing. Type letters or numbers.');
  });

  test.each([
    ['some are shown', [summary(1)], /only the newest were looked through\. Add a word/],
    ['none is in this list', [], /Among the newest of them, none is in “Open”/],
  ])('a search that looked at the newest alone says so where %s', async (_, found, words) => {
    const user = userEvent.setup();
    const { connection } = open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    connection.answer({
      'conversation.list': () => ({ ok: true, conversations: found, nextCursor: null, rev: 10, counts: noCounts(), searchCut: true }),
    });
    await user.keyboard('/');
    await user.keyboard('a');
    await screen.findByText(words);
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
    const { inbox } = open({ conversations: [], api });
    await screen.findByText(/data-app-id="app_1"/);
    expect(screen.getByText('Waiting for a page of yours to load it…')).toBeTruthy();
    expect(screen.getByRole('link', { name: /demo page/ }).getAttribute('href')).toBe('/demo');
    seen = Date.now();
    inbox.checklist.refresh();
    await screen.findByText(/Script seen/);
    expect(screen.getByText('Waiting for somebody to write…')).toBeTruthy();
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
    const { inbox } = open();
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.keyboard('jj');
    expect(document.activeElement).toBe(row(2));
    await user.keyboard('k{Enter}');
    await waitFor(() => expect(inbox.selectedId.value).toBe(1));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(inbox.selectedId.value).toBeNull());
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
