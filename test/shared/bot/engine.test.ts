import { describe, expect, it } from 'vitest';
import { firstSight, resumeFlow, startFlow } from '../../../shared/bot/engine.ts';
import { answerTo, colour, end, flowOf, play, say, single, stranger, textsOf, toLine } from './play.ts';

describe('“talk to a human”', () => {
  const steps = {
    ask: { ...colour, next: 'mail' },
    mail: { type: 'ask-email', text: 'Your email, in case you leave?', next: 'end' },
    end,
    person: { type: 'handover', text: 'Somebody is coming[[, also to {{contact.email}}]].', reason: 'Asked for a person' },
  };
  const flow = flowOf(steps, { human: { text: 'Sure.', collect: 'mail', next: 'person' } });

  it('hands over at any point where the flow has nothing of its own for it', () => {
    const { state, lines } = play(single(colour), ['let me talk to a human']);
    expect(lines).toEqual([
      'V: let me talk to a human',
      'B: I’ve passed this to the team. You’ll get the answer here.',
      '  handover: Asked for a person',
    ]);
    expect(state).toMatchObject({ step: null, outcome: 'handover' });
  });

  it('asks for the address once, then hands over, with it or without', () => {
    expect(play(flow, ['talk to a human']).lines[1]).toBe('B: Sure. Your email, in case you leave?');
    expect(play(flow, ['talk to a human', 'ann@acme.com']).lines.slice(-2)).toEqual([
      'B: Somebody is coming, also to ann@acme.com.',
      '  handover: Asked for a person',
    ]);
    for (const answer of ['no', 'hmm', 'is that needed at all?', 'just get me a human'])
      expect(play(flow, ['talk to a human', answer]).state.outcome).toBe('handover');
  });

  it('does not ask for an address that is known, refused, or in the same message', () => {
    expect(play(flow, ['talk to a human'], { ...stranger, 'contact.email': 'a@b.c' }).state.outcome).toBe('handover');
    expect(play(flow, ['talk to a human, ann@acme.com']).state.outcome).toBe('handover');
    expect(play(flow, ['red', 'talk to a human']).state.outcome).toBe('handover');
  });

  it('a chip of those words is that choice', () => {
    const chips = {
      ...colour,
      choices: [
        { value: 'sales', label: 'Talk to sales' },
        { value: 'x', label: 'Else' },
      ],
    };
    expect(answerTo(chips, 'Talk to sales')).toBe('sales');
  });
});

describe('steps that act', () => {
  it('score points, each reason once, and branch on the score', () => {
    const rules = [
      { points: 10, reason: 'Red', when: { fact: 'answer.ask', op: 'is', value: 'red' } },
      { points: 5, reason: 'Came' },
    ];
    const flow = flowOf({
      ask: { ...colour, next: 'points' },
      points: { type: 'score', rules, next: 'fork' },
      fork: { type: 'branch', cases: [{ when: { fact: 'score', op: 'at-least', value: 15 }, next: 'end' }], default: 'ask' },
      end,
    });
    const { state } = play(flow, ['blue', 'red']);
    expect(state).toMatchObject({
      score: 15,
      points: [
        { points: 5, reason: 'Came' },
        { points: 10, reason: 'Red' },
      ],
      outcome: 'end',
    });
  });

  it('set an attribute, which later texts know', () => {
    const flow = flowOf({
      set: { type: 'set-attribute', name: 'plan', value: 'pro for {{contact.name|you}}', next: 'said' },
      said: { type: 'say', text: 'It is {{contact.plan}}.', next: 'end' },
      end: { type: 'end' },
    });
    expect(startFlow(flow, stranger).effects.map(toLine)).toEqual(['  plan = pro for you', 'B: It is pro for you.', '  end']);
  });
});

describe('a loop', () => {
  it('back to a menu asks it again', () => {
    const flow = flowOf({ menu: { ...colour, next: 'said' }, said: { type: 'say', text: '{{answer.menu}} it is.', next: 'menu' } });
    expect(play(flow, ['red', 'blue']).lines.filter((line) => line.startsWith('B:'))).toEqual([
      'B: Red it is.',
      'B: Which colour? [Red | Dark blue | Blue]',
      'B: Blue it is.',
      'B: Which colour? [Red | Dark blue | Blue]',
    ]);
  });

  it('of questions that are all answered is left, to the team', () => {
    const flow = flowOf({
      mail: { type: 'ask-email', text: 'Mail?', next: 'name' },
      name: { type: 'ask-name', text: 'Name?', next: 'mail' },
    });
    expect(startFlow(flow, { ...stranger, 'contact.email': 'a@b.c', 'contact.name': 'Ann' }).state.outcome).toBe('handover');
  });
});

describe('beginning, stopping and going on', () => {
  const flow = flowOf({
    hi: { type: 'say', text: 'Hi!', next: 'ask' },
    ask: { ...colour, next: 'mail' },
    mail: { type: 'ask-email', text: 'Mail?', next: 'end' },
    end,
  });

  it('first sight shows the texts and the chips before any conversation exists', () => {
    expect(firstSight(flow)).toEqual({
      texts: ['Hi!', 'Which colour?'],
      chips: [
        { value: 'red', label: 'Red' },
        { value: 'dark-blue', label: 'Dark blue' },
        { value: 'blue', label: 'Blue' },
      ],
    });
  });

  it('a visitor who has read it is not greeted again: the first message is the answer', () => {
    const { state, effects } = startFlow(flow, stranger, { greeted: true });
    expect(effects).toEqual([]);
    expect(textsOf(say(flow, state, 'red').effects)).toEqual(['Mail?']);
  });

  it('a flow that is over stays silent', () => {
    const { state } = play(flow, ['red', 'ann@acme.com']);
    expect(say(flow, state, 'hello?')).toEqual({ state, effects: [] });
    expect(resumeFlow(flow, state, stranger)).toEqual({ state, effects: [] });
  });

  it('an agent who hands back has the pending question asked again', () => {
    const { state } = play(flow, ['red', 'ann@']);
    const resumed = resumeFlow(flow, state, stranger);
    expect(textsOf(resumed.effects)).toEqual(['Mail?']);
    expect(resumed.state.retries).toBe(0);
  });

  it('what the agent learned meanwhile is not asked', () => {
    const { state } = play(flow, ['red']);
    expect(resumeFlow(flow, state, { ...stranger, 'contact.email': 'a@b.c' }).state.outcome).toBe('end');
  });

  it('a running conversation goes on in a new version that still has its step', () => {
    const { state } = play(flow, ['red']);
    const next = { ...flow, version: 2 };
    expect(say(next, state, 'ann@acme.com').state).toMatchObject({ outcome: 'end', version: 1 });
  });

  it('where the step is gone, the team takes over', () => {
    const { state } = play(flow, ['red']);
    const next = flowOf({ ask: colour, end });
    for (const { state: after, effects } of [say(next, state, 'ann@acme.com'), resumeFlow(next, state, stranger)]) {
      expect(after.outcome).toBe('handover');
      expect(textsOf(effects)[0]).toContain('I’ve passed this to the team.');
    }
  });

  it('the state and the facts given are not changed', () => {
    const { state } = startFlow(flow, stranger, { greeted: true });
    const before = JSON.stringify(state);
    say(flow, Object.freeze(state), 'red, 20 people', Object.freeze({ ...stranger }));
    expect(JSON.stringify(state)).toBe(before);
  });

  it('a broken flow is named with the step that is missing', () => {
    const broken = { ...flow, steps: { hi: flow.steps['hi']! } };
    expect(() => startFlow(broken, stranger)).toThrow('flow test version 1 has no step “ask”');
  });
});
