// Registry of step types: a new one is its file and a line here.
import type { z } from 'zod';
import type { StepGroup, StepType } from '../step.ts';
import { askChoice } from './ask-choice.ts';
import { askChoices } from './ask-choices.ts';
import { askDate } from './ask-date.ts';
import { askEmail } from './ask-email.ts';
import { askFile } from './ask-file.ts';
import { askName } from './ask-name.ts';
import { askNumber } from './ask-number.ts';
import { askPhone } from './ask-phone.ts';
import { askRating } from './ask-rating.ts';
import { askText } from './ask-text.ts';
import { assign } from './assign.ts';
import { branch } from './branch.ts';
import { call } from './call.ts';
import { end } from './end.ts';
import { form } from './form.ts';
import { handover } from './handover.ts';
import { jump } from './jump.ts';
import { say } from './say.ts';
import { score } from './score.ts';
import { setAttribute } from './set-attribute.ts';
import { tag } from './tag.ts';
import { wait } from './wait.ts';

export const stepTypes = {
  say,
  'ask-text': askText,
  'ask-choice': askChoice,
  'ask-choices': askChoices,
  'ask-number': askNumber,
  'ask-date': askDate,
  'ask-rating': askRating,
  'ask-file': askFile,
  'ask-email': askEmail,
  'ask-name': askName,
  'ask-phone': askPhone,
  form,
  branch,
  wait,
  call,
  jump,
  'set-attribute': setAttribute,
  tag,
  score,
  assign,
  handover,
  end,
} as const satisfies Record<string, { schema: z.ZodType; title: string; help: string; group: StepGroup; kind: 'acts' | 'asks' | 'pauses' }>;

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
