// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { AppView } from '../../inbox/components/AppView.tsx';
import { createRouter } from '../../inbox/router.ts';
import { createApp } from '../../inbox/state/app.ts';
import type { App } from '../../inbox/state/app.ts';
import { createStorage } from '../../inbox/storage.ts';
import { createFakeConnection, createFakeFetch, doneChecklist, me, serverWith } from './scene.ts';

let app: App;
afterEach(() => {
  cleanup();
  app.stop();
});

const problem =
  (status: number, code: string, detail: string, errors: { pointer: string; message: string }[] = []) =>
  () => ({
    status,
    body: { type: 'about:blank', title: detail, status, code, detail, request_id: 'r1', errors },
  });
const signedOut = {
  'GET /api/v1/me': problem(401, 'unauthorized', 'Sign in first.'),
  'GET /api/v1/checklist': () => ({ body: doneChecklist }),
};

function open(path: string, routes: Parameters<typeof createFakeFetch>[0]) {
  window.history.replaceState(null, '', path);
  const { request, asked } = createFakeFetch(routes);
  app = createApp({
    api: createApi(request),
    router: createRouter(),
    storage: createStorage(),
    connect: () => createFakeConnection(serverWith([])),
  });
  render(<AppView app={app} />);
  void app.session.load();
  return asked;
}

test('whoever is not signed in is asked to, and comes to where they wanted', async () => {
  const user = userEvent.setup();
  open('/inbox/conversations/3', { ...signedOut, 'POST /api/v1/session': () => ({ body: me }) });
  await user.type(await screen.findByLabelText('Email'), 'ada@team.example');
  await user.type(screen.getByLabelText('Password'), 'a long password{Enter}');
  await screen.findByRole('navigation', { name: 'Inbox' });
  expect(window.location.pathname).toBe('/inbox/conversations/3');
});

test('a wrong password is said in words, and what was typed stays', async () => {
  const user = userEvent.setup();
  open('/inbox/login', { ...signedOut, 'POST /api/v1/session': problem(401, 'wrong_credentials', 'Email or password is wrong.') });
  await user.type(await screen.findByLabelText('Email'), 'ada@team.example');
  await user.type(screen.getByLabelText('Password'), 'wrong{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('Email or password is wrong.');
  expect((screen.getByLabelText('Email') as HTMLInputElement).value).toBe('ada@team.example');
});

test('a server that does not answer is told apart from being signed out', async () => {
  const user = userEvent.setup();
  const asked = open('/inbox', {});
  await screen.findByText('The inbox cannot be loaded');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(asked).toHaveLength(2));
});

test('a session ended elsewhere leads to the login page with the reason', async () => {
  window.history.replaceState(null, '', '/inbox');
  const connection = createFakeConnection(serverWith([]));
  const { request } = createFakeFetch({ 'GET /api/v1/me': () => ({ body: me }), 'GET /api/v1/checklist': () => ({ body: doneChecklist }) });
  app = createApp({ api: createApi(request), router: createRouter(), storage: createStorage(), connect: () => connection });
  render(<AppView app={app} />);
  await app.session.load();
  await screen.findByRole('navigation', { name: 'Inbox' });
  connection.emit('session.ended', { reason: 'logout' });
  expect((await screen.findByRole('status')).textContent).toBe('You were signed out in another tab.');
});

test('signing out carries the CSRF token', async () => {
  const asked = open('/inbox', {
    'GET /api/v1/me': () => ({ body: me }),
    'GET /api/v1/checklist': () => ({ body: doneChecklist }),
    'DELETE /api/v1/session': () => ({ body: { ok: true } }),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /Ada Holm/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Sign out' }));
  await screen.findByText('Sign in to the inbox');
  expect(asked.find((call) => call.route === 'DELETE /api/v1/session')?.headers['x-csrf-token']).toBe('csrf-1');
});

test('the set-up link makes the first agent, who is in the inbox at once', async () => {
  const user = userEvent.setup();
  const asked = open('/setup?token=t1', {
    ...signedOut,
    'GET /api/v1/setup': () => ({ body: { valid: true } }),
    'POST /api/v1/setup': () => ({ body: me }),
  });
  await user.type(await screen.findByLabelText('Your name'), 'Ada Holm');
  await user.type(screen.getByLabelText('Email'), 'ada@team.example');
  await user.type(screen.getByLabelText('Password'), 'a long password{Enter}');
  await screen.findByRole('navigation', { name: 'Inbox' });
  expect(window.location.pathname).toBe('/inbox');
  expect(asked.find((call) => call.route === 'POST /api/v1/setup')?.body).toEqual({
    token: 't1',
    name: 'Ada Holm',
    email: 'ada@team.example',
    password: 'a long password',
  });
});

test('what does not fit is said beside its field', async () => {
  const user = userEvent.setup();
  open('/setup?token=t1', {
    ...signedOut,
    'GET /api/v1/setup': () => ({ body: { valid: true } }),
    'POST /api/v1/setup': problem(400, 'bad_request', 'The request does not fit its schema.', [
      { pointer: '/password', message: 'at least 10 characters' },
    ]),
  });
  await user.type(await screen.findByLabelText('Your name'), 'Ada');
  await user.type(screen.getByLabelText('Email'), 'ada@team.example');
  const password = screen.getByLabelText('Password');
  password.removeAttribute('minlength');
  await user.type(password, 'short{Enter}');
  await waitFor(() => expect(password.getAttribute('aria-invalid')).toBe('true'));
  expect(screen.getByText('At least 10 characters.')).toBeTruthy();
});

test.each([
  ['used', { valid: false }],
  ['', { valid: true }],
])('the set-up link “%s” that cannot work says what to do', async (token, body) => {
  open(`/setup?token=${token}`, { ...signedOut, 'GET /api/v1/setup': () => ({ body }) });
  await screen.findByText('This set-up link no longer works');
  expect(screen.getByText(/Restart the server/)).toBeTruthy();
});

test('a link that is used while the form is filled in ends the same way', async () => {
  const user = userEvent.setup();
  open('/setup?token=t1', {
    ...signedOut,
    'GET /api/v1/setup': () => ({ body: { valid: true } }),
    'POST /api/v1/setup': problem(410, 'setup_link_invalid', 'Used.'),
  });
  await user.type(await screen.findByLabelText('Your name'), 'Ada');
  await user.type(screen.getByLabelText('Email'), 'ada@team.example');
  await user.type(screen.getByLabelText('Password'), 'a long password{Enter}');
  await screen.findByText('This set-up link no longer works');
});
