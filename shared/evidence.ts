// What is known of two contacts, side by side: for a person to judge whether they are one.
import type { DuplicateReason, EvidenceRow, EvidenceSide } from './agent-views.ts';
import { detailFields } from './contact-fields.ts';
import type { DetailField } from './contact-fields.ts';
import type { Contact, Grade } from './contact.ts';

type Known = Pick<Contact, DetailField | `${DetailField}Grade` | 'userId' | 'claimedUserId' | 'company' | 'firstTouch'> & {
  language: string | null;
};

/** Rows which neither side knows are left out. */
export function evidenceOf(here: Known, there: Known): EvidenceRow[] {
  const rows = detailFields.map((field) =>
    rowOf(field, sideOf(here[field], here[`${field}Grade`]), sideOf(there[field], there[`${field}Grade`])),
  );
  rows.push(
    rowOf('user_id', userIdOf(here), userIdOf(there)),
    rowOf('company', sideOf(here.company), sideOf(there.company)),
    rowOf('language', sideOf(here.language), sideOf(there.language)),
    rowOf('first_touch', sideOf(here.firstTouch?.url ?? null), sideOf(there.firstTouch?.url ?? null)),
  );
  return rows.filter((row) => row.here !== null || row.there !== null);
}

/** What speaks for one person, as far as it still holds; `same_device` cannot be seen in the contacts and stays as it was found. */
export function reasonsThatHold(found: readonly DuplicateReason[], here: Contact, there: Contact): DuplicateReason[] {
  const holds: Record<DuplicateReason, boolean> = {
    same_email: here.email !== null && here.email === there.email,
    same_device: true,
    same_user_id: userIdOf(here) !== null && userIdOf(here)?.value === userIdOf(there)?.value,
  };
  return found.filter((reason) => holds[reason]);
}

function sideOf(value: string | null, grade: Grade | null = null): EvidenceSide | null {
  return value === null || value === '' ? null : { value, grade };
}

function userIdOf({ userId, claimedUserId }: Pick<Contact, 'userId' | 'claimedUserId'>): EvidenceSide | null {
  return userId === null ? sideOf(claimedUserId, 'claimed') : sideOf(userId, 'signed');
}

function rowOf(field: string, here: EvidenceSide | null, there: EvidenceSide | null): EvidenceRow {
  const match = here === null || there === null ? 'one_side' : folded(here.value) === folded(there.value) ? 'same' : 'different';
  return { field, here, there, match };
}

const folded = (value: string): string => value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
