// How details add up over a conversation.
import { detailFields, type DetailField } from '../contact-fields.ts';
import type { Detail } from './types.ts';

export type Known = Readonly<Record<DetailField, string | null>>;

export const nothingKnown: Known = Object.fromEntries(detailFields.map((f) => [f, null])) as Record<DetailField, null>;

/** The first value of a field stays until a detail replaces it. */
export function foldDetails(known: Known, details: readonly Detail[]): Known {
  const next: Record<DetailField, string | null> = { ...known };
  for (const detail of details) if (next[detail.field] === null || detail.replaces) next[detail.field] = detail.value;
  return next;
}
