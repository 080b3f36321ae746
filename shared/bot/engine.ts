// The engine: what a flow does at the start, at a message and when an agent hands back. Pure; the caller saves and sends.
import type { Flow } from './flow.ts';
import { hear } from './hear.ts';
import { ask, createRun, giveToTeam, goOn, travel } from './run.ts';
import type { BotEffect, BotInput, BotState, Chip, Facts } from './types.ts';
import { fold } from './understand/fold.ts';

export interface Advance {
  state: BotState;
  effects: BotEffect[];
}

export interface StartOptions {
  /** The visitor has the greeting before them already: nothing is said, the first question waits. */
  greeted?: boolean;
}

function begin(flow: Flow): BotState {
  return {
    flow: flow.id,
    version: flow.version,
    step: null,
    retries: 0,
    asides: [],
    detour: null,
    answers: {},
    passed: [],
    score: 0,
    points: [],
    outcome: null,
  };
}

export function startFlow(flow: Flow, facts: Facts, options: StartOptions = {}): Advance {
  const run = createRun(flow, begin(flow), facts, null);
  travel(run, flow.start);
  const effects = options.greeted === true ? run.effects.filter((effect) => effect.kind !== 'say' && effect.kind !== 'form') : run.effects;
  return { state: run.state, effects };
}

/**
 * One message of the visitor. `state` may stem from an older version of the flow: where its step is gone, the team takes
 * over. A flow that is over stays silent. Neither `state` nor `facts` is changed.
 */
export function advance(flow: Flow, state: BotState, input: BotInput, facts: Facts): Advance {
  if (state.outcome !== null) return { state, effects: [] };
  if (input.kind === 'start') return state.step === null ? startFlow(flow, facts) : { state, effects: [] };
  if (input.kind !== 'message') return { state, effects: [] };
  const { text: raw, choice, details, values } = input;
  const heard = { raw, folded: fold(raw), choice, details, values };
  const run = createRun(flow, state, facts, heard);
  const question = state.step === null ? undefined : run.plan.questions.get(state.step);
  if (question === undefined) giveToTeam(run, `The step “${state.step ?? ''}” no longer exists`);
  else hear(run, question, heard);
  return { state: run.state, effects: run.effects };
}

/** An agent hands back: the pending question again, or the next one whose answer is unknown. Nothing if the flow was over. */
export function resumeFlow(flow: Flow, state: BotState, facts: Facts): Advance {
  if (state.outcome !== null) return { state, effects: [] };
  if (state.step === null) return startFlow(flow, facts);
  const run = createRun(flow, { ...state, retries: 0, asides: [] }, facts, null);
  const question = run.plan.questions.get(state.step);
  if (question === undefined) giveToTeam(run, `The step “${state.step}” no longer exists`);
  else if (question.type.known(question.step, run.context) === null) ask(run, question, question.step.text);
  else goOn(run, state.detour ?? question.id);
  return { state: run.state, effects: run.effects };
}

export interface FirstSight {
  texts: string[];
  chips: Chip[];
}

/** What a visitor sees before any conversation exists: the texts up to the first question, and its chips. */
export function firstSight(flow: Flow, facts: Facts = {}): FirstSight {
  const { effects } = startFlow(flow, facts);
  return {
    texts: effects.flatMap((effect) => (effect.kind === 'say' || effect.kind === 'form' ? [effect.text] : [])),
    chips: effects.flatMap((effect) => (effect.kind === 'say' ? [...(effect.chips ?? [])] : [])),
  };
}
