import { describe, expect, it } from 'vitest';
import type { BotState } from '../../shared/bot/types.ts';
import { countInto, emptyFunnel, leftAfterMs } from '../../shared/report.ts';
import type { Funnel, FunnelConversation } from '../../shared/report.ts';

const flow = { id: 'f', version: 2 };
const now = 1_000_000_000;
const state = (more: Partial<BotState>): BotState => ({
  flow: 'f',
  version: 2,
  step: null,
  retries: 0,
  asides: [],
  detour: null,
  answers: {},
  passed: [],
  score: 0,
  points: [],
  outcome: null,
  ...more,
});
const conversation = (more: Partial<BotState> | null, rest: Partial<FunnelConversation> = {}): FunnelConversation => ({
  state: more === null ? null : state(more),
  status: 'open',
  botActive: true,
  assigned: false,
  lastAt: now,
  captured: false,
  qualified: false,
  ...rest,
});

function count(...conversations: FunnelConversation[]): Funnel {
  const funnel = emptyFunnel(['hello', 'need', 'email']);
  for (const each of conversations) countInto(funnel, flow, each, now);
  return funnel;
}

describe('the funnel of a flow', () => {
  it('counts each step that a conversation came to and each answer it gave; what was refused is no answer', () => {
    const { steps, conversations } = count(
      conversation({ path: ['hello', 'need'], step: 'need' }),
      conversation({ path: ['hello', 'need', 'email'], answers: { need: 'demo', email: null }, outcome: 'end' }),
    );
    expect(conversations).toBe(2);
    expect(steps).toEqual({
      hello: { reached: 2, answered: 0, dropped: 0, waiting: 0 },
      need: { reached: 2, answered: 1, dropped: 0, waiting: 1 },
      email: { reached: 1, answered: 0, dropped: 0, waiting: 0 },
    });
  });

  it('counts the ways between steps, each once per conversation however often it goes round', () => {
    const { edges, steps } = count(
      conversation({ path: ['hello', 'need', 'hello', 'need', 'email'], step: 'email' }),
      conversation({ path: ['hello', 'need'], step: 'need' }),
    );
    expect(edges).toEqual({ 'hello>need': 2, 'need>hello': 1, 'need>email': 1 });
    expect(steps['need']?.reached).toBe(2);
  });

  it.each<[string, Partial<FunnelConversation>, 'waiting' | 'dropped' | 'neither']>([
    ['who wrote just now is waited for', {}, 'waiting'],
    ['who said nothing for half an hour is still waited for', { lastAt: now - leftAfterMs }, 'waiting'],
    ['who said nothing for longer left', { lastAt: now - leftAfterMs - 1 }, 'dropped'],
    ['whose conversation was closed left', { status: 'closed', botActive: false }, 'dropped'],
    ['whom a colleague took over did not', { botActive: false, assigned: true }, 'neither'],
    ['nor where the colleague closed it later', { botActive: false, assigned: true, status: 'closed' }, 'neither'],
    ['nor where the bot was silenced', { botActive: false, lastAt: 0 }, 'neither'],
  ])('%s', (_, more, where) => {
    const { steps } = count(conversation({ path: ['hello', 'need'], step: 'need' }, more));
    expect(steps['need']).toMatchObject({ waiting: where === 'waiting' ? 1 : 0, dropped: where === 'dropped' ? 1 : 0 });
  });

  it('nobody is waited for where the flow is over', () => {
    expect(count(conversation({ path: ['need'], step: 'need', outcome: 'handover' })).steps['need']).toMatchObject({
      waiting: 0,
      dropped: 0,
    });
  });

  it('after a jump, the steps of the other flow are not counted here, also those of one name; what was before is', () => {
    const before = [{ flow: 'f', version: 2, path: ['hello', 'need', 'need'], answered: ['need'] }];
    const elsewhere = { flow: 'other', version: 1, before, path: ['hello', 'email'], answers: { email: 'a@b.example' }, step: 'email' };
    const { steps, edges } = count(conversation(elsewhere));
    expect(steps).toEqual({
      hello: { reached: 1, answered: 0, dropped: 0, waiting: 0 },
      need: { reached: 1, answered: 1, dropped: 0, waiting: 0 },
      email: { reached: 0, answered: 0, dropped: 0, waiting: 0 },
    });
    expect(edges).toEqual({ 'hello>need': 1, 'need>need': 1 });
  });

  it('who comes back after a jump is counted once in all', () => {
    const before = [
      { flow: 'f', version: 2, path: ['hello', 'need'], answered: ['need'] },
      { flow: 'other', version: 1, path: ['email'], answered: ['email'] },
    ];
    const { steps, edges } = count(conversation({ before, path: ['hello', 'need', 'email'], step: 'email' }));
    expect(steps['need']).toMatchObject({ reached: 1, answered: 1 });
    expect(steps['email']).toMatchObject({ reached: 1, answered: 0, waiting: 1 });
    expect(edges).toEqual({ 'hello>need': 1, 'need>email': 1 });
  });

  it('counts leads and qualified leads, and conversations which the bot never spoke in', () => {
    const funnel = count(conversation(null), conversation({}, { captured: true }), conversation({}, { captured: true, qualified: true }));
    expect(funnel).toMatchObject({ conversations: 3, leads: 2, qualified: 1, edges: {} });
  });

  it('steps of any name are counted, also those of every object', () => {
    const funnel = emptyFunnel(['constructor']);
    countInto(funnel, flow, conversation({ path: ['constructor', 'toString'], step: 'constructor' }), now);
    expect(funnel.steps).toEqual({ constructor: { reached: 1, answered: 0, dropped: 0, waiting: 1 } });
  });
});
