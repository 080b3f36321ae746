import { expect, test } from 'vitest';
import {
  conditionFacts,
  conditionFault,
  conditionWords,
  findFact,
  fromGroup,
  operatorsOf,
  testOf,
  toGroup,
  valueKindOf,
} from '../../inbox/conditions.ts';
import { conditionSchema } from '../../shared/bot/condition-schema.ts';
import type { Condition } from '../../shared/conditions.ts';
import { holds } from '../../shared/conditions.ts';

const facts = conditionFacts(['contact'], ['team_size', 'email']);

const email: Condition = { fact: 'contact.email', op: 'known' };
const score: Condition = { fact: 'contact.score', op: 'at-least', value: 20 };

test('the facts of a contact come with the workspace’s own attributes, each once', () => {
  const names = facts.map(({ name }) => name);
  expect(names).toContain('contact.team_size');
  expect(names).not.toContain('page.url');
  expect(names.filter((name) => name === 'contact.email')).toHaveLength(1);
});

test.each([
  [email, 'Email is known'],
  [{ and: [email, score] }, 'Email is known and Lead score is at least 20'],
  [{ or: [email, { and: [email, score] }] }, 'Email is known or (Email is known and Lead score is at least 20)'],
  [{ not: { or: [email, score] } }, 'neither Email is known nor Lead score is at least 20'],
  [{ not: email }, 'not: Email is known'],
  [{ fact: 'contact.type', op: 'in', value: ['lead', 'user'] }, 'Contact type is one of Lead or User'],
  [{ fact: 'contact.team_size', op: 'is', value: '11-50' }, 'Team size is 11–50'],
  [{ fact: 'contact.verified', op: 'is', value: false }, 'Identity verified: no'],
  [{ and: [] }, 'always'],
  [{ or: [] }, 'never'],
] as [Condition, string][])('a condition reads as a sentence: %#', (condition, words) =>
  expect(conditionWords(condition, facts)).toBe(words),
);

test('a condition taken apart and put together again means the same', () => {
  const all: Condition[] = [
    email,
    { and: [email, score] },
    { or: [email, score] },
    { not: { or: [email, score] } },
    { not: { and: [email, score] } },
    { not: email },
  ];
  const worlds: Record<string, string | number>[] = [
    {},
    { 'contact.email': 'a@b.co' },
    { 'contact.score': 50 },
    { 'contact.email': 'a@b.co', 'contact.score': 50 },
  ];
  for (const condition of all)
    for (const world of worlds)
      expect(holds(fromGroup(toGroup(condition)), world), JSON.stringify(condition)).toBe(holds(condition, world));
});

test('every operator of every fact makes a condition the server takes, once its value is given', () => {
  for (const fact of facts) {
    for (const op of operatorsOf(fact)) {
      const empty = testOf(fact, op);
      const kind = valueKindOf(fact, op);
      const filled =
        kind === 'number'
          ? { ...empty, value: 3 }
          : kind === 'text'
            ? { ...empty, value: 'x' }
            : kind === 'words' || kind === 'choices'
              ? { ...empty, value: ['x'] }
              : empty;
      expect(conditionSchema.safeParse(filled).success, `${fact.name} ${op}`).toBe(true);
      expect(conditionFault(filled as Condition), `${fact.name} ${op}`).toBeNull();
    }
  }
});

test.each([
  [{ fact: 'contact.email', op: 'contains', value: ' ' }, 'Enter a value.'],
  [{ fact: 'contact.score', op: 'at-least', value: Number.NaN }, 'Enter a number.'],
  [{ fact: 'contact.type', op: 'in', value: [] }, 'Choose at least one value.'],
  [{ and: [email, { or: [] }] }, 'A group needs at least one condition.'],
] as [Condition, string][])('what is missing is said: %#', (condition, words) => expect(conditionFault(condition)).toBe(words));

test('another operator keeps of the value what it can', () => {
  const type = findFact(facts, 'contact.type');
  expect(testOf(type, 'in', { fact: 'contact.type', op: 'is', value: 'lead' })).toEqual({
    fact: 'contact.type',
    op: 'in',
    value: ['lead'],
  });
  expect(testOf(type, 'is', { fact: 'contact.type', op: 'in', value: ['user', 'lead'] })).toEqual({
    fact: 'contact.type',
    op: 'is',
    value: 'user',
  });
  const own = findFact(facts, 'contact.team_size');
  expect(testOf(own, 'at-least', { fact: 'contact.team_size', op: 'is', value: '12' })).toMatchObject({ value: 12 });
});
