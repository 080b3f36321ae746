import { describe, expect, it } from 'vitest';
import { advance, startFlow } from '../../../shared/bot/engine.ts';
import type { BotState, FactValue } from '../../../shared/bot/types.ts';
import { answerTo, colour, end, flowOf, play, single, stranger, textsOf, toLine } from './play.ts';

describe('a question', () => {
  it('is asked, with the keyboard, the field and the chips that help with the answer', () => {
    expect(startFlow(single({ type: 'ask-email' }), stranger).effects).toEqual([
      { kind: 'say', text: 'Well?', asks: 'email', input: 'email' },
    ]);
    expect(startFlow(single({ type: 'ask-phone' }), stranger).effects).toEqual([
      { kind: 'say', text: 'Well?', asks: 'phone', input: 'tel' },
    ]);
    expect(startFlow(single({ type: 'ask-name' }), stranger).effects).toEqual([
      { kind: 'say', text: 'Well?', asks: 'name', input: 'text' },
    ]);
    expect(startFlow(single({ type: 'ask-number' }), stranger).effects).toEqual([{ kind: 'say', text: 'Well?', input: 'number' }]);
    expect(startFlow(single(colour), stranger).effects[0]).toMatchObject({
      chips: [
        { value: 'red', label: 'Red' },
        { value: 'dark-blue', label: 'Dark blue' },
        { value: 'blue', label: 'Blue' },
      ],
    });
  });

  it.each(['email', 'name', 'phone'])('for the %s is not asked where the contact has it', (field) => {
    const { state, effects } = startFlow(single({ type: `ask-${field}` }), { ...stranger, [`contact.${field}`]: 'known' });
    expect(state.outcome).toBe('end');
    expect(textsOf(effects)).toEqual(['Bye.']);
  });

  it('is not asked where the attribute it fills is known', () => {
    expect(startFlow(single({ type: 'ask-text', attribute: 'company' }), { ...stranger, 'contact.company': 'Acme' }).state.outcome).toBe(
      'end',
    );
  });

  it('whose answer was given with another answer is not asked', () => {
    const flow = flowOf({
      size: {
        ...colour,
        text: 'How many?',
        recognise: 'team-size',
        choices: [
          { value: 's', label: 'Few', to: 9 },
          { value: 'l', label: 'Many', from: 10 },
        ],
        next: 'when',
      },
      when: { type: 'ask-text', text: 'When?', recognise: 'timing', next: 'mail' },
      mail: { type: 'ask-email', text: 'Mail?', next: 'end' },
      end,
    });
    const { state, lines } = play(flow, ['20 people, next month, ann@acme.com']);
    expect(state.answers).toEqual({ size: 'l', when: 30, mail: 'ann@acme.com' });
    expect(lines).toEqual(['V: 20 people, next month, ann@acme.com', 'B: Bye.', '  end']);
  });

  it('fills its attribute, also with an answer given early', () => {
    const flow = flowOf({
      mail: { type: 'ask-email', text: 'Mail?', next: 'firm' },
      firm: { type: 'ask-text', text: 'Company?', recognise: 'company', attribute: 'company', next: 'end' },
      end,
    });
    expect(play(flow, ["I'm Ann from Acme"]).lines).toEqual(["V: I'm Ann from Acme", '  company = Acme', 'B: Thanks, noted. Mail?']);
  });

  it('is never sorry about details it took: given again instead of an answer they are noted too, until the question is left', () => {
    const { lines, state } = play(single({ ...colour, retries: 1 }), ["I'm Ann", 'ann@acme.com', 'or call me: +49 151 23456789']);
    const said = lines.filter((line) => line.startsWith('B:'));
    expect(said).toEqual([
      'B: Thanks, noted. Which colour? [Red | Dark blue | Blue]',
      'B: Thanks, noted. Which colour? [Red | Dark blue | Blue]',
      'B: Thanks, noted. Bye.',
    ]);
    expect(state.outcome).toBe('end');
  });

  it('is not a trap: details given instead of an answer are noted, and it is asked again without counting', () => {
    const { lines, state } = play(single(colour), ['ann@acme.com']);
    expect(lines[1]).toBe('B: Thanks, noted. Which colour? [Red | Dark blue | Blue]');
    expect(state.retries).toBe(0);
  });

  it('is not answered by an answer to another one', () => {
    const flow = flowOf({
      when: { ...colour, text: 'When?', recognise: 'timing', otherwise: true, next: 'size' },
      size: { type: 'ask-number', text: 'How many?', recognise: 'team-size', next: 'end' },
      end,
    });
    const { lines, state } = play(flow, ['12 of us', 'whenever it suits']);
    expect(lines[1]).toContain('Thanks, noted. When?');
    expect(state.answers).toEqual({ size: 12, when: 'whenever it suits' });
  });
});

describe('a choice', () => {
  it.each([
    ['Red', 'red'],
    ['[red]', 'red'],
    ['RED!', 'red'],
    ['crimson please', 'red'],
    ['I would like the red one', 'red'],
    ['rot', 'red'],
    ['2', 'dark-blue'],
    ['option 3', 'blue'],
    ['dark blue, I think', 'dark-blue'],
    ['blue', 'blue'],
    ['crimosn', 'red'],
  ])('takes “%s” as %s', (text, expected) => {
    expect(answerTo(colour, text)).toBe(expected);
  });

  it('is asked again where nothing fits', () => {
    expect(play(single(colour), ['green']).state).toMatchObject({ step: 'ask', retries: 1 });
  });

  it('takes other words where it says so', () => {
    expect(answerTo({ ...colour, otherwise: true }, 'green')).toBe('green');
  });

  it('takes a question as other words only where any words will do', () => {
    expect(play(single({ ...colour, otherwise: true }), ['do you ship to Rome?']).state.step).toBe('ask');
    expect(answerTo({ ...colour, otherwise: true, open: true }, 'do you ship to Rome?')).toBe('do you ship to Rome?');
  });

  it('a chip of an older question is read by its words', () => {
    const flow = single(colour);
    const { state } = advance(
      flow,
      startFlow(flow, stranger).state,
      { kind: 'message', text: 'Red', choice: 'gone', details: [] },
      stranger,
    );
    expect(state.answers['ask']).toBe('red');
  });

  it('of ranges takes a number as an amount, not as the place in the list', () => {
    const ranged = {
      ...colour,
      choices: [
        { value: 's', label: 'Few', to: 9 },
        { value: 'l', label: 'Many', from: 10 },
      ],
    };
    expect(answerTo(ranged, '2')).toBe('s');
    expect(answerTo(ranged, 'about 12')).toBe('l');
  });

  it('is quoted by its label', () => {
    const flow = flowOf({ ask: { ...colour, next: 'said' }, said: { type: 'say', text: 'So {{answer.ask}}.', next: 'end' }, end });
    expect(play(flow, ['2']).lines[1]).toBe('B: So Dark blue.');
  });
});

describe('a number', () => {
  it.each([
    ['42', 42],
    ['about 1,200', 1200],
    ['twelve', 12],
  ])('is read out of “%s”', (text, expected) => {
    expect(answerTo({ type: 'ask-number' }, text)).toBe(expected);
  });

  it('outside the bounds is asked again', () => {
    const { lines, state } = play(single({ type: 'ask-number', min: 1, max: 10 }), ['50']);
    expect(lines[1]).toBe('B: That number doesn’t fit here. Could you check it?');
    expect(state.retries).toBe(1);
  });
});

describe('an answer that does not do', () => {
  it('is met with the step’s own words, at most so often, then the flow goes on', () => {
    const { lines, state } = play(single({ type: 'ask-email', retry: 'Hm?', retries: 2 }), ['ann@', 'ann@', 'ann@']);
    expect(lines.filter((line) => line.startsWith('B'))).toEqual(['B: Hm?', 'B: Hm?', 'B: No problem, let’s leave that. Bye.']);
    expect(state).toMatchObject({ answers: { ask: null }, outcome: 'end' });
  });

  it('is told that it looks wrong only where it was meant as one', () => {
    expect(play(single({ type: 'ask-email' }), ['ann@acme']).lines[1]).toBe(
      'B: That doesn’t look like a full email address. Could you check it?',
    );
    expect(play(single({ type: 'ask-email' }), ['blue']).lines[1]).toBe('B: Sorry, I didn’t get that. Well?');
    expect(play(single({ type: 'ask-phone' }), ['030 12 34']).lines[1]).toBe(
      'B: That doesn’t look like a phone number. Could you check it?',
    );
  });

  it('with no retries is let go at once', () => {
    expect(play(single({ type: 'ask-email', retries: 0 }), ['blue']).state.outcome).toBe('end');
  });
});

describe('“why do you need it?”', () => {
  const step = { type: 'ask-email', text: 'Where can we write to you?', again: 'Your email?', why: 'To answer you.', retries: 1 };

  it('is answered with the step’s own reason, and the question is asked again without counting', () => {
    const { lines, state } = play(single(step), ['why do you need it?']);
    expect(lines[1]).toBe('B: To answer you. Your email?');
    expect(state.retries).toBe(0);
  });

  it('counts from the second time on, and so comes to an end', () => {
    expect(play(single(step), ['why?', 'why?']).state).toMatchObject({ step: 'ask', retries: 1 });
    expect(play(single(step), ['why?', 'why?', 'why?']).state.outcome).toBe('end');
  });

  it('has an answer where the step gives none', () => {
    expect(play(single({ type: 'ask-email' }), ['warum?']).lines[1]).toBe('B: It helps the right person give you a useful answer. Well?');
  });

  it('with the answer beside it is an answer', () => {
    expect(play(single(step), ['why? well, ann@acme.com']).state.answers['ask']).toBe('ann@acme.com');
  });
});

describe('a refusal', () => {
  it.each(['no', "I'd rather not", 'skip', 'nein danke', 'non merci', 'нет', '不用了', 'いいえ', '아니요', 'لا شكرا', 'नहीं'])(
    '“%s” lets the flow go on',
    (text) => {
      const { lines, state } = play(single({ type: 'ask-email', refused: 'That’s fine.' }), [text]);
      expect(lines[1]).toBe('B: That’s fine. Bye.');
      expect(state.answers['ask']).toBe(null);
    },
  );

  it('that is one of the choices is an answer', () => {
    const yesNo = {
      type: 'ask-choice',
      choices: [
        { value: 'y', label: 'Yes' },
        { value: 'n', label: 'No' },
      ],
    };
    expect(answerTo(yesNo, 'no')).toBe('n');
  });

  it('does not shut the door: the answer may still come later', () => {
    const flow = flowOf({
      mail: { type: 'ask-email', text: 'Mail?', next: 'more' },
      more: { type: 'ask-text', text: 'More?', open: true, next: 'end' },
      end,
    });
    expect(play(flow, ['no', 'fine then, write to ann@acme.com about it']).state.answers['mail']).toBe('ann@acme.com');
  });
});

describe('a question of the visitor', () => {
  it('is acknowledged, ours is asked once more, then the flow moves on', () => {
    const { lines, state } = play(single({ type: 'ask-email' }), ['How much is it?', 'And do you ship to Rome?']);
    expect(lines.filter((line) => line.startsWith('B'))).toEqual([
      'B: Good question. I’m a bot, so I’ll make sure a person answers that one. Well?',
      'B: Good question. I’m a bot, so I’ll make sure a person answers that one. Bye.',
    ]);
    expect(state.retries).toBe(0);
  });

  it('beside an answer is acknowledged as the flow goes on', () => {
    expect(play(single({ type: 'ask-email' }), ['ann@acme.com. Do you have an API?']).lines[1]).toBe(
      'B: Good question. I’m a bot, so I’ll make sure a person answers that one. Bye.',
    );
    expect(play(single({ type: 'ask-email' }), ['is ann@acme.com all right for you?']).lines[1]).toBe('B: Bye.');
  });

  it('is an answer where any words are', () => {
    expect(answerTo({ type: 'ask-text', open: true }, 'why is my invoice wrong?')).toBe('why is my invoice wrong?');
    expect(play(single({ type: 'ask-text' }), ['what do you mean?']).state.step).toBe('ask');
  });
});

describe('greetings and nods', () => {
  it('a greeting is greeted once, without counting', () => {
    const { lines, state } = play(single(colour), ['hi', 'hi']);
    expect(lines[1]).toBe('B: Hello! Which colour? [Red | Dark blue | Blue]');
    expect(state.retries).toBe(1);
  });

  it('“ok” is no company', () => {
    expect(play(single({ type: 'ask-text', recognise: 'company' }), ['ok']).state.step).toBe('ask');
  });
});

describe('a text', () => {
  it('of a company is freed of the words around it', () => {
    expect(answerTo({ type: 'ask-text', recognise: 'company' }, "We're Acme")).toBe('Acme');
    expect(answerTo({ type: 'ask-text', recognise: 'company' }, 'Acme, ann@acme.com')).toBe('Acme');
  });

  it('may be the very message that led to the question', () => {
    const steps = (takesOpening: boolean): Record<string, unknown> => ({
      need: {
        ...colour,
        text: 'What?',
        choices: [
          { value: 'help', label: 'Help', synonyms: ['broken'] },
          { value: 'buy', label: 'Buy' },
        ],
        next: 'what',
      },
      what: { type: 'ask-text', text: 'Tell me more.', open: true, takesOpening, next: 'end' },
      end,
    });
    expect(play(flowOf(steps(true)), ['my printer is broken again']).state.answers['what']).toBe('my printer is broken again');
    expect(play(flowOf(steps(false)), ['my printer is broken again']).state.step).toBe('what');
    expect(play(flowOf(steps(true)), ['i need help please']).state.step).toBe('what');
    expect(play(flowOf(steps(true)), ['[help]']).state.step).toBe('what');
  });
});

describe('a form', () => {
  const fields = [
    { name: 'email', label: 'Email', kind: 'email', required: true },
    { name: 'seats', label: 'Seats', kind: 'number', required: true },
    { name: 'note', label: 'Note', kind: 'text', required: false },
  ];
  const flow = single({ type: 'form', fields });
  const submit = (state: BotState, values: Record<string, FactValue>): ReturnType<typeof advance> => {
    const email = values['email'];
    const details =
      typeof email === 'string' ? [{ field: 'email' as const, value: email, start: 0, end: email.length, replaces: false, flags: [] }] : [];
    return advance(flow, state, { kind: 'message', text: '', details, values }, stranger);
  };

  it('shows the fields that are not known yet, and none where all are', () => {
    const shown = startFlow(flow, { ...stranger, 'contact.email': 'a@b.c' }).effects[0];
    expect(shown).toMatchObject({ kind: 'form', fields: [{ name: 'seats' }, { name: 'note' }] });
    expect(startFlow(flow, { ...stranger, 'contact.email': 'a@b.c', 'contact.seats': 5, 'contact.note': 'x' }).state.outcome).toBe('end');
  });

  it('is done with all required fields, and its own fields become attributes', () => {
    const { state, effects } = submit(startFlow(flow, stranger).state, { email: 'ann@acme.com', seats: '5' });
    expect(effects.map(toLine)).toEqual(['  seats = 5', 'B: Bye.', '  end']);
    expect(state.outcome).toBe('end');
  });

  it('with a required field missing is shown again', () => {
    expect(submit(startFlow(flow, stranger).state, { seats: '5' }).effects[0]).toMatchObject({
      kind: 'form',
      text: 'Something is missing. Could you look it over?',
    });
  });
});
