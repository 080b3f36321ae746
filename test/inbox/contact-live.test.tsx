// @vitest-environment happy-dom
// What happens to a contact is seen on every open screen: rows, thread, card and counts follow the feed.
import { screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { ContactCard, ContactSummary, FeedItem } from '../../shared/protocol.ts';
import { card, open, row, rows } from './page.tsx';
import { cardOf, duplicateOf, item, refusal, summary } from './scene.ts';
import type { Scene } from './scene.ts';

const lead: ContactSummary = { ...summary(1).contact, type: 'lead', email: 'lena@acme.co' };
const user: ContactSummary = { ...summary(2).contact, type: 'user', name: 'Lena Hoff', email: 'lena@acme.co', verified: true };

/** A server with these cards; the lead's conversation is open. */
function openScreen(cards: Record<string, Partial<ContactCard>> = {}, path = '/inbox/conversations/1'): Scene {
  const conversations = [summary(1, { contact: lead }), summary(2, { contact: user })];
  return open({
    path,
    conversations,
    answers: {
      'contact.get': ({ contact }) => {
        const of = conversations.find((c) => c.contact.id === contact) ?? summary(1);
        return { ok: true, contact: cardOf(of, cards[contact]) };
      },
    },
  });
}

const tell = ({ connection }: Scene, ...items: Partial<FeedItem>[]): void =>
  connection.emit('feed', { items: items.map((more, index) => item(11 + index, more)) });
const seen = async (words: string): Promise<void> => waitFor(() => expect(card().textContent).toContain(words));
const merged: Partial<FeedItem> = { type: 'contact.merged', contactId: user.id, contact: user, mergedFrom: lead.id };

describe('a merge', () => {
  test('the card goes on as the survivor, without going blank; rows and thread bear the survivor’s name', async () => {
    const scene = openScreen();
    await seen('lena@acme.co');
    let isBlank = false;
    const watch = new MutationObserver(() => (isBlank ||= card().querySelector('.identity h2') === null));
    watch.observe(card(), { subtree: true, childList: true });
    tell(scene, merged);
    await waitFor(() => expect(within(card()).getByRole('heading', { level: 2 }).textContent).toBe('Lena Hoff'));
    await waitFor(() => expect(scene.connection.sentOf('contact.get').at(-1)).toEqual({ contact: user.id }));
    await waitFor(() => expect(scene.connection.sentOf('contact.timeline').at(-1)).toMatchObject({ contact: user.id }));
    expect(row(1).textContent).toContain('Lena Hoff');
    expect(document.querySelector('.thread-head')?.textContent).toContain('Lena Hoff');
    expect(isBlank).toBe(false);
    watch.disconnect();
  });

  test('on the survivor’s card the conversations and the merges are asked anew', async () => {
    const scene = openScreen({}, '/inbox/conversations/2');
    await seen('Lena Hoff');
    tell(scene, merged);
    await waitFor(() => expect(scene.connection.sentOf('contact.get')).toHaveLength(2));
  });

  test('missed while away, it is found out: the card is the one it became, and follows that one from then on', async () => {
    const scene = openScreen();
    await seen('lena@acme.co');
    scene.connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(2, { contact: user })) }) });
    scene.inbox.card.refresh();
    await seen('Lena Hoff');
    await waitFor(() => expect(scene.connection.sentOf('contact.timeline').at(-1)).toMatchObject({ contact: user.id }));
    const renamed = { ...user, name: 'Lena Hoffmann' };
    scene.connection.answer({ 'contact.get': () => ({ ok: true, contact: cardOf(summary(2, { contact: renamed })) }) });
    tell(scene, { type: 'contact.updated', contactId: user.id, contact: renamed });
    await seen('Lena Hoffmann');
  });

  test('undone, its conversation and the card are the other one’s again', async () => {
    const scene = openScreen();
    await seen('lena@acme.co');
    tell(
      scene,
      merged,
      { type: 'contact.unmerged', contactId: user.id, contact: user, restored: lead },
      {
        type: 'conversation.moved',
        conversationId: 1,
        contactId: lead.id,
        conversation: summary(1, { contact: lead, rev: 13 }),
      },
    );
    await waitFor(() => expect(row(1).textContent).toContain('lena@acme.co'));
    expect(row(2).textContent).toContain('Lena Hoff');
    await waitFor(() => expect(scene.connection.sentOf('contact.get').at(-1)).toEqual({ contact: lead.id }));
    await waitFor(() => expect(within(card()).getByRole('heading', { level: 2 }).textContent).toBe('lena@acme.co'));
  });
});

describe('[M23] an erased contact', () => {
  test('goes from the list, the thread and the card, with words where it was open, and from the counts', async () => {
    const scene = openScreen();
    await seen('lena@acme.co');
    expect(scene.inbox.counts.value?.open).toBe(2);
    scene.inbox.composer.write('Dear Lena');
    expect(localStorage.length).toBeGreaterThan(0);
    tell(scene, { type: 'contact.erased', contactId: lead.id, gone: [1] });
    await screen.findByRole('heading', { name: 'This conversation was erased' });
    await seen('Nobody is here any more');
    expect(card().textContent).not.toContain('lena@acme.co');
    expect(rows().map((each) => each.dataset['row'])).toEqual(['2']);
    expect(scene.inbox.counts.value?.open).toBe(1);
    expect(JSON.stringify({ ...localStorage })).not.toContain('Lena');
    screen.getByRole('button', { name: 'Back to the list' }).click();
    await waitFor(() => expect(scene.inbox.selectedId.value).toBeNull());
  });

  test('also takes rows which this screen still held for one that had been merged into it', async () => {
    const scene = openScreen({}, '/inbox');
    await waitFor(() => expect(rows()).toHaveLength(2));
    tell(scene, { type: 'contact.erased', contactId: user.id, gone: [1, 2] });
    await waitFor(() => expect(rows()).toHaveLength(0));
  });

  test('where its rows are not known here the server counts', async () => {
    const scene = openScreen({}, '/inbox');
    await waitFor(() => expect(rows()).toHaveLength(2));
    const asked = scene.connection.sentOf('conversation.list').length;
    tell(scene, { type: 'contact.erased', contactId: 'c9', gone: [77] });
    await waitFor(() => expect(scene.connection.sentOf('conversation.list').length).toBeGreaterThan(asked));
    expect(rows()).toHaveLength(2);
  });

  test('erased while this screen was away for too long to be told, it is found out by starting anew', async () => {
    const scene = openScreen();
    await seen('lena@acme.co');
    const left = [summary(2, { contact: user })];
    scene.connection.answer({
      'conversation.list': () => ({
        ok: true,
        conversations: left,
        nextCursor: null,
        rev: 10,
        counts: { ...scene.inbox.counts.value!, open: 1 },
      }),
      'conversation.get': () => refusal('not_found'),
      'conversation.history': () => refusal('not_found'),
      'contact.get': () => refusal('not_found'),
    });
    scene.connection.emit('reload', {});
    await screen.findByText('This conversation does not exist here, or it was erased.');
    await seen('Nobody is here any more');
    await waitFor(() => expect(rows().map((each) => each.dataset['row'])).toEqual(['2']));
  });

  test('erased while this screen was away, it is found out', async () => {
    const scene = openScreen();
    await seen('lena@acme.co');
    scene.connection.answer({ 'contact.get': () => refusal('not_found') });
    scene.inbox.card.refresh();
    await seen('Nobody is here any more');
    expect(card().textContent).not.toContain('lena@acme.co');
  });
});

describe('what an agent marks', () => {
  test('[M22] a block is seen on row, thread, card and composer, and gone where it is lifted', async () => {
    const cards: Record<string, Partial<ContactCard>> = {};
    const scene = openScreen(cards);
    await seen('lena@acme.co');
    cards[lead.id] = { blocked: true };
    tell(scene, { type: 'contact.blocked', contactId: lead.id, contact: { ...lead, blocked: true } });
    await waitFor(() => expect(card().querySelector('.badge-blocked')).not.toBeNull());
    expect(document.querySelector('.thread-head .badge-blocked')).not.toBeNull();
    expect(within(row(1)).getByRole('img', { name: 'Blocked.' })).toBeTruthy();
    expect(document.querySelector('.composer')?.textContent).toContain('is blocked and cannot write');
    // Before the card is asked anew.
    scene.connection.emit('feed', { items: [item(12, { type: 'contact.unblocked', contactId: lead.id, contact: lead })] });
    await waitFor(() => expect(card().querySelector('.badge-blocked')).toBeNull());
    expect(document.querySelector('.thread-head .badge-blocked, .blocked-sign, .is-blocked')).toBeNull();
  });

  test('archived and back: the card is asked anew', async () => {
    const cards: Record<string, Partial<ContactCard>> = {};
    const scene = openScreen(cards);
    await seen('lena@acme.co');
    cards[lead.id] = { archivedAt: 1 };
    tell(scene, { type: 'contact.archived', contactId: lead.id, contact: lead });
    await seen('Archived');
  });
});

describe('possible duplicates of the open contact', () => {
  test('found from the other side, dismissed or erased there, they are asked anew', async () => {
    const other: ContactSummary = { ...user, email: 'else@acme.co' };
    const cards: Record<string, Partial<ContactCard>> = {};
    const scene = openScreen(cards);
    await seen('lena@acme.co');
    cards[lead.id] = { duplicates: [duplicateOf(other, { reasons: ['same_device'] })] };
    tell(scene, { type: 'contact.duplicate_found', contactId: other.id, contact: other });
    await seen('Same device');
    cards[lead.id] = {};
    scene.connection.emit('feed', { items: [item(12, { type: 'contact.erased', contactId: other.id, gone: [2] })] });
    await waitFor(() => expect(card().textContent).not.toContain('Same device'));
  });

  test('messages of a possible duplicate ask for nothing', async () => {
    const scene = openScreen({ [lead.id]: { duplicates: [duplicateOf(user)] } });
    await seen('Possible duplicate');
    tell(scene, { type: 'message.created', contactId: user.id, conversationId: 2, conversation: summary(2, { contact: user, rev: 11 }) });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(scene.connection.sentOf('contact.get')).toHaveLength(1);
  });
});
