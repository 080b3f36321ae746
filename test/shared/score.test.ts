import { describe, expect, it } from 'vitest';
import { contactFacts } from '../../shared/facts.ts';
import { rulePoints, totalOf } from '../../shared/score.ts';
import { contact } from './people.ts';

const rules = [
  { points: 20, reason: 'Work email', when: { fact: 'contact.email_kind', op: 'is', value: 'work' } },
  { points: -10, reason: 'Disposable email', when: { fact: 'contact.email_kind', op: 'is', value: 'disposable' } },
  { points: 5, reason: 'VIP', when: { fact: 'contact.tags', op: 'contains', value: 'vip' } },
  { points: 50, reason: 'VIP', when: { fact: 'contact.tags', op: 'known' } },
] as const;

describe('the score', () => {
  it('has the points of the rules that hold now, each reason once', () => {
    const facts = { 'contact.email_kind': 'work', 'contact.tags': 'vip, press' };
    const points = rulePoints(rules, facts);
    expect(points).toEqual([
      { points: 20, reason: 'Work email', from: 'rule' },
      { points: 5, reason: 'VIP', from: 'rule' },
    ]);
    expect(totalOf([...points, { points: 30 }])).toBe(55);
    expect(rulePoints(rules, {})).toEqual([]);
    expect(totalOf([])).toBe(0);
  });

  it('may turn on a contact’s tags and the kind of its email', () => {
    const facts = contactFacts({ ...contact(), tags: ['vip', 'press'], emailKind: 'disposable' });
    expect([facts['contact.tags'], facts['contact.email_kind']]).toEqual(['vip, press', 'disposable']);
    expect(rulePoints(rules, facts).map(({ reason }) => reason)).toEqual(['Disposable email', 'VIP']);
    expect(contactFacts({ ...contact(), tags: [] })).toMatchObject({ 'contact.tags': null, 'contact.email_kind': null });
  });
});
