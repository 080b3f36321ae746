// @vitest-environment happy-dom
// Possible duplicates on the card, two contacts beside each other, their merge and its undoing.
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { MeReply } from '../../shared/api.ts';
import type { ContactSummary, MergeView } from '../../shared/protocol.ts';
import { problem, viewOf } from './contacts.ts';
import { compare, dialog, lead, openLead, preview, routes, serverOfTwo, suggested, toast, user, views } from './merge-scene.ts';
import { card, row } from './page.tsx';
import type { Given } from './page.tsx';
import { ada, cardOf, duplicateOf, item, me, minute, noon, summary } from './scene.ts';

describe('[M3] a possible duplicate', () => {
  test('says why it is suggested, what fits and what does not, in words, and leads to its newest conversation', async () => {
    const press = userEvent.setup();
    const { inbox } = openLead(serverOfTwo());
    const section = await suggested();
    expect(section.textContent).toContain('unverified');
    expect(section.textContent).toContain('Same email: typed here, signed by your app there.');
    const glance = [...section.querySelectorAll('.glance > div')].map((line) => line.textContent?.trim());
    expect(glance).toEqual(['SameEmail', 'DifferentName', 'Only one sideUser id'].map((words) => expect.stringContaining(words) as string));
    expect(section.textContent).toContain('1 conversation');
    await press.click(within(section).getByRole('link', { name: /Open the newest/ }));
    expect(inbox.selectedId.value).toBe(3);
  });

  test('one that is blocked says so', async () => {
    const blocked = { ...user, blocked: true };
    openLead(serverOfTwo(), {
      answers: {
        'contact.get': () => ({ ok: true, contact: cardOf(summary(1, { contact: lead }), { duplicates: [duplicateOf(blocked)] }) }),
      },
    });
    expect(within(await suggested()).getByRole('img', { name: 'Blocked.' })).toBeTruthy();
  });

  test('beside the other one it is said who is blocked and who archived', async () => {
    openLead(serverOfTwo(preview, { blocked: true, archived_at: '2026-11-29T10:00:00.000Z' }));
    const { sheet } = await compare();
    const [here, there] = within(sheet).getAllByRole('columnheader').slice(1);
    expect(here?.textContent).toContain('Blocked');
    expect(here?.textContent).toContain('Archived');
    expect(there?.textContent).not.toContain('Archived');
  });

  test('others wait behind a button; without any there is no section', async () => {
    const press = userEvent.setup();
    const others = ['c7', 'c8'].map((id) => duplicateOf({ ...user, id, name: `Lena ${id}` }));
    const { connection, inbox } = openLead(serverOfTwo(), {
      answers: {
        'contact.get': () => ({ ok: true, contact: cardOf(summary(1, { contact: lead }), { duplicates: [duplicateOf(user), ...others] }) }),
      },
    });
    const section = await suggested();
    expect(within(section).getByRole('heading').textContent).toContain('3 possible duplicates');
    expect(within(section).getAllByRole('button', { name: 'Compare' })).toHaveLength(1);
    await press.click(within(section).getByRole('button', { name: 'Show 2 more' }));
    expect(within(section).getAllByRole('button', { name: 'Compare' })).toHaveLength(3);
    connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(1, { contact: lead })) }) });
    inbox.card.refresh();
    await waitFor(() => expect(within(card()).queryByRole('region', { name: /possible duplicate/i })).toBeNull());
  });

  test('called another person it goes at once, comes back with Undo, and nothing was sent', async () => {
    const press = userEvent.setup();
    const server = serverOfTwo();
    openLead(server);
    await press.click(within(await suggested()).getByRole('button', { name: 'Not the same' }));
    expect(within(card()).queryByRole('region', { name: /possible duplicate/i })).toBeNull();
    await toast('Lena Hoff is another person. No longer suggested.');
    await press.click(screen.getByRole('button', { name: 'Undo' }));
    await suggested();
    expect(server.askedOf(routes.dismiss)).toEqual([]);
  });

  test('what is held is sent where the page is left, and a refusal brings it back with words', async () => {
    const press = userEvent.setup();
    const server = serverOfTwo();
    server.answer({ [routes.dismiss]: () => problem(503, 'busy', 'The server is at its limit.') });
    openLead(server);
    await press.click(within(await suggested()).getByRole('button', { name: 'Not the same' }));
    window.dispatchEvent(new Event('pagehide'));
    await waitFor(() => expect(server.askedOf(routes.dismiss)).toEqual([{ other: user.id }]));
    await toast('Lena Hoff is still a possible duplicate. The server is at its limit.');
    await suggested();
  });
});

describe('[M21] two contacts beside each other', () => {
  test('show what is known of both, how surely, and whether it fits; then what the merge does to each field, and why', async () => {
    const server = serverOfTwo();
    openLead(server);
    const { sheet } = await compare();
    expect(server.askedOf(routes.preview)).toEqual([{ from: user.id, into: lead.id }]);
    const table = within(sheet).getByRole('table');
    const heads = within(table)
      .getAllByRole('columnheader')
      .slice(1)
      .map((head) => head.textContent);
    expect(heads[0]).toContain('lena@acme.co');
    expect(heads[0]).toContain('2 conversations');
    expect(heads[0]).toContain('Becomes part of the other one');
    expect(heads[1]).toContain('Lena Hoff');
    expect(heads[1]).toContain('Verified');
    expect(heads[1]).toContain('Survives');
    expect(within(table).getByRole('row', { name: /Email/ }).textContent).toMatch(/Same.*Claimed.*Signed/);
    expect(within(table).getByRole('row', { name: /Phone/ }).textContent).toMatch(/Only one side.*\+1 415 555 2671.*not known/);
    const effect = within(sheet).getByRole('region', { name: 'What the merge does' });
    expect(effect.textContent).toContain('The user survives: your app knows them by their id.');
    expect(effect.textContent).toContain('2 conversations go over');
    expect(effect.querySelector('[data-field="phone"]')?.textContent).toContain('Taken over Only lena@acme.co has one.');
    expect(effect.querySelector('[data-field="name"]')?.textContent).toContain('the other is kept beside it');
    expect(effect.querySelector('[data-field="name"] del')?.textContent).toBe('Lena');
    expect([...effect.querySelectorAll('[data-field="tags"] .tag.is-new')].map((tag) => tag.textContent)).toEqual(['fair']);
    expect(effect.querySelector('.effect-rest [data-field="email"]')?.textContent).toContain('the surer grade counts');
  });

  test('merged with a note; the toast takes it back', async () => {
    const server = serverOfTwo();
    openLead(server);
    const { sheet, press } = await compare();
    await press.type(within(sheet).getByRole('textbox', { name: /Why/ }), ' Asked on the phone ');
    await press.click(within(sheet).getByRole('button', { name: 'Merge' }));
    await toast('Merged lena@acme.co into Lena Hoff.');
    expect(server.askedOf(routes.merge)).toEqual([{ from: lead.id, into: user.id, note: 'Asked on the phone' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    await press.click(screen.getByRole('button', { name: 'Undo' }));
    await toast('The merge was undone: Lena Hoff and lena@acme.co are two again.');
  });

  test('Enter in the note merges nothing, and the keys of the inbox rest while it is open', async () => {
    const server = serverOfTwo();
    const { inbox, connection } = openLead(server);
    const { sheet, press } = await compare();
    await press.type(within(sheet).getByRole('textbox', { name: /Why/ }), 'first{Enter}second');
    (document.activeElement as HTMLElement).blur();
    await press.keyboard('e');
    expect(server.askedOf(routes.merge)).toEqual([]);
    expect(connection.sentOf('conversation.close')).toEqual([]);
    await press.click(within(sheet).getByRole('button', { name: 'Cancel' }));
    expect(inbox.merging.pair.value).toBeNull();
  });

  test('called another person there, the dialog closes and the suggestion goes', async () => {
    openLead(serverOfTwo());
    const { sheet, press } = await compare();
    await press.click(within(sheet).getByRole('button', { name: 'Not the same' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(within(card()).queryByRole('region', { name: /possible duplicate/i })).toBeNull();
  });

  test('where one of the two was never proved to be that user, the second step says so', async () => {
    const server = serverOfTwo({ ...preview, needs_force: true }, { claimed_user_id: '4711', verified: false });
    openLead(server);
    const { sheet, press } = await compare();
    await press.click(within(sheet).getByRole('button', { name: 'Merge …' }));
    const second = within(sheet).getByRole('alertdialog', { name: 'Merge two users' });
    expect(second.textContent).toContain('Nobody proved to be 4711 on that device.');
    expect(second.textContent).not.toContain('two accounts');
  });

  test('two users take an owner and a second step, which says what it means', async () => {
    const server = serverOfTwo({ ...preview, needs_force: true });
    openLead(server);
    const { sheet, press } = await compare();
    await press.click(within(sheet).getByRole('button', { name: 'Merge …' }));
    expect(server.askedOf(routes.merge)).toEqual([]);
    const second = within(sheet).getByRole('alertdialog', { name: 'Merge two users' });
    expect(second.textContent).toContain('These are two accounts of your app.');
    expect(document.activeElement?.textContent).toBe('Back');
    await press.click(within(second).getByRole('button', { name: 'Merge two users' }));
    await waitFor(() => expect(server.askedOf(routes.merge)).toEqual([{ from: lead.id, into: user.id, force: true }]));
  });

  test('who is no owner is told that an owner can', async () => {
    const colleague: MeReply = { ...me, role: 'agent' };
    openLead(serverOfTwo({ ...preview, needs_force: true }), { me: colleague });
    const { sheet } = await compare();
    expect(sheet.textContent).toContain('Only an owner of this workspace can merge two users.');
    expect(within(sheet).queryByRole('button', { name: /^Merge/ })).toBeNull();
  });
});

describe('what comes between', () => {
  test('a server that does not answer is said, and asked again', async () => {
    const press = userEvent.setup();
    const server = serverOfTwo();
    server.answer({ [routes.preview]: () => problem(503, 'unavailable', 'The database does not answer.') });
    openLead(server);
    await press.click(within(await suggested()).getByRole('button', { name: 'Compare' }));
    await within(await dialog()).findByText('The database does not answer.');
    server.answer({ [routes.preview]: () => ({ body: preview }) });
    await press.click(screen.getByRole('button', { name: 'Try again' }));
    await within(await dialog()).findByRole('heading', { name: 'What the merge does' });
  });

  test('one that is gone is said, and the card is asked anew', async () => {
    const press = userEvent.setup();
    const server = serverOfTwo();
    server.answer({ [routes.preview]: () => problem(410, 'contact_gone', 'This contact was erased.') });
    const { connection } = openLead(server);
    await press.click(within(await suggested()).getByRole('button', { name: 'Compare' }));
    await within(await dialog()).findByRole('heading', { name: 'One of them is gone' });
    await waitFor(() => expect(connection.sentOf('contact.get')).toHaveLength(2));
  });

  test('one that became a user meanwhile is refused in words, and the dialog asks for the second step', async () => {
    const server = serverOfTwo();
    openLead(server);
    const { sheet, press } = await compare();
    server.answer({
      [routes.merge]: () => problem(409, 'two_users', 'Both are users of your app.'),
      [routes.preview]: () => ({ body: { ...preview, needs_force: true } }),
    });
    await press.click(within(sheet).getByRole('button', { name: 'Merge' }));
    await within(sheet).findByText('Both are users of your app now: that takes an owner, and a second look.');
    expect(within(sheet).getByRole('button', { name: 'Merge …' })).toBeTruthy();
  });

  test('a change of either is shown at once, and said', async () => {
    const server = serverOfTwo();
    const { connection } = openLead(server);
    const { sheet } = await compare();
    const renamed = { ...views.user, name: 'Lena Hoffmann' };
    server.answer({
      [`GET /api/v1/contacts/${user.id}`]: () => ({ body: renamed }),
      [routes.preview]: () => ({ body: { ...preview, into: { ...preview.into, name: 'Lena Hoffmann' } } }),
    });
    connection.emit('feed', {
      items: [item(11, { type: 'contact.updated', contactId: user.id, contact: { ...user, name: 'Lena Hoffmann' } })],
    });
    await waitFor(() => expect(within(sheet).getByRole('table').textContent).toContain('Lena Hoffmann'));
    expect(within(sheet).getByText('Something changed just now. This is how it stands.')).toBeTruthy();
  });

  test('merged by a colleague meanwhile, the dialog closes with words', async () => {
    const { connection } = openLead(serverOfTwo());
    await compare();
    connection.emit('feed', { items: [item(11, { type: 'contact.merged', contactId: user.id, contact: user, mergedFrom: lead.id })] });
    await toast('These two were merged just now.');
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(row(1).textContent).toContain('Lena Hoff'));
  });

  test('one of them merged into a third, the comparison goes on with that one', async () => {
    const third: ContactSummary = { ...user, id: 'c9', name: 'Lena Third' };
    const server = serverOfTwo();
    const { connection } = openLead(server);
    await compare();
    server.answer({ 'GET /api/v1/contacts/c9': () => ({ body: viewOf(third) }) });
    connection.emit('feed', { items: [item(11, { type: 'contact.merged', contactId: 'c9', contact: third, mergedFrom: user.id })] });
    await waitFor(() => expect(server.askedOf(routes.preview).at(-1)).toEqual({ from: 'c9', into: lead.id }));
  });
});

describe('who was merged', () => {
  const merge: MergeView = {
    id: 41,
    from: { id: 'c9', type: 'lead', name: null, email: 'lena@old.co', unverified: false },
    reason: 'agent',
    by: ada,
    note: 'Asked on the phone',
    at: noon - 5 * minute,
    undoUntil: noon + 30 * 86_400_000,
  };
  const withMerges = (merges: MergeView[]): Given => ({
    answers: { 'contact.get': () => ({ ok: true, contact: cardOf(summary(1, { contact: lead }), { merges }) }) },
  });

  test('stands on the card with who did it, why, and until when it can be undone', async () => {
    const press = userEvent.setup();
    openLead(serverOfTwo(), withMerges([merge]));
    const section = await within(card()).findByRole('region', { name: 'Merged from' });
    expect(section.textContent).toContain('lena@old.co');
    expect(section.textContent).toContain('Merged by Ada Holm');
    expect(section.querySelector('blockquote')?.textContent).toBe('Asked on the phone');
    expect(section.textContent).toMatch(/until .*3.*April|until April 3/);
    await press.click(within(section).getByRole('button', { name: 'Undo merge' }));
    await toast(/^The merge was undone/);
  });

  test('more than two wait behind a button', async () => {
    const press = userEvent.setup();
    openLead(serverOfTwo(), withMerges([1, 2, 3].map((id) => ({ ...merge, id }))));
    const section = await within(card()).findByRole('region', { name: 'Merged from' });
    expect(within(section).getAllByRole('button', { name: 'Undo merge' })).toHaveLength(2);
    await press.click(within(section).getByRole('button', { name: 'Show 1 more' }));
    expect(within(section).getAllByRole('button', { name: 'Undo merge' })).toHaveLength(3);
  });

  test.each([
    ['undo_expired', /possible for 30 days, and they are over/],
    ['undo_blocked', /Undo that merge first/],
    ['contact_gone', /was erased meanwhile/],
    ['unavailable', /The merge was not undone. No answer./],
  ])('an undoing that is refused (%s) says why', async (code, words) => {
    const press = userEvent.setup();
    const server = serverOfTwo();
    server.answer({ [routes.undo]: () => problem(409, code, 'No answer.') });
    openLead(server, withMerges([merge]));
    await press.click(await within(card()).findByRole('button', { name: 'Undo merge' }));
    await toast(words);
  });
});
