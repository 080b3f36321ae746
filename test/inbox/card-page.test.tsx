// @vitest-environment happy-dom
import { fireEvent, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { AgentTimelineItem, ContactCard } from '../../shared/protocol.ts';
import { card, open, row } from './page.tsx';
import { ada, bot, cardOf, duplicateOf, item, minute, noon, said, summary } from './scene.ts';

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
    expect(card().textContent).toContain('Shared mailbox');
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
    const link = await within(card()).findByRole('link', { name: '+49 151 2345 6789' });
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
    const { connection, inbox } = open({
      path: '/inbox/conversations/1',
      answers: {
        'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { type: 'user', unverified: true, claimedUserId: 'u1' }) }),
      },
    });
    await waitFor(() => expect(within(card()).getByText('Unverified')).toBeTruthy());
    connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { type: 'user', verified: true, userId: 'u1' }) }) });
    inbox.card.refresh();
    await waitFor(() => expect(within(card()).getByText('Verified')).toBeTruthy());
  });

  test('a picture that cannot be had gives way to the initials; another one is tried again', async () => {
    const { connection, inbox } = open({
      path: '/inbox/conversations/1',
      answers: {
        'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { name: 'Lena Hoff', avatar: 'https://gone.example/a.png' }) }),
      },
    });
    await waitFor(() => expect(card().querySelector('.identity img')).not.toBeNull());
    fireEvent.error(card().querySelector('.identity img') as HTMLElement);
    await waitFor(() => expect(card().querySelector('.identity img')).toBeNull());
    expect(card().querySelector('.identity .avatar-initials')?.getAttribute('data-initials')).toBe('LH');
    connection.answer({
      'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { name: 'Lena Hoff', avatar: 'https://here.example/b.png' }) }),
    });
    inbox.card.refresh();
    await waitFor(() => expect(card().querySelector('.identity img')?.getAttribute('src')).toBe('https://here.example/b.png'));
  });

  test('what an unverified page said of somebody is not called their app’s word, and the thread says so beside the name', async () => {
    const claimed = { grade: 'claimed', status: 'current', suggestion: null, at: noon } as const;
    const source = { kind: 'identify', conversation: null, message: null } as const;
    const of = { ...contact, type: 'user', email: 'lena@acme.co', unverified: true } as const;
    open({
      path: '/inbox/conversations/1',
      conversations: [summary(1, { contact: of })],
      answers: {
        'contact.get': () => ({
          ok: true,
          contact: cardOf(summary(1, { contact: of }), {
            claimedUserId: 'u1',
            details: [{ ...claimed, field: 'email', value: 'lena@acme.co', flags: [], source }],
          }),
        }),
      },
    });
    await waitFor(() =>
      expect(card().querySelector('[data-field="email"] .fact-source')?.textContent).toBe('from the page, without proof'),
    );
    const tips = [...card().querySelectorAll('.facts [role=tooltip]')].map((tip) => tip.textContent);
    const words = 'Claimed Said by the page, without a proof from your app. It could be anybody’s.';
    expect(tips).toEqual([words, words]);
    expect(document.querySelector('.thread-head .badge-doubt')?.textContent).toBe(' unverified');
  });

  test('somebody who gets the same email while the card is open appears on it; without such nothing is shown', async () => {
    const { connection } = open({
      path: '/inbox/conversations/1',
      answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), lead) }) },
    });
    await waitFor(() => expect(card().textContent).toContain('lena@acme.co'));
    expect(card().textContent).not.toContain('duplicate');
    const other = { ...summary(2).contact, email: 'lena@acme.co' };
    connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { ...lead, duplicates: [duplicateOf(other)] }) }) });
    connection.emit('feed', { items: [item(11, { type: 'detail.captured', contactId: other.id, contact: other })] });
    await waitFor(() => expect(card().textContent).toContain('Possible duplicate'));
  });

  test('an answer to a choice is shown in words, and copied as it is stored', async () => {
    const user = userEvent.setup();
    const attributes = { team_size: '11-50', timing: 'soon', plan: 'a-b' };
    open({
      path: '/inbox/conversations/1',
      answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { attributes }) }) },
    });
    await waitFor(() => expect(card().querySelector('[data-field="team_size"]')?.textContent).toContain('11–50'));
    expect(card().querySelector('[data-field="timing"]')?.textContent).toContain('In 1–3 months');
    expect(card().querySelector('[data-field="plan"]')?.textContent).toContain('a-b');
    await user.click(within(card()).getByRole('button', { name: 'Copy team size' }));
    expect(await navigator.clipboard.readText()).toBe('11-50');
  });

  test('nobody is called online while there is no connection, and who is here is asked anew after it', async () => {
    const { connection } = open({
      path: '/inbox/conversations/1',
      answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { online: true }) }) },
    });
    await waitFor(() => expect(card().textContent).toContain('Online now'));
    connection.emit('visitors', {
      changes: [{ contact: contact.id, online: true, page: { url: 'https://acme.example/pricing', title: null } }],
    });
    const head = document.querySelector<HTMLElement>('.thread-where');
    await waitFor(() => expect(document.querySelector('.thread-where')?.textContent).toContain('Online on /pricing'));
    expect(head?.title).toBe('Online on https://acme.example/pricing');
    expect(row(1).querySelector('.avatar-online')).not.toBeNull();

    connection.status.value = 'reconnecting';
    await waitFor(() => expect(card().textContent).toContain('Last known'));
    expect(card().textContent).toContain('Online when last heard of');
    expect(card().textContent).not.toContain('Online now');
    expect(document.querySelector('.thread-where')?.textContent).not.toContain('Online');
    expect(document.querySelector('.avatar-contact .avatar-online')).toBeNull();

    connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { online: false }) }) });
    connection.status.value = 'online';
    await waitFor(() => expect(card().textContent).toContain('Last visit'));
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
              rev: cursor ? 1 : 2,
              at: cursor ? noon - minute : noon,
              type: cursor ? 'contact.created' : 'contact.promoted',
              conversation: 1,
              message: null,
              by: null,
              data: { to: 'lead' },
            },
          ],
          nextCursor: cursor ? null : 'older',
          people: [],
        }),
      },
    });
    await waitFor(() => expect(card().textContent).toContain('Became a Lead'));
    await user.click(within(card()).getByRole('button', { name: 'Show earlier' }));
    await waitFor(() => expect(card().textContent).toContain('First seen'));
    // The button is gone with the last page.
    await waitFor(() => expect(document.activeElement?.textContent).toContain('First seen'));
  });

  test('what is new joins the pages that are there, also between facts of one moment and kind; everybody has a name', async () => {
    const user = userEvent.setup();
    const told = (rev: number, field: string): AgentTimelineItem => ({
      rev,
      at: noon,
      type: 'contact.updated',
      contact: 'c77',
      conversation: null,
      message: null,
      by: ada,
      data: { field, value: field, agent: 7 },
    });
    let newest = [told(6, 'f'), told(5, 'e')];
    const people = [{ id: 'c77', name: 'Ida Kruse', email: null }];
    const { connection, inbox } = open({
      path: '/inbox/conversations/1',
      answers: {
        'contact.timeline': ({ cursor }) => {
          const older = [told(4, 'd'), told(3, 'c')];
          return { ok: true, items: cursor ? older : newest, nextCursor: cursor ? null : '5', people };
        },
      },
    });
    const lines = (): string[] => [...card().querySelectorAll('.event-text')].map((line) => line.textContent?.slice(0, 1) ?? '');
    await user.click(await within(card()).findByRole('button', { name: 'Show earlier' }));
    await waitFor(() => expect(lines()).toEqual(['F', 'E', 'D', 'C']));
    expect(card().querySelector('.event-whose')?.textContent).toBe('as Ida Kruse');
    newest = [told(7, 'g'), told(6, 'f')];
    connection.emit('feed', { items: [item(11, { type: 'contact.updated', contactId: inbox.card.contact.value?.id ?? '' })] });
    await waitFor(() => expect(lines()).toEqual(['G', 'F', 'E', 'D', 'C']));
  });

  test('in the history of two of one name it is said which one it was', async () => {
    const told = { rev: 1, at: noon, type: 'contact.promoted', contact: 'c77', conversation: null, message: null, by: null } as const;
    const merged: AgentTimelineItem = { ...told, rev: 2, type: 'contact.merged', data: { from: 'c78', into: 'c77' }, note: 'She called' };
    open({
      path: '/inbox/conversations/1',
      answers: {
        'contact.get': () => ({ ok: true, contact: cardOf(summary(1), { name: 'Lena' }) }),
        'contact.timeline': () => ({
          ok: true,
          items: [merged, { ...told, data: { to: 'lead' } }],
          nextCursor: null,
          people: [{ id: 'c77', name: 'Lena', email: null }],
        }),
      },
    });
    await waitFor(() => expect(card().querySelector('.event-whose')?.textContent).toBe('as the other Lena'));
    expect(card().querySelector('.history q')?.textContent).toBe('She called');
  });

  test('while the history is fetched it says so', async () => {
    let arrive = (): void => {};
    const reply = { ok: true as const, items: [], nextCursor: null, people: [] };
    open({
      path: '/inbox/conversations/1',
      answers: { 'contact.timeline': () => new Promise((resolve) => (arrive = () => resolve(reply))) },
    });
    await within(card()).findByRole('status', { name: 'Loading the history' });
    arrive();
    await within(card()).findByText('Nothing yet.');
    expect(within(card()).queryByRole('status', { name: 'Loading the history' })).toBeNull();
  });
});
