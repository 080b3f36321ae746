import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, firstSight, resumeFlow, startFlow } from '../../../shared/bot/engine.ts';
import type { Flow } from '../../../shared/bot/flow.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';
import { qualify } from '../../../shared/bot/flows/qualify.ts';
import type { BotEffect, BotState, FactValue } from '../../../shared/bot/types.ts';
import { detailsOf, play, say, stranger, turn } from './play.ts';
import { randomFlow, visitorText } from './random-flow.ts';

const talk = fc.array(visitorText, { maxLength: 12 });
const flows = fc.oneof({ weight: 4, arbitrary: randomFlow({ loops: true }) }, { weight: 1, arbitrary: fc.constant(qualify) });
const straight = fc.oneof({ weight: 4, arbitrary: randomFlow({ loops: false }) }, { weight: 1, arbitrary: fc.constant(qualify) });
const knownFacts = fc.record({
  'contact.email': fc.constantFrom(null, 'ann@acme.com'),
  'contact.name': fc.constantFrom(null, 'Ann Smith'),
  'contact.phone': fc.constantFrom(null, '+4915123456789'),
  'contact.company': fc.constantFrom(null, 'Acme'),
});

/** Ends, or waits at a question that exists. */
function isSound(flow: Flow, state: BotState): boolean {
  return state.outcome === null ? flow.steps[state.step ?? ''] !== undefined : state.step === null;
}

function askedFor(effect: BotEffect): string[] {
  if (effect.kind === 'form') return effect.fields.map((field) => field.name);
  return effect.kind === 'say' && effect.asks !== undefined ? [effect.asks] : [];
}

function isAsking(effect: BotEffect): boolean {
  return (
    effect.kind === 'form' ||
    (effect.kind === 'say' &&
      (effect.asks !== undefined || effect.chips !== undefined || effect.input !== undefined || effect.ask !== undefined))
  );
}

describe('for any flow without a fault and any visitor', () => {
  it('each message ends the flow or leaves one question waiting, and nothing throws', () => {
    fc.assert(
      fc.property(flows, talk, knownFacts, (flow, texts, facts) => {
        let { state, effects } = startFlow(flow, facts);
        for (const text of texts) {
          expect(isSound(flow, state)).toBe(true);
          expect(effects.filter(isAsking).length).toBeLessThanOrEqual(1);
          expect(effects.filter((effect) => effect.kind === 'handover' || effect.kind === 'end').length).toBe(
            state.outcome === null || effects.length === 0 ? 0 : 1,
          );
          ({ state, effects } = turn(flow, state, text, facts));
        }
        expect(isSound(flow, state)).toBe(true);
        expect(isSound(flow, resumeFlow(flow, state, facts).state)).toBe(true);
        expect(firstSight(flow).texts).toBeInstanceOf(Array);
      }),
      { numRuns: 400 },
    );
  });

  it('no step asks the contact for what is known', () => {
    fc.assert(
      fc.property(flows, talk, knownFacts, (flow, texts, facts) => {
        const known: Record<string, FactValue> = { ...facts };
        let { state, effects } = startFlow(flow, known);
        for (const text of texts) {
          expect(effects.flatMap(askedFor).filter((field) => (known[`contact.${field}`] ?? null) !== null)).toEqual([]);
          for (const { field, value } of detailsOf(text)) known[`contact.${field}`] ??= value;
          ({ state, effects } = turn(flow, state, text, known));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('without a way back no question is asked once its answer is given, and the flow ends', () => {
    fc.assert(
      fc.property(straight, talk, knownFacts, (flow, texts, facts) => {
        let { state } = startFlow(flow, facts);
        for (const text of texts) {
          state = turn(flow, state, text, facts).state;
          expect(state.step === null ? null : (state.answers[state.step] ?? null)).toBe(null);
        }
        // A visitor who only ever says “hm” is let go in the end.
        const steps = Object.keys(flow.steps).length;
        for (let i = 0; i < steps * 4 && state.outcome === null; i++) state = turn(flow, state, 'ok', facts).state;
        expect(state.outcome).not.toBe(null);
      }),
      { numRuns: 300 },
    );
  });

  it('the same answers give the same path', () => {
    fc.assert(
      fc.property(flows, talk, knownFacts, (flow, texts, facts) => {
        expect(play(flow, texts, facts)).toEqual(play(flow, texts, facts));
      }),
      { numRuns: 100 },
    );
  });

  it('the state survives JSON at any point, and a copy of the flow runs alike', () => {
    fc.assert(
      fc.property(flows, talk, knownFacts, (flow, texts, facts) => {
        const copy = parseFlow(JSON.parse(JSON.stringify(flow)));
        if (!copy.ok) throw new Error(JSON.stringify(copy.faults));
        let plain = startFlow(flow, facts);
        let stored = startFlow(copy.flow, facts);
        for (const text of texts) {
          expect(JSON.parse(JSON.stringify(plain.state))).toEqual(plain.state);
          plain = turn(flow, plain.state, text, facts);
          stored = turn(copy.flow, JSON.parse(JSON.stringify(stored.state)) as BotState, text, facts);
          expect(stored).toEqual(plain);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('an old conversation survives any other flow published in its place', () => {
    fc.assert(
      fc.property(flows, flows, talk, talk, (before, after, first, second) => {
        let { state } = startFlow(before, stranger);
        for (const text of first) state = turn(before, state, text).state;
        for (const text of second) {
          expect(isSound(after, resumeFlow(after, state, { ...stranger, 'contact.email': 'ann@acme.com' }).state)).toBe(true);
          state = turn(after, state, text).state;
          expect(isSound(after, state)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('whoever asks for a person gets one, after at most one question', () => {
    fc.assert(
      fc.property(
        flows,
        talk,
        fc.constantFrom('blue', 'no', 'ok', 'is that needed at all?', 'just get me a human', ''),
        (flow, texts, answer) => {
          let { state } = startFlow(flow, stranger);
          for (const text of texts) state = say(flow, state, text).state;
          fc.pre(state.outcome === null);
          state = say(flow, state, 'please let me talk to a human').state;
          // Either there already, or asked for an address on the way.
          expect(state.outcome === null).toBe(state.detour !== null);
          expect(say(flow, state, answer).state.outcome).not.toBe(null);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('long and odd messages', () => {
  const units = [
    'a',
    '1',
    '1,111',
    'a ',
    '2 2 ',
    'team of ',
    "I'm from A",
    'A.',
    '人',
    '1 人',
    '?',
    '[[',
    '{{',
    '1k',
    '3 - ',
    'A B ',
    "i'",
    'in 3 ',
    '１２ ',
    '\u0301',
    '12 aaaaaaaaaaa ',
    ' ',
    '-',
    '0 0',
    'from Acme ',
    'why do ',
    'talk to ',
    'не ',
    'क',
    '👩‍👩‍👧',
    '\ud800',
  ];

  it('of 8,000 characters take less than 20 ms at any question', () => {
    const slow: string[] = [];
    for (const step of ['need', 'problem', 'size', 'company', 'timing', 'email', 'name', 'phone']) {
      const state = { ...startFlow(qualify, stranger, { greeted: true }).state, step };
      for (const unit of units) {
        const text = `20? 1 ${unit.repeat(8000 / unit.length)}`;
        const times = [0, 1, 2].map(() => {
          const from = performance.now();
          advance(qualify, state, { kind: 'message', text, details: [] }, stranger);
          return performance.now() - from;
        });
        // The best of three: the machine is shared.
        if (Math.min(...times) > 20) slow.push(`${step}: ${unit}`);
      }
    }
    expect(slow).toEqual([]);
  });
});
