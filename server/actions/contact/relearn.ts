// What was read out of conversations while their contact was merged into another one goes back with them.
import type { FactValue } from '../../../shared/bot/types.ts';
import type { DetailField } from '../../../shared/contact-fields.ts';
import { detailFields } from '../../../shared/contact-fields.ts';
import type { Grade } from '../../../shared/contact.ts';
import type { ContactRow } from '../../store/contacts.ts';
import type { DetailRow } from '../../store/details.ts';

const isDetail = (field: string): field is DetailField => detailFields.some((each) => each === field);

/** The survivor without values that only these rows brought; it has what it had before. */
export function withoutLearned(contact: ContactRow, before: ContactRow, learned: readonly DetailRow[]): ContactRow {
  let next = contact;
  for (const field of detailFields) {
    const isTheirs = learned.some((row) => row.field === field && row.value === contact[field] && row.grade === contact[`${field}Grade`]);
    if (isTheirs) next = { ...next, [field]: before[field], [`${field}Grade`]: before[`${field}Grade`] };
  }
  const names = learned.filter((row) => !isDetail(row.field)).map((row) => row.field);
  if (names.includes('company')) next = { ...next, company: before.company };
  const own = new Map(Object.entries(before.attributes));
  const attributes = Object.entries(next.attributes).flatMap(([name, value]): [string, FactValue][] => {
    const former = names.includes(name) ? own.get(name) : value;
    return former === undefined ? [] : [[name, former]];
  });
  // Reachable no more, it is a lead no more: only what it knew itself counts.
  const isLead = next.email !== null || before.leadAt !== null;
  return { ...next, attributes: Object.fromEntries(attributes), leadAt: isLead ? next.leadAt : null };
}

/** The absorbed contact with what it would have learned by itself. */
export function withLearned(
  contact: ContactRow,
  learned: readonly DetailRow[],
  from: { values: ContactRow['attributes']; now: number },
): ContactRow {
  const values = new Map(Object.entries(from.values));
  let next = contact;
  for (const { field, value, grade, status } of learned) {
    if (status !== 'current' && !(isDetail(field) && next[field] === null)) continue;
    if (!isDetail(field)) next = withAttribute(next, field, String(values.get(field)) === value ? (values.get(field) ?? value) : value);
    else if (next[field] === null || next[`${field}Grade`] === 'claimed')
      next = { ...next, [field]: value, [`${field}Grade`]: grade as Grade };
  }
  return { ...next, leadAt: next.email !== null ? (next.leadAt ?? from.now) : next.leadAt };
}

/** Rows hold text; what it was before it was written there, the contact tells. */
function withAttribute(contact: ContactRow, name: string, value: FactValue): ContactRow {
  if (name === 'company') return { ...contact, company: String(value) };
  return { ...contact, attributes: Object.fromEntries([...Object.entries(contact.attributes), [name, value]]) };
}
