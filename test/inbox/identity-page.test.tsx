// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/SettingsPage.tsx';
import { createApi } from '../../inbox/api.ts';
import type { Api } from '../../inbox/api.ts';
import { now } from '../../inbox/clock.ts';
import { publicKeyFault } from '../../inbox/public-key.ts';
import type { IdentitySettings } from '../../shared/api.ts';
import { open } from './page.tsx';
import { createFakeFetch, doneChecklist, me, minute } from './scene.ts';
import { refused, settings as botSettings } from './settings.ts';

const path = '/inbox/settings/identity';
const patch = 'PATCH /api/v1/settings/identity';
/** The clock of the page stands still. */
const ago = (ms: number): string => new Date(now.peek() - ms).toISOString();
const pem = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----';

const plain: IdentitySettings = {
  mode: 'optional',
  mode_from: 'workspace',
  lead_merging: 'same_email_or_none',
  public_key: null,
  secret: { created_at: ago(90 * 24 * 60 * minute), last_used_at: ago(4 * minute) },
  next_secret: null,
};

type Answer = { status?: number; body: unknown };

interface Fake {
  api: Api;
  asked(route: string): unknown[];
  answer(route: string, answer: () => Answer): void;
  hold(more: Partial<IdentitySettings>): void;
}

function fakeIdentity(more: Partial<IdentitySettings> = {}): Fake {
  let held: IdentitySettings = { ...plain, ...more };
  const change = (next: Partial<IdentitySettings>): Answer => ({ body: (held = { ...held, ...next }) });
  const routes: Record<string, (body: unknown) => Answer> = {
    'GET /api/v1/checklist': () => ({ body: doneChecklist }),
    'GET /api/v1/settings/bot': () => ({ body: botSettings }),
    'GET /api/v1/settings/identity': () => ({ body: held }),
    [patch]: (body) => change(body as Partial<IdentitySettings>),
    'GET /api/v1/identity_secret': () => ({
      body: { identity_secret: 'the-present-one', next_identity_secret: held.next_secret && 'the-new-one' },
    }),
    'POST /api/v1/identity_secret/rotation': () => change({ next_secret: { created_at: ago(0), last_used_at: null } }),
    'POST /api/v1/identity_secret/rotation/finish': () => change({ secret: held.next_secret ?? held.secret, next_secret: null }),
    'DELETE /api/v1/identity_secret/rotation': () => change({ next_secret: null }),
  };
  const { request, asked } = createFakeFetch(routes);
  return {
    api: createApi(request),
    asked: (route) => asked.filter((call) => call.route === route).map((call) => call.body),
    answer: (route, answer) => void (routes[route] = answer),
    hold: (next) => void change(next),
  };
}

const mode = (name: RegExp): HTMLInputElement => screen.getByRole<HTMLInputElement>('radio', { name });
const step = (name: RegExp): HTMLElement => screen.getByRole('heading', { level: 4, name }).closest('li')!;

describe('the mode', () => {
  test('each says what it does; another one holds at once', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity();
    open({ path, api: fake.api });
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: /^Optional/ })).checked).toBe(true);
    expect(mode(/^Required/).closest('label')?.textContent).toContain('without a valid proof, identify is refused');
    await user.click(mode(/^Required/));
    await screen.findByText('Saved');
    expect(fake.asked(patch)).toEqual([{ mode: 'required' }]);
  });

  test('fixed by the configuration, it is shown and says where it can be changed', async () => {
    open({ path, api: fakeIdentity({ mode: 'required', mode_from: 'configuration' }).api });
    await screen.findByText('IDENTITY_MODE=required');
    expect(mode(/^Required/).checked).toBe(true);
    expect(mode(/^Off/).matches(':disabled, fieldset:disabled *')).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Never/ }).matches('fieldset:disabled *')).toBe(false);
  });

  test('refused, it is taken back with the reason', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity();
    fake.answer(patch, () => refused('The database does not answer.'));
    open({ path, api: fake.api });
    await user.click(await screen.findByRole('radio', { name: /^Off/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('The database does not answer.');
    expect(mode(/^Optional/).checked).toBe(true);
  });
});

test('what becomes of a lead who signs in is chosen in words', async () => {
  const user = userEvent.setup();
  const fake = fakeIdentity();
  open({ path, api: fake.api });
  const never = await screen.findByRole('radio', { name: /^Never A lead stays a lead/ });
  await user.click(never);
  await screen.findByText('Saved');
  expect(fake.asked(patch)).toEqual([{ lead_merging: 'never' }]);
});

describe('the rotation of the secret', () => {
  test('begins with a second secret; each can be revealed, and it is said when each was last used', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity();
    open({ path, api: fake.api });
    await user.click(await screen.findByRole('button', { name: 'Start a rotation' }));
    const heading = await screen.findByRole('heading', { name: 'Rotation under way' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    const put = step(/^Put the new one on your server/);
    expect(put.getAttribute('aria-current')).toBe('step');
    expect(put.textContent).toContain('New secretnot used yet');
    expect(put.textContent).toContain('Present secretlast used 4 minutes ago');
    await user.click(screen.getByRole('button', { name: 'Reveal the new secret' }));
    await screen.findByText('the-new-one');
    expect(screen.queryByText('the-present-one')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Copy the new secret' }));
    expect(await navigator.clipboard.readText()).toBe('the-new-one');
    await user.click(screen.getByRole('button', { name: 'Reveal the present secret' }));
    await screen.findByText('the-present-one');
  });

  test('is not finished while the present secret is in use, except on purpose', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity({ next_secret: { created_at: ago(minute), last_used_at: ago(minute) } });
    open({ path, api: fake.api });
    const finish = await screen.findByRole('button', { name: 'Finish' });
    expect(finish.getAttribute('aria-disabled')).toBe('true');
    expect(document.querySelector(`#${finish.getAttribute('aria-describedby')}`)?.textContent).toContain(
      'The present secret was used 4 minutes ago',
    );
    await user.click(finish);
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Finish anyway …' }));
    const dialog = await screen.findByRole('dialog', { name: 'Retire the present secret?' });
    expect(dialog.textContent).toContain('only if the present one has leaked');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(fake.asked('POST /api/v1/identity_secret/rotation/finish')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Finish anyway …' }));
    await user.click(await screen.findByRole('button', { name: 'Retire it' }));
    const done = await screen.findByText('The new secret is the only one now.');
    await waitFor(() => expect(document.activeElement).toBe(done));
    expect(screen.queryByRole('heading', { name: 'Rotation under way' })).toBeNull();
  });

  test('is open to be finished once only the new secret is in use', async () => {
    open({
      path,
      api: fakeIdentity({
        secret: { created_at: null, last_used_at: ago(61 * minute) },
        next_secret: { created_at: ago(120 * minute), last_used_at: ago(minute) },
      }).api,
    });
    const finish = await screen.findByRole('button', { name: 'Finish' });
    expect(finish.getAttribute('aria-disabled')).toBe('false');
    expect(screen.queryByRole('button', { name: 'Finish anyway …' })).toBeNull();
    expect(step(/^Put the new one/).className).toContain('is-done');
  });

  test('waits for the new secret to be used, however long the present one was not', async () => {
    open({
      path,
      api: fakeIdentity({
        secret: { created_at: null, last_used_at: ago(600 * minute) },
        next_secret: { created_at: ago(minute), last_used_at: null },
      }).api,
    });
    await screen.findByText(/Nothing was signed with the new secret yet/);
    expect(screen.getByRole('button', { name: 'Finish' }).getAttribute('aria-disabled')).toBe('true');
  });

  test('can be given up: the new secret is dropped', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity({ next_secret: { created_at: ago(minute), last_used_at: null } });
    open({ path, api: fake.api });
    await user.click(await screen.findByRole('button', { name: 'Drop the new one …' }));
    await user.click(await screen.findByRole('button', { name: 'Drop it' }));
    await screen.findByText('The new secret is gone; the present one stays.');
    expect(fake.asked('DELETE /api/v1/identity_secret/rotation')).toHaveLength(1);
  });

  test('that a colleague finished meanwhile is shown as it is', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity({ next_secret: { created_at: ago(minute), last_used_at: null } });
    open({ path, api: fake.api });
    await user.click(await screen.findByRole('button', { name: 'Drop the new one …' }));
    fake.hold({ next_secret: null });
    fake.answer('DELETE /api/v1/identity_secret/rotation', () => ({
      status: 409,
      body: { code: 'no_rotation', detail: 'There is no second.' },
    }));
    await user.click(await screen.findByRole('button', { name: 'Drop it' }));
    await screen.findByRole('button', { name: 'Start a rotation' });
  });
});

describe('the public key', () => {
  const switchOn = async (user: ReturnType<typeof userEvent.setup>): Promise<HTMLTextAreaElement> => {
    await user.click(await screen.findByRole('switch', { name: 'Check tokens by a public key' }));
    return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Public key' });
  };

  test('is pasted, its algorithm chosen, and saved', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity();
    open({ path, api: fake.api });
    await user.click(await switchOn(user));
    await user.paste(pem);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Algorithm' }), 'EdDSA');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved');
    expect(fake.asked(patch)).toEqual([{ public_key: { algorithm: 'EdDSA', pem } }]);
  });

  test('that the server refuses says why at the field, and stays as it was pasted', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity();
    const reason = 'This key does not do: RS256 wants an RSA key.';
    fake.answer(patch, () => ({
      status: 422,
      body: { code: 'invalid_public_key', detail: reason, errors: [{ pointer: '/public_key/pem', message: reason }] },
    }));
    open({ path, api: fake.api });
    const field = await switchOn(user);
    await user.click(field);
    await user.paste(pem);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(document.querySelector(`#${field.getAttribute('aria-describedby')}`)?.textContent).toContain('RS256 wants an RSA key');
    expect(screen.getByText(/Not saved: the key is not right yet. Your changes are still here/)).toBeTruthy();
    expect(field.value).toBe(pem);
  });

  test('that is a private one is never sent', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity();
    open({ path, api: fake.api });
    await user.click(await switchOn(user));
    await user.paste('-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----');
    await screen.findByText(/This is a private key. It was not sent/);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(fake.asked(patch)).toEqual([]);
  });

  test('taken out, the secret checks tokens again', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity({ public_key: { algorithm: 'ES256', pem } });
    open({ path, api: fake.api });
    await user.click(await screen.findByRole('switch', { name: 'Check tokens by a public key' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(fake.asked(patch)).toEqual([{ public_key: null }]));
  });

  test.each([
    ['', 'Paste the public key'],
    ['hello', 'begins with -----BEGIN PUBLIC KEY-----'],
    [pem.slice(0, 40), 'begins with -----BEGIN PUBLIC KEY-----'],
    ['-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----', 'This is a certificate'],
    ['-----BEGIN EC PRIVATE KEY-----\nMII\n-----END EC PRIVATE KEY-----', 'This is a private key'],
  ])('%j is no public key', (text, words) => expect(publicKeyFault({ algorithm: 'RS256', pem: text })).toContain(words));

  test('in one of its two common forms is taken', () => {
    expect(publicKeyFault({ algorithm: 'RS256', pem: `\n${pem}\n` })).toBeNull();
    expect(publicKeyFault({ algorithm: 'RS256', pem: pem.replaceAll('PUBLIC', 'RSA PUBLIC') })).toBeNull();
  });
});

describe('who may see it', () => {
  test.each(['identity', 'tokens', 'audit'])(
    'an agent is told that %s is for owners, and nothing is asked of the server',
    async (section) => {
      const fake = fakeIdentity();
      open({ path: `/inbox/settings/${section}`, api: fake.api, me: { ...me, role: 'agent' } });
      await screen.findByRole('heading', { name: 'For owners' });
      expect(screen.getByText(/^Only owners .* Ask an owner of this workspace if you need it\.$/)).toBeTruthy();
      expect(fake.asked('GET /api/v1/settings/identity')).toEqual([]);
    },
  );

  test('settings that cannot be loaded say so, and can be asked for again', async () => {
    const user = userEvent.setup();
    const fake = fakeIdentity();
    fake.answer('GET /api/v1/settings/identity', () => refused('Try again soon.'));
    open({ path, api: fake.api });
    await screen.findByRole('heading', { name: 'The identity settings could not be loaded' });
    fake.answer('GET /api/v1/settings/identity', () => ({ body: plain }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('radio', { name: /^Optional/ });
  });
});
