// What a transcript expects beside what has come of it, and the expectations as they would be right.
import type { Played } from './play.ts';
import type { Expectation } from './transcripts.ts';

export interface Difference {
  field: string;
  expected: unknown;
  actual: unknown;
}

const plainFields = ['outcome', 'step', 'reason', 'score', 'asked', 'path'] as const;

/** Only what is expected is compared. */
export function differences(expected: Expectation, played: Played): Difference[] {
  const found: Difference[] = [];
  const compare = (field: string, wanted: unknown, actual: unknown): void => {
    if (wanted !== undefined && !isSame(wanted, actual)) found.push({ field, expected: wanted, actual });
  };
  for (const field of plainFields) compare(field, expected[field], played[field]);
  for (const [id, value] of Object.entries(expected.answers ?? {})) compare(`answers.${id}`, value, played.answers[id]);
  for (const field of ['email', 'name', 'phone'] as const) compare(`contact.${field}`, expected.contact?.[field], played.contact[field]);
  compare('tags', expected.tags?.toSorted(), played.tags.toSorted());
  expected.said?.forEach((part, i) => {
    const said = played.said[i] ?? '';
    if (part !== null && !said.includes(part)) found.push({ field: `said.${i}`, expected: part, actual: said });
  });
  return found;
}

/** An answer that was never given and one expected to be none are the same. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/**
 * The expectations of a transcript, as its file holds them, with what has come of it in their place: the same fields in the
 * same order. Where nothing is expected yet: the outcome, the answers, the contact details and the score.
 */
export function updated(raw: Readonly<Record<string, unknown>> | undefined, played: Played): Record<string, unknown> {
  if (raw === undefined || Object.keys(raw).length === 0) {
    const { outcome, reason, answers, contact, score } = played;
    return { outcome, ...(reason !== null && { reason }), answers, contact, score };
  }
  return Object.fromEntries(Object.entries(raw).map(([field, value]) => [field, actualOf(field, value, played)]));
}

function actualOf(field: string, value: unknown, played: Played): unknown {
  switch (field) {
    case 'answers':
      return Object.fromEntries(Object.keys(value as object).map((id) => [id, played.answers[id] ?? null]));
    case 'contact':
      return Object.fromEntries(Object.keys(value as object).map((name) => [name, played.contact[name as keyof Played['contact']]]));
    case 'said':
      return (value as (string | null)[]).map((part, i) => {
        const said = played.said[i] ?? '';
        return part === null || said.includes(part) ? part : said;
      });
    case 'tags':
      return isSame((value as string[]).toSorted(), played.tags.toSorted()) ? value : played.tags;
    default:
      return played[field as (typeof plainFields)[number]];
  }
}
