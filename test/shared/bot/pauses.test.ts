import { describe, expect, it } from 'vitest';
import { advance, continueFlow, resumeFlow, startFlow } from '../../../shared/bot/engine.ts';
import type { Flow } from '../../../shared/bot/flow.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';
import type { BotState } from '../../../shared/bot/types.ts';
import { colour, end, flowOf, play, say, stranger, textsOf } from './play.ts';

function faultsOf(steps: Record<string, unknown>): string[] {
  const parsed = parseFlow({ id: 't', version: 1, name: 'T', start: Object.keys(steps)[0], steps });
  return parsed.ok ? [] : parsed.faults.map(({ code }) => code);
}

describe('a wait', () => {
  const flow = flowOf({
    hi: { type: 'say', text: 'Hi.', next: 'wait' },
    wait: { type: 'wait', ms: 60_000, next: 'still' },
    still: { type: 'say', text: 'Still there?', next: 'ask' },
    ask: colour,
    end,
  });
  const begun = startFlow(flow, stranger);

  it('says how long, and stands still', () => {
    expect(begun.effects).toEqual([
      { kind: 'say', text: 'Hi.' },
      { kind: 'wait', step: 'wait', ms: 60_000 },
    ]);
    expect(begun.state).toMatchObject({ step: 'wait', outcome: null });
  });

  it('goes on with its own timer alone', () => {
    const done = advance(flow, begun.state, { kind: 'timer', step: 'wait' }, stranger);
    expect(textsOf(done.effects)).toEqual(['Still there?', 'Which colour?']);
    expect(advance(flow, begun.state, { kind: 'timer', step: 'hi' }, stranger)).toEqual({ state: begun.state, effects: [] });
    expect(advance(flow, begun.state, { kind: 'called', step: 'wait', ok: true, json: 1 }, stranger).effects).toEqual([]);
    // The timer of a wait that is over does nothing.
    expect(advance(flow, done.state, { kind: 'timer', step: 'wait' }, stranger)).toEqual({ state: done.state, effects: [] });
  });

  it('is over when the visitor writes; what fits the next question answers it', () => {
    expect(textsOf(say(flow, begun.state, 'a red one').effects)).toEqual(['Still there?', 'Bye.']);
    expect(textsOf(say(flow, begun.state, 'good morning').effects)).toEqual(['Still there?', 'Which colour?']);
  });

  it('does not pass over what the visitor asks', () => {
    expect(textsOf(say(flow, begun.state, 'how much is it?').effects)).toEqual([
      'Still there?',
      'Good question. I’m a bot, so I’ll make sure a person answers that one. Which colour?',
    ]);
    expect(say(flow, begun.state, 'let me talk to a human').state.outcome).toBe('handover');
    expect(textsOf(say(flow, begun.state, 'are you a bot?').effects)[0]).toMatch(/^Yes, I’m a bot.*Still there\?$/);
  });

  it('is over when an agent hands back', () => {
    expect(textsOf(resumeFlow(flow, begun.state, stranger).effects)).toEqual(['Still there?', 'Which colour?']);
  });

  it('is at most seven days, and no way round without a question', () => {
    expect(faultsOf({ a: { type: 'wait', ms: 8 * 86_400_000, next: 'end' }, end })).toEqual(['bad-field']);
    expect(faultsOf({ a: { type: 'wait', ms: 1000, next: 'a' } })).toEqual(['endless-loop']);
  });
});

describe('a call', () => {
  const step = {
    type: 'call',
    url: 'https://crm.example.com/find?email={{contact.email}}&q={{answer.ask}}',
    headers: { Authorization: 'Bearer abc', 'X-Name': '{{contact.name}}' },
    body: '{"said": "{{answer.ask}}", "score": {{score}}}',
    mapping: [
      { path: 'data.plan', attribute: 'plan' },
      { path: 'data.seats.0.count', attribute: 'seats' },
      { path: 'data.none', attribute: 'nothing' },
      { path: 'data', attribute: 'whole' },
    ],
    text: 'One moment.',
    timeoutMs: 3000,
    next: 'good',
    failed: 'bad',
  };
  const flow = flowOf({
    ask: { type: 'ask-text', text: 'Tell me.', next: 'call' },
    call: step,
    good: { type: 'say', text: 'You are on {{contact.plan}}.', next: 'end' },
    bad: { type: 'say', text: 'Let’s go on.', next: 'end' },
    end,
  });
  const facts = { ...stranger, 'contact.email': 'a+b@x.org', 'contact.name': 'Ann\r\nX-Evil: 1' };
  const called = say(flow, startFlow(flow, facts).state, 'say "hi" & bye\n{{contact.email}}', facts);

  it('asks for a request whose variables cannot break out of their place', () => {
    expect(called.effects).toEqual([
      { kind: 'say', text: 'One moment.' },
      {
        kind: 'call',
        step: 'call',
        request: {
          method: 'POST',
          url: 'https://crm.example.com/find?email=a%2Bb%40x.org&q=say%20%22hi%22%20%26%20bye%0A%7B%7Bcontact.email%7D%7D',
          headers: { Authorization: 'Bearer abc', 'X-Name': 'Ann X-Evil: 1' },
          body: '{"said": "say \\"hi\\" & bye\\n{{contact.email}}", "score": 0}',
          timeoutMs: 3000,
        },
      },
    ]);
    expect(called.state.step).toBe('call');
  });

  it('sends the value of a choice, not its label, and no half letters', () => {
    const choosing = flowOf({
      ask: { ...colour, next: 'call' },
      call: { ...step, text: undefined, method: 'GET', next: 'end', failed: 'end' },
      end,
    });
    const [effect] = say(choosing, startFlow(choosing, facts).state, 'Dark blue', { ...facts, 'contact.email': '\ud800' }).effects;
    expect(effect).toMatchObject({ request: { url: 'https://crm.example.com/find?email=%EF%BF%BD&q=dark-blue', body: null } });
  });

  it('keeps what was answered, where it is there', () => {
    const json = { data: { plan: 'pro', seats: [{ count: 5 }], none: null } };
    const { state, effects } = advance(flow, called.state, { kind: 'called', step: 'call', ok: true, json }, facts);
    expect(effects).toEqual([
      { kind: 'attribute', name: 'plan', value: 'pro' },
      { kind: 'attribute', name: 'seats', value: 5 },
      { kind: 'say', text: 'You are on pro.' },
      { kind: 'say', text: 'Bye.' },
      { kind: 'end' },
    ]);
    expect(state.outcome).toBe('end');
  });

  it.each([[null], ['text'], [{ other: 'x' }], [{ data: Object.create({ plan: 'no' }) as unknown }], [[]]])(
    'survives the answer %j',
    (json) => {
      const { effects } = advance(flow, called.state, { kind: 'called', step: 'call', ok: true, json }, facts);
      expect(effects.filter(({ kind }) => kind === 'attribute')).toEqual([]);
      expect(effects.at(-1)).toEqual({ kind: 'end' });
    },
  );

  it('that fails goes its own way', () => {
    const { effects } = advance(flow, called.state, { kind: 'called', step: 'call', ok: false, json: { data: { plan: 'x' } } }, facts);
    expect(textsOf(effects)).toEqual(['Let’s go on.', 'Bye.']);
    expect(textsOf(resumeFlow(flow, called.state, facts).effects)).toEqual(['Let’s go on.', 'Bye.']);
  });

  it('is waited for: a message meanwhile is noted once, and a person is got at once', () => {
    const first = say(flow, called.state, 'and hurry', facts);
    expect(textsOf(first.effects)).toEqual(['Thanks, noted.']);
    expect(first.state.step).toBe('call');
    expect(say(flow, first.state, 'hello?', facts).effects).toEqual([]);
    expect(say(flow, called.state, 'get me a human', facts).state.outcome).toBe('handover');
    expect(advance(flow, called.state, { kind: 'timer', step: 'call' }, facts).effects).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no address', { url: '' }, 'empty-text'],
    ['an address that is none', { url: 'crm.example.com' }, 'bad-value'],
    ['a host out of a variable', { url: 'https://{{contact.company}}.example.com/' }, 'bad-value'],
    ['a body that is not JSON', { body: '{"a": {{contact.email}' }, 'bad-text'],
    ['a body with a comma too many', { body: '{"a": "{{contact.email}}",}' }, 'bad-value'],
    ['more patience than fifteen seconds', { timeoutMs: 20_000 }, 'bad-field'],
    ['a variable nobody knows', { url: 'https://x.org/{{contact.shoe}}' }, 'unknown-fact'],
    ['nowhere to go when it fails', { failed: '' }, 'missing-target'],
  ])('is faulty with %s', (_title, change, code) => {
    expect(
      faultsOf({ ask: { type: 'ask-text', text: 'x', next: 'call' }, call: { ...step, next: 'end', failed: 'end', ...change }, end }),
    ).toContain(code);
  });
});

describe('a jump', () => {
  const first = flowOf({
    ask: { ...colour, next: 'points' },
    points: { type: 'score', rules: [{ points: 5, reason: 'Came' }], next: 'jump' },
    jump: { type: 'jump', flow: 'second' },
  });
  const second: Flow = {
    ...flowOf({
      points: {
        type: 'score',
        rules: [
          { points: 5, reason: 'Came' },
          { points: 1, reason: 'Two' },
        ],
        next: 'mail',
      },
      mail: { type: 'ask-email', text: 'Mail?', next: 'end' },
      end,
    }),
    id: 'second',
    version: 7,
  };

  it('names the flow whose turn it is, and leaves the rest to the caller', () => {
    const { state, effects } = play(first, ['red']);
    expect(effects.at(-1)).toEqual({ kind: 'jump', flow: 'second' });
    expect(state).toMatchObject({ step: null, outcome: 'jump', jumpTo: 'second' });
    expect(say(first, state, 'hello')).toEqual({ state, effects: [] });
  });

  it('carries over the score with its reasons, the answers and the policy', () => {
    const { state } = play(first, ['red']);
    const arrived = continueFlow(second, { ...state, policy: 'up-front' }, stranger, { policy: 'never' });
    expect(arrived.state).toMatchObject({
      flow: 'second',
      version: 7,
      step: 'mail',
      policy: 'up-front',
      score: 6,
      points: [{ reason: 'Came' }, { reason: 'Two' }],
      answers: { ask: 'red' },
      outcome: null,
    });
    expect(arrived.state.jumpTo).toBe(undefined);
  });

  it('asks nothing again that was refused before', () => {
    const asking = flowOf({ mail: { type: 'ask-email', text: 'Mail?', next: 'jump' }, jump: { type: 'jump', flow: 'second' } });
    const { state } = play(asking, ['no']);
    expect(continueFlow(second, state, stranger).state.outcome).toBe('end');
    const elsewhere = { ...second, ...flowOf({ other: { type: 'ask-email', text: 'Mail?', next: 'end' }, end }) };
    expect(continueFlow(elsewhere, state, stranger).state.outcome).toBe('end');
  });

  it('does not take an answer under the same name for its own', () => {
    const { state } = play(first, ['red']);
    const other = flowOf({ ask: { type: 'ask-text', text: 'Other?', next: 'end' }, end });
    expect(continueFlow(other, state, stranger).state.step).toBe('ask');
  });

  it('round and round ends with the team; between two messages there may be many', () => {
    const round = flowOf({ jump: { type: 'jump', flow: 'test' } });
    let state: BotState = startFlow(round, stranger).state;
    let hops = 0;
    for (; state.outcome === 'jump' && hops < 100; hops++) state = continueFlow(round, state, stranger).state;
    expect([state.outcome, hops]).toEqual(['handover', 6]);

    const menu = flowOf({ ask: { ...colour, next: 'jump' }, jump: { type: 'jump', flow: 'test' } });
    let turn = startFlow(menu, stranger).state;
    for (let i = 0; i < 20; i++) {
      turn = say(menu, turn, 'red').state;
      expect(turn.outcome).toBe('jump');
      turn = continueFlow(menu, turn, stranger).state;
      expect(turn).toMatchObject({ step: 'ask', outcome: null });
    }
  });

  it('only goes on where one is pending', () => {
    const { state } = startFlow(first, stranger);
    expect(continueFlow(second, state, stranger)).toEqual({ state, effects: [] });
  });

  it('to nowhere is a fault', () => {
    expect(faultsOf({ a: { type: 'jump', flow: '' } })).toEqual(['missing-target']);
  });
});

describe('tags, assignments and attributes', () => {
  it('are told as effects, and go on', () => {
    const flow = flowOf({
      tag: { type: 'tag', name: 'vip ', next: 'untag' },
      untag: { type: 'tag', name: 'cold', on: false, next: 'team' },
      team: { type: 'assign', team: 3, next: 'agent' },
      agent: { type: 'assign', agent: 7, next: 'unset' },
      unset: { type: 'set-attribute', name: 'plan', value: null, next: 'said' },
      said: { type: 'say', text: 'Plan {{contact.plan|none}}.', next: 'end' },
      end: { type: 'end' },
    });
    expect(startFlow(flow, { ...stranger, 'contact.plan': 'pro' }).effects).toEqual([
      { kind: 'tag', name: 'vip', on: true },
      { kind: 'tag', name: 'cold', on: false },
      { kind: 'assign', team: 3 },
      { kind: 'assign', agent: 7 },
      { kind: 'attribute', name: 'plan', value: null },
      { kind: 'say', text: 'Plan none.' },
      { kind: 'end' },
    ]);
    expect(startFlow(flow, stranger).state.path).toEqual(['tag', 'untag', 'team', 'agent', 'unset', 'said', 'end']);
  });

  it('are faulty without a name', () => {
    expect(faultsOf({ a: { type: 'tag', name: ' ', next: 'end' }, end })).toEqual(['empty-text']);
    expect(faultsOf({ a: { type: 'tag', name: 'a, b', next: 'end' }, end })).toEqual(['bad-value']);
    expect(faultsOf({ a: { type: 'assign', next: 'end' }, end })).toEqual(['missing-field']);
  });
});
