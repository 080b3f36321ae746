import { describe, expect, it } from 'vitest';
import { advance, firstSight, startFlow } from '../../../shared/bot/engine.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';
import { languagesOf, localize, textsOf } from '../../../shared/bot/localize.ts';
import { isQualified } from '../../../shared/bot/qualified.ts';
import { wordIn } from '../../../shared/bot/words.ts';
import { colour, end, flowOf, play, single, stranger, textsOf as saidIn } from './play.ts';

const flow = flowOf(
  {
    hi: { type: 'say', text: 'Hi {{contact.name|there}}.', next: 'ask' },
    ask: { ...colour, next: 'form' },
    form: {
      type: 'form',
      text: 'Fill in.',
      fields: [
        {
          name: 'plan',
          label: 'Plan',
          kind: 'choice',
          required: true,
          options: [
            { value: 'p', label: 'Pro' },
            { value: 'f', label: 'Free' },
          ],
        },
      ],
      next: 'rate',
    },
    rate: { type: 'ask-rating', text: 'How was it?', low: 'Bad', next: 'set' },
    set: { type: 'set-attribute', name: 'plan', value: 'kept as it is', next: 'end' },
    end,
    hand: { type: 'handover', text: 'Coming.', reason: 'Asked for a person' },
  },
  {
    human: { text: 'Sure.', collect: 'ask', next: 'hand' },
    words: { hello: 'Howdy!' },
    translations: {
      de: {
        'hi.text': 'Hallo {{contact.name|du}}.',
        'ask.text': 'Welche Farbe?',
        'ask.choices.red.label': 'Rot',
        'form.fields.plan.options.p.label': 'Profi',
        'words.hello': 'Moin!',
        'words.refused': 'Na gut.',
      },
      'pt-BR': { 'hi.text': 'Oi.' },
      fr: { 'rate.low': 'Nul' },
    },
  },
);

function sight(language: string | null): string[] {
  return firstSight(flow, { 'contact.language': language }).texts;
}

describe('a flow in several languages', () => {
  it('lists its texts under their keys, and nothing that no visitor reads', () => {
    expect(textsOf(flow).map(({ key, step }) => [key, step])).toEqual([
      ['hi.text', 'hi'],
      ['ask.text', 'ask'],
      ['ask.choices.red.label', 'ask'],
      ['ask.choices.dark-blue.label', 'ask'],
      ['ask.choices.blue.label', 'ask'],
      ['form.text', 'form'],
      ['form.fields.plan.label', 'form'],
      ['form.fields.plan.options.p.label', 'form'],
      ['form.fields.plan.options.f.label', 'form'],
      ['rate.text', 'rate'],
      ['rate.low', 'rate'],
      ['end.text', 'end'],
      ['hand.text', 'hand'],
      ['human.text', null],
      ['words.hello', null],
    ]);
    expect(textsOf(flow)[0]).toEqual({ key: 'hi.text', text: 'Hi {{contact.name|there}}.', step: 'hi' });
    expect(languagesOf(flow)).toEqual(['en', 'de', 'pt-BR', 'fr']);
  });

  it.each([
    ['de', 'Hallo du.'],
    ['de-AT', 'Hallo du.'],
    ['DE', 'Hallo du.'],
    ['pt-BR', 'Oi.'],
    ['pt', 'Oi.'],
    ['en-GB', 'Hi there.'],
    ['fr', 'Hi there.'],
    ['ja', 'Hi there.'],
    ['', 'Hi there.'],
    ['no such tag', 'Hi there.'],
    [null, 'Hi there.'],
  ])('is said to a visitor of “%s” as %s', (language, expected) => {
    expect(sight(language)[0]).toBe(expected);
  });

  it('keeps what has no translation, and its structure', () => {
    const german = localize(flow, 'de');
    expect(german.steps['rate']).toEqual(flow.steps['rate']);
    expect(german.steps['ask']).toMatchObject({
      text: 'Welche Farbe?',
      choices: [{ value: 'red', label: 'Rot', synonyms: ['crimson', 'rot'] }, { label: 'Dark blue' }, {}],
    });
    expect(german.human).toEqual(flow.human);
    expect(Object.keys(german.steps)).toEqual(Object.keys(flow.steps));
  });

  it('is the same object each time, and the flow itself in its own language', () => {
    expect(localize(flow, 'de')).toBe(localize(flow, 'de-CH'));
    expect(localize(flow, 'en')).toBe(flow);
    expect(localize(flow, 'ja')).toBe(flow);
    expect(localize(single(colour), 'de').language).toBe(undefined);
  });

  it('is spoken through: questions, chips and the bot’s own words', () => {
    const facts = { ...stranger, 'contact.language': 'de' };
    const { state, effects } = startFlow(flow, facts);
    expect(effects.at(-1)).toMatchObject({ text: 'Welche Farbe?', chips: [{ value: 'red', label: 'Rot' }, { label: 'Dark blue' }, {}] });
    const turn = (text: string) => advance(flow, state, { kind: 'message', text, details: [] }, facts);
    expect(saidIn(turn('hallo').effects)).toEqual(['Moin! Welche Farbe?']);
    expect(saidIn(turn('nein').effects)).toEqual(['Na gut. Fill in.']);
    expect(saidIn(turn('warum?').effects)).toEqual([`${wordIn('de', 'why')} Welche Farbe?`]);
    expect(turn('Rot').state.answers).toEqual({ ask: 'red' });
  });

  it('written in another language speaks its words too', () => {
    const german = { ...single(colour), language: 'de' };
    expect(play(german, ['hmpf']).lines[1]).toContain(wordIn('de', 'retry'));
  });
});

describe('translations are checked', () => {
  function faultsOf(
    translations: unknown,
    steps: Record<string, unknown> = { hi: { type: 'say', text: 'Hi.', next: 'end' }, end },
  ): string[] {
    const parsed = parseFlow({ id: 't', version: 1, name: 'T', start: Object.keys(steps)[0], steps, translations });
    return parsed.ok ? [] : parsed.faults.map(({ code, step }) => `${code} ${step ?? '-'}`);
  }

  it.each([
    ['none', { de: { 'hi.text': 'Hallo {{contact.name}}.', 'words.retry': 'Wie bitte?' } }, []],
    ['one of a step that is not there', { de: { 'ho.text': 'Ho' } }, ['unknown-text -']],
    ['one of a word nobody says', { de: { 'words.yodel': 'Jo' } }, ['unknown-text -']],
    ['an empty one', { de: { 'hi.text': ' ' } }, ['empty-text hi']],
    ['one with an unknown variable', { de: { 'hi.text': '{{answer.nothing}}' } }, ['unknown-fact hi']],
    ['one that cannot be read', { de: { 'hi.text': '{{contact.name' } }, ['bad-text hi']],
    ['a language that is none', { 'not a tag': {} }, ['bad-field -']],
  ])('%s', (_title, translations, expected) => {
    expect(faultsOf(translations)).toEqual(expected);
  });

  it('a step cannot be called like the flow’s own texts', () => {
    const steps = { human: { type: 'say', text: 'Hi.', next: 'end' }, end };
    expect(faultsOf({ de: { 'human.text': 'Hallo.' } }, steps)).toEqual(['bad-id human']);
    expect(faultsOf(undefined, steps)).toEqual([]);
  });
});

describe('a qualified lead', () => {
  const scored = flowOf(
    {
      ask: { ...colour, next: 'points' },
      points: { type: 'score', rules: [{ points: 20, reason: 'Red', when: { fact: 'answer.ask', op: 'is', value: 'red' } }], next: 'end' },
      end,
    },
    { qualify: { minScore: 20 } },
  );

  it('has the points the flow asks for, at its end', () => {
    expect(isQualified(scored, play(scored, []).state)).toBe(false);
    expect(isQualified(scored, play(scored, ['red']).state)).toBe(true);
    expect(isQualified(scored, play(scored, ['blue']).state)).toBe(false);
  });

  it('is any whose flow came to its end, where none are asked for', () => {
    const plain = single(colour);
    expect([isQualified(plain, play(plain, []).state), isQualified(plain, play(plain, ['blue']).state)]).toEqual([false, true]);
    const jumping = flowOf({ jump: { type: 'jump', flow: 'x' } });
    expect(isQualified(jumping, play(jumping, []).state)).toBe(false);
  });
});
