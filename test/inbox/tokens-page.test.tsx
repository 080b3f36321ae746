// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/SettingsPage.tsx';
import { createApi } from '../../inbox/api.ts';
import type { Api } from '../../inbox/api.ts';
import { now } from '../../inbox/clock.ts';
import type { ApiTokenView } from '../../shared/api.ts';
import { open } from './page.tsx';
import { createFakeFetch, doneChecklist, minute } from './scene.ts';
import { settings as botSettings } from './settings.ts';

const path = '/inbox/settings/tokens';
const day = 24 * 60 * minute;
/** The clock of the page stands still. */
const after = (ms: number): string => new Date(now.peek() + ms).toISOString();
const secret = `foyer_pat_${'ab'.repeat(36)}`;

const view = (more: Partial<ApiTokenView> = {}): ApiTokenView => ({
  id: 3,
  name: 'CRM sync',
  prefix: 'foyer_pat_a1b2c3',
  scopes: ['contacts:read', 'contacts:write'],
  created_at: after(-2 * day),
  created_by: 'Mia Berg',
  expires_at: after(88 * day),
  last_used_at: after(-4 * minute),
  revoked_at: null,
  ...more,
});

type Answer = { status?: number; body: unknown };

function fakeTokens(list: ApiTokenView[]): {
  api: Api;
  asked(route: string): unknown[];
  answer(route: string, answer: () => Answer): void;
} {
  const routes: Record<string, (body: unknown) => Answer> = {
    'GET /api/v1/checklist': () => ({ body: doneChecklist }),
    'GET /api/v1/settings/bot': () => ({ body: botSettings }),
    'GET /api/v1/tokens': () => ({ body: { data: list } }),
    'POST /api/v1/tokens': (body) => ({ body: { ...view({ id: 9, last_used_at: null, ...(body as object) }), token: secret } }),
    'DELETE /api/v1/tokens/3': () => ({ body: view({ revoked_at: after(0) }) }),
  };
  const { request, asked } = createFakeFetch(routes);
  return {
    api: createApi(request),
    asked: (route) => asked.filter((call) => call.route === route).map((call) => call.body),
    answer: (route, answer) => void (routes[route] = answer),
  };
}

const tokens = (): HTMLElement[] =>
  within(screen.getByRole('list', { name: 'API tokens' }))
    .getAllByRole('listitem')
    .filter((item) => item.classList.contains('token'));

test('each is known by its name and first characters, and says what it may do, when it was used and when it ends', async () => {
  open({ path, api: fakeTokens([view(), view({ id: 4, name: 'Old one', expires_at: null, last_used_at: null, created_by: null })]).api });
  await screen.findByText('CRM sync');
  expect(tokens().map((token) => token.textContent)).toEqual([
    'CRM syncfoyer_pat_a1b2c3…RevokeRead contactsChange contactsexpires in 88 dayslast used 4 minutes agomade 2 days ago by Mia Berg',
    'Old onefoyer_pat_a1b2c3…RevokeRead contactsChange contactsnever expiresnot used yetmade 2 days ago',
  ]);
});

test('where there is none, it says what one is for', async () => {
  open({ path, api: fakeTokens([]).api });
  await screen.findByText(/No tokens yet/);
  expect(screen.queryByRole('list', { name: 'API tokens' })).toBeNull();
});

test('a new one is made of a name, what it may do and how long it lives, and is shown this once', async () => {
  const user = userEvent.setup();
  const fake = fakeTokens([]);
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: 'Create a token' }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await waitFor(() => expect(document.activeElement).toBe(name));
  await user.type(name, ' CRM sync ');
  await user.click(screen.getByRole('checkbox', { name: /^Read contacts/ }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Expires after' }), 'One year');
  await user.click(screen.getByRole('button', { name: 'Create' }));
  const dialog = await screen.findByRole('dialog', { name: 'CRM sync is ready' });
  expect(fake.asked('POST /api/v1/tokens')).toEqual([{ name: 'CRM sync', scopes: ['contacts:read'], expires_in_days: 365 }]);
  expect(within(dialog).getByText(secret)).toBeTruthy();
  expect(dialog.textContent).toContain('This is the only time it is shown');
  await user.click(within(dialog).getByRole('button', { name: 'Copy the token' }));
  expect(await navigator.clipboard.readText()).toBe(secret);
  await user.click(within(dialog).getByRole('button', { name: 'I have copied it' }));
  expect(screen.queryByText(secret)).toBeNull();
  expect(tokens()[0]?.textContent).toContain('not used yet');
});

test('without a name or anything it may do, none is made, and it says what is missing', async () => {
  const user = userEvent.setup();
  const fake = fakeTokens([]);
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: 'Create a token' }));
  await user.click(await screen.findByRole('button', { name: 'Create' }));
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent?.trim())).toEqual([
    'Give it a name, such as the server that uses it.',
    'Choose what it may do.',
  ]);
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'X');
  await user.click(screen.getByRole('button', { name: 'Create' }));
  expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: /^Read contacts/ }));
  expect(fake.asked('POST /api/v1/tokens')).toEqual([]);
});

test('a refusal is said in the dialog, with what was typed', async () => {
  const user = userEvent.setup();
  const fake = fakeTokens([]);
  fake.answer('POST /api/v1/tokens', () => ({ status: 503, body: { code: 'unavailable', detail: 'Try again soon.' } }));
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: 'Create a token' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'CRM');
  await user.click(screen.getByRole('checkbox', { name: /^Read settings/ }));
  await user.click(screen.getByRole('button', { name: 'Create' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Try again soon.');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('CRM');
});

test('revoking asks first; then it stands with those that are no longer valid', async () => {
  const user = userEvent.setup();
  const fake = fakeTokens([view(), view({ id: 5, name: 'Ran out', expires_at: after(-day) })]);
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: 'Revoke CRM sync' }));
  const dialog = await screen.findByRole('dialog', { name: 'Revoke CRM sync?' });
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(fake.asked('DELETE /api/v1/tokens/3')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Revoke CRM sync' }));
  await user.click(await screen.findByRole('button', { name: 'Revoke' }));
  await screen.findByText('No longer valid (2)');
  expect(screen.queryByRole('button', { name: /^Revoke/ })).toBeNull();
  const ended = screen.getByText('No longer valid (2)').closest('details')!;
  expect(ended.textContent).toContain('revoked just now');
  expect(ended.textContent).toContain('expired yesterday');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create a token' })));
});

test('a list that does not come can be asked for again', async () => {
  const user = userEvent.setup();
  const fake = fakeTokens([view()]);
  fake.answer('GET /api/v1/tokens', () => ({ status: 503, body: { detail: 'Not now.' } }));
  open({ path, api: fake.api });
  await screen.findByText('Not now.');
  fake.answer('GET /api/v1/tokens', () => ({ body: { data: [view()] } }));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('CRM sync');
});
