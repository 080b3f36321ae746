// The engine: what a flow does at the start, at a message and when an agent hands back. Pure; the caller saves and sends.
import type { Flow } from './flow.ts';
import { hear, hearMeanwhile } from './hear.ts';
import { localize } from './localize.ts';
import { readFact } from '../facts.ts';
import { clearPending, createRun, emit } from './run.ts';
import type { Run } from './run.ts';
import { ask, giveToTeam, goOn, travel } from './travel.ts';
import type { Awaited, Heard, PausingStep } from './step.ts';
import type { Step } from './steps/index.ts';
import { stepTypeOf } from './steps/index.ts';
import type { AskView, BotEffect, BotInput, BotState, Chip, Facts, FlowVisit, Terms } from './types.ts';
import { fold } from './understand/fold.ts';

export interface Advance {
  state: BotState;
  effects: BotEffect[];
}

export interface StartOptions {
  /** The visitor has the greeting before them already: nothing is said, the first question waits. */
  greeted?: boolean;
}

/** More flows than this in one go are a circle. */
const maxHops = 5;
/** A conversation that goes to and fro for ever is kept in a state that does not grow. */
const maxVisits = 10;

function begin(flow: Flow, terms: Terms): BotState {
  return {
    flow: flow.id,
    version: flow.version,
    step: null,
    retries: 0,
    asides: [],
    detour: null,
    policy: terms.policy ?? 'flow',
    path: [],
    answers: {},
    passed: [],
    score: 0,
    points: [],
    outcome: null,
  };
}

/** The flow is said in the language of `contact.language`, where it has it; so with all functions here. */
export function startFlow(flow: Flow, facts: Facts, options: StartOptions = {}, terms: Terms = {}): Advance {
  const run = open(flow, begin(flow, terms), facts, null, terms);
  travel(run, flow.start);
  const { state, effects } = close(run);
  return {
    state,
    effects: options.greeted === true ? effects.filter((effect) => effect.kind !== 'say' && effect.kind !== 'form') : effects,
  };
}

/**
 * One message of the visitor, or what a waiting step has waited for. `state` may stem from an older version of the flow:
 * where its step is gone, the team takes over. A flow that is over stays silent. Neither `state` nor `facts` is changed.
 */
export function advance(flow: Flow, state: BotState, input: BotInput, facts: Facts, terms: Terms = {}): Advance {
  if (state.outcome !== null) return { state, effects: [] };
  if (input.kind === 'start') return state.step === null ? startFlow(flow, facts, {}, keptTerms(state, terms)) : { state, effects: [] };
  if (input.kind !== 'message') return state.step === input.step ? goOnAfter(flow, state, input, facts, terms) : { state, effects: [] };
  const { text: raw, choice, choices, files, details, values } = input;
  const heard: Heard = { raw, folded: fold(raw), choice, choices, files, details, values };
  const run = open(flow, state, facts, heard, terms);
  delete run.state.hops;
  const question = state.step === null ? undefined : run.plan.question(state.step);
  const pausing = question === undefined ? pausingStep(run) : null;
  if (question !== undefined) hear(run, question, heard);
  else if (pausing !== null) hearMeanwhile(run, pausing.step, pausing.type, heard);
  else giveToTeam(run, `The step “${state.step ?? ''}” no longer exists`);
  return close(run);
}

function goOnAfter(flow: Flow, state: BotState, input: Awaited, facts: Facts, terms: Terms): Advance {
  const run = open(flow, state, facts, null, terms);
  const pausing = pausingStep(run);
  const come = pausing?.type.resume(pausing.step, input, run.context) ?? null;
  if (come === null) return { state, effects: [] };
  clearPending(run.state);
  run.state.step = null;
  for (const effect of come.effects) emit(run, effect);
  goOn(run, come.next);
  return close(run);
}

/** An agent hands back: the pending question again, or the next one whose answer is unknown. Nothing if the flow was over. */
export function resumeFlow(flow: Flow, state: BotState, facts: Facts, terms: Terms = {}): Advance {
  if (state.outcome !== null) return { state, effects: [] };
  if (state.step === null) return startFlow(flow, facts, {}, keptTerms(state, terms));
  const run = open(flow, { ...state, retries: 0, asides: [] }, facts, null, terms);
  const question = run.plan.question(state.step);
  const pausing = question === undefined ? pausingStep(run) : null;
  if (question !== undefined) {
    if (question.type.known(question.step, run.context) === null) ask(run, question, question.step.text);
    else goOn(run, leaveFor(run, question.id));
  } else if (pausing !== null) goOn(run, leaveFor(run, pausing.type.onHandBack(pausing.step)));
  else giveToTeam(run, `The step “${state.step}” no longer exists`);
  return close(run);
}

/** The pending step is left behind. @returns the detour it stood on, else `next` */
function leaveFor({ state }: Run, next: string): string {
  const to = state.detour ?? next;
  state.step = null;
  clearPending(state);
  return to;
}

/**
 * After a jump: `flow` is the published version of `state.jumpTo`. Score, points, answers (as facts), what was asked
 * already and the policy are carried over. Nothing where no jump is pending; after five jumps in a row the team takes over.
 */
export function continueFlow(flow: Flow, state: BotState, facts: Facts, terms: Terms = {}): Advance {
  if (state.outcome !== 'jump') return { state, effects: [] };
  const run = open(flow, arrive(flow, state, terms), facts, null, terms);
  if ((run.state.hops ?? 0) > maxHops) giveToTeam(run, 'The flows jump round in a circle');
  else travel(run, flow.start);
  return close(run);
}

function arrive(flow: Flow, from: BotState, terms: Terms): BotState {
  // A step of the same id asks something else here, unless it asks for a detail.
  const isOther = (id: string): boolean => Object.hasOwn(flow.steps, id);
  const state: BotState = {
    ...begin(flow, keptTerms(from, terms)),
    answers: Object.fromEntries(Object.entries(from.answers).filter(([id]) => !isOther(id))),
    passed: from.passed.filter((id) => !isOther(id)),
    score: from.score,
    points: from.points,
    hops: (from.hops ?? 0) + 1,
    before: [...(from.before ?? []), visitOf(from)].slice(-maxVisits),
  };
  if (from.due !== undefined) state.due = from.due;
  if (from.person !== undefined) state.person = from.person;
  return state;
}

function visitOf({ flow, version, path = [], answers }: BotState): FlowVisit {
  const answered = [...new Set(path)].filter((id) => Object.hasOwn(answers, id) && answers[id] !== null);
  return { flow, version, path, answered };
}

/** A conversation keeps the policy it began with. */
function keptTerms(state: BotState, terms: Terms): Terms {
  return state.policy === undefined ? terms : { ...terms, policy: state.policy };
}

function open(flow: Flow, state: BotState, facts: Facts, heard: Heard | null, terms: Terms): Run {
  const language = readFact(facts, 'contact.language');
  return createRun(localize(flow, typeof language === 'string' ? language : null), flow, state, facts, heard, terms);
}

function close({ state, effects }: Run): Advance {
  return { state, effects };
}

function pausingStep({ flow, state }: Run): { step: Step; type: PausingStep<Step> } | null {
  const step = state.step !== null && Object.hasOwn(flow.steps, state.step) ? flow.steps[state.step] : undefined;
  if (step === undefined) return null;
  const type = stepTypeOf(step);
  return type.kind === 'pauses' ? { step, type } : null;
}

export interface FirstSight {
  texts: string[];
  chips: Chip[];
  /** These go with the last text: the question. */
  ask?: AskView;
  consent?: string;
}

/** What a visitor sees before any conversation exists: the texts up to the first question, and its chips. */
export function firstSight(flow: Flow, facts: Facts = {}, terms: Terms = {}): FirstSight {
  const said = startFlow(flow, facts, {}, terms).effects.filter((effect) => effect.kind === 'say' || effect.kind === 'form');
  const last = said.at(-1);
  return {
    texts: said.map(({ text }) => text),
    chips: said.flatMap((effect) => (effect.kind === 'say' ? [...(effect.chips ?? [])] : [])),
    ...(last?.kind === 'say' && last.ask !== undefined && { ask: last.ask }),
    ...(last?.consent !== undefined && { consent: last.consent.text }),
  };
}
