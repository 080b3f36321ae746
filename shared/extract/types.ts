// What the extractor is given and what it answers; kept apart so that others import the types alone.
import type { DetailField } from '../contact-fields.ts';

export interface Turn {
  role: 'visitor' | 'bot' | 'agent';
  text: string;
}

export interface ExtractInput {
  /** The visitor's message, at most 8,000 UTF-16 units. */
  text: string;
  /** The turns before it, oldest first; the server passes the last 6. */
  previous: readonly Turn[];
  /** The field the bot's pending step asks for, where a step (and not a person's free text) asked. */
  asked?: DetailField | null;
  /** What this conversation's contact is known by so far; null where unknown. */
  known: Readonly<Record<DetailField, string | null>>;
  /** BCP 47 tag of the page or browser, a hint only. */
  language?: string | undefined;
  /** ISO 3166-1 alpha-2 of the visitor, a hint for phones without a country code. */
  country?: string | undefined;
}

/** `disposable`, `role`: kept but flagged. `typo`: `suggestion` holds the likely address. */
export type DetailFlag = 'disposable' | 'role' | 'typo';

export interface Detail {
  field: DetailField;
  /** Normalised: email lower case; phone E.164 (`;ext=` appended) or bare digits where no country tells; name as written. */
  value: string;
  /** Where in `text` it stands: UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
  /** True where the visitor corrects or completes what is known ("no wait, it is …"; a last name after a first). */
  replaces: boolean;
  flags: readonly DetailFlag[];
  suggestion?: string;
}
