import { isIsoDate } from '../../shared/bot/understand/calendar.ts';
import type { CapturedDetail } from '../../shared/contact.ts';
import type { FactValue, FormField } from '../../shared/bot/types.ts';
import { isReservedAttribute } from '../../shared/facts.ts';
import type { Detail } from '../../shared/extract/types.ts';
import type { SendReply } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { lockConversation } from '../store/conversations.ts';
import { findMessage, updateMessage } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { answerAsBot } from './bot.ts';
import { setAttribute } from './bot-effects.ts';
import { detailIn, learnDetails, noDetail } from './capture.ts';
import { raiseLead } from './raise-lead.ts';
import { Refusal } from './refusal.ts';
import { findChangeRepeat, hashBody } from './repeat.ts';
import { rescore } from './score-contact.ts';
import { maySee, openSession, wantedBy } from './session.ts';
import type { Visitor } from './session.ts';
import { addChange, contactAuthor, finishTurn, heard, openTurn, reopen } from './turn.ts';

interface Body {
  cid: string;
  conversation: number;
  message: number;
  values: Record<string, FactValue>;
}

/** The answers to a form message: checked field by field, learned, and passed on to the bot. */
export async function submitForm(deps: Deps, visitor: Visitor, body: Body): Promise<SendReply> {
  const bodyHash = hashBody([body.message, body.values]);
  const work = async (tx: Tx): Promise<Done<SendReply>> => {
    const now = deps.now();
    const opened = await openSession(tx, deps, visitor, now);
    const conversation = await lockConversation(tx, body.conversation);
    if (!conversation || !maySee(opened.session, conversation))
      throw new Refusal('not_found', 'There is no such conversation for this visitor.');
    const repeat = await findChangeRepeat(tx, conversation.id, 'contact', body.cid, bodyHash);
    const form = await findMessage(tx, conversation.id, body.message);
    if (!form?.data.form) throw new Refusal('not_found', 'There is no such form.');
    if (repeat) return { reply: { id: form.id, conversation: conversation.id, seq: repeat.seq, at: repeat.at } };
    if (form.data.answer) throw new Refusal('already_answered');
    const checked = checkForm(form.data.form, body.values, visitor.language);
    const turn = openTurn(tx, now, opened.contact, conversation, opened);
    if (conversation.status !== 'open') await reopen(turn, contactAuthor(turn.contact), null);
    await updateMessage(tx, { ...form, data: { ...form.data, answer: checked.values } });
    const change = await addChange(
      turn,
      'form.answered',
      { kind: 'answered', message: form.id, values: checked.values },
      { side: 'contact', cid: body.cid, bodyHash },
      { message: form.id },
    );
    turn.conversation = heard(turn.conversation, now);
    const asked = form.data.consent ?? null;
    const tell = await learnDetails(turn, visitor, { ...checked, asked }, { kind: 'form', message: form.id });
    for (const [name, value] of Object.entries(checked.attributes))
      if (!isReservedAttribute(name)) await setAttribute(turn, name, value, { kind: 'form', message: form.id });
    const { summary, details, values } = checked;
    await answerAsBot(turn, deps, visitor, { kind: 'message', text: summary, details, values }, tell);
    rescore(turn, visitor.workspace.settings.scoreRules);
    await raiseLead({ turn, deps });
    return { reply: { id: form.id, conversation: conversation.id, seq: change.seq, at: change.at }, published: await finishTurn(turn) };
  };
  return act(deps, visitor.workspace.id, work, wantedBy(visitor, { cid: null, conversation: body.conversation }));
}

interface Checked {
  values: Record<string, FactValue>;
  attributes: Record<string, FactValue>;
  captured: CapturedDetail[];
  details: Detail[];
  /** The answers in one text, for the bot. */
  summary: string;
}

function checkForm(fields: readonly FormField[], values: Readonly<Record<string, FactValue>>, language: string | null): Checked {
  const checked: Checked = { values: {}, attributes: {}, captured: [], details: [], summary: '' };
  const errors: { pointer: string; message: string }[] = [];
  for (const field of fields) {
    const value = Object.hasOwn(values, field.name) ? values[field.name] : null;
    const given = value === undefined || value === null ? '' : String(value).trim();
    if (given === '') {
      if (field.required) errors.push({ pointer: `/values/${field.name}`, message: `${field.label} is needed.` });
      continue;
    }
    const fault = takeField(checked, field, given, language);
    if (fault) errors.push({ pointer: `/values/${field.name}`, message: fault });
  }
  if (errors.length > 0) throw new Refusal('form_invalid', undefined, { errors });
  checked.summary = Object.values(checked.values).join(', ').slice(0, 2000);
  return checked;
}

/** @returns what is wrong, in words, or null */
function takeField(checked: Checked, field: FormField, given: string, language: string | null): string | null {
  if (given.length > 500) return `${field.label} is too long.`;
  if (field.kind === 'email' || field.kind === 'name' || field.kind === 'phone') {
    const detail = detailIn(given, field.kind, language);
    if (!detail) return noDetail[field.kind];
    checked.values[field.name] = detail.value;
    checked.captured.push({ field: field.kind, value: detail.value, replaces: true });
    checked.details.push(detail);
    return null;
  }
  const taken = takePlain(field, given);
  if ('fault' in taken) return taken.fault;
  checked.values[field.name] = taken.value;
  checked.attributes[field.name] = taken.value;
  return null;
}

function takePlain({ kind, label, options }: FormField, given: string): { value: string | number } | { fault: string } {
  switch (kind) {
    case 'number':
      return Number.isFinite(Number(given)) ? { value: Number(given) } : { fault: `${label} should be a number.` };
    case 'date':
      return isIsoDate(given) ? { value: given } : { fault: `${label} should be a date.` };
    case 'choice':
      return options?.some((option) => option.value === given) ? { value: given } : { fault: `${label} is not one of the choices.` };
    default:
      return { value: given };
  }
}
