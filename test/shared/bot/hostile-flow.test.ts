// Flows written by whoever wants to see the server fall.
import { describe, expect, it } from 'vitest';
import { advance, startFlow } from '../../../shared/bot/engine.ts';
import { parseDraft, parseFlow } from '../../../shared/bot/flow.ts';
import { validateFlow } from '../../../shared/bot/validate.ts';
import { end, flowOf, stranger } from './play.ts';

const faultsOf = (steps: Record<string, unknown>) => {
  const parsed = parseFlow({ id: 'test', version: 1, name: 'Test', start: Object.keys(steps)[0], steps });
  return parsed.ok ? [] : parsed.faults.map(({ code, step }) => `${step ?? ''}: ${code}`);
};

describe('a flow', () => {
  it('of ten thousand steps in a row, or in a circle, is looked through without a deep stack', () => {
    const count = 10_000;
    const row = (last: string): Record<string, unknown> => {
      const steps: Record<string, unknown> = {};
      for (let i = 0; i < count; i++) steps[`s${i}`] = { type: 'tag', name: 'seen', next: i === count - 1 ? last : `s${i + 1}` };
      return { ...steps, end };
    };
    const draft = (steps: Record<string, unknown>) => parseDraft({ id: 'x', version: 1, name: 'X', start: 's0', steps });
    const straight = draft(row('end'));
    expect(straight.ok && validateFlow(straight.flow)).toEqual([]);
    const round = draft(row('s9000'));
    const faults = round.ok ? validateFlow(round.flow) : [];
    expect(faults.filter(({ code }) => code === 'endless-loop')).toHaveLength(1);
  });

  it('names no step or attribute after what every object has', () => {
    expect(faultsOf({ constructor: { type: 'say', text: 'Hi.', next: 'end' }, end })).toEqual(['constructor: bad-id']);
    expect(faultsOf({ ask: { type: 'ask-text', text: 'So?', attribute: 'constructor', next: 'end' }, end })).toEqual(['ask: bad-field']);
    const field = { name: 'constructor', label: 'So', kind: 'text', required: false };
    expect(faultsOf({ form: { type: 'form', text: 'So?', fields: [field], next: 'end' }, end })).toEqual(['form: bad-field']);
  });

  it('keeps no answer under the name of what is known otherwise: identity, address, score', () => {
    for (const name of ['verified', 'user_id', 'type', 'email', 'name', 'phone', 'score', 'tags', 'first_name', 'language']) {
      expect(faultsOf({ ask: { type: 'ask-text', text: 'So?', attribute: name, next: 'end' }, end })).toEqual(['ask: bad-value']);
      expect(faultsOf({ set: { type: 'set-attribute', name, value: true, next: 'end' }, end })).toEqual(['set: bad-value']);
      const form = (kind: string) => ({ type: 'form', text: 'So?', fields: [{ name, label: 'So', kind, required: true }], next: 'end' });
      expect(faultsOf({ form: form('text'), end })).toEqual(['form: bad-value']);
      expect(faultsOf({ form: form('email'), end })).toEqual([]);
    }
    expect(faultsOf({ ask: { type: 'ask-text', text: 'So?', attribute: 'company', next: 'end' }, end })).toEqual([]);
  });

  it('that was published with such a name tells neither its conditions nor the contact', () => {
    const flow = flowOf({
      ask: { type: 'ask-text', text: 'Code?', attribute: 'code', next: 'which' },
      which: { type: 'branch', cases: [{ when: { fact: 'contact.verified', op: 'is', value: true }, next: 'secret' }], default: 'end' },
      secret: { type: 'end', text: 'The secret.' },
      end,
    });
    const old = { ...flow, steps: { ...flow.steps, ask: { ...flow.steps['ask'], attribute: 'verified' } } } as typeof flow;
    const { state } = startFlow(old, stranger);
    const { effects } = advance(old, state, { kind: 'message', text: 'true', details: [] }, stranger);
    expect(effects).toEqual([{ kind: 'say', text: 'Bye.' }, { kind: 'end' }]);
  });

  it('calls no address whose host a visitor could write', () => {
    for (const url of [
      'https:///{{contact.name}}/x',
      'https://{{contact.name}}',
      'https:///\\{{contact.name}}',
      'https://\\{{contact.name}}',
    ])
      expect(faultsOf({ call: { type: 'call', method: 'GET', url, next: 'end', failed: 'end' }, end })).toEqual(['call: bad-value']);
  });
});
