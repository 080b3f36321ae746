import { describe, expect, it } from 'vitest';
import { advance, startFlow } from '../../../shared/bot/engine.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';
import type { BotInput } from '../../../shared/bot/types.ts';
import { defaultWords } from '../../../shared/bot/words.ts';
import { answerTo, end, flowOf, play, single, stranger, textsOf } from './play.ts';

function answered(step: Record<string, unknown>, input: Partial<Extract<BotInput, { kind: 'message' }>>) {
  const flow = single(step);
  return advance(flow, startFlow(flow, stranger).state, { kind: 'message', text: '', details: [], ...input }, stranger);
}

function faultsOf(step: Record<string, unknown>): string[] {
  const parsed = parseFlow({ id: 't', version: 1, name: 'T', start: 'ask', steps: { ask: { text: 'Well?', next: 'end', ...step }, end } });
  return parsed.ok ? [] : parsed.faults.map(({ code }) => code);
}

const toppings = {
  type: 'ask-choices',
  text: 'Which?',
  choices: [
    { value: 'crm', label: 'CRM', synonyms: ['sales'] },
    { value: 'mail', label: 'Email marketing' },
    { value: 'shop', label: 'Shop' },
    { value: 'dark-shop', label: 'Dark shop' },
  ],
};

describe('several choices', () => {
  it('are offered as chips, with how many may be taken', () => {
    expect(startFlow(single({ ...toppings, min: 1, max: 2 }), stranger).effects).toMatchObject([
      { kind: 'say', text: 'Which?', chips: [{ value: 'crm' }, {}, {}, {}], ask: { kind: 'choices', min: 1, max: 2 } },
    ]);
    expect(startFlow(single(toppings), stranger).effects[0]).toMatchObject({ ask: { kind: 'choices', min: 1, max: 4 } });
  });

  it('tapped are one answer, in the order of the list', () => {
    expect(answered(toppings, { text: 'Shop, CRM', choices: ['shop', 'crm'] }).state.answers).toEqual({ ask: 'crm, shop' });
  });

  it.each([
    ['CRM and the shop', 'crm, shop'],
    ['sales, email marketing', 'crm, mail'],
    ['the dark shop', 'dark-shop'],
    ['1 and 3', 'crm, shop'],
    ['1, 2, 4', 'crm, mail, dark-shop'],
    ['all of them', 'crm, mail, shop, dark-shop'],
    ['todas', 'crm, mail, shop, dark-shop'],
    ['alle', 'crm, mail, shop, dark-shop'],
    ['全部', 'crm, mail, shop, dark-shop'],
    ['[mail]', 'mail'],
  ])('are read out of “%s” as %s', (text, expected) => {
    expect(answerTo(toppings, text)).toBe(expected);
  });

  it('are asked for again where too few or too many are named', () => {
    for (const text of ['crm, shop and mail', 'blue'])
      expect(play(single({ ...toppings, max: 2 }), [text]).lines[1]).toContain(`B: ${defaultWords.retryChoices} [`);
    expect(play(single({ ...toppings, min: 2 }), ['crm']).state.step).toBe('ask');
    expect(play(single({ ...toppings, retry: 'Two, please.', min: 2, retries: 1 }), ['crm', 'crm'])).toMatchObject({
      state: { answers: { ask: null }, outcome: 'end' },
    });
  });

  it('are quoted by their labels and tested one by one', () => {
    const flow = flowOf({
      ask: { ...toppings, next: 'fork' },
      fork: { type: 'branch', cases: [{ when: { fact: 'answer.ask', op: 'contains', value: 'shop' }, next: 'said' }], default: 'end' },
      said: { type: 'say', text: 'So {{answer.ask}}.', next: 'end' },
      end,
    });
    expect(play(flow, ['shop and crm']).lines).toContain('B: So CRM, Shop.');
    expect(play(flow, ['crm']).lines.slice(1)).toEqual(['B: Bye.', '  end']);
  });

  it('are faulty where none could be taken, or one could not be told from two', () => {
    expect(faultsOf({ ...toppings, min: 3, max: 2 })).toEqual(['overlap']);
    expect(faultsOf({ ...toppings, choices: toppings.choices.slice(1, 2) })).toEqual(['too-few-choices']);
    expect(
      faultsOf({
        ...toppings,
        choices: [
          { value: 'a, b', label: 'A' },
          { value: 'c', label: 'C' },
        ],
      }),
    ).toEqual(['bad-value']);
    expect(
      faultsOf({
        ...toppings,
        choices: [
          { value: 'a', label: 'A' },
          { value: 'a', label: 'C' },
        ],
      }),
    ).toEqual(['duplicate']);
  });
});

describe('a rating', () => {
  const rating = { type: 'ask-rating', low: 'Poor', high: 'Great', attribute: 'happy' };

  it('is asked with its scale', () => {
    expect(startFlow(single(rating), stranger).effects).toEqual([
      { kind: 'say', text: 'Well?', ask: { kind: 'rating', max: 5, style: 'stars', low: 'Poor', high: 'Great' } },
    ]);
  });

  it.each([
    ['[4]', 4],
    ['4', 4],
    ['four', 4],
    ['4/5', 4],
    ['4 out of 5', 4],
    ['⭐⭐⭐', 3],
    ['★★★★★', 5],
    ['great!', 5],
    ['it was ok', 3],
    ['not good', 2],
    ['terrible', 1],
    ['😡', 1],
    ['👍', 4],
    ['muy bien', 5],
    ['sehr gut', 5],
    ['pas terrible', 2],
    ['ужасно', 1],
    ['まあまあ', 3],
    ['非常好', 5],
    ['별로예요', 2],
  ])('is read out of “%s” as %s', (text, expected) => {
    expect(answerTo(rating, text)).toBe(expected);
  });

  it('of another scale, or of nothing, is asked for again', () => {
    for (const text of ['9', '7/10', '0', '3.5', 'purple'])
      expect(play(single(rating), [text]).lines[1]).toBe(`B: ${defaultWords.retryRating}`);
    expect(answerTo({ type: 'ask-rating', max: 10 }, '7/10')).toBe(7);
  });

  it('with faces has five of them', () => {
    expect(faultsOf({ type: 'ask-rating', style: 'faces', max: 4 })).toEqual(['bad-value']);
  });
});

describe('a file', () => {
  const file = { type: 'ask-file', accept: ['image/*', 'application/pdf'], maxMb: 5 };

  it('is asked for with what may be sent', () => {
    expect(startFlow(single(file), stranger).effects).toEqual([
      { kind: 'say', text: 'Well?', ask: { kind: 'file', accept: ['image/*', 'application/pdf'], maxMb: 5 } },
    ]);
  });

  it('answers by its name, several by all of theirs', () => {
    expect(answered(file, { files: ['plan.pdf', 'photo.jpg'] }).state).toMatchObject({
      answers: { ask: 'plan.pdf, photo.jpg' },
      outcome: 'end',
    });
  });

  it('may be refused; words alone are answered with how to send one', () => {
    expect(play(single(file), ['skip']).lines.slice(1)).toEqual(['B: No problem. Bye.', '  end']);
    expect(play(single(file), ['here it is']).lines[1]).toBe(`B: ${defaultWords.retryFile}`);
  });

  it('sent where none was asked for is noted, and the question stays', () => {
    const { state, effects } = answered({ type: 'ask-text' }, { files: ['plan.pdf'] });
    expect([state.step, state.retries, textsOf(effects)]).toEqual(['ask', 0, [`${defaultWords.noted} Well?`]]);
    expect(answered({ type: 'ask-text' }, { text: 'see the plan', files: ['plan.pdf'] }).state.answers).toEqual({ ask: 'see the plan' });
  });

  it('of a kind that is none is a fault', () => {
    expect(faultsOf({ type: 'ask-file', accept: ['pdf'] })).toEqual(['bad-field']);
  });
});

describe('a form', () => {
  const fields = [
    { name: 'day', label: 'Day', kind: 'date', required: true },
    {
      name: 'plan',
      label: 'Plan',
      kind: 'choice',
      required: true,
      options: [
        { value: 'pro', label: 'Pro plan' },
        { value: 'free', label: 'Free' },
      ],
    },
  ];

  it('has fields for dates and choices, and keeps what fits them', () => {
    expect(startFlow(single({ type: 'form', fields }), stranger).effects).toEqual([{ kind: 'form', text: 'Well?', fields }]);
    const kept = answered({ type: 'form', fields }, { values: { day: '2026-12-03', plan: 'Pro plan' } });
    expect(kept.effects.slice(0, 2)).toEqual([
      { kind: 'attribute', name: 'day', value: '2026-12-03' },
      { kind: 'attribute', name: 'plan', value: 'pro' },
    ]);
    for (const values of [
      { day: '2026-02-31', plan: 'pro' },
      { day: '2026-12-03', plan: 'gold' },
    ])
      expect(textsOf(answered({ type: 'form', fields }, { values }).effects)).toEqual([defaultWords.retryForm]);
  });

  it('is faulty where a choice offers none', () => {
    expect(faultsOf({ type: 'form', fields: [{ name: 'plan', label: 'Plan', kind: 'choice', required: true }] })).toEqual([
      'too-few-choices',
    ]);
  });
});
