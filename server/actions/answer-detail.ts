// What a visitor says of a detail that was read out of their message: right, another one, or not theirs.
import type { BotState } from '../../shared/bot/types.ts';
import { learn } from '../../shared/contact.ts';
import type { Contact, Learned } from '../../shared/contact.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import type { CapturedStatus, CapturedView } from '../../shared/conversation.ts';
import type { Detail } from '../../shared/extract/types.ts';
import type { VisitorBody } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import type { ContactRow } from '../store/contacts.ts';
import { insertDetail, listDetails, updateDetails } from '../store/details.ts';
import type { DetailRow } from '../store/details.ts';
import { lockConversation } from '../store/conversations.ts';
import { findMessage, updateMessage } from '../store/messages.ts';
import type { ChangeKey, Message } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { detailIn, noDetail, promote } from './capture.ts';
import { raiseLead } from './raise-lead.ts';
import { Refusal } from './refusal.ts';
import { findChangeRepeat, hashBody } from './repeat.ts';
import { rescore } from './score-contact.ts';
import { maySee, openSession, wantedBy } from './session.ts';
import type { Visitor } from './session.ts';
import { addChange, changeContact, finishTurn, openTurn } from './turn.ts';
import type { Turn } from './turn.ts';

type Body = VisitorBody<'detail.answer'>;

const statusOf = { right: 'confirmed', change: 'changed', withdraw: 'withdrawn' } as const satisfies Record<Body['answer'], CapturedStatus>;

export async function answerDetail(deps: Deps, visitor: Visitor, body: Body): Promise<{ seq: number; status: CapturedStatus }> {
  const { cid, ...asked } = body;
  const key: ChangeKey = { side: 'contact', cid, bodyHash: hashBody(['detail', asked]) };
  const status = statusOf[body.answer];
  const work = async (tx: Tx): Promise<Done<{ seq: number; status: CapturedStatus }>> => {
    const now = deps.now();
    const opened = await openSession(tx, deps, visitor, now);
    const conversation = await lockConversation(tx, body.conversation);
    if (!conversation || !maySee(opened.session, conversation))
      throw new Refusal('not_found', 'There is no such conversation for this visitor.');
    const repeat = await findChangeRepeat(tx, conversation.id, key.side, cid, key.bodyHash);
    if (repeat) return { reply: { seq: repeat.seq, status } };
    const { message, view } = await ownDetail(tx, body);
    const turn = openTurn(tx, now, opened.contact, conversation, opened);
    const scene: Scene = { turn, visitor, message, view, key };
    const seq = await answers[body.answer](scene, body.value ?? '');
    rescore(turn, visitor.workspace.settings.scoreRules);
    await raiseLead({ turn, deps });
    return { reply: { seq, status }, published: await finishTurn(turn) };
  };
  return act(deps, visitor.workspace.id, work, wantedBy(visitor, { cid: null, conversation: body.conversation }));
}

async function ownDetail(tx: Tx, body: Body): Promise<{ message: Message; view: CapturedView }> {
  const message = await findMessage(tx, body.conversation, body.message);
  const view = message?.side === 'contact' ? message.data.captured?.find((captured) => captured.field === body.field) : undefined;
  if (!message || !view) throw new Refusal('not_found', 'No such detail was read out of this message.');
  if (view.status === 'withdrawn') throw new Refusal('already_answered', 'This detail was withdrawn.');
  return { message, view };
}

interface Scene {
  turn: Turn;
  visitor: Visitor;
  message: Message;
  /** What was read, as it stands now. */
  view: CapturedView;
  key: ChangeKey;
}

/** Each says in the log what came of it. @returns the entry's seq */
const answers: Record<Body['answer'], (scene: Scene, value: string) => Promise<number>> = {
  right: async (scene) => {
    const { turn, view } = scene;
    await markDetails(turn, view, 'confirmed', (status) => status);
    return conclude(scene, { status: 'confirmed', value: view.value }, {});
  },

  change: async (scene, given) => {
    const { turn, visitor, view } = scene;
    const detail = detailIn(given, view.field, visitor.language);
    if (!detail) throw new Refusal('form_invalid', undefined, { errors: [{ pointer: '/value', message: noDetail[view.field] }] });
    const learned = await learnInPlace(scene, detail);
    reword(turn, view.value, detail.value);
    const data = { from: view.value, outcome: learned.outcome };
    return conclude(scene, { status: 'changed', value: detail.value }, data);
  },

  withdraw: async (scene) => {
    const { turn, visitor, view } = scene;
    await forget(turn, view, visitor.workspace.settings.phoneMakesLead);
    reword(turn, view.value, null);
    return conclude(scene, { status: 'withdrawn', value: null }, {});
  },
};

async function conclude(
  { turn, message, view, key }: Scene,
  to: { status: CapturedStatus; value: string | null },
  data: Readonly<Record<string, string>>,
): Promise<number> {
  const { field } = view;
  const { status, value } = to;
  const answered: CapturedView = { field, value: value ?? view.value, status };
  const captured = message.data.captured?.map((each) => (each.field === field ? answered : each)) ?? [answered];
  await updateMessage(turn.tx, { ...message, data: { ...message.data, captured } });
  const { seq } = await addChange(
    turn,
    `detail.${status}`,
    { kind: 'detail', message: message.id, field, value, status },
    key,
    { field, value, message: message.id, ...data },
    { aboutContact: true },
  );
  return seq;
}

/** The right value in the place of the wrong one; a user's own email is only kept beside (M5). */
async function learnInPlace({ turn, visitor, message, view }: Scene, detail: Detail): Promise<Learned> {
  const { field, value } = detail;
  // What stood beside the contact's own goes on standing beside it.
  const replaces = turn.contact[field] === view.value;
  const { settings } = visitor.workspace;
  const { contact, learned } = learn(turn.contact, [{ field, value, replaces }], turn.now, settings);
  turn.alone.push((one) => ({
    ...one,
    ...learn(one, [{ field, value, replaces: one[field] === view.value }], turn.now, settings).contact,
  }));
  const [item] = learned;
  if (!item) throw new Error(`nothing came of the ${field} ${value}`);
  if (item.outcome !== 'known') {
    await insertDetail(turn.tx, {
      contact_id: turn.contact.id,
      field,
      value,
      grade: 'claimed',
      status: item.outcome,
      source_kind: 'message',
      conversation_id: turn.conversation.id,
      message_id: message.id,
      flags: JSON.stringify([...detail.flags.filter((flag) => flag !== 'typo'), 'confirmed']),
      suggestion: null,
      created_at: turn.now,
    });
  } else await markDetails(turn, { field, value }, 'confirmed', (status) => status);
  if (contact[field] !== view.value) await markDetails(turn, view, null, (status, grade) => (grade === 'claimed' ? 'former' : status));
  if (contact !== turn.contact) promote(turn, { ...turn.contact, ...contact }, message.id);
  return item;
}

/** Forgets a claimed value; the newest other one takes its place, and the type is what is left (M24). */
async function forget(turn: Turn, { field, value }: CapturedView, phoneMakesLead: boolean): Promise<void> {
  const { contact, tx } = turn;
  await markDetails(turn, { field, value }, 'withdrawn', (status, grade) => (grade === 'claimed' ? 'former' : status));
  const isClaimed = (one: ContactRow): boolean => one[field] === value && one[`${field}Grade`] === 'claimed';
  turn.alone.push((one) => (isClaimed(one) ? withDetail(one, field, undefined, phoneMakesLead) : one));
  if (!isClaimed(contact)) return;
  const left = (await listDetails(tx, contact.id)).filter((row) => row.field === field && row.status === 'alternate').at(-1);
  if (left) await markDetails(turn, { field, value: left.value }, null, (status) => (status === 'alternate' ? 'current' : status));
  const next = withDetail(contact, field, left, phoneMakesLead);
  changeContact(turn, next);
  // It made no lead after all.
  if (contact.leadAt !== null && next.leadAt === null) turn.conversation = { ...turn.conversation, capturedAt: null };
}

function withDetail(contact: ContactRow, field: DetailField, detail: DetailRow | undefined, phoneMakesLead: boolean): ContactRow {
  const next: ContactRow = {
    ...contact,
    [field]: detail?.value ?? null,
    [`${field}Grade`]: (detail?.grade as Contact['emailGrade'] | undefined) ?? null,
  };
  const madeLead = field === 'email' || (phoneMakesLead && field === 'phone');
  const isReachable = next.email !== null || (phoneMakesLead && next.phone !== null);
  // A name never made it a lead: an email that went some other way leaves the type as it is.
  return madeLead && !isReachable ? { ...next, leadAt: null } : next;
}

async function markDetails(
  turn: Turn,
  of: { field: DetailField; value: string },
  flag: string | null,
  status: (status: string, grade: string) => string,
): Promise<void> {
  await updateDetails(turn.tx, { contact: turn.contact.id, ...of }, (row) => {
    const flags = (JSON.parse(row.flags) as string[]).filter((each) => each !== flag && each !== 'typo');
    return {
      status: status(row.status, row.grade),
      flags: JSON.stringify(flag === null ? flags : [...flags, flag]),
      suggestion: null,
    };
  });
}

/** The bot goes on with what is right, and asks no more for what it was refused. */
function reword(turn: Turn, from: string, to: string | null): void {
  const state = turn.conversation.botState;
  if (state === null) return;
  const entries = Object.entries(state.answers);
  if (!entries.some(([, value]) => value === from)) return;
  const answers: BotState['answers'] = Object.fromEntries(entries.map(([step, value]) => [step, value === from ? to : value]));
  turn.conversation = { ...turn.conversation, botState: { ...state, answers } };
}
