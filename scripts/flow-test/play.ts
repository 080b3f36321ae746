// Plays one transcript against a flow: the real engine and the real extraction, with a contact that learns as on the server.
import { advance, continueFlow, startFlow } from '../../shared/bot/engine.ts';
import type { Advance } from '../../shared/bot/engine.ts';
import type { Flow } from '../../shared/bot/flow.ts';
import { stepTypeOf } from '../../shared/bot/steps/index.ts';
import type { BotEffect, BotInput, BotState, FactValue, Terms } from '../../shared/bot/types.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import { detailFields } from '../../shared/contact-fields.ts';
import { learn } from '../../shared/contact.ts';
import type { Contact } from '../../shared/contact.ts';
import { emailKind } from '../../shared/extract/email-kind.ts';
import { extractDetails } from '../../shared/extract/index.ts';
import type { Detail, Turn } from '../../shared/extract/types.ts';
import { contactFacts } from '../../shared/facts.ts';
import type { SaidTurn, Transcript } from './transcripts.ts';

export interface Played {
  outcome: 'handover' | 'end' | 'waiting' | 'jump';
  step: string | null;
  reason: string | null;
  answers: Readonly<Record<string, FactValue>>;
  contact: Readonly<Record<DetailField, string | null>>;
  score: number;
  asked: readonly string[];
  path: readonly string[];
  tags: readonly string[];
  /** What the bot said to each turn. */
  said: readonly string[];
  /** Turns that cannot happen, such as a tap on a chip that is not there. */
  impossible: readonly string[];
  /** For people to read. */
  talk: readonly string[];
}

export interface PlayOptions {
  /** In place of the transcript's own. */
  language?: string | undefined;
  /** The flows that a jump may lead to. */
  flows: readonly Flow[];
}

/** A day for transcripts that name none, so that “tomorrow” is the same day in every run. */
export const defaultDate = '2026-01-15';
/** As many as the server shows the extraction. */
const contextTurns = 6;

type Offer = Extract<BotEffect, { kind: 'say' | 'form' }>;

interface Stage {
  flow: Flow;
  readonly flows: readonly Flow[];
  readonly transcript: Transcript;
  readonly language: string | null;
  readonly terms: Terms;
  contact: Contact;
  state: BotState;
  turns: Turn[];
  /** The last message, if it was the bot's. */
  offer: Offer | null;
  reason: string | null;
  tags: string[];
  asked: string[];
  said: string[];
  impossible: string[];
  talk: string[];
}

export function play(flow: Flow, transcript: Transcript, options: PlayOptions): Played {
  const stage = createStage(flow, transcript, options);
  transcript.turns.forEach((turn, i) => {
    stage.said.push('');
    takeTurn(stage, turn, i + 1);
  });
  const { state, contact } = stage;
  return {
    outcome: state.outcome ?? 'waiting',
    step: state.step,
    reason: stage.reason,
    answers: state.answers,
    contact: { email: contact.email, name: contact.name, phone: contact.phone },
    score: state.score,
    asked: stage.asked,
    path: state.path ?? [],
    tags: stage.tags,
    said: stage.said,
    impossible: stage.impossible,
    talk: stage.talk,
  };
}

function createStage(flow: Flow, transcript: Transcript, { language: wanted, flows }: PlayOptions): Stage {
  const language = wanted ?? transcript.language ?? null;
  const terms: Terms = transcript.policy === undefined ? {} : { policy: transcript.policy };
  const blank = { flow: flow.id, version: flow.version, step: null, retries: 0, asides: [], detour: null };
  const stage: Stage = {
    flow,
    flows,
    transcript,
    language,
    terms,
    contact: contactOf(transcript.facts ?? {}),
    state: { ...blank, answers: {}, passed: [], score: 0, points: [], outcome: null },
    turns: [],
    offer: null,
    reason: null,
    tags: [],
    asked: [],
    said: [],
    impossible: [],
    talk: [],
  };
  apply(stage, startFlow(flow, factsOf(stage), {}, terms));
  return stage;
}

function contactOf(facts: Readonly<Record<string, FactValue>>): Contact {
  const own = new Map(Object.entries(facts).flatMap(([name, value]) => (name.startsWith('contact.') ? [[name.slice(8), value]] : [])));
  const take = (name: string): string | null => {
    const value = own.get(name) ?? null;
    own.delete(name);
    return value === null ? null : String(value);
  };
  const isUser = own.get('type') === 'user';
  const [email, name, phone, company, userId] = ['email', 'name', 'phone', 'company', 'user_id'].map(take);
  const grade = isUser ? 'signed' : 'claimed';
  return {
    id: 'contact',
    workspaceId: 'workspace',
    userId: userId ?? null,
    claimedUserId: null,
    email: email ?? null,
    emailGrade: email === null ? null : grade,
    name: name ?? null,
    nameGrade: name === null ? null : grade,
    phone: phone ?? null,
    phoneGrade: phone === null ? null : grade,
    avatar: null,
    company: company ?? null,
    signedUpAt: null,
    attributes: Object.fromEntries([...own].filter(([attribute]) => attribute !== 'type')),
    signedFields: [],
    leadAt: email === null ? null : 0,
    identifiedAt: isUser ? 0 : null,
    verified: isUser,
    mergedInto: null,
    blocked: false,
    unsubscribed: false,
    archivedAt: null,
    firstTouch: null,
    score: 0,
    createdAt: 0,
    lastSeenAt: 0,
  };
}

function factsOf({ contact, language, tags, transcript }: Stage): Record<string, FactValue> {
  const kind = contact.email === null ? null : emailKind(contact.email);
  const rest = Object.entries(transcript.facts ?? {}).filter(([name]) => !name.startsWith('contact.'));
  return { 'now.date': defaultDate, ...contactFacts({ ...contact, tags, emailKind: kind }, language), ...Object.fromEntries(rest) };
}

function takeTurn(stage: Stage, turn: SaidTurn, number: number): void {
  const { state } = stage;
  if (turn.timer === true) {
    stage.talk.push('  (time goes by)');
    return hear(stage, { kind: 'timer', step: state.step ?? '' });
  }
  if (turn.called !== undefined) {
    stage.talk.push(`  (the call is answered: ${turn.called.ok ? 'ok' : 'failed'})`);
    return hear(stage, { kind: 'called', step: state.step ?? '', ok: turn.called.ok, json: turn.called.json });
  }
  const fault = state.outcome === null ? impossibleIn(stage, turn) : null;
  if (fault !== null) stage.impossible.push(`turn ${number} ${fault}`);
  const text = textOf(stage, turn);
  const details = detailsOf(stage, turn, text);
  stage.talk.push(`V: ${text}`);
  learnDetails(stage, details, turn.values !== undefined);
  stage.turns.push({ role: 'visitor', text });
  stage.offer = null;
  hear(stage, {
    kind: 'message',
    text,
    details,
    choice: turn.choice,
    choices: turn.choices,
    files: turn.files,
    values: turn.values,
  });
}

function hear(stage: Stage, input: BotInput): void {
  apply(stage, advance(stage.flow, stage.state, input, factsOf(stage), stage.terms));
}

/** What a visitor cannot have done with what stands before them; null where they can. */
function impossibleIn({ offer }: Stage, { choice, choices, values }: SaidTurn): string | null {
  const shown = offer?.kind === 'say' ? offer : null;
  const chips = (shown?.chips ?? []).map(({ value }) => value);
  const isPicked = shown?.ask?.kind === 'rating' || shown?.ask?.kind === 'date';
  const missing = [...(choices ?? []), ...(choice === undefined || isPicked ? [] : [choice])].find((value) => !chips.includes(value));
  if (missing !== undefined) return `taps “${missing}”, which is not offered (${chips.length === 0 ? 'nothing is' : chips.join(', ')})`;
  return values !== undefined && offer?.kind !== 'form' ? 'fills in a form, but none is shown' : null;
}

/** What the message says where the transcript gives no text: the labels tapped, or what the form holds. */
function textOf({ offer }: Stage, { text, choice, choices, values }: SaidTurn): string {
  if (text !== undefined) return text;
  const chips = offer?.kind === 'say' ? (offer.chips ?? []) : [];
  const labelOf = (value: string): string => chips.find((chip) => chip.value === value)?.label ?? value;
  if (choice !== undefined) return labelOf(choice);
  if (choices !== undefined) return choices.map(labelOf).join(', ');
  const given = Object.values(values ?? {}).filter((value) => value !== null && value !== '');
  return given.join(', ');
}

function detailsOf(stage: Stage, { values }: SaidTurn, text: string): Detail[] {
  const { contact, transcript, offer } = stage;
  const language = stage.language ?? undefined;
  const country = transcript.country ?? regionOf(stage.language);
  if (values !== undefined && offer?.kind === 'form') {
    return offer.fields.flatMap(({ name, kind }) => {
      const asked = detailFields.find((field) => field === kind);
      const given = String(values[name] ?? '').trim();
      if (asked === undefined || given === '') return [];
      const known = { email: null, name: null, phone: null };
      const found = extractDetails({ text: given, previous: [], asked, known, language, country }).find(({ field }) => field === asked);
      // A name in its own field is a name, whatever it looks like.
      const plain: Detail = { field: asked, value: given, start: 0, end: given.length, replaces: true, flags: [] };
      return found ?? (asked === 'name' ? [plain] : []);
    });
  }
  const asked = offer?.kind === 'say' ? (offer.asks ?? null) : null;
  const known = { email: contact.email, name: contact.name, phone: contact.phone };
  return extractDetails({ text, previous: stage.turns.slice(-contextTurns), asked, known, language, country });
}

function learnDetails(stage: Stage, details: readonly Detail[], isForm: boolean): void {
  const asked = stage.offer?.kind === 'say' ? stage.offer.asks : undefined;
  const captured = details.map(({ field, value, replaces }) => ({ field, value, replaces: replaces || isForm || field === asked }));
  stage.contact = learn(stage.contact, captured, 0, { phoneMakesLead: false }).contact;
}

function apply(stage: Stage, next: Advance): void {
  take(stage, next);
  while (stage.state.outcome === 'jump') {
    const { jumpTo } = stage.state;
    const target = stage.flows.find(({ id }) => id === jumpTo);
    if (target === undefined) return;
    stage.flow = target;
    take(stage, continueFlow(stage.flow, stage.state, factsOf(stage), stage.terms));
  }
}

function take(stage: Stage, { state, effects }: Advance): void {
  // As the database keeps it.
  stage.state = JSON.parse(JSON.stringify(state)) as BotState;
  for (const effect of effects) applyEffect(stage, effect);
  const step = state.step === null ? undefined : stage.flow.steps[state.step];
  if (state.step !== null && step !== undefined && stepTypeOf(step).kind === 'asks' && stage.asked.at(-1) !== state.step)
    stage.asked.push(state.step);
}

function applyEffect(stage: Stage, effect: BotEffect): void {
  stage.talk.push(lineOf(effect));
  if (effect.kind === 'say' || effect.kind === 'form') {
    stage.turns.push({ role: 'bot', text: effect.text });
    stage.offer = effect;
    const last = stage.said.length - 1;
    if (last >= 0) stage.said[last] = `${stage.said[last] === '' ? '' : `${stage.said[last]}\n`}${effect.text}`;
  }
  if (effect.kind === 'attribute') stage.contact = withAttribute(stage.contact, effect.name, effect.value);
  if (effect.kind === 'tag') stage.tags = [...stage.tags.filter((name) => name !== effect.name), ...(effect.on ? [effect.name] : [])];
  if (effect.kind === 'handover') stage.reason = effect.reason;
}

function withAttribute(contact: Contact, name: string, value: FactValue): Contact {
  if (name === 'company') return { ...contact, company: value === null ? null : String(value) };
  return { ...contact, attributes: { ...contact.attributes, [name]: value } };
}

function lineOf(effect: BotEffect): string {
  switch (effect.kind) {
    case 'say':
      return `B: ${effect.text}${effect.chips === undefined ? '' : ` [${effect.chips.map(({ label }) => label).join(' | ')}]`}`;
    case 'form':
      return `B: ${effect.text} {${effect.fields.map(({ label }) => label).join(' | ')}}`;
    case 'attribute':
      return `  ${effect.name} = ${String(effect.value)}`;
    case 'score':
      return `  ${effect.points >= 0 ? '+' : ''}${effect.points} ${effect.reason}`;
    case 'tag':
      return `  ${effect.on ? 'tagged' : 'no longer tagged'} ${effect.name}`;
    case 'assign':
      return `  assigned to ${effect.team === undefined ? `agent ${String(effect.agent)}` : `team ${effect.team}`}`;
    case 'wait':
      return `  waits ${effect.ms} ms`;
    case 'call':
      return `  calls ${effect.request.method} ${effect.request.url}`;
    case 'jump':
      return `  jumps to ${effect.flow}`;
    case 'handover':
      return `  handed over: ${effect.reason}`;
    case 'end':
      return '  end';
  }
}

/** The region of a tag (`de-AT` → `AT`). */
function regionOf(language: string | null): string | undefined {
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(language ?? '')?.[1];
}
