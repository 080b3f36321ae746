// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { AgentTimelineItem, ContactCard, DetailView } from '../../shared/protocol.ts';
import { calendarDay } from '../../inbox/words.ts';
import { card, open } from './page.tsx';
import { bot, cardOf, createFakeApi, item, minute, noon, refusal, said, summary } from './scene.ts';

const contact = summary(1).contact;

function email(value: string, more: Partial<DetailView> = {}): DetailView {
  return {
    field: 'email',
    value,
    grade: 'claimed',
    status: 'current',
    source: { kind: 'message', conversation: 1, message: 101 },
    flags: [],
    suggestion: null,
    at: noon,
    ...more,
  };
}

const showing = (more: Partial<ContactCard>, timeline: AgentTimelineItem[] = []) => ({
  'contact.get': () => ({ ok: true as const, contact: cardOf(summary(1), more) }),
  'contact.timeline': () => ({ ok: true as const, items: timeline, nextCursor: null, people: [] }),
});

test('company and attributes that the app signed are marked so, with what was said beside them; others bear no mark', async () => {
  const known = { company: 'ACME', attributes: { plan: 'pro', theme: 'dark' }, signedFields: ['attributes.plan', 'company'] };

  const beside = email('Acme Beta', { field: 'company', status: 'alternate', source: { kind: 'flow', conversation: 1, message: 101 } });
  open({ path: '/inbox/conversations/1', answers: showing({ ...known, details: [beside] }) });
  const rowOf = (field: string): HTMLElement => card().querySelector<HTMLElement>(`[data-field="${field}"]`)!;
  await waitFor(() => expect(rowOf('company').textContent).toContain('ACME'));
  for (const field of ['company', 'plan']) {
    expect(within(rowOf(field)).getByRole('button', { name: 'Signed' })).toBeTruthy();
    expect(rowOf(field).querySelector('.fact-source')?.textContent).toBe('from your app');
  }
  expect(within(rowOf('company')).getByRole('link', { name: 'Acme Beta' })).toBeTruthy();
  expect(rowOf('theme').querySelector('.grade-mark, .fact-source')).toBeNull();
});

test.each([
  [['signed_up_at'], 'Signed'],
  [[], 'Claimed'],
])('the day somebody signed up with the app, %j signed: %s', async (signedFields, grade) => {
  const signedUpAt = Date.UTC(2024, 2, 12);
  open({ path: '/inbox/conversations/1', answers: showing({ signedUpAt, signedFields }) });
  const row = (): HTMLElement => card().querySelector<HTMLElement>('[data-field="signed_up_at"]')!;
  await waitFor(() => expect(row().textContent).toContain(`Signed up${calendarDay(signedUpAt)}`));
  expect(within(row()).getByRole('button', { name: grade })).toBeTruthy();
});

describe('what was captured', () => {
  test('a flag explains itself to who hovers or focuses it', async () => {
    const details = [
      email('info@acme.co', { flags: ['role', 'confirmed'] }),
      email('x@mailinator.com', { status: 'former', flags: ['disposable', 'withdrawn'] }),
    ];
    open({ path: '/inbox/conversations/1', answers: showing({ email: 'info@acme.co', details }) });
    const flag = await within(card()).findByRole('button', { name: 'Shared mailbox' });
    const tip = document.getElementById(flag.getAttribute('aria-describedby') ?? '');
    expect(tip?.textContent).toContain('several people may read it');
    expect(within(card()).getByRole('button', { name: 'Confirmed by the visitor' })).toBeTruthy();
    expect(card().querySelector('.fact-others')?.textContent).toContain('withdrawn x@mailinator.com');
  });

  test('a message marks what was read out of it, and what its author said to that, live', async () => {
    const captured = [
      { field: 'email' as const, value: 'lena@acme.co' },
      { field: 'phone' as const, value: '+4915123456789' },
    ];
    const logs = { 1: [said(1, 'lena@acme.co or 0151 234 56 789', undefined, { captured })] };
    const { connection } = open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('Email and phone captured');
    const marks = [...document.querySelectorAll('.captured-text')].map((mark) => mark.textContent);
    expect(marks).toEqual(['lena@acme.co', '0151 234 56 789']);
    connection.emit('feed', {
      items: [
        item(11, {
          type: 'detail.confirmed',
          conversationId: 1,
          contactId: contact.id,
          change: { kind: 'detail', message: 101, field: 'email', value: 'lena@acme.co', status: 'confirmed', seq: 2, at: noon },
        }),
        item(12, {
          type: 'detail.withdrawn',
          conversationId: 1,
          contactId: contact.id,
          change: { kind: 'detail', message: 101, field: 'phone', value: null, status: 'withdrawn', seq: 3, at: noon },
        }),
      ],
    });
    await screen.findByText('Email captured · confirmed by the visitor');
    expect(screen.getByText('Phone withdrawn by the visitor')).toBeTruthy();
    expect([...document.querySelectorAll('.captured-text')].map((mark) => mark.textContent)).toEqual(['lena@acme.co']);
  });

  test('consents say which version was seen, how, and the text on demand', async () => {
    const user = userEvent.setup();
    const consents: ContactCard['consents'] = [
      { version: 3, text: 'Only to answer you.', how: 'asked', conversation: 2, at: noon },
      { version: 2, text: 'Older words.', how: 'told', conversation: 1, at: noon - minute },
    ];
    open({ path: '/inbox/conversations/1', answers: showing({ consents }) });
    const section = await within(card()).findByRole('region', { name: 'Consent' });
    expect(section.textContent).toContain('Version 3 · Shown with the question');
    expect(section.textContent).toContain('Version 2 · Told after the address was given');
    const [first, second] = section.querySelectorAll('details');
    expect(first?.open).toBe(false);
    await user.click(first!.querySelector('summary')!);
    expect(first?.open).toBe(true);
    expect(within(first!).getByRole('link').getAttribute('href')).toBe('/inbox/conversations/2');
    expect(second?.querySelector('a')).toBeNull();
  });
});

describe('the score', () => {
  test('every point says why and where it is from, and a qualified lead shows its answers', async () => {
    const points: ContactCard['points'] = [
      { points: 20, reason: 'Asks about pricing', from: 'flow' },
      { points: -10, reason: 'Throw-away address', from: 'rule' },
    ];
    const data = { score: 65, flow: 'qualify', version: 4, 'answer.team_size': '11-50', 'answer.when': null };
    const qualified: AgentTimelineItem = { rev: 1, at: noon, type: 'lead.captured', conversation: 1, message: null, by: null, data };
    open({ path: '/inbox/conversations/1', answers: showing({ score: 10, points }, [qualified]) });
    const section = await within(card()).findByRole('region', { name: /^Score/ });
    await waitFor(() => expect(section.textContent).toContain('Qualified lead · 65 points'));
    expect([...section.querySelectorAll('.points li')].map((row) => row.textContent)).toEqual([
      '+20Asks about pricingflow',
      '−10Throw-away addressrule',
    ]);
    expect([...section.querySelectorAll('.qualified-answers > div')].map((row) => row.textContent)).toEqual(['Team size11–50']);
  });

  test('where nothing was scored, nothing stands', async () => {
    open({ path: '/inbox/conversations/1' });
    await within(card()).findByRole('region', { name: 'Tags' });
    expect(within(card()).queryByRole('region', { name: /^Score/ })).toBeNull();
  });
});

describe('tags', () => {
  const api = createFakeApi({ 'GET /api/v1/attributes': () => ({ body: { attributes: [], tags: ['VIP', 'partner', 'berlin'] } }) });
  const tags = (): string[] => [...card().querySelectorAll('.tag > span')].map((tag) => tag.textContent ?? '');

  test('one is added at once, in the spelling that is in use, and stands after the server said it', async () => {
    const user = userEvent.setup();
    const { connection } = open({
      path: '/inbox/conversations/1',
      api,
      answers: { ...showing({ tags: ['berlin'] }), 'contact.tag': () => ({ ok: true, tags: ['berlin', 'VIP'] }) },
    });
    await waitFor(() => expect(tags()).toEqual(['berlin']));
    await user.click(within(card()).getByRole('button', { name: 'Add a tag' }));
    const field = within(card()).getByRole('combobox', { name: 'New tag' });
    expect(document.activeElement).toBe(field);
    await waitFor(() => expect([...card().querySelectorAll('option')].map((option) => option.value)).toEqual(['VIP', 'partner']));
    await user.type(field, 'vip{Enter}');
    expect(tags()).toEqual(['berlin', 'VIP']);
    await waitFor(() => expect(connection.sentOf('contact.tag')).toEqual([{ contact: contact.id, tag: 'VIP', on: true }]));
    await user.type(field, 'Berlin{Enter}');
    expect(tags()).toEqual(['berlin', 'VIP']);
    expect(connection.sentOf('contact.tag')).toHaveLength(1);
    await user.type(field, 'half a word{Escape}');
    expect(document.activeElement).toBe(within(card()).getByRole('button', { name: 'Add a tag' }));
    expect(connection.sentOf('contact.tag')).toHaveLength(1);
  });

  test('one that is refused to go stands again, with words', async () => {
    const user = userEvent.setup();
    open({
      path: '/inbox/conversations/1',
      api,
      answers: { ...showing({ tags: ['berlin'] }), 'contact.tag': () => refusal('not_found', 'This contact is gone.') },
    });
    await waitFor(() => expect(tags()).toEqual(['berlin']));
    await user.click(within(card()).getByRole('button', { name: 'Take off the tag berlin' }));
    await screen.findByText('The tag berlin was not taken off. This contact is gone.');
    expect(tags()).toEqual(['berlin']);
  });
});

describe('what the bot offered', () => {
  test('controls are named as they were offered, with the consent text beside the question', async () => {
    const ask = (seq: number, text: string, more: Parameters<typeof said>[3]) => said(seq, text, bot, more);
    const logs = {
      1: [
        ask(1, 'How was it?', { ask: { kind: 'rating', max: 5, style: 'stars', low: 'Poor', high: 'Great' } }),
        ask(2, 'When?', { ask: { kind: 'date', min: '2026-12-01' } }),
        ask(3, 'Your plan?', { ask: { kind: 'file', accept: ['image/*', 'application/pdf'], maxMb: 10 } }),
        ask(4, 'Which?', { ask: { kind: 'choices', min: 1, max: 3 }, chips: [{ value: 'a', label: 'Chat' }] }),
        ask(5, 'Your email?', { input: 'email', consent: 'Only to answer you.' }),
      ],
    };
    open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('Offered: 1 to 5 stars, from Poor to Great');
    expect(screen.getByText('Offered: a date from 1 Dec 2026')).toBeTruthy();
    expect(screen.getByText('Offered: to send a file, pictures or PDF, up to 10 MB')).toBeTruthy();
    expect(screen.getByText('Offered: 1 to 3 of these')).toBeTruthy();
    expect(screen.getByText('Only to answer you.')).toBeTruthy();
  });

  test('a form shows a choice by its label and a date as people write it', async () => {
    const form = [
      { name: 'size', label: 'Team size', kind: 'choice' as const, required: true, options: [{ value: 'm', label: '11–50 people' }] },
      { name: 'start', label: 'Start', kind: 'date' as const, required: false },
      { name: 'note', label: 'Note', kind: 'text' as const, required: false },
    ];
    const logs = { 1: [said(1, 'A few details', bot, { kind: 'form', form, answer: { size: 'm', start: '2027-01-15', note: null } })] };
    open({ path: '/inbox/conversations/1', logs });
    await screen.findByText('11–50 people');
    expect([...document.querySelectorAll('.form-answers dd')].map((cell) => cell.textContent)).toEqual([
      '11–50 people',
      '15 Jan 2027',
      'not given',
    ]);
  });

  test('files of a message can be opened', async () => {
    const files = [{ id: 'f1', name: 'plan.pdf', type: 'application/pdf', size: 2048, url: '/files/f1?s=1' }];
    open({ path: '/inbox/conversations/1', logs: { 1: [said(1, 'Here', undefined, { files })] } });
    const link = await screen.findByRole('link', { name: /plan\.pdf/ });
    expect(link.getAttribute('href')).toBe('/files/f1?s=1');
  });
});

describe('teams', () => {
  const api = createFakeApi({
    'GET /api/v1/teams': () => ({
      body: {
        data: [
          { id: 2, name: 'Support', members: [] },
          { id: 1, name: 'Sales', members: [7] },
        ],
      },
    }),
  });

  test('a conversation is given to a team by the menu, and shows it in its row and head', async () => {
    const user = userEvent.setup();
    const { connection } = open({ path: '/inbox/conversations/1', api });
    await user.click(await screen.findByRole('button', { name: 'Assign' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Sales' }));
    await waitFor(() => expect(document.querySelector('.thread-head')?.textContent).toContain('Team Sales'));
    expect(document.querySelector('[data-row="1"]')?.textContent).toContain('Team Sales');
    await waitFor(() => expect(connection.sentOf('conversation.assign_team')[0]).toMatchObject({ conversation: 1, team: 1 }));
    await user.click(screen.getByRole('button', { name: 'Sales' }));
    expect(screen.getByRole('menuitemradio', { name: 'Sales' }).getAttribute('aria-checked')).toBe('true');
    await user.click(screen.getByRole('menuitemradio', { name: 'No team' }));
    await waitFor(() => expect(document.querySelector('.thread-head')?.textContent).not.toContain('Sales'));
  });

  test('a handed-over conversation says why', async () => {
    const logs = { 1: [said(1, 'a person please'), { kind: 'bot' as const, active: false, by: bot, seq: 2, at: noon + 2000 }] };
    const told: AgentTimelineItem = {
      rev: 1,
      at: noon + 2000,
      type: 'bot.handed_over',
      conversation: 1,
      message: null,
      by: bot,
      data: { reason: 'Asked for a person' },
    };
    open({ path: '/inbox/conversations/1', logs, answers: showing({}, [told]) });
    await waitFor(() =>
      expect(document.querySelector('.line-bot_off')?.textContent).toContain('handed over to the team: Asked for a person'),
    );
  });
});
