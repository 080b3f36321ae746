import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, continueFlow, resumeFlow, startFlow } from '../../../shared/bot/engine.ts';
import { targetsOf } from '../../../shared/bot/edit.ts';
import type { Flow } from '../../../shared/bot/flow.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';
import { localize, textsOf } from '../../../shared/bot/localize.ts';
import type { BotEffect, BotInput, BotState, FactValue, Facts } from '../../../shared/bot/types.ts';
import { askPolicies } from '../../../shared/bot/types.ts';
import { detailsOf, stranger, turn } from './play.ts';
import { randomFlow, visitorText } from './random-flow.ts';

const last = fc.constantFrom('handover' as const, 'end' as const);
const flows = fc.tuple(fc.boolean(), last).chain(([loops, end]) => randomFlow({ loops, last: end }));
const texts = fc.array(fc.oneof({ weight: 8, arbitrary: visitorText }, { weight: 1, arbitrary: fc.constant('get me a human') }), {
  maxLength: 14,
});
const policy = fc.constantFrom(...askPolicies);
const team: fc.Arbitrary<Facts> = fc.constantFrom<Facts[]>(
  {},
  { 'team.online': false, 'team.open': true },
  { 'team.online': false, 'team.open': false, 'team.back': 'tomorrow' },
  { 'team.online': true, 'team.open': true, 'queue.position': 2 },
);

/** The details an effect asks for. */
function asked(effects: readonly BotEffect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.kind === 'form') {
      const kinds = effect.fields.map(({ kind }) => kind);
      return kinds.includes('email') || kinds.includes('phone')
        ? kinds.filter((kind) => kind === 'email' || kind === 'phone' || kind === 'name')
        : [];
    }
    return effect.kind === 'say' && effect.asks !== undefined ? [effect.asks] : [];
  });
}

function asks(effect: BotEffect): boolean {
  if (effect.kind === 'form') return true;
  return (
    effect.kind === 'say' &&
    (effect.asks !== undefined || effect.chips !== undefined || effect.input !== undefined || effect.ask !== undefined)
  );
}

describe('for any flow, visitor and policy', () => {
  it('the conversation ends or waits, for a step or for the bot’s own question', () => {
    fc.assert(
      fc.property(flows, texts, policy, team, (flow, said, given, facts) => {
        const known = { ...stranger, ...facts };
        let { state, effects } = startFlow(flow, known, {}, { policy: given });
        const isSound = (at: BotState): boolean =>
          at.outcome === null ? at.step === '@email' || Object.hasOwn(flow.steps, at.step ?? '') : at.step === null;
        for (const text of said) {
          expect(isSound(state)).toBe(true);
          expect(isSound(resumeFlow(flow, state, known).state)).toBe(true);
          expect(state.policy).toBe(given);
          expect(state.path?.length).toBeLessThanOrEqual(200);
          expect(effects.filter(asks).length).toBeLessThanOrEqual(1);
          ({ state, effects } = turn(flow, state, text, known));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('“never” asks for no address, number or name, whoever is there', () => {
    fc.assert(
      fc.property(flows, texts, team, (flow, said, facts) => {
        const known = { ...stranger, ...facts };
        let { state, effects } = startFlow(flow, known, {}, { policy: 'never' });
        for (const text of ['', ...said]) {
          expect(asked(effects)).toEqual([]);
          ({ state, effects } = turn(flow, state, text, known));
        }
        expect(asked(effects)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('“up front” asks for the address before anything else', () => {
    fc.assert(
      fc.property(flows, team, (flow, facts) => {
        const { effects } = startFlow(flow, { ...stranger, ...facts }, {}, { policy: 'up-front' });
        const first = effects.find(asks);
        if (first !== undefined) expect(first).toMatchObject({ asks: 'email' });
        // Nothing else stands between the visitor and a person who never came.
        else expect(effects.filter(({ kind }) => kind === 'handover')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('“at handover” asks for details only when nothing else is left to ask', () => {
    fc.assert(
      fc.property(randomFlow({ loops: false }), texts, (flow, said) => {
        let { state, effects } = startFlow(flow, stranger, {}, { policy: 'at-handover' });
        let isLate = false;
        for (const text of said) {
          isLate ||= asked(effects).length > 0;
          if (isLate && state.step !== null) expect(['ask-email', 'ask-name', 'ask-phone', 'form']).toContain(flow.steps[state.step]?.type);
          ({ state, effects } = turn(flow, state, text));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('each detail is asked for at most once, and never where it is known', () => {
    fc.assert(
      fc.property(flows, texts, policy, team, (flow, said, given, facts) => {
        const known: Record<string, FactValue> = { ...stranger, ...facts };
        let { state, effects } = startFlow(flow, known, {}, { policy: given });
        const counts: Record<string, number> = {};
        let before: string | null = null;
        for (const text of ['ok', ...said]) {
          const details = asked(effects);
          expect(details.filter((field) => known[`contact.${field}`] !== null)).toEqual([]);
          // A question that is asked again in other words is the same one.
          if (state.step !== before) for (const field of details) counts[field] = (counts[field] ?? 0) + 1;
          before = state.step;
          for (const { field, value } of detailsOf(text)) known[`contact.${field}`] ??= value;
          ({ state, effects } = turn(flow, state, text, known));
        }
        expect(Object.entries(counts).filter(([, count]) => count > 1)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('nobody waits for a person who is not there without having been asked for an address', () => {
    fc.assert(
      fc.property(
        randomFlow({ loops: true }),
        texts,
        fc.constantFrom(...askPolicies.filter((each) => each !== 'never')),
        (flow, said, given) => {
          const away = { ...stranger, 'team.online': false };
          let { state, effects } = startFlow(flow, away, {}, { policy: given });
          let wasAsked = asked(effects).includes('email');
          for (const text of said) {
            ({ state, effects } = turn(flow, state, text.replaceAll('@', ' at '), away));
            wasAsked ||= asked(effects).includes('email');
          }
          fc.pre(state.outcome === 'handover');
          expect(wasAsked).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('whoever asks for a person has one after at most one question for an address', () => {
    fc.assert(
      fc.property(flows, texts, policy, team, (flow, said, given, facts) => {
        fc.pre(flow.human === undefined || Object.values(flow.steps).some(({ type }) => type === 'handover'));
        const known = { ...stranger, ...facts };
        let { state } = startFlow(flow, known, {}, { policy: given });
        for (const text of said) state = turn(flow, state, text, known).state;
        fc.pre(state.outcome === null);
        const message = (text: string): BotInput => ({ kind: 'message', text, details: [] });
        state = advance(flow, state, message('please let me talk to a human'), known).state;
        if (state.outcome === null) state = advance(flow, state, message('hm'), known).state;
        expect(state.outcome).not.toBe(null);
      }),
      { numRuns: 300 },
    );
  });
});

describe('for any flow', () => {
  it('a wait or a call goes on with nothing but its own', () => {
    fc.assert(
      fc.property(flows, texts, (flow, said) => {
        let { state } = startFlow(flow, stranger);
        for (const text of said) {
          const pending = state.step === null ? undefined : flow.steps[state.step]?.type;
          const step = state.step ?? 's0';
          const strange: BotInput[] = [
            { kind: 'timer', step: 'other' },
            { kind: 'called', step: 'other', ok: true, json: null },
            ...(pending === 'wait' ? [] : [{ kind: 'timer', step } as const]),
            ...(pending === 'call' ? [] : [{ kind: 'called', step, ok: true, json: null } as const]),
          ];
          for (const input of strange) expect(advance(flow, state, input, stranger)).toEqual({ state, effects: [] });
          if (pending === 'call') {
            const quiet = advance(flow, state, { kind: 'message', text: 'blue', details: [] }, stranger);
            expect([quiet.state.step, quiet.state.outcome]).toEqual([state.step, null]);
          }
          state = turn(flow, state, text).state;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('another language has the same structure, and a conversation in it the same shape', () => {
    fc.assert(
      fc.property(flows, texts, (flow, said) => {
        const german = Object.fromEntries(textsOf(flow).map(({ key, text }) => [key, `${text} «${key}»`]));
        const parsed = parseFlow({ ...structuredClone(flow), translations: { de: german } });
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
        const translated = localize(parsed.flow, 'de');
        expect(textsOf(translated).map(({ key, text }) => [key, text])).toEqual(Object.entries(german));
        for (const [id, step] of Object.entries(flow.steps)) {
          expect(translated.steps[id]?.type).toBe(step.type);
          expect(targetsOf(translated.steps[id] ?? {})).toEqual(targetsOf(step));
        }
        let state: BotState = startFlow(parsed.flow, { ...stranger, 'contact.language': 'de' }).state;
        let plain: BotState = startFlow(flow, stranger).state;
        for (const text of said) {
          expect(state.step).toBe(plain.step);
          // A label in another language is another word for the choice; what is said to both must not be one.
          const both = text.replace(/yes|no|perhaps|sure/giu, 'skip');
          state = turn(parsed.flow, state, both, { ...stranger, 'contact.language': 'de' }).state;
          plain = turn(flow, plain, both).state;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('jumps from flow to flow end with the visitor or the team', () => {
    fc.assert(
      fc.property(
        randomFlow({ loops: true, last: 'jump' }),
        randomFlow({ loops: true, last: 'jump' }),
        texts,
        policy,
        (one, two, said, given) => {
          const all: readonly Flow[] = [one, two];
          let turns = 0;
          let { state } = startFlow(one, stranger, {}, { policy: given });
          for (const text of ['', ...said]) {
            for (let hops = 0; state.outcome === 'jump'; hops++) {
              expect(hops).toBeLessThanOrEqual(6);
              turns++;
              state = continueFlow(all[turns % 2] ?? one, state, stranger).state;
              expect(JSON.parse(JSON.stringify(state))).toEqual(state);
            }
            expect(state.outcome === null).toBe(state.step !== null);
            state = turn(all[turns % 2] ?? one, state, text).state;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a conversation of an older version survives the newer one, whatever comes', () => {
    fc.assert(
      fc.property(flows, flows, texts, texts, policy, team, (before, after, first, second, given, facts) => {
        const known = { ...stranger, ...facts };
        let { state } = startFlow(before, known, {}, { policy: given });
        for (const text of first) state = turn(before, state, text, known).state;
        const step = state.step ?? '';
        const wasOver = state.outcome !== null;
        for (const input of [
          { kind: 'timer', step },
          { kind: 'called', step, ok: false, json: [] },
        ] as const)
          advance(after, state, input, known);
        resumeFlow(after, state, known);
        const isGone = !wasOver && !Object.hasOwn(after.steps, step) && step !== '@email';
        for (const [i, text] of second.entries()) {
          state = advance(after, state, { kind: 'message', text, details: detailsOf(text) }, known).state;
          // Nobody there: an address is asked for on the way to the team.
          if (isGone && i > 3) expect(state.outcome).not.toBe(null);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a state from before policies and paths were kept goes on', () => {
    fc.assert(
      fc.property(flows, texts, (flow, said) => {
        let { state } = startFlow(flow, stranger);
        for (const text of said) {
          const { policy: _policy, path: _path, due: _due, person: _person, unhurried: _unhurried, ...old } = state;
          state = turn(flow, old, text).state;
        }
        expect(state.outcome === null).toBe(state.step !== null);
      }),
      { numRuns: 100 },
    );
  });
});
