// The one condition language: triggers, segments, campaigns and bot branches all speak it.
import type { FactValue, Facts } from './bot/types.ts';
import { readFact } from './facts.ts';

export type Plain = string | number | boolean;

export type Test =
  | { fact: string; op: 'known' | 'unknown' }
  | { fact: string; op: 'is' | 'is-not'; value: Plain }
  | { fact: string; op: 'in' | 'not-in'; value: readonly Plain[] }
  | { fact: string; op: 'contains' | 'contains-not' | 'starts-with' | 'ends-with'; value: string }
  | { fact: string; op: 'greater' | 'less' | 'at-least' | 'at-most'; value: number };

export type Operator = Test['op'];

export type Condition = { and: readonly Condition[] } | { or: readonly Condition[] } | { not: Condition } | Test;

/**
 * Texts are compared without regard to case and numbers as numbers, also where one side was written as text. An unknown
 * fact satisfies only `unknown` and the negative tests (`is-not`, `not-in`, `contains-not`). An empty `and` holds, an
 * empty `or` does not.
 */
export function holds(condition: Condition, facts: Facts): boolean {
  if ('and' in condition) return condition.and.every((c) => holds(c, facts));
  if ('or' in condition) return condition.or.some((c) => holds(c, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  return passes(condition, readFact(facts, condition.fact));
}

function passes(test: Test, fact: FactValue): boolean {
  switch (test.op) {
    case 'known':
      return fact !== null;
    case 'unknown':
      return fact === null;
    case 'is':
      return isEqual(fact, test.value);
    case 'is-not':
      return !isEqual(fact, test.value);
    case 'in':
      return test.value.some((value) => isEqual(fact, value));
    case 'not-in':
      return !test.value.some((value) => isEqual(fact, value));
    case 'contains':
      return foldCase(fact).includes(foldCase(test.value));
    case 'contains-not':
      return !foldCase(fact).includes(foldCase(test.value));
    case 'starts-with':
      return foldCase(fact).startsWith(foldCase(test.value));
    case 'ends-with':
      return foldCase(fact).endsWith(foldCase(test.value));
    case 'greater':
      return toNumber(fact) > test.value;
    case 'less':
      return toNumber(fact) < test.value;
    case 'at-least':
      return toNumber(fact) >= test.value;
    case 'at-most':
      return toNumber(fact) <= test.value;
  }
}

function isEqual(fact: FactValue, value: Plain): boolean {
  return fact !== null && (fact === value || foldCase(fact) === foldCase(value));
}

function foldCase(value: FactValue): string {
  return value === null ? '\u0000' : String(value).trim().toLowerCase();
}

/** NaN where it is no number, so that every comparison with it fails. */
function toNumber(value: FactValue): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** Every fact a condition reads, for naming unknown ones and for knowing which page sensors a trigger needs. */
export function factsIn(condition: Condition): string[] {
  if ('and' in condition) return condition.and.flatMap(factsIn);
  if ('or' in condition) return condition.or.flatMap(factsIn);
  if ('not' in condition) return factsIn(condition.not);
  return [condition.fact];
}
