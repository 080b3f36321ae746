// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { ContactCard, DetailView } from '../../shared/protocol.ts';
import { card, open } from './page.tsx';
import { cardOf, createFakeApi, item, noon, summary } from './scene.ts';

const email = 'lena@acme.co';
const emailDetail = (grade: DetailView['grade']): DetailView => ({
  field: 'email',
  value: email,
  grade,
  status: 'current',
  source: { kind: 'message', conversation: 1, message: 101 },
  flags: [],
  suggestion: null,
  at: noon,
});
const contact = summary(1).contact;
const lead = (grade: DetailView['grade'], more: Partial<ContactCard> = {}): ContactCard =>
  cardOf(summary(1), { type: 'lead', email, details: [emailDetail(grade)], ...more });
const route = `POST /api/v1/contacts/${contact.id}/verification`;
const opened = (of: ContactCard, answer?: { status?: number; body: unknown }) =>
  open({
    path: '/inbox/conversations/1',
    answers: { 'contact.get': () => ({ ok: true, contact: of }) },
    api: createFakeApi(answer ? { [route]: () => answer } : {}),
  });
const button = () => within(card()).findByRole('button', { name: `Verify ${email}: mail a link to it` });
const problem = (code: string, detail: string, status = 409) => ({ status, body: { code, detail } });

describe('[M20] an email that was only typed can be proved by a mailed link', () => {
  test('sent, the card says where to and how long the link works; once it is followed the mark turns, live', async () => {
    const user = userEvent.setup();
    const { connection } = opened(lead('claimed'), { body: { sent_to: email, expires_at: '2031-01-02T00:00:00.000Z' } });
    await user.click(await button());
    await waitFor(() => expect(within(card()).getByText(`Link sent to ${email} · valid for 24 h`)).toBeTruthy());
    expect(within(card()).queryByRole('button', { name: /^Verify / })).toBeNull();
    connection.answer({ 'contact.get': () => ({ ok: true, contact: lead('verified') }) });
    connection.emit('feed', {
      items: [item(11, { type: 'contact.email_verified', contactId: contact.id, contact: { ...contact, type: 'lead', email } })],
    });
    await waitFor(() => expect(within(card()).getByRole('button', { name: 'Verified' })).toBeTruthy());
    expect(card().textContent).not.toContain('Link sent to');
  });

  test('without a mail server it says what is to be set, and can be tried again', async () => {
    const user = userEvent.setup();
    opened(lead('claimed'), problem('mail_not_configured', 'No mail server is configured.'));
    await user.click(await button());
    await waitFor(() => expect(within(card()).getByText(/nothing was sent/).textContent).toMatch(/SMTP_URL and MAIL_FROM/));
    expect(await button()).toBeTruthy();
  });

  test.each([
    ['rate_limited', 'A link was mailed to this address just now. Another one can follow in a minute.', 429],
    ['contact_gone', 'This contact was erased.', 410],
  ])('what else stands against it is said in words: %s', async (code, words, status) => {
    const user = userEvent.setup();
    opened(lead('claimed'), problem(code, words, status));
    await user.click(await button());
    await waitFor(() => expect(screen.getByText(words)).toBeTruthy());
  });

  test('with the server out of reach it says so', async () => {
    const user = userEvent.setup();
    opened(lead('claimed'));
    await user.click(await button());
    await waitFor(() => expect(card().textContent).toContain('The server does not answer'));
  });

  test.each<[string, ContactCard]>([
    ['proved already', lead('verified')],
    ['vouched for by the app', lead('signed')],
    ['of a blocked contact', lead('claimed', { blocked: true })],
    ['not there', cardOf(summary(1), {})],
  ])('it is not offered for one that is %s', async (_, of) => {
    opened(of);
    await waitFor(() => expect(card().textContent).toContain('Email'));
    expect(within(card()).queryByRole('button', { name: /^Verify/ })).toBeNull();
  });
});
