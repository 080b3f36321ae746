// What the condition field knows of the condition language: which operators a fact takes, how a condition is said, and what
// of it is still missing. Pure.
import type { Condition, Operator, Plain, Test } from '../shared/conditions.ts';
import { facts as registry } from '../shared/facts.ts';
import type { FactKind, FactSource } from '../shared/facts.ts';
import { attributeLabel, detailWords } from './words.ts';

export interface ConditionFact {
  name: string;
  label: string;
  /** `any`: a workspace's own attribute, which may hold texts and numbers. */
  kind: FactKind | 'any';
  values?: readonly string[];
  /** Facts of one heading stand together in the menu. */
  group?: string;
}

export type GroupMode = 'all' | 'any' | 'none' | 'not-all';

/** A condition as a list of conditions and how they go together. */
export interface Group {
  mode: GroupMode;
  of: readonly Condition[];
}

export const modeWords: Record<GroupMode, { label: string; joint: string }> = {
  all: { label: 'All of these hold', joint: 'and' },
  any: { label: 'Any of these holds', joint: 'or' },
  none: { label: 'None of these holds', joint: 'nor' },
  'not-all': { label: 'Not all of these hold', joint: 'and' },
};

const textOperators = ['is', 'is-not', 'contains', 'contains-not', 'starts-with', 'ends-with', 'in', 'not-in'] as const;
const numberOperators = ['at-least', 'at-most', 'greater', 'less'] as const;
const presence = ['known', 'unknown'] as const;

const operatorsByKind: Record<ConditionFact['kind'], readonly Operator[]> = {
  text: [...presence, ...textOperators],
  number: [...numberOperators, 'is', 'is-not', ...presence],
  flag: ['is', ...presence],
  choice: ['is', 'is-not', 'in', 'not-in', ...presence],
  any: [...presence, ...textOperators, ...numberOperators],
};

export const operatorWords: Record<Operator, string> = {
  known: 'is known',
  unknown: 'is not known',
  is: 'is',
  'is-not': 'is not',
  in: 'is one of',
  'not-in': 'is none of',
  contains: 'contains',
  'contains-not': 'does not contain',
  'starts-with': 'starts with',
  'ends-with': 'ends with',
  greater: 'is more than',
  less: 'is less than',
  'at-least': 'is at least',
  'at-most': 'is at most',
};

export const operatorsOf = (fact: ConditionFact): readonly Operator[] => operatorsByKind[fact.kind];

/** How the value of an operator is entered. */
export type ValueKind = 'none' | 'text' | 'number' | 'flag' | 'choice' | 'choices' | 'words';

export function valueKindOf(fact: ConditionFact, op: Operator): ValueKind {
  if (op === 'known' || op === 'unknown') return 'none';
  if (op === 'in' || op === 'not-in') return fact.kind === 'choice' ? 'choices' : 'words';
  if ((numberOperators as readonly Operator[]).includes(op)) return 'number';
  if (op !== 'is' && op !== 'is-not') return 'text';
  if (fact.kind === 'any') return 'text';
  return fact.kind;
}

/** The facts of these sources from the registry, then the workspace's own attributes. */
export function conditionFacts(sources: readonly FactSource[], attributes: readonly string[] = []): ConditionFact[] {
  const groups: Record<FactSource, string> = { contact: 'Contact', team: 'Team', page: 'Page', flow: 'Flow' };
  const known = Object.entries(registry).flatMap(([name, fact]): ConditionFact[] =>
    sources.includes(fact.source)
      ? [{ name, label: fact.label, kind: fact.kind, group: groups[fact.source], ...('values' in fact && { values: fact.values }) }]
      : [],
  );
  const own = attributes
    .map((attribute) => ({ name: `contact.${attribute}`, label: attributeLabel(attribute), kind: 'any' as const, group: 'Own attributes' }))
    .filter((fact) => !Object.hasOwn(registry, fact.name));
  return [...known, ...own];
}

/** Also for a fact nobody lists any more, so that what is stored is shown and not lost. */
export function findFact(facts: readonly ConditionFact[], name: string): ConditionFact {
  return facts.find((fact) => fact.name === name) ?? { name, label: attributeLabel(name.replace(/^contact\./, '')), kind: 'any' };
}

/** A test of this fact, keeping what it can of the one before. */
export function testOf(fact: ConditionFact, op: Operator, before: Test | null = null): Test {
  const old = before && 'value' in before ? before.value : null;
  const one: Plain | null = Array.isArray(old) ? ((old as readonly Plain[])[0] ?? null) : (old as Plain | null);
  switch (valueKindOf(fact, op)) {
    case 'none':
      return { fact: fact.name, op: op as 'known' };
    case 'choices':
    case 'words': {
      const all = (Array.isArray(old) ? (old as readonly Plain[]) : one === null || one === '' ? [] : [one]).map(String);
      const kept = fact.kind === 'choice' ? all.filter((value) => fact.values?.includes(value)) : all;
      return { fact: fact.name, op: op as 'in', value: kept };
    }
    case 'number': {
      const number = typeof one === 'number' ? one : typeof one === 'string' && one.trim() !== '' ? Number(one) : Number.NaN;
      return { fact: fact.name, op: op as 'at-least', value: number };
    }
    case 'flag':
      return { fact: fact.name, op: op as 'is', value: typeof one === 'boolean' ? one : true };
    case 'choice':
      return { fact: fact.name, op: op as 'is', value: fact.values?.includes(String(one)) ? String(one) : (fact.values?.[0] ?? '') };
    case 'text':
      return {
        fact: fact.name,
        op: op as 'contains',
        value: one === null || typeof one === 'boolean' || Number.isNaN(one) ? '' : String(one),
      };
  }
}

export function isTest(condition: Condition): condition is Test {
  return 'op' in condition;
}

/** How a condition is edited: whatever it is, as a group. */
export function toGroup(condition: Condition): Group {
  if ('and' in condition) return { mode: 'all', of: condition.and };
  if ('or' in condition) return { mode: 'any', of: condition.or };
  if (!('not' in condition)) return { mode: 'all', of: [condition] };
  const { not } = condition;
  if ('or' in not) return { mode: 'none', of: not.or };
  return 'and' in not ? { mode: 'not-all', of: not.and } : { mode: 'none', of: [not] };
}

/** The shortest condition that says it: one test alone needs no group. */
export function fromGroup({ mode, of }: Group): Condition {
  const [only] = of;
  if (mode === 'all') return only && of.length === 1 ? only : { and: of };
  // A group within a group stays one, where its mode says something of its own.
  if (mode === 'any') return { or: of };
  return { not: mode === 'none' ? { or: of } : { and: of } };
}

/** What is still missing, for people; null where nothing is. */
export function conditionFault(condition: Condition): string | null {
  if (!isTest(condition)) {
    const { of } = toGroup(condition);
    if (of.length === 0) return 'A group needs at least one condition.';
    for (const each of of) {
      const fault = conditionFault(each);
      if (fault !== null) return fault;
    }
    return null;
  }
  return testFault(condition);
}

export function testFault(test: Test): string | null {
  if (!('value' in test)) return null;
  const { value } = test;
  if (Array.isArray(value)) return value.length === 0 ? 'Choose at least one value.' : null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'Enter a number.';
  return typeof value === 'string' && value.trim() === '' ? 'Enter a value.' : null;
}

/** "Email is known and Lead score is at least 20". */
export function conditionWords(condition: Condition, facts: readonly ConditionFact[]): string {
  if (isTest(condition)) return testWords(condition, facts);
  const { mode, of } = toGroup(condition);
  if (of.length === 0) return mode === 'any' || mode === 'not-all' ? 'never' : 'always';
  const parts = of.map((each) => {
    const words = conditionWords(each, facts);
    return isTest(each) || of.length === 1 ? words : `(${words})`;
  });
  if (mode === 'none') return parts.length === 1 ? `not: ${parts.join('')}` : `neither ${parts.join(' nor ')}`;
  return `${mode === 'not-all' ? 'not: ' : ''}${parts.join(` ${modeWords[mode].joint} `)}`;
}

function testWords(test: Test, facts: readonly ConditionFact[]): string {
  const fact = findFact(facts, test.fact);
  if (!('value' in test)) return `${fact.label} ${operatorWords[test.op]}`;
  if (fact.kind === 'flag' && typeof test.value === 'boolean') return `${fact.label}: ${test.value ? 'yes' : 'no'}`;
  const values = (Array.isArray(test.value) ? (test.value as readonly Plain[]) : [test.value as Plain]).map((value) =>
    valueWords(fact, value),
  );
  return `${fact.label} ${operatorWords[test.op]} ${values.length === 0 || values[0] === '' ? '…' : new Intl.ListFormat('en', { type: 'disjunction' }).format(values)}`;
}

/** A value as people read it: "11–50", "Lead". */
export function valueWords(fact: ConditionFact, value: Plain): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (fact.kind === 'choice') return attributeLabel(value);
  return detailWords(fact.name.replace(/^contact\./, ''), value);
}
