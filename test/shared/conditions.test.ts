import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionSchema } from '../../shared/bot/condition-schema.ts';
import type { FactValue } from '../../shared/bot/types.ts';
import type { Condition } from '../../shared/conditions.ts';
import { factsIn, holds } from '../../shared/conditions.ts';
import { contactFacts, facts, isFactName } from '../../shared/facts.ts';

const known = {
  'contact.type': 'lead',
  'contact.email': 'Ann@Acme.com',
  'contact.name': '',
  'contact.phone': null,
  score: 40,
  'contact.team_size': '20',
  'contact.verified': false,
};

const cases: [title: string, condition: Condition, expected: boolean][] = [
  ['a text is equal without regard to case', { fact: 'contact.email', op: 'is', value: 'ann@acme.COM' }, true],
  ['another text is not equal', { fact: 'contact.type', op: 'is', value: 'user' }, false],
  ['is-not holds for another value', { fact: 'contact.type', op: 'is-not', value: 'user' }, true],
  ['is-not holds for an unknown fact', { fact: 'contact.phone', op: 'is-not', value: '+49' }, true],
  ['is fails for an unknown fact', { fact: 'contact.phone', op: 'is', value: 'null' }, false],
  ['a number equals the same number written as text', { fact: 'contact.team_size', op: 'is', value: 20 }, true],
  ['a flag may be tested', { fact: 'contact.verified', op: 'is', value: false }, true],
  ['in finds one of several', { fact: 'contact.type', op: 'in', value: ['lead', 'user'] }, true],
  ['not-in holds where none fits', { fact: 'contact.type', op: 'not-in', value: ['user'] }, true],
  ['contains looks anywhere in the text', { fact: 'contact.email', op: 'contains', value: '@acme' }, true],
  ['contains fails for an unknown fact', { fact: 'contact.phone', op: 'contains', value: 'n' }, false],
  ['contains-not holds for an unknown fact', { fact: 'contact.phone', op: 'contains-not', value: '4' }, true],
  ['starts-with looks at the head', { fact: 'contact.email', op: 'starts-with', value: 'ann' }, true],
  ['ends-with looks at the tail', { fact: 'contact.email', op: 'ends-with', value: '.com' }, true],
  ['an empty text is unknown', { fact: 'contact.name', op: 'known' }, false],
  ['a missing fact is unknown', { fact: 'contact.company', op: 'unknown' }, true],
  ['a fact named like a property of every object is unknown', { fact: 'constructor', op: 'known' }, false],
  ['greater compares numbers', { fact: 'score', op: 'greater', value: 39 }, true],
  ['greater takes a number written as text', { fact: 'contact.team_size', op: 'greater', value: 9 }, true],
  ['greater fails for a text', { fact: 'contact.type', op: 'greater', value: 0 }, false],
  ['less fails for an unknown fact', { fact: 'contact.phone', op: 'less', value: 5 }, false],
  ['at-least includes the bound', { fact: 'score', op: 'at-least', value: 40 }, true],
  ['at-most includes the bound', { fact: 'score', op: 'at-most', value: 40 }, true],
  [
    'and needs all',
    {
      and: [
        { fact: 'score', op: 'known' },
        { fact: 'contact.phone', op: 'known' },
      ],
    },
    false,
  ],
  [
    'or needs one',
    {
      or: [
        { fact: 'score', op: 'known' },
        { fact: 'contact.phone', op: 'known' },
      ],
    },
    true,
  ],
  ['an empty and holds', { and: [] }, true],
  ['an empty or does not', { or: [] }, false],
  ['not turns it round', { not: { fact: 'score', op: 'known' } }, false],
];

describe('the facts of a contact', () => {
  const contact = {
    email: 'ann@acme.com',
    name: 'Ann Smith',
    phone: null,
    company: null,
    userId: null,
    verified: false,
    score: 0,
    attributes: { team_size: '11-50', type: 'x' },
    leadAt: 1,
    identifiedAt: null,
  };

  it('hold its type, first name and own attributes, and no attribute hides a built-in one', () => {
    expect(contactFacts(contact)).toMatchObject({
      'contact.type': 'lead',
      'contact.first_name': 'Ann',
      'contact.team_size': '11-50',
      'contact.phone': null,
    });
  });

  it('are all registered, but for its own attributes', () => {
    const names = Object.keys(contactFacts({ ...contact, attributes: {} }));
    expect(names.filter((name) => !isFactName(name))).toEqual([]);
    expect(Object.entries(facts).filter(([name, fact]) => fact.source === 'contact' && !names.includes(name))).toEqual([]);
  });
});

describe('the condition language', () => {
  it.each(cases)('%s', (_title, condition, expected) => {
    expect(conditionSchema.safeParse(condition).success).toBe(true);
    expect(holds(condition, known)).toBe(expected);
  });

  it('names every fact a condition reads', () => {
    expect(factsIn({ and: [{ fact: 'a', op: 'known' }, { not: { or: [{ fact: 'b', op: 'is', value: 1 }] } }] })).toEqual(['a', 'b']);
  });

  it.each([
    ['an unknown operator', { fact: 'a', op: 'matches', value: 'x' }],
    ['a test without its value', { fact: 'a', op: 'is' }],
    ['a text where a number belongs', { fact: 'a', op: 'greater', value: '5' }],
    ['a misspelt field', { fact: 'a', op: 'is', valeu: 'x' }],
    ['nesting beyond all use', Array.from({ length: 30 }).reduce<object>((inner) => ({ not: inner }), { fact: 'a', op: 'known' })],
  ])('refuses %s', (_title, raw) => {
    expect(conditionSchema.safeParse(raw).success).toBe(false);
  });

  const value: fc.Arbitrary<FactValue> = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  const plain = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean());

  it('is-not, not-in and contains-not are the very opposites of is, in and contains', () => {
    fc.assert(
      fc.property(value, plain, fc.string({ minLength: 1 }), (known, other, part) => {
        const about = { fact: 'x' };
        expect(holds({ ...about, op: 'is-not', value: other }, { x: known })).toBe(
          !holds({ ...about, op: 'is', value: other }, { x: known }),
        );
        expect(holds({ ...about, op: 'not-in', value: [other] }, { x: known })).toBe(
          !holds({ ...about, op: 'in', value: [other] }, { x: known }),
        );
        expect(holds({ ...about, op: 'contains-not', value: part }, { x: known })).toBe(
          !holds({ ...about, op: 'contains', value: part }, { x: known }),
        );
      }),
    );
  });
});
