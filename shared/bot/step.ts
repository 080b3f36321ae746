// What a step type is: its schema, where it leads, and how it acts, or asks and takes an answer.
import { z } from 'zod';
import type { Detail } from '../extract/types.ts';
import type { Condition } from '../conditions.ts';
import { readFact } from '../facts.ts';
import type { BotEffect, FactValue, Facts } from './types.ts';
import type { Folded } from './understand/fold.ts';
import type { Word } from './words.ts';

/** A message of the visitor, read once. */
export interface Heard {
  raw: string;
  folded: Folded;
  choice: string | undefined;
  details: readonly Detail[];
  values: Readonly<Record<string, FactValue>> | undefined;
}

export interface StepContext {
  facts: Facts;
  /** Fills the variables of a text of this flow. */
  render(text: string): string;
  /** What the bot says of its own accord, in the flow's words where it has its own. */
  word(word: Word): string;
}

/** Where a step may lead; `name` labels the edge, `to` is empty while nothing is chosen. */
export interface Target {
  name: string;
  to: string;
}

/** What a step's definition says wrong, by itself; the flow adds the step's id. */
export interface StepFault {
  code: FaultCode;
  message: string;
}

export type FaultCode =
  | 'not-a-flow'
  | 'bad-field'
  | 'missing-field'
  | 'unknown-field'
  | 'unknown-type'
  | 'bad-id'
  | 'no-start'
  | 'missing-target'
  | 'unreachable'
  | 'endless-loop'
  | 'no-default'
  | 'empty-text'
  | 'bad-text'
  | 'duplicate'
  | 'unknown-fact'
  | 'too-few-choices'
  | 'overlap'
  | 'not-a-question';

/** A contact attribute and its new value. */
export interface Kept {
  name: string;
  value: FactValue;
}

interface CommonStep<S> {
  /** What the editor calls it. */
  title: string;
  schema: z.ZodType<S>;
  targets(step: S): readonly Target[];
  /** Every text a visitor may read, by the field it stands in. */
  texts(step: S): Readonly<Record<string, string | undefined>>;
  conditions?(step: S): readonly Condition[];
  faults?(step: S): readonly StepFault[];
}

/** A step that acts at once and goes on. */
export interface ActingStep<S> extends CommonStep<S> {
  waits: false;
  /** `next` null: the flow is over, and one of the effects says how. */
  run(step: S, context: StepContext): { effects: BotEffect[]; next: string | null };
}

/**
 * What a message is worth as an answer. `exact`: nothing else can be meant. `likely`: unless the visitor refuses or asks
 * what for. `words`: the visitor's own words, if they are no question, greeting or nod. `attempt`: meant as one, but wrong.
 */
export type Taken = { kind: 'exact' | 'likely' | 'words'; value: FactValue } | { kind: 'attempt' | 'none' };

/** A step that waits for the visitor. */
export interface AskingStep<S> extends CommonStep<S> {
  waits: true;
  /** What the contact's own facts already answer; null where they do not. */
  known(step: S, context: StepContext): FactValue;
  /** An answer given in passing, before or after the question's turn; null where the message holds none. */
  early?(step: S, heard: Heard): FactValue;
  /** The answer in a message that led here with words of its own; null where it does not serve. */
  opening?(step: S, heard: Heard): FactValue;
  /** `text` stands for the step's own where it is asked again. */
  ask(step: S, context: StepContext, text: string): BotEffect;
  take(step: S, heard: Heard, context: StepContext): Taken;
  /** What to say to an `attempt` where the step has no words of its own. */
  retryWord: Word;
  /** Contact attributes an answer is kept as, besides what the extraction keeps by itself. */
  keeps(step: S, value: FactValue, heard: Heard | null): readonly Kept[];
  /** How the answer is shown where a text quotes it. */
  show?(step: S, value: FactValue): string;
}

export type StepType<S> = ActingStep<S> | AskingStep<S>;

export const textField = z.string().max(2000);
export const targetField = z.string().max(64);
export const attributeField = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/);

/** Every step: where the editor draws it, and what its author notes. */
export const commonFields = {
  at: z.object({ x: z.number(), y: z.number() }).optional(),
  note: z.string().max(500).optional(),
};

/** Every step that asks. */
export const askFields = {
  ...commonFields,
  text: textField,
  /** The question in short, for asking again; absent: `text`. */
  again: textField.optional(),
  /** The answer to “why do you need it?”. */
  why: textField.optional(),
  /** Said where an answer does not do. */
  retry: textField.optional(),
  /** How often it is asked again before the flow goes on without. */
  retries: z.int().min(0).max(5).default(2),
  /** Said where the visitor would rather not. */
  refused: textField.optional(),
  next: targetField,
};

export interface AskingFields {
  text: string;
  again?: string | undefined;
  why?: string | undefined;
  retry?: string | undefined;
  retries: number;
  refused?: string | undefined;
  next: string;
}

/** For steps that keep their answer under one name. */
export function keepAs(step: { attribute?: string | undefined }, value: FactValue): readonly Kept[] {
  return step.attribute === undefined ? [] : [{ name: step.attribute, value }];
}

export function knownAs(step: { attribute?: string | undefined }, context: StepContext): FactValue {
  return step.attribute === undefined ? null : readFact(context.facts, `contact.${step.attribute}`);
}

/** The parts that are alike in every asking step. */
export const asking = {
  waits: true,
  targets: (step: AskingFields): readonly Target[] => [{ name: 'next', to: step.next }],
  texts: ({ text, again, why, retry, refused }: AskingFields): Readonly<Record<string, string | undefined>> => ({
    text,
    again,
    why,
    retry,
    refused,
  }),
} as const;
