// Plays a visitor against a flow, with a stand-in for the extraction that is right by construction.
import type { Detail } from '../../../shared/extract/types.ts';
import type { DetailField } from '../../../shared/contact-fields.ts';
import { advance, startFlow } from '../../../shared/bot/engine.ts';
import type { Advance } from '../../../shared/bot/engine.ts';
import type { Flow } from '../../../shared/bot/flow.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';
import type { BotEffect, BotState, FactValue, Facts, Terms } from '../../../shared/bot/types.ts';

export const stranger: Facts = {
  'contact.type': 'visitor',
  'contact.email': null,
  'contact.name': null,
  'contact.phone': null,
  'contact.company': null,
};

const patterns: Record<DetailField, RegExp> = {
  email: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  name: /(?:I'm|I am|name is|name's|this is|je suis|ich bin) ([A-Z]\w+(?: [A-Z]\w+)?)/,
  phone: /\+\d[\d ]{7,}\d/,
};

export function detailsOf(text: string): Detail[] {
  return Object.entries(patterns).flatMap(([field, pattern]) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const value = match[1] ?? match[0];
    const start = match.index + match[0].length - value.length;
    return [
      {
        field: field as DetailField,
        value: field === 'phone' ? value.replaceAll(' ', '') : value,
        start,
        end: start + value.length,
        replaces: false,
        flags: [],
      },
    ];
  });
}

/** A tapped chip is written as `[value]`. */
export function say(flow: Flow, state: BotState, text: string, facts: Facts = stranger): Advance {
  const tapped = /^\[(.+)\]$/.exec(text)?.[1];
  return advance(
    flow,
    state,
    { kind: 'message', text: tapped ?? text, choice: tapped, details: tapped === undefined ? detailsOf(text) : [] },
    facts,
  );
}

/** One turn, whatever the pending step waits for: a wait is cut short by every other message, a call answered well or badly. */
export function turn(flow: Flow, state: BotState, text: string, facts: Facts = stranger, terms: Terms = {}): Advance {
  const pending = flow.steps[state.step ?? '']?.type;
  const step = state.step ?? '';
  const isOdd = text.length % 2 === 1;
  if (pending === 'call') return advance(flow, state, { kind: 'called', step, ok: isOdd, json: { data: { plan: text } } }, facts, terms);
  if (pending === 'wait' && isOdd) return advance(flow, state, { kind: 'timer', step }, facts, terms);
  return advance(flow, state, { kind: 'message', text, details: detailsOf(text) }, facts, terms);
}

export interface Played {
  /** `V: …` and `B: …`, chips in brackets, other effects as JSON. */
  lines: string[];
  state: BotState;
  effects: BotEffect[];
}

/** What the server does: after each message the contact knows the details. */
export function play(flow: Flow, messages: readonly string[], known: Facts = stranger): Played {
  const facts: Record<string, FactValue> = { ...known };
  let { state, effects } = startFlow(flow, facts, { greeted: true });
  const lines: string[] = [];
  const all = [...effects];
  for (const text of messages) {
    for (const { field, value } of detailsOf(text)) facts[`contact.${field}`] ??= value;
    ({ state, effects } = say(flow, state, text, facts));
    state = JSON.parse(JSON.stringify(state)) as BotState;
    for (const effect of effects) if (effect.kind === 'attribute') facts[`contact.${effect.name}`] = effect.value;
    lines.push(`V: ${text}`, ...effects.map(toLine));
    all.push(...effects);
  }
  return { lines, state, effects: all };
}

export function toLine(effect: BotEffect): string {
  if (effect.kind === 'say')
    return `B: ${effect.text}${effect.chips === undefined ? '' : ` [${effect.chips.map((chip) => chip.label).join(' | ')}]`}`;
  if (effect.kind === 'form') return `F: ${effect.text} [${effect.fields.map((field) => field.name).join(' | ')}]`;
  if (effect.kind === 'attribute') return `  ${effect.name} = ${String(effect.value)}`;
  if (effect.kind === 'score') return `  +${effect.points} ${effect.reason}`;
  if (effect.kind === 'handover') return `  handover: ${effect.reason}`;
  return effect.kind === 'end' ? '  end' : `  ${JSON.stringify(effect)}`;
}

export function textsOf(effects: readonly BotEffect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'say' || effect.kind === 'form' ? [effect.text] : []));
}

/** A flow out of its steps; throws with the faults where there are any. */
export function flowOf(steps: Record<string, unknown>, rest: Record<string, unknown> = {}): Flow {
  const parsed = parseFlow({ id: 'test', version: 1, name: 'Test', start: Object.keys(steps)[0], steps, ...rest });
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => fault.message).join('\n'));
  return parsed.flow;
}

export const end = { type: 'end', text: 'Bye.' };
export const colour = {
  type: 'ask-choice',
  text: 'Which colour?',
  choices: [
    { value: 'red', label: 'Red', synonyms: ['crimson', 'rot'] },
    { value: 'dark-blue', label: 'Dark blue' },
    { value: 'blue', label: 'Blue' },
  ],
  next: 'end',
};

/** One question and the end. */
export function single(step: Record<string, unknown>, rest: Record<string, unknown> = {}): Flow {
  return flowOf({ ask: { text: 'Well?', next: 'end', ...step }, end }, rest);
}

export function answerTo(step: Record<string, unknown>, text: string): FactValue | undefined {
  return play(single(step), [text]).state.answers['ask'];
}
