// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/SettingsPage.tsx';
import type { AuditEntry } from '../../shared/api.ts';
import { open } from './page.tsx';
import { createFakeApi, item, minute } from './scene.ts';
import type { Scene } from './scene.ts';
import { settings as botSettings } from './settings.ts';

const path = '/inbox/settings/audit';
const mia: AuditEntry['by'] = { kind: 'agent', id: 1, name: 'Mia Berg' };
const lena = { id: 'c1', name: 'Lena Kruse', email: 'lena@acme.co', conversation_id: 12 };

const entry = (rev: number, type: AuditEntry['type'], more: Partial<AuditEntry> = {}): AuditEntry => ({
  rev,
  type,
  at: new Date(Date.now() - (100 - rev) * minute).toISOString(),
  by: mia,
  contact_id: null,
  people: [],
  data: {},
  ...more,
});

type Answer = { status?: number; body: unknown };
const page = (data: AuditEntry[], next: string | null = null): Answer => ({ body: { data, has_more: next !== null, next_cursor: next } });

const openAudit = (audit: (cursor: string | null) => Answer): Scene => {
  const api = createFakeApi({
    'GET /api/v1/settings/bot': () => ({ body: botSettings }),
    'GET /api/v1/audit': (_, query) => audit(query.get('cursor')),
  });
  return open({ path, api });
};
const lines = (): (string | null)[] =>
  screen.getAllByRole('listitem').flatMap((item) => (item.dataset['event'] ? [item.querySelector('.event-words')?.textContent ?? ''] : []));

test('who did what to whom stands there in words, with the way to their conversation', async () => {
  openAudit(() =>
    page([
      entry(9, 'token.revoked', { data: { name: 'CRM sync' } }),
      entry(8, 'token.created', { data: { name: 'CRM sync', scopes: 'contacts:read audit:read' } }),
      entry(7, 'identity.secret_retired', { data: { slot: 'former' } }),
      entry(7, 'identity.secret_shown', { by: { kind: 'operator', id: null, name: null }, data: { operator: true } }),
      entry(6, 'identity.settings_changed', { data: { mode: 'required', public_key: 'RS256' } }),
      entry(5, 'contact.merged', {
        contact_id: 'c1',
        people: [lena, { id: 'c2', name: null, email: 'l@old.co', conversation_id: null }],
        data: { from: 'c2', agent: 1 },
        note: 'Asked on the phone',
      }),
      entry(4, 'contact.blocked', {
        by: { kind: 'token', id: 3, name: 'CRM sync' },
        contact_id: 'c1',
        people: [lena],
        data: { token: 3, token_name: 'CRM sync' },
      }),
      entry(3, 'contact.erased', { contact_id: 'c3' }),
      entry(2, 'contact.archived'),
      entry(1, 'contact.email_verified', {
        by: null,
        contact_id: 'c4',
        people: [{ id: 'c4', name: 'Ida', email: null, conversation_id: null }],
      }),
    ]),
  );
  await screen.findByText('The API token CRM sync was revoked by Mia Berg');
  expect(lines()).toEqual([
    'The API token CRM sync was revoked by Mia Berg',
    'The API token CRM sync was created by Mia BergIt may: read contacts, read the audit log',
    'The former identity secret was retired by Mia Berg',
    'The identity secret was looked at by the operator, at the machine',
    'Identity settings changed by Mia BergProof of identity: required · public key set (RS256)',
    'Merged with l@old.co by Mia BergLena Kruse Asked on the phone',
    'Blocked by CRM sync (API)Lena Kruse ',
    'Everything personal was erased by Mia BergSomebody who was erased',
    'Archived by Mia BergSomebody who was erased',
    'Email proved by the link that was mailed to itIda',
  ]);
  expect(screen.getAllByRole('link', { name: 'Lena Kruse' })[0]?.getAttribute('href')).toBe('/inbox/conversations/12?filter=all');
});

test('older ones come by the page, below those that are there', async () => {
  const user = userEvent.setup();
  openAudit((cursor) => (cursor === null ? page([entry(9, 'token.revoked')], '9') : page([entry(2, 'identity.secret_rotated')])));
  await user.click(await screen.findByRole('button', { name: 'Show older' }));
  await screen.findByText('A second identity secret was made by Mia Berg');
  expect(lines()).toEqual(['An API token was revoked by Mia Berg', 'A second identity secret was made by Mia Berg']);
  expect(screen.queryByRole('button', { name: 'Show older' })).toBeNull();
});

test('older ones that do not come leave what is there, and can be asked for again', async () => {
  const user = userEvent.setup();
  let isUp = false;
  openAudit((cursor) => {
    if (cursor === null) return page([entry(9, 'token.revoked')], '9');
    return isUp ? page([entry(2, 'identity.secret_rotated')]) : { status: 503, body: { detail: 'Not now.' } };
  });
  await user.click(await screen.findByRole('button', { name: 'Show older' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Not now.');
  expect(lines()).toHaveLength(1);
  isUp = true;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(lines()).toHaveLength(2));
});

test('an empty log says what will stand in it; one that does not come says so', async () => {
  const user = userEvent.setup();
  let isUp = false;
  openAudit(() => (isUp ? page([]) : { status: 503, body: { detail: 'Not now.' } }));
  const failed = await screen.findByRole('alert');
  expect(failed.textContent).toContain('The audit log could not be loaded');
  isUp = true;
  await user.click(within(failed).getByRole('button', { name: 'Try again' }));
  await screen.findByText(/Nothing yet\. The first merge/);
});

test('what somebody does meanwhile stands on top at once, and the older ones that were fetched stay', async () => {
  const user = userEvent.setup();
  let newest = [entry(9, 'token.revoked')];
  let asked = 0;
  const { connection } = openAudit((cursor) => {
    asked += 1;
    return cursor === null ? page(newest, '9') : page([entry(2, 'identity.secret_rotated')]);
  });
  await user.click(await screen.findByRole('button', { name: 'Show older' }));
  await waitFor(() => expect(lines()).toHaveLength(2));
  newest = [entry(11, 'contact.blocked', { contact_id: 'c1', people: [lena] }), ...newest];
  const before = asked;
  connection.emit('feed', { items: [item(11, { type: 'contact.blocked', contactId: 'c1' }), item(12, { type: 'message.created' })] });
  await waitFor(() => expect(lines()).toHaveLength(3));
  expect(lines()[0]).toContain('Blocked by Mia Berg');
  expect(lines()[2]).toContain('A second identity secret was made');
  expect(asked).toBe(before + 1);
});

test('one that did not come comes by itself when the connection is back', async () => {
  let isUp = false;
  const { inbox } = openAudit(() => (isUp ? page([entry(9, 'token.revoked')]) : { status: 503, body: { detail: 'Not now.' } }));
  await screen.findByRole('alert');
  isUp = true;
  inbox.audit.refresh();
  await waitFor(() => expect(lines()).toHaveLength(1));
});
