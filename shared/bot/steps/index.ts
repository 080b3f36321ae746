// Registry of step types: a new one is its file and a line here.
import type { z } from 'zod';
import type { StepType } from '../step.ts';
import { askChoice } from './ask-choice.ts';
import { askEmail } from './ask-email.ts';
import { askName } from './ask-name.ts';
import { askNumber } from './ask-number.ts';
import { askPhone } from './ask-phone.ts';
import { askText } from './ask-text.ts';
import { branch } from './branch.ts';
import { end } from './end.ts';
import { form } from './form.ts';
import { handover } from './handover.ts';
import { say } from './say.ts';
import { score } from './score.ts';
import { setAttribute } from './set-attribute.ts';

export const stepTypes = {
  say,
  'ask-text': askText,
  'ask-choice': askChoice,
  'ask-number': askNumber,
  'ask-email': askEmail,
  'ask-name': askName,
  'ask-phone': askPhone,
  form,
  branch,
  'set-attribute': setAttribute,
  score,
  handover,
  end,
} as const satisfies Record<string, { schema: z.ZodType; title: string; waits: boolean }>;

export type StepTypeName = keyof typeof stepTypes;

type StepOf = { [Name in StepTypeName]: z.infer<(typeof stepTypes)[Name]['schema']> };
/** Any step; `type` tells which. */
export type Step = StepOf[StepTypeName];

export function isStepTypeName(name: unknown): name is StepTypeName {
  return typeof name === 'string' && Object.hasOwn(stepTypes, name);
}

export function stepTypeOf(step: Step): StepType<Step> {
  return stepTypes[step.type];
}
