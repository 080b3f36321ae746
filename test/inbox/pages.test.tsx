// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { open, row, rows } from './page.tsx';
import { createFakeApi, item, minute, noon, said, summary } from './scene.ts';

const nav = (): HTMLElement => screen.getByRole('navigation', { name: 'Inbox' });
const api = createFakeApi({
  'GET /api/v1/reports/capture': () => ({ body: { since: new Date(noon).toISOString(), rows: [] } }),
});

test('the pages stand in the navigation; the filters are the inbox’s own', async () => {
  const user = userEvent.setup();
  open({ api });
  await waitFor(() => expect(rows()).toHaveLength(2));
  expect(within(nav()).getByRole('link', { name: /Unassigned/ })).toBeTruthy();
  await user.click(within(nav()).getByRole('link', { name: 'Reports' }));
  await screen.findByRole('heading', { level: 1, name: 'Reports' });
  expect(document.title).toBe('Reports · Acme');
  expect(within(nav()).getByRole('link', { name: 'Reports' }).getAttribute('aria-current')).toBe('page');
  expect(within(nav()).queryByRole('link', { name: /Unassigned/ })).toBeNull();
  expect(rows()).toEqual([]);
});

test('from another page the way back leads to the conversation and the filter that were left', async () => {
  const user = userEvent.setup();
  const { inbox } = open({ api, path: '/inbox/conversations/2?filter=all', logs: { 2: [said(1, 'Hello there')] } });
  await screen.findByText('Hello there');
  await user.click(within(nav()).getByRole('link', { name: 'Reports' }));
  await screen.findByRole('heading', { level: 1, name: 'Reports' });
  await user.click(within(nav()).getByRole('link', { name: 'Inbox' }));
  await screen.findByText('Hello there');
  expect([inbox.filter.value, inbox.selectedId.value]).toEqual(['all', 2]);
});

test('the feed lives on while another page is open', async () => {
  const user = userEvent.setup();
  const { connection } = open({ api });
  await waitFor(() => expect(rows()).toHaveLength(2));
  await user.click(within(nav()).getByRole('link', { name: 'Reports' }));
  await screen.findByRole('heading', { level: 1, name: 'Reports' });
  const arrived = summary(3, { agentUnread: 1, waitingSince: noon, lastAt: noon + minute, rev: 12 });
  connection.emit('feed', {
    items: [item(11, { type: 'conversation.created', conversationId: 3 }), item(12, { conversationId: 3, conversation: arrived })],
  });
  await waitFor(() => expect(document.title).toBe('(1) Reports · Acme'));
  expect(within(nav()).getByRole('link', { name: /Inbox/ }).textContent).toContain('1 waiting');
  await user.click(within(nav()).getByRole('link', { name: /Inbox/ }));
  await waitFor(() => expect(row(3)).toBeTruthy());
  expect(connection.sentOf('sync')).toHaveLength(1);
});

test('the inbox’s keys do nothing on another page; ? still shows them', async () => {
  const user = userEvent.setup();
  const { connection, inbox } = open({ api, path: '/inbox/reports' });
  await screen.findByRole('heading', { level: 1, name: 'Reports' });
  await user.keyboard('jet{Escape}');
  expect(inbox.router.route.value.page).toBe('reports');
  expect(connection.sent.filter(({ name }) => name !== 'sync' && name !== 'conversation.list')).toEqual([]);
  await user.keyboard('?');
  expect((await screen.findByRole('dialog')).textContent).toContain('Next conversation');
});
