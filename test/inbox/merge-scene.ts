// A lead and a user who may be one: their cards, the merge's answers, and where each stands on the page.
import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import type { MergePreview } from '../../shared/api.ts';
import type { MergeField } from '../../shared/merge.ts';
import type { ContactSummary, EvidenceRow } from '../../shared/protocol.ts';
import { contactServer, mergeReply, previewOf, viewOf } from './contacts.ts';
import type { FakeServer } from './contacts.ts';
import { card, open } from './page.tsx';
import type { Given } from './page.tsx';
import { cardOf, duplicateOf, noon, summary } from './scene.ts';
import type { Scene } from './scene.ts';

export const lead: ContactSummary = { ...summary(1).contact, type: 'lead', email: 'lena@acme.co' };
export const user: ContactSummary = { ...summary(2).contact, type: 'user', name: 'Lena Hoff', email: 'lena@acme.co', verified: true };
const evidence: EvidenceRow[] = [
  { field: 'email', here: { value: 'lena@acme.co', grade: 'claimed' }, there: { value: 'lena@acme.co', grade: 'signed' }, match: 'same' },
  { field: 'name', here: { value: 'Lena', grade: 'claimed' }, there: { value: 'Lena Hoff', grade: 'signed' }, match: 'different' },
  { field: 'user_id', here: null, there: { value: 'u-1', grade: 'signed' }, match: 'one_side' },
];
export const views = {
  lead: viewOf(lead, { phone: '+14155552671', phone_grade: 'claimed' }),
  user: viewOf(user, { user_id: 'u-1', email_grade: 'signed', name_grade: 'signed' }),
};
const fields: MergeField[] = [
  { field: 'email', survivor: 'lena@acme.co', absorbed: 'lena@acme.co', result: 'lena@acme.co', outcome: 'kept', why: 'surer' },
  { field: 'phone', survivor: null, absorbed: '+14155552671', result: '+14155552671', outcome: 'adopted', why: 'only_one' },
  { field: 'name', survivor: 'Lena Hoff', absorbed: 'Lena', result: 'Lena Hoff', outcome: 'discarded', why: 'survivor_wins' },
  { field: 'tags', survivor: 'vip', absorbed: 'fair', result: 'vip, fair', outcome: 'united', why: 'both' },
];
export const preview = previewOf(views.user, views.lead, fields);

export const routes = {
  preview: 'POST /api/v1/contacts/merge/preview',
  merge: 'POST /api/v1/contacts/merge',
  undo: 'POST /api/v1/merges/41/undo',
  dismiss: `POST /api/v1/contacts/${lead.id}/duplicates/dismiss`,
};

export function serverOfTwo(given: MergePreview = preview, ofLead: Partial<typeof views.lead> = {}): FakeServer {
  return contactServer({
    [routes.preview]: () => ({ body: given }),
    [`GET /api/v1/contacts/${lead.id}`]: () => ({ body: { ...views.lead, ...ofLead } }),
    [`GET /api/v1/contacts/${user.id}`]: () => ({ body: views.user }),
    [routes.merge]: () => ({ body: mergeReply(given, views.user) }),
    [routes.undo]: () => ({ body: { id: 41, undone_at: views.user.created_at, contact: views.user, restored: views.lead } }),
    [routes.dismiss]: () => ({ body: { ok: true } }),
  });
}

/** The lead's conversation is open; the user's is known, too. */
export function openLead(server: FakeServer, more: Given = {}): Scene {
  return open({
    path: '/inbox/conversations/1',
    conversations: [summary(1, { contact: lead }), summary(2, { contact: user }), summary(3, { contact: user, lastAt: noon })],
    api: server.api,
    answers: {
      'contact.get': () => ({
        ok: true,
        contact: cardOf(summary(1, { contact: lead }), { duplicates: [duplicateOf(user, { evidence })] }),
      }),
    },
    ...more,
  });
}

export const suggested = (): Promise<HTMLElement> => within(card()).findByRole('region', { name: /possible duplicate/i });
export const dialog = (): Promise<HTMLElement> => screen.findByRole('dialog', { name: 'Are they the same person?' });
export const toast = (words: string | RegExp): Promise<HTMLElement> => screen.findByText(words, { selector: '.toast-text' });

export async function compare(): Promise<{ sheet: HTMLElement; press: ReturnType<typeof userEvent.setup> }> {
  const press = userEvent.setup();
  await press.click(within(await suggested()).getByRole('button', { name: 'Compare' }));
  const sheet = await dialog();
  await within(sheet).findByRole('heading', { name: 'What the merge does' });
  return { sheet, press };
}
