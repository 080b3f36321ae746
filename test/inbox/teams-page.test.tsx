// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/SettingsPage.tsx';
import { open } from './page.tsx';
import { me } from './scene.ts';
import { fakeSettings, refused } from './settings.ts';
import type { FakeSettings } from './settings.ts';

const path = '/inbox/settings/teams';
const sales = { id: 1, name: 'Sales', members: [7] };
const names = (): string[] =>
  within(screen.getByRole('list', { name: 'Teams' }))
    .queryAllByRole<HTMLInputElement>('textbox')
    .map((field) => field.value);

afterEach(() => void vi.useRealTimers());

function start(more: Parameters<typeof open>[0] = {}): FakeSettings {
  const fake = fakeSettings({}, [], [sales, { id: 2, name: 'Support', members: [] }]);
  fake.answer('PATCH /api/v1/teams/1', (body) => ({ body: { ...sales, ...(body as object) } }));
  fake.answer('DELETE /api/v1/teams/1', () => ({ body: { ok: true } }));
  fake.answer('POST /api/v1/teams', (body) => ({ body: { id: 3, ...(body as object) } }));
  open({ path, api: fake.api, ...more });
  return fake;
}

test('a team is created with who creates it in it', async () => {
  const user = userEvent.setup();
  const fake = start();
  const field = await screen.findByRole('textbox', { name: 'Name of a new team' });
  await user.type(field, 'Partners{Enter}');
  await waitFor(() => expect(names()).toEqual(['Partners', 'Sales', 'Support']));
  expect(fake.sentTo('POST /api/v1/teams')).toEqual([{ name: 'Partners', members: [7] }]);
  expect((field as HTMLInputElement).value).toBe('');
});

test('a refused one stays typed, with the reason', async () => {
  const user = userEvent.setup();
  const fake = start();
  fake.answer('POST /api/v1/teams', () => refused('There is a team of this name.', 409));
  await user.type(await screen.findByRole('textbox', { name: 'Name of a new team' }), 'Sales{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('There is a team of this name.');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of a new team' }).value).toBe('Sales');
});

test('a team is renamed by Enter; Escape gives the old name back', async () => {
  const user = userEvent.setup();
  const fake = start();
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of the team Sales' });
  await user.clear(field);
  await user.type(field, 'Nothing{Escape}');
  expect(field.value).toBe('Sales');
  await user.clear(field);
  await user.type(field, 'Deals{Enter}');
  await waitFor(() => expect(fake.sentTo('PATCH /api/v1/teams/1')).toEqual([{ name: 'Deals' }]));
});

test('members come and go at once; what is refused is taken back with words', async () => {
  const user = userEvent.setup();
  const fake = start();
  const group = await screen.findByRole('group', { name: 'Members of Sales' });
  const jonas = await within(group).findByRole<HTMLInputElement>('checkbox', { name: 'Jonas Weber' });
  await user.click(jonas);
  expect(jonas.checked).toBe(true);
  await waitFor(() => expect(fake.sentTo('PATCH /api/v1/teams/1')).toEqual([{ members: [7, 8] }]));
  fake.answer('PATCH /api/v1/teams/1', () => refused('The database does not answer.'));
  await user.click(jonas);
  expect((await screen.findByRole('alert')).textContent).toContain('It is as it was.');
  expect(jonas.checked).toBe(true);
});

test('a deleted team can be had back, and is deleted for good when the toast is over', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  const fake = start();
  await user.click(await screen.findByRole('button', { name: 'Delete Sales' }));
  expect(names()).toEqual(['Support']);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(names()).toEqual(['Sales', 'Support']);
  vi.advanceTimersByTime(10_000);
  expect(fake.sentTo('DELETE /api/v1/teams/1')).toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Delete Sales' }));
  vi.advanceTimersByTime(10_000);
  expect(fake.sentTo('DELETE /api/v1/teams/1')).toHaveLength(1);
  expect(names()).toEqual(['Support']);
});

test('a team that could not be deleted stands again, with words', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  const fake = start();
  fake.answer('DELETE /api/v1/teams/1', () => refused('A flow gives conversations to it.', 409));
  await user.click(await screen.findByRole('button', { name: 'Delete Sales' }));
  vi.advanceTimersByTime(10_000);
  await screen.findByText('Sales was not deleted. A flow gives conversations to it.');
  expect(names()).toEqual(['Sales', 'Support']);
});

test('who leaves the page in the meantime has it deleted all the same', async () => {
  const user = userEvent.setup();
  const fake = start();
  await user.click(await screen.findByRole('button', { name: 'Delete Sales' }));
  window.dispatchEvent(new Event('pagehide'));
  expect(fake.sentTo('DELETE /api/v1/teams/1')).toHaveLength(1);
});

test('who is no owner sees the teams and who is in them', async () => {
  start({ me: { ...me, role: 'agent' } });
  await screen.findByText('Sales');
  expect(screen.queryByRole('button', { name: /Delete|Create/ })).toBeNull();
  expect(screen.getByRole('group', { name: 'Members of Sales' }).textContent).toContain('Ada Holm');
  expect(screen.getByRole('group', { name: 'Members of Support' }).textContent).toContain('Nobody yet.');
});
