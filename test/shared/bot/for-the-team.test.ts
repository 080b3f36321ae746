// What is told to the team, and what it is told of: in the flow's own language, with every point that holds by then.
import { describe, expect, it } from 'vitest';
import { advance, startFlow } from '../../../shared/bot/engine.ts';
import type { Flow } from '../../../shared/bot/flow.ts';
import type { AskPolicy, BotEffect, FactValue, Facts, SentFile } from '../../../shared/bot/types.ts';
import { defaultWords } from '../../../shared/bot/words.ts';
import { colour, detailsOf, end, flowOf, stranger, textsOf } from './play.ts';

function effectsOf(flow: Flow, policy: AskPolicy, texts: readonly string[], known: Facts = stranger): BotEffect[] {
  const facts: Record<string, FactValue> = { ...known };
  let { state, effects } = startFlow(flow, facts, {}, { policy });
  const all = [...effects];
  for (const text of texts) {
    const details = detailsOf(text);
    for (const { field, value } of details) facts[`contact.${field}`] ??= value;
    ({ state, effects } = advance(flow, state, { kind: 'message', text, details }, facts, { policy }));
    all.push(...effects);
  }
  return all;
}

const wished = flowOf(
  {
    need: { ...colour, next: 'keep' },
    keep: { type: 'set-attribute', name: 'wish', value: 'wants {{answer.need}}', next: 'hand' },
    hand: { type: 'handover', text: 'You chose {{answer.need}}.', reason: 'Wants {{answer.need}}' },
  },
  { translations: { de: { 'need.choices.red.label': 'Rot', 'hand.text': 'Gewählt: {{answer.need}}.' } } },
);

describe('what the team reads', () => {
  it('is in the flow’s own language, whatever the visitor’s is', () => {
    const effects = effectsOf(wished, 'flow', ['rot'], { ...stranger, 'contact.language': 'de' });
    expect(textsOf(effects).at(-1)).toMatch(/^Gewählt: Rot\./);
    expect(effects).toContainEqual({ kind: 'handover', reason: 'Wants Red' });
    expect(effects).toContainEqual({ kind: 'attribute', name: 'wish', value: 'wants Red' });
  });
});

const scored = flowOf({
  need: { ...colour, next: 'mail' },
  mail: { type: 'ask-email', text: 'Mail?', next: 'score' },
  score: {
    type: 'score',
    rules: [
      { points: 10, reason: 'Can be reached by email', when: { fact: 'contact.email', op: 'known' } },
      { points: 5, reason: 'Told us what for' },
    ],
    next: 'which',
  },
  which: { type: 'branch', cases: [{ when: { fact: 'answer.need', op: 'is', value: 'red' }, next: 'hand' }], default: 'cold' },
  cold: { type: 'score', rules: [{ points: 1, reason: 'Not this way' }], next: 'hand' },
  hand: { type: 'handover', text: 'Done.', reason: 'Done' },
});
const pointsOf = (effects: readonly BotEffect[]) => effects.flatMap((effect) => (effect.kind === 'score' ? [effect.reason] : []));

describe('an address that the policy asked for late', () => {
  it.each(['at-handover', 'when-offline'] as const)('counts in the score steps the flow came by (%s)', (policy) => {
    const away = { ...stranger, 'team.online': false, 'team.open': true };
    const effects = effectsOf(scored, policy, ['red', 'ann@acme.com', 'no', 'no'], away);
    expect(pointsOf(effects)).toEqual(['Told us what for', 'Can be reached by email']);
    expect(effects.at(-1)).toEqual({ kind: 'handover', reason: 'Done' });
  });

  it('and so does one that whoever asks for a person gives on the way', () => {
    const flow = flowOf({
      score: { type: 'score', rules: [{ points: 10, reason: 'Reachable', when: { fact: 'contact.email', op: 'known' } }], next: 'need' },
      need: { ...colour, next: 'end' },
      end,
    });
    const away = { ...stranger, 'team.online': false, 'team.open': true };
    expect(pointsOf(effectsOf(flow, 'flow', ['talk to a human', 'ann@acme.com'], away))).toEqual(['Reachable']);
  });

  it('no rule is looked at twice where nothing was asked late', () => {
    expect(pointsOf(effectsOf(scored, 'flow', ['red', 'no']))).toEqual(['Told us what for']);
  });
});

describe('two sentences in one breath', () => {
  it('have a space between them only where their language has one', () => {
    const flow = flowOf(
      { need: { ...colour, text: '何色ですか。', next: 'end' }, end: { type: 'end', text: '以上です。' } },
      { language: 'ja', words: { why: '必要だからです。', retry: 'もう一度お願いします。' } },
    );
    expect(textsOf(effectsOf(flow, 'flow', ['why?'])).at(-1)).toBe('必要だからです。何色ですか。');
    const english = flowOf({ need: { ...colour, next: 'end' }, end });
    expect(textsOf(effectsOf(english, 'flow', ['why?'])).at(-1)).toBe(`${defaultWords.why} Which colour?`);
  });
});

describe('a file that is asked for', () => {
  const flow = flowOf({
    file: { type: 'ask-file', text: 'A picture?', accept: ['image/*', 'application/pdf'], maxMb: 1, retries: 1, next: 'end' },
    end,
  });
  const begun = startFlow(flow, stranger).state;
  const send = (of: Flow, ...files: (string | SentFile)[]) =>
    advance(of, startFlow(of, stranger).state, { kind: 'message', text: '', files, details: [] }, stranger);
  const mp3 = { name: 'a.mp3', type: 'audio/mpeg', size: 9 };
  const png = { name: 'a.png', type: 'image/png', size: 9 };

  it('is asked for again where none that came is of the kinds wished, or all are too large', () => {
    expect(begun.step).toBe('file');
    for (const wrong of [mp3, { ...png, size: 2 ** 21 }, { name: 'notes.txt', type: 'text/plain', size: 9 }]) {
      const { state, effects } = send(flow, wrong);
      expect(state).toMatchObject({ step: 'file', retries: 1 });
      expect(textsOf(effects)).toEqual([defaultWords.retryFile]);
    }
  });

  it('is taken where it fits, without those beside it that do not', () => {
    expect(send(flow, mp3, png).state.answers['file']).toBe('a.png');
    expect(send(flow, 'known-by-name-only').state.answers['file']).toBe('known-by-name-only');
    const table = flowOf({ file: { type: 'ask-file', text: 'A table?', accept: ['text/csv', 'application/msword'], next: 'end' }, end });
    // What has no signature of its own is not told from what was wished.
    expect(send(table, { name: 'a.csv', type: 'text/plain', size: 9 }).state.answers['file']).toBe('a.csv');
    expect(send(table, { name: 'a.doc', type: 'application/x-cfb', size: 9 }).state.answers['file']).toBe('a.doc');
    expect(send(table, png).state.step).toBe('file');
  });

  it('does not hold anybody up for ever', () => {
    const once = send(flow, mp3).state;
    const { state } = advance(flow, once, { kind: 'message', text: '', files: [mp3], details: [] }, stranger);
    expect(state.outcome).toBe('end');
  });
});
