// Details that fall in a visitor's words: extracted, learned, recorded with their source, and the promotion they bring.
import { extractDetails } from '../../shared/extract/index.ts';
import type { Detail, Turn as SaidTurn } from '../../shared/extract/types.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import { detailFields } from '../../shared/contact-fields.ts';
import { isPromotion, learn, typeOf } from '../../shared/contact.ts';
import type { CapturedDetail, Learned } from '../../shared/contact.ts';
import type { Workspace } from '../store/workspaces.ts';
import type { Visitor } from './session.ts';
import { insertDetail } from '../store/contacts.ts';
import { listSaidBefore } from '../store/messages.ts';
import type { Said } from '../store/messages.ts';
import { addContactFact, changeContact } from './turn.ts';
import type { Turn } from './turn.ts';

/** How many turns before a message the extractor is shown. */
const contextTurns = 6;

export async function captureDetails(turn: Turn, visitor: Visitor, text: string, message: { id: number; seq: number }): Promise<Detail[]> {
  const before = await listSaidBefore(turn.tx, turn.conversation.id, message.seq, contextTurns);
  const asked = askedField(before);
  const details = extractDetails({
    text,
    previous: before.map(saidToTurn),
    asked,
    known: { email: turn.contact.email, name: turn.contact.name, phone: turn.contact.phone },
    language: visitor.language ?? undefined,
    country: regionOf(visitor.language),
  });
  if (details.length > 0) {
    const flagsByValue = new Map(details.map((d) => [d.value, d]));
    const captured = details.map((d): CapturedDetail => ({ field: d.field, value: d.value, replaces: d.replaces || d.field === asked }));
    await learnDetails(turn, visitor.workspace, captured, { kind: 'message', message: message.id }, flagsByValue);
  }
  return details;
}

/** Makes the contact learn claimed values, and tells what came of it (M3, M4, M5). */
export async function learnDetails(
  turn: Turn,
  workspace: Workspace,
  captured: readonly CapturedDetail[],
  source: { kind: 'message' | 'form'; message: number },
  extras: ReadonlyMap<string, Pick<Detail, 'flags' | 'suggestion'>> = new Map(),
): Promise<void> {
  const before = typeOf(turn.contact);
  const { contact, learned } = learn(turn.contact, captured, turn.now, workspace.settings);
  for (const item of learned) await recordLearned(turn, item, source, extras.get(item.value));
  if (contact === turn.contact) return;
  changeContact(turn, { ...turn.contact, ...contact });
  const after = typeOf(contact);
  if (isPromotion(before, after)) addContactFact(turn, 'contact.promoted', { from: before, to: after, message: source.message });
}

async function recordLearned(
  turn: Turn,
  item: Learned,
  source: { kind: string; message: number },
  extra?: Pick<Detail, 'flags' | 'suggestion'>,
): Promise<void> {
  if (item.outcome === 'known') return;
  await insertDetail(turn.tx, {
    contact_id: turn.contact.id,
    field: item.field,
    value: item.value,
    grade: 'claimed',
    status: item.outcome,
    source_kind: source.kind,
    conversation_id: turn.conversation.id,
    message_id: source.message,
    flags: JSON.stringify(extra?.flags ?? []),
    suggestion: extra?.suggestion ?? null,
    created_at: turn.now,
  });
  addContactFact(
    turn,
    'detail.captured',
    { field: item.field, value: item.value, message: source.message, outcome: item.outcome },
    { field: item.field, value: item.value, message: source.message, outcome: item.outcome },
  );
}

function saidToTurn(said: Said): SaidTurn {
  return { role: said.by === 'contact' ? 'visitor' : said.by, text: said.text };
}

/** The field the bot's last question asks for, where nobody spoke since. */
function askedField(before: readonly Said[]): DetailField | null {
  const last = before.at(-1);
  return last?.by === 'bot' ? (detailFields.find((field) => field === last.asks) ?? null) : null;
}

/** The region of a BCP 47 tag (`de-AT` → `AT`), a hint for phone numbers without a country code. */
export function regionOf(language: string | null): string | undefined {
  return language?.match(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/)?.[1];
}
