// The validator of the condition language, apart from `shared/conditions.ts` because the widget ships that one.
import { z } from 'zod';
import type { Condition } from '../conditions.ts';

const fact = z.string().min(1).max(100);
const plain = z.union([z.string().max(500), z.number(), z.boolean()]);

const test = z.discriminatedUnion('op', [
  z.strictObject({ fact, op: z.enum(['known', 'unknown']) }),
  z.strictObject({ fact, op: z.enum(['is', 'is-not']), value: plain }),
  z.strictObject({ fact, op: z.enum(['in', 'not-in']), value: z.array(plain).max(500) }),
  z.strictObject({ fact, op: z.enum(['contains', 'contains-not', 'starts-with', 'ends-with']), value: z.string().min(1).max(500) }),
  z.strictObject({ fact, op: z.enum(['greater', 'less', 'at-least', 'at-most']), value: z.number() }),
]);

/** Nesting beyond this is refused, so that no stored condition can exhaust the stack. */
const maxDepth = 8;

function nested(depth: number): z.ZodType<Condition> {
  if (depth === 0) return test;
  const inner = nested(depth - 1);
  return z.union([
    test,
    z.strictObject({ and: z.array(inner).max(50) }),
    z.strictObject({ or: z.array(inner).max(50) }),
    z.strictObject({ not: inner }),
  ]);
}

export const conditionSchema: z.ZodType<Condition> = nested(maxDepth);
