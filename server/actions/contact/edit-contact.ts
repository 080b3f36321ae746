// A contact changed by hand or by another server. What an agent says is claimed; what a server with a token says is signed.
import { z } from 'zod';
import type { ContactPatch, ContactView } from '../../../shared/api.ts';
import type { FactValue } from '../../../shared/bot/types.ts';
import type { DetailField } from '../../../shared/contact-fields.ts';
import { detailFields } from '../../../shared/contact-fields.ts';
import {
  faultOfId,
  isHigherGrade,
  isOtherGrade,
  isPromotion,
  typeOf,
  ungradedFields,
  ungradedNames,
  withUngraded,
} from '../../../shared/contact.ts';
import type { Grade, Ungraded } from '../../../shared/contact.ts';
import { isReservedAttribute } from '../../../shared/facts.ts';
import { readHostTime, timeHint } from '../../../shared/host-time.ts';
import type { Deps } from '../../deps.ts';
import { findUser, saveContact } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import type { Tx } from '../../store/query.ts';
import { getWorkspace } from '../../store/workspaces.ts';
import { act } from '../act.ts';
import { actorData, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { detailIn } from '../capture.ts';
import { Refusal } from '../refusal.ts';
import { rescored } from '../score-contact.ts';
import { finishContact } from '../turn.ts';
import type { ContactFact } from '../turn.ts';
import { noteAlone } from './alone.ts';
import { changedByHand } from './changed-values.ts';
import { askForDuplicates } from './ask-for-duplicates.ts';
import { refuseTooMuch } from './attributes.ts';
import { lockExisting } from './find.ts';
import { recordDetails } from './record-details.ts';
import { contactToView } from './view.ts';

const emailSchema = z.email().max(254);

/** Merge-patch: what is left out stays, null clears. @throws Refusal type_is_derived, surer_value, form_invalid, in_use, forbidden */
export async function editContact(deps: Deps, actor: Actor, id: string, patch: ContactPatch): Promise<ContactView> {
  // [M24] A type follows from what is known, and never falls.
  if (patch.type !== undefined) throw new Refusal('type_is_derived');
  if (patch.user_id !== undefined && actor.kind === 'agent')
    throw new Refusal('forbidden', 'A user_id comes from your app, with its proof or a token; it is not set by hand.');
  return act(deps, workspaceOf(actor), async (tx) => {
    const now = deps.now();
    const before = await lockExisting(tx, id);
    const grade: Grade = actor.kind === 'token' ? 'signed' : 'claimed';
    const named = await withUserId(tx, before, patch.user_id, now);
    const edited = withPlain(withDetails(named, patch, grade), patch, grade, now);
    refuseTooMuch(edited);
    const contact = rescored(edited, (await getWorkspace(tx))?.settings.scoreRules ?? []);
    const facts = factsOf(before, contact, actor);
    if (facts.length === 0) return { reply: contactToView(before) };
    await saveContact(tx, contact);
    // Whoever wants no campaigns is meant, whichever of those that became one it was.
    const { unsubscribed } = contact;
    if (unsubscribed !== before.unsubscribed) {
      const of = { before: contact, after: contact };
      await noteAlone(tx, now, { ...of, home: null, alone: (one) => ({ ...one, unsubscribed }) });
    }
    await recordDetails(tx, before, contact, actor.kind === 'agent' ? 'agent' : 'api', now);
    const published = await finishContact(tx, now, contact, facts);
    if (contact.email !== before.email || contact.userId !== before.userId) published.jobDueAt = await askForDuplicates(tx, id, now);
    return { reply: contactToView(contact), published };
  });
}

async function withUserId(tx: Tx, contact: ContactRow, given: string | number | undefined, now: number): Promise<ContactRow> {
  if (given === undefined) return contact;
  const userId = String(given).trim();
  const fault = faultOfId(given);
  if (fault !== null) throw new Refusal('invalid_identity', `user_id ${JSON.stringify(userId)} ${fault}.`);
  if (contact.userId === userId) return contact;
  if (contact.userId !== null) throw new Refusal('surer_value', 'This contact is another user of your app already.');
  if (await findUser(tx, userId)) throw new Refusal('in_use', 'Another contact has this user_id; merge the two instead.');
  return { ...contact, userId, claimedUserId: null, verified: true, identifiedAt: contact.identifiedAt ?? now };
}

const words: Record<DetailField, string> = {
  email: 'This is no email address.',
  name: 'This is no name.',
  phone: 'This is no phone number. With its country code it is understood everywhere: +49 30 1234567.',
};

function withDetails(contact: ContactRow, patch: ContactPatch, grade: Grade): ContactRow {
  let next = contact;
  for (const field of detailFields) {
    const given = patch[field];
    if (given === undefined) continue;
    const value = given === null || given === '' ? null : normal(field, given, contact.language);
    if (value === next[field] && (value === null || next[`${field}Grade`] === grade || isHigherGrade(next[`${field}Grade`], grade)))
      continue;
    if (isHigherGrade(next[`${field}Grade`], grade))
      throw new Refusal(
        'surer_value',
        `The ${field} is ${next[`${field}Grade`] === 'signed' ? 'vouched for by your app' : 'proved by a mailed link'}.`,
        {
          errors: [{ pointer: `/${field}`, message: 'is surer than what is only said' }],
        },
      );
    next = { ...next, [field]: value, [`${field}Grade`]: value === null ? null : grade };
  }
  return next;
}

function normal(field: DetailField, given: string, language: string | null): string {
  const value =
    field === 'email'
      ? emailSchema.safeParse(given.toLowerCase()).success
        ? given.toLowerCase()
        : null
      : field === 'name'
        ? given
        : (detailIn(given, 'phone', language)?.value ?? null);
  if (value === null) throw new Refusal('form_invalid', undefined, { errors: [{ pointer: `/${field}`, message: words[field] }] });
  return value;
}

function withPlain(contact: ContactRow, patch: ContactPatch, grade: Grade, now: number): ContactRow {
  const given = (value: string | null | undefined): string | null | undefined => (value === '' ? null : value);
  const [avatar, company] = [given(patch.avatar), given(patch.company)];
  if (avatar != null && !/^https:\/\//i.test(avatar))
    throw new Refusal('form_invalid', undefined, { errors: [{ pointer: '/avatar', message: 'This is no https address.' }] });
  const said = Object.entries(patch.custom_attributes ?? {});
  const taken = said.filter(([name, value]) => value !== null && isReservedAttribute(name));
  if (taken.length > 0)
    throw new Refusal('form_invalid', undefined, {
      errors: taken.map(([name]) => ({
        pointer: `/custom_attributes/${name}`,
        message: 'This is the name of something that every contact has.',
      })),
    });
  const changed = { avatar, company, signedUpAt: signUpOf(patch.signed_up_at), attributes: Object.fromEntries(said) };
  if (grade !== 'signed') refuseSurer(contact, changed);
  return {
    ...withUngraded(contact, changed, () => grade === 'signed'),
    unsubscribed: patch.unsubscribed ?? contact.unsubscribed,
    leadAt: contact.email !== null && contact.leadAt === null ? now : contact.leadAt,
  };
}

/** @throws Refusal form_invalid */
function signUpOf(given: ContactPatch['signed_up_at']): number | null | undefined {
  if (given === undefined) return undefined;
  if (given === null || given === '') return null;
  const at = readHostTime(given);
  if (at === null)
    throw new Refusal('form_invalid', undefined, {
      errors: [{ pointer: '/signed_up_at', message: `This is no time: ${timeHint}` }],
    });
  return at;
}

/** @throws Refusal surer_value where something else is said of what the host app signed */
function refuseSurer(contact: ContactRow, changed: Ungraded): void {
  const known = new Map(Object.entries(contact.attributes));
  const said: [field: string, is: FactValue | undefined, was: FactValue][] = [
    ...ungradedNames.map((field): [string, FactValue | undefined, FactValue] => [
      field,
      changed[ungradedFields[field]],
      contact[ungradedFields[field]],
    ]),
    ...Object.entries(changed.attributes).map(([name, value]): [string, FactValue, FactValue] => [
      `attributes.${name}`,
      value,
      known.get(name) ?? null,
    ]),
  ];
  const surer = said.filter(([field, is, was]) => is !== undefined && is !== was && contact.signedFields.includes(field));
  if (surer.length === 0) return;
  const pointerTo = (field: string): string => `/${field.replace(/^attributes\./, 'custom_attributes/')}`;
  throw new Refusal('surer_value', `${surer.map(([field]) => field.replace(/^attributes\./, '')).join(', ')}: vouched for by your app.`, {
    errors: surer.map(([field]) => ({ pointer: pointerTo(field), message: 'is surer than what is only said' })),
  });
}

/** One for each field: the history says what it was before, and who changed it. */
function factsOf(before: ContactRow, after: ContactRow, actor: Actor): ContactFact[] {
  const by = { by: actor.kind === 'agent' ? 'agent' : 'api', ...actorData(actor) };
  const facts = changedByHand(before, after).map(([field, former, value]): ContactFact => ({
    type: 'contact.updated',
    data: { field, former, value, ...by },
  }));
  const [from, to] = [typeOf(before), typeOf(after)];
  if (isPromotion(from, to)) facts.push({ type: 'contact.promoted', data: { from, to, ...by } });
  return facts.length === 0 && isOtherGrade(before, after) ? [{ type: 'contact.updated', data: by }] : facts;
}
