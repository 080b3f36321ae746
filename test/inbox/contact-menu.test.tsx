// @vitest-environment happy-dom
// What can be done to a contact from its card: edited, blocked, archived, erased, and another one found to merge with.
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { ContactCard, ContactSummary } from '../../shared/protocol.ts';
import { contactServer, previewOf, problem, viewOf } from './contacts.ts';
import type { FakeServer } from './contacts.ts';
import { card, open } from './page.tsx';
import type { Given } from './page.tsx';
import { ada, cardOf, me, minute, noon, summary } from './scene.ts';
import type { Scene } from './scene.ts';

const lena: ContactSummary = { ...summary(1).contact, type: 'user', name: 'Lena Hoff', email: 'lena@acme.co', verified: true };
const other: ContactSummary = { ...summary(2).contact, type: 'lead', name: 'Lena Other', email: 'other@acme.co' };
const view = viewOf(lena, { email_grade: 'signed', name_grade: 'verified', company: 'ACME', custom_attributes: { trial: true, seats: 3 } });
const path = `/api/v1/contacts/${lena.id}`;

function server(): FakeServer {
  return contactServer({
    [`GET ${path}`]: () => ({ body: view }),
    [`PATCH ${path}`]: () => ({ body: view }),
    [`DELETE ${path}`]: () => ({ body: { id: lena.id, erased: true } }),
    [`POST ${path}/block`]: () => ({ body: view }),
    [`POST ${path}/archive`]: () => ({ body: view }),
    [`GET /api/v1/contacts/${other.id}`]: () => ({ body: viewOf(other) }),
    'POST /api/v1/contacts/merge/preview': () => ({ body: previewOf(view, viewOf(other)) }),
  });
}

async function openCard(
  fake: FakeServer,
  more: Partial<ContactCard> = {},
  given: Given = {},
): Promise<{ scene: Scene; press: ReturnType<typeof userEvent.setup> }> {
  const conversations = [summary(1, { contact: lena }), summary(2, { contact: other }), summary(3, { contact: other })];
  const scene = open({
    path: '/inbox/conversations/1',
    conversations,
    api: fake.api,
    answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1, { contact: lena }), more) }) },
    ...given,
  });
  await within(card()).findByRole('heading', { name: 'Lena Hoff' });
  return { scene, press: userEvent.setup() };
}

async function choose(press: ReturnType<typeof userEvent.setup>, name: string): Promise<void> {
  await press.click(within(card()).getByRole('button', { name: 'More about Lena Hoff' }));
  await press.click(screen.getByRole('menuitem', { name }));
}

const toast = (words: string): Promise<HTMLElement> => screen.findByText(words, { selector: '.toast-text' });

describe('the menu of a contact', () => {
  test('an owner can erase, who is none cannot', async () => {
    const { press } = await openCard(server(), {}, { me: { ...me, role: 'agent' } });
    await press.click(within(card()).getByRole('button', { name: 'More about Lena Hoff' }));
    expect(screen.getAllByRole('menuitem').map((each) => each.textContent)).toEqual(['Edit details …', 'Merge with …', 'Block', 'Archive']);
  });

  test('[M22] blocks, and the toast takes it back', async () => {
    const fake = server();
    const { press } = await openCard(fake);
    await choose(press, 'Block');
    await toast('Lena Hoff is blocked and cannot write any more.');
    await press.click(screen.getByRole('button', { name: 'Undo' }));
    await toast('Lena Hoff can write again.');
    expect(fake.askedOf(`POST ${path}/block`)).toEqual([{ blocked: true }, { blocked: false }]);
  });

  test('a blocked one is unblocked, an archived one brought back; a refusal says so', async () => {
    const fake = server();
    fake.answer({ [`POST ${path}/archive`]: () => problem(503, 'unavailable', 'The database does not answer.') });
    const { press } = await openCard(fake, { blocked: true, archivedAt: noon });
    expect(card().textContent).toContain('Archived');
    await choose(press, 'Unblock');
    await waitFor(() => expect(fake.askedOf(`POST ${path}/block`)).toEqual([{ blocked: false }]));
    await choose(press, 'Bring back');
    await toast('Lena Hoff is still archived. The database does not answer.');
  });
});

describe('details edited by hand', () => {
  test('what is vouched for is read with the reason, the rest is changed; only what was changed is sent', async () => {
    const fake = server();
    const { press } = await openCard(fake);
    await choose(press, 'Edit details …');
    const sheet = await screen.findByRole('dialog', { name: 'Edit details' });
    await within(sheet).findByText(/Signed by your app/);
    expect(within(sheet).getByText(/Proved by a mailed link/)).toBeTruthy();
    expect(within(sheet).queryByLabelText('Email')).toBeNull();
    const company = within(sheet).getByLabelText('Company');
    await press.clear(company);
    await press.type(company, 'ACME Lamps');
    await press.selectOptions(within(sheet).getByLabelText('Trial'), 'No');
    await press.click(within(sheet).getByRole('button', { name: 'Remove seats' }));
    await press.click(within(sheet).getByRole('button', { name: 'Add an attribute' }));
    await press.type(within(sheet).getByLabelText('Name of the new attribute'), 'plan');
    await press.type(within(sheet).getByLabelText('Value of the new attribute'), 'Pro');
    await press.click(within(sheet).getByRole('button', { name: 'Save' }));
    await toast('Details saved.');
    expect(fake.askedOf(`PATCH ${path}`)).toEqual([
      { company: 'ACME Lamps', custom_attributes: { seats: null, trial: false, plan: 'Pro' } },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('a refusal stands at its field and nothing that was typed is lost', async () => {
    const fake = server();
    fake.answer({
      [`PATCH ${path}`]: () => problem(422, 'form_invalid', 'Another look.', [{ pointer: '/phone', message: 'This is no phone number.' }]),
    });
    const { press } = await openCard(fake);
    await choose(press, 'Edit details …');
    const phone = await screen.findByLabelText('Phone');
    await press.type(phone, '123{Enter}');
    await screen.findByText('This is no phone number.');
    expect(screen.getByLabelText('Phone').getAttribute('aria-invalid')).toBe('true');
    expect((screen.getByLabelText('Phone') as HTMLInputElement).value).toBe('123');
  });

  test('a refusal of what no field shows any more is said below them', async () => {
    const fake = server();
    const pointer = '/custom_attributes/seats';
    fake.answer({
      [`PATCH ${path}`]: () => problem(409, 'surer_value', 'Seats: vouched for by your app.', [{ pointer, message: 'is surer' }]),
    });
    const { press } = await openCard(fake);
    await choose(press, 'Edit details …');
    await press.click(await screen.findByRole('button', { name: 'Remove seats' }));
    await press.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Seats: vouched for by your app.');
  });

  test('where a colleague merged the contact meanwhile, what was changed is carried over to the one it became, to be looked at and saved there', async () => {
    const fake = server();
    const headers = { link: '</api/v1/contacts/c99>; rel="successor-version"' };
    const survivor = viewOf(
      { ...lena, id: 'c99', name: 'Lena Holm' },
      {
        company: 'Holm',
        phone: '+49301234567',
        phone_grade: 'verified',
        custom_attributes: { trial: true, seats: 9, plan: 'Free', city: 'Ulm' },
        signed_fields: ['attributes.plan'],
      },
    );
    fake.answer({
      [`PATCH ${path}`]: () => ({ ...problem(410, 'contact_gone', 'Gone.'), headers }),
      'GET /api/v1/contacts/c99': () => ({ body: survivor }),
      'PATCH /api/v1/contacts/c99': () => ({ body: survivor }),
    });
    const { press } = await openCard(fake);
    await choose(press, 'Edit details …');
    await press.type(await screen.findByLabelText('Phone'), '0160');
    await press.clear(screen.getByLabelText('Company'));
    await press.type(screen.getByLabelText('Company'), 'ACME Lamps');
    await press.click(screen.getByRole('button', { name: 'Remove trial' }));
    await press.clear(screen.getByLabelText('Seats'));
    await press.type(screen.getByLabelText('Seats'), '4');
    await press.click(screen.getByRole('button', { name: 'Add an attribute' }));
    await press.type(screen.getByLabelText('Name of the new attribute'), 'team');
    await press.type(screen.getByLabelText('Value of the new attribute'), 'Light');
    await press.click(screen.getByRole('button', { name: 'Save' }));
    const note = await screen.findByRole('alert');
    expect(note.textContent).toContain('became part of Lena Holm meanwhile');
    expect(
      within(note)
        .getAllByRole('listitem')
        .map((each) => each.textContent?.replaceAll(' ', '')),
    ).toEqual(['Phone:0160']);
    await waitFor(() => expect(document.activeElement).toBe(note));
    const valueOf = (label: string): string => (screen.getByLabelText(label) as HTMLInputElement).value;
    expect(['Name', 'Company', 'Seats', 'City'].map(valueOf)).toEqual(['Lena Holm', 'ACME Lamps', '4', 'Ulm']);
    expect(screen.queryByLabelText('Trial')).toBeNull();
    expect(screen.queryByLabelText('Phone')).toBeNull();
    const locked = [...document.querySelectorAll('.edit-locked')].map((each) => each.textContent?.replaceAll(' ', ''));
    expect(locked).toEqual(['+49301234567', 'FreeSignedbyyourapp']);
    await press.click(screen.getByRole('button', { name: 'Save' }));
    await toast('Details saved.');
    expect(fake.askedOf('PATCH /api/v1/contacts/c99')).toEqual([
      { company: 'ACME Lamps', custom_attributes: { trial: null, seats: 4, team: 'Light' } },
    ]);
  });

  test('one merged away meanwhile is said in words', async () => {
    const fake = server();
    fake.answer({ [`GET ${path}`]: () => problem(410, 'contact_gone', 'Gone.') });
    const { press } = await openCard(fake);
    await choose(press, 'Edit details …');
    await screen.findByText(/merged into another one or erased meanwhile/);
  });
});

describe('[M23] erasing', () => {
  test('says what goes and asks twice; the second button is not where the first one was pressed', async () => {
    const fake = server();
    const merges = [
      {
        id: 1,
        from: { id: 'c9', type: 'lead' as const, name: 'Old Lena', email: null, unverified: false },
        reason: 'agent' as const,
        by: ada,
        note: null,
        at: noon - minute,
        undoUntil: noon,
      },
    ];
    const conversations = [
      { id: 1, status: 'open' as const, preview: '', lastAt: noon },
      { id: 4, status: 'closed' as const, preview: '', lastAt: noon },
    ];
    const { press } = await openCard(fake, { merges, conversations });
    await choose(press, 'Erase …');
    const sheet = await screen.findByRole('dialog', { name: 'Erase Lena Hoff?' });
    expect(sheet.textContent).toContain('2 conversations, with every message and file');
    expect(sheet.textContent).toContain('Old Lena');
    await press.click(within(sheet).getByRole('button', { name: 'Erase …' }));
    expect(fake.askedOf(`DELETE ${path}`)).toEqual([]);
    expect(document.activeElement?.textContent).toBe('Keep them');
    await press.click(within(sheet).getByRole('button', { name: 'Erase for good' }));
    await toast('Lena Hoff was erased.');
    expect(fake.askedOf(`DELETE ${path}`)).toHaveLength(1);
  });

  test('a refusal is said in the dialog', async () => {
    const fake = server();
    fake.answer({ [`DELETE ${path}`]: () => problem(403, 'forbidden', 'Only an owner of the workspace can erase a contact.') });
    const { press } = await openCard(fake);
    await choose(press, 'Erase …');
    await press.click(await screen.findByRole('button', { name: 'Erase …' }));
    await press.click(screen.getByRole('button', { name: 'Erase for good' }));
    await screen.findByText('Only an owner of the workspace can erase a contact.');
  });
});

describe('somebody who is to be erased and was', () => {
  const gone = problem(410, 'contact_gone', 'This contact is gone.');
  const eraseNow = async (answer: () => typeof gone & { headers?: Record<string, string> }): Promise<void> => {
    const fake = server();
    fake.answer({ [`DELETE ${path}`]: answer });
    const { press } = await openCard(fake);
    await choose(press, 'Erase …');
    await press.click(await screen.findByRole('button', { name: 'Erase …' }));
    await press.click(screen.getByRole('button', { name: 'Erase for good' }));
  };

  test('erased by a colleague, is erased', async () => {
    await eraseNow(() => gone);
    await toast('Lena Hoff was erased.');
  });

  test('merged into another one is not called erased: nothing was', async () => {
    const headers = { link: '</api/v1/contacts/c99>; rel="successor-version"' };
    await eraseNow(() => ({ ...gone, headers }));
    await screen.findByText(/^Lena Hoff was merged into another contact meanwhile\. Nothing was erased/);
    expect(screen.queryByText('Lena Hoff was erased.')).toBeNull();
  });
});

describe('somebody to merge with', () => {
  test('is found by typing, each once and never oneself, and is looked at beside the other before anything happens', async () => {
    const { scene, press } = await openCard(server());
    await choose(press, 'Merge with …');
    const field = await screen.findByRole('combobox', { name: 'Find a contact' });
    expect(document.activeElement).toBe(field);
    await screen.findByRole('option', { name: /Lena Other/ });
    await press.type(field, 'lena');
    await waitFor(() =>
      expect(scene.connection.sentOf('conversation.list').at(-1)).toMatchObject({ filter: 'all', search: 'lena', searchIn: 'contacts' }),
    );
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await press.keyboard('{Enter}');
    const sheet = await screen.findByRole('dialog', { name: 'Are they the same person?' });
    expect(scene.inbox.merging.pair.value).toEqual({ here: lena.id, there: other.id });
    await within(sheet).findByRole('table');
  });

  test('nobody found and no answer are two things', async () => {
    const { scene, press } = await openCard(server());
    await choose(press, 'Merge with …');
    const field = await screen.findByRole('combobox');
    await press.type(field, 'zzz');
    await screen.findByText(/Nobody by these words/);
    scene.connection.status.value = 'reconnecting';
    await press.type(field, 'z');
    await screen.findByText('The server does not answer. Type on to try again.');
  });
});
