// Details that fall in a visitor's words: extracted, learned, recorded with their source, and the promotion they bring.
import { extractDetails } from '../../shared/extract/index.ts';
import type { Detail, Turn as SaidTurn } from '../../shared/extract/types.ts';
import type { Consent } from '../../shared/bot/types.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import { detailFields } from '../../shared/contact-fields.ts';
import type { CapturedView } from '../../shared/conversation.ts';
import { isPromotion, learn, typeOf } from '../../shared/contact.ts';
import type { CapturedDetail, Learned } from '../../shared/contact.ts';
import { isDisposableDomain } from '../disposable.ts';
import type { Visitor } from './session.ts';
import { insertDetail } from '../store/details.ts';
import { listSaidBefore } from '../store/said.ts';
import type { MessageData } from '../store/messages.ts';
import type { Said } from '../store/said.ts';
import { consentFor, hasConsent, recordConsent } from './consent.ts';
import { toldContact } from './told-contact.ts';
import { addContactFact, changeContact } from './turn.ts';
import type { Turn } from './turn.ts';

/** How many turns before a message the extractor is shown. */
const contextTurns = 6;

const rules = { isDisposableDomain };

/** What was read out of a message before it is stored. */
export interface Reading {
  details: Detail[];
  captured: CapturedDetail[];
  /** The new ones among them, for their author to confirm. */
  views: CapturedView[];
  /** The consent text that stood with the bot's last question for an address. */
  asked: Consent | null;
}

const nothingRead: Reading = { details: [], captured: [], views: [], asked: null };

export async function readMessage(turn: Turn, visitor: Visitor, text: string): Promise<Reading> {
  const isAskedOnly = visitor.workspace.settings.extraction === 'asked';
  if (isAskedOnly && !turn.conversation.botActive) return nothingRead;
  const before = await listSaidBefore(turn.tx, turn.conversation.id, turn.conversation.seq + 1, contextTurns);
  const asked = askedField(before);
  if (isAskedOnly && asked === null) return nothingRead;
  const told = await toldContact(turn);
  const input = {
    text,
    previous: before.map(saidToTurn),
    asked,
    known: { email: told.email, name: told.name, phone: told.phone },
    language: visitor.language ?? undefined,
    country: regionOf(visitor.language),
  };
  const found = extractDetails(input, rules);
  const details = isAskedOnly ? found.filter(({ field }) => field === asked) : found;
  const captured = details.map((d): CapturedDetail => ({ field: d.field, value: d.value, replaces: d.replaces || d.field === asked }));
  if (details.length === 0) return { details, captured, views: [], asked: null };
  const { learned } = learn(told, captured, turn.now, visitor.workspace.settings);
  const isNew = new Set(learned.filter((item) => item.outcome !== 'known').map((item) => item.field));
  return { details, captured, views: details.filter((d) => isNew.has(d.field)).map(detailToView), asked: lastConsent(before) };
}

function detailToView({ field, value, suggestion }: Detail): CapturedView {
  return { field, value, ...(suggestion !== undefined && { suggestion }) };
}

export interface Source {
  kind: 'message' | 'form';
  message: number;
}

/**
 * Makes the contact learn claimed values, and tells what came of it (M3, M4, M5).
 * @param asked the consent text that stood with the question
 * @returns the consent text that is still to be shown, since an address was given unasked
 */
export async function learnDetails(
  turn: Turn,
  visitor: Pick<Visitor, 'workspace' | 'language'>,
  found: { captured: readonly CapturedDetail[]; details: readonly Detail[]; asked: Consent | null },
  source: Source,
): Promise<Consent | null> {
  if (found.captured.length === 0) return null;
  const { settings } = visitor.workspace;
  const { contact, learned } = learn(turn.contact, found.captured, turn.now, settings);
  // Also what the contact knows already: by itself it may not.
  turn.alone.push((one) => ({ ...one, ...learn(one, found.captured, turn.now, settings).contact }));
  for (const item of learned)
    await recordLearned(
      turn,
      item,
      source,
      found.details.find((d) => d.value === item.value),
    );
  if (contact !== turn.contact) promote(turn, { ...turn.contact, ...contact }, source.message);
  const isAddress = learned.some((item) => item.outcome !== 'known' && item.field !== 'name');
  return isAddress ? noteConsent(turn, visitor, found.asked, source.message) : null;
}

/** The contact as it became, and whether that is a rise in type. */
export function promote(turn: Turn, contact: Turn['contact'], message: number): void {
  const [from, to] = [typeOf(turn.contact), typeOf(contact)];
  changeContact(turn, contact);
  if (!isPromotion(from, to)) return;
  addContactFact(turn, 'contact.promoted', { from, to, message });
  turn.conversation = { ...turn.conversation, capturedAt: turn.conversation.capturedAt ?? turn.now };
}

async function noteConsent(
  turn: Turn,
  { workspace, language }: Pick<Visitor, 'workspace' | 'language'>,
  asked: Consent | null,
  message: number,
): Promise<Consent | null> {
  if (asked) {
    await recordConsent(turn, asked, 'asked', message);
    return null;
  }
  const text = consentFor(workspace.settings, language ?? turn.contact.language);
  return text && !(await hasConsent(turn, text, 'told')) ? text : null;
}

async function recordLearned(turn: Turn, item: Learned, source: Source, extra?: Pick<Detail, 'flags' | 'suggestion'>): Promise<void> {
  const { field, value } = item;
  // Known by what another device said, it is still said here now: this one may be told it from here on.
  if (item.outcome === 'known' && (await toldContact(turn))[field] === value) return;
  const row = {
    contact_id: turn.contact.id,
    field,
    value,
    grade: 'claimed',
    status: item.outcome === 'known' ? 'alternate' : item.outcome,
    source_kind: source.kind,
    conversation_id: turn.conversation.id,
    message_id: source.message,
    flags: JSON.stringify(extra?.flags ?? []),
    suggestion: extra?.suggestion ?? null,
    created_at: turn.now,
  };
  await insertDetail(turn.tx, row, turn.contact[field] === null);
  if (item.outcome === 'known') return;
  const data = { field, value, message: source.message, outcome: item.outcome };
  addContactFact(turn, 'detail.captured', data, data);
}

function saidToTurn(said: Said): SaidTurn {
  return { role: said.by === 'contact' ? 'visitor' : said.by, text: said.text };
}

/** The field the bot's last question asks for, where nobody spoke since. */
function askedField(before: readonly Said[]): DetailField | null {
  const last = before.at(-1);
  return last?.by === 'bot' ? (detailFields.find((field) => field === last.asks) ?? null) : null;
}

/** What stood with the bot's last question, where that one asked for an address. */
function lastConsent(before: readonly Said[]): Consent | null {
  const question = before.findLast((said) => said.by === 'bot' && said.data !== null && isQuestion(JSON.parse(said.data) as MessageData));
  return question?.data ? ((JSON.parse(question.data) as MessageData).consent ?? null) : null;
}

function isQuestion({ asks, chips, form, ask, input }: MessageData): boolean {
  return (asks ?? chips ?? form ?? ask ?? input) !== undefined;
}

export const noDetail: Record<DetailField, string> = {
  email: 'This does not look like an email address.',
  name: 'This does not look like a name.',
  phone: 'This does not look like a phone number.',
};

/** What was written into a field made for it; null where it is no such thing. */
export function detailIn(given: string, field: DetailField, language: string | null): Detail | null {
  const text = given.trim();
  const known = { email: null, name: null, phone: null };
  const input = { text, previous: [], asked: field, known, language: language ?? undefined, country: regionOf(language) };
  const found = extractDetails(input, rules).find((detail) => detail.field === field);
  if (found) return found;
  // A name in its own field is a name, whatever it looks like.
  return field === 'name' && text !== '' ? { field, value: text, start: 0, end: text.length, replaces: true, flags: [] } : null;
}

/** The region of a BCP 47 tag (`de-AT` → `AT`), a hint for phone numbers without a country code. */
export function regionOf(language: string | null): string | undefined {
  return language?.match(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/)?.[1];
}
