// Which of the details read out of the visitor's messages are still worth a question.
import type { CapturedView } from '../../shared/conversation.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import type { Row } from '../rows.ts';

/** Further up nobody looks, and what was not contradicted within a day is taken to be right. */
const lastMessages = 5;
const dayMs = 86_400_000;

/** Of each kind the newest one, where nobody has said yet whether it is right. */
export function openDetails(rows: readonly Row[], message: number, now: number): readonly CapturedView[] {
  const mine = rows.flatMap((row) => (row.kind === 'group' && row.mine ? row.bubbles.map((bubble) => bubble.message) : []));
  const seen = new Set<DetailField>();
  for (const { id, at, captured = [] } of mine.slice(-lastMessages).toReversed()) {
    const newest = captured.filter(({ field }) => !seen.has(field));
    if (id === message) return now - at < dayMs ? newest.filter(({ status }) => !status) : [];
    for (const { field } of captured) seen.add(field);
  }
  return [];
}
