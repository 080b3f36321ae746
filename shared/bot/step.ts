// What a step type is: its schema, where it leads, and how it acts, or asks and takes an answer.
import { z } from 'zod';
import type { Detail } from '../extract/types.ts';
import { readFact } from '../facts.ts';
import type { EditorField } from './editor.ts';
import type { BotEffect, BotInput, FactValue, Facts, SentFile } from './types.ts';
import type { Folded } from './understand/fold.ts';
import type { Word } from './words.ts';

/** A message of the visitor, read once. */
export interface Heard {
  raw: string;
  folded: Folded;
  choice: string | undefined;
  choices: readonly string[] | undefined;
  files: readonly (string | SentFile)[] | undefined;
  details: readonly Detail[];
  values: Readonly<Record<string, FactValue>> | undefined;
}

export interface StepContext {
  facts: Facts;
  /** Fills the variables of a text of this flow. */
  render(text: string): string;
  /** The same for agents: in the flow's own language. */
  renderForTeam(text: string): string;
  /** The same for machines: values as they are stored, uncut, each put through `escape`. */
  fill(text: string, escape: (value: string) => string): string;
  /** What the bot says of its own accord, in the flow's words where it has its own. */
  word(word: Word): string;
  /** The visitor was asked for this detail and did not give it: it is not asked for again. */
  isRefused(fact: string): boolean;
  /** The visitor was told in this conversation that nobody is here. */
  isTold(): boolean;
  /** The tag of the language the visitor writes, where it is known. */
  language: string | null;
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
  | 'not-a-question'
  | 'unknown-text'
  | 'bad-value';

/** A contact attribute and its new value. */
export interface Kept {
  name: string;
  value: FactValue;
}

/** What the editor is told of a field by its `.meta()`; the rest follows from the schema. */
export type FieldMeta = Partial<
  Pick<EditorField, 'label' | 'help' | 'placeholder' | 'control' | 'required' | 'isShown' | 'isAdvanced' | 'holdsVariables' | 'start'>
> & {
  /** What the values of an enumeration are called. */
  options?: Readonly<Record<string, string>>;
};

/** Where the editor lists it. */
export type StepGroup = 'say' | 'ask' | 'logic' | 'contact' | 'team';

/** A schema whose fields the editor can look at. */
type StepSchema<S> = z.ZodType<S> & { readonly shape: Readonly<Record<string, z.core.$ZodType>> };

interface CommonStep<S> {
  /** What the editor calls it. */
  title: string;
  group: StepGroup;
  /** What it does, in one sentence. */
  help: string;
  schema: StepSchema<S>;
  /** What its definition says wrong, beyond what any step can. */
  faults?(step: S): readonly StepFault[];
}

/** A step that acts at once and goes on. */
export interface ActingStep<S> extends CommonStep<S> {
  kind: 'acts';
  /** `next` null: the flow is over, and one of the effects says how. */
  run(step: S, context: StepContext): { effects: BotEffect[]; next: string | null };
  /** The conversation leaves the bot here: what the ask policy has put off is asked before. */
  isLast?: true;
}

/** A step that waits for something other than the visitor. */
export interface PausingStep<S> extends CommonStep<S> {
  kind: 'pauses';
  begin(step: S, context: StepContext, id: string): BotEffect[];
  /** What has come; null where this step waits for something else. */
  resume(step: S, input: Awaited, context: StepContext): { effects: BotEffect[]; next: string } | null;
  /** Where the visitor's words lead meanwhile; null: they wait too. */
  onMessage(step: S): string | null;
  /** Where it goes on when an agent hands back and nothing will come any more. */
  onHandBack(step: S): string;
}

export type Awaited = Extract<BotInput, { kind: 'timer' | 'called' }>;

/**
 * What a message is worth as an answer. `exact`: nothing else can be meant. `likely`: unless the visitor refuses or asks
 * what for. `words`: the visitor's own words, if they are no question, greeting or nod. `attempt`: meant as one, but wrong.
 */
export type Taken = { kind: 'exact' | 'likely' | 'words'; value: FactValue } | { kind: 'attempt' | 'none' };

/** A step that waits for the visitor. */
export interface AskingStep<S> extends CommonStep<S> {
  kind: 'asks';
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
  /** Its retry word serves whatever the visitor wrote instead: it names the control that helps. */
  namesControl?: true;
  /** Contact attributes an answer is kept as, besides what the extraction keeps by itself. */
  keeps(step: S, value: FactValue, heard: Heard | null): readonly Kept[];
  /** How the answer is shown where a text quotes it; `language` is that of the text. */
  show?(step: S, value: FactValue, language: string): string;
}

export type StepType<S> = ActingStep<S> | AskingStep<S> | PausingStep<S>;

export const textField = z.string().max(2000);
/** `constructor` is what every object has. */
export const attributeName = z.string().regex(/^(?!constructor$)[a-z][a-z0-9_]{0,59}$/);
/** The id of another step; empty while nothing is chosen. */
export const stepField = z.string().max(64);

export const targetField = stepField.meta({ label: 'Then', control: 'step', start: '' } satisfies FieldMeta);
export const attributeField = attributeName.meta({
  label: 'Keep as',
  control: 'attribute',
  help: 'The attribute of the contact that gets the answer. Where it is known, the question is skipped.',
} satisfies FieldMeta);
export const attributeNameField = attributeName.meta({ label: 'Attribute', control: 'attribute', start: 'plan' } satisfies FieldMeta);

/** Every step: where the editor draws it, and what its author notes. */
export const commonFields = {
  at: z.object({ x: z.number(), y: z.number() }).optional(),
  note: z
    .string()
    .max(500)
    .meta({ label: 'Note', control: 'long-text', help: 'For whoever edits the flow.', isAdvanced: true } satisfies FieldMeta)
    .optional(),
};

/** A text that visitors read. */
export function shownField(label: string, meta: FieldMeta = {}): z.ZodString {
  const full: FieldMeta = { label, control: 'long-text', isShown: true, ...meta };
  return textField.meta({ ...full });
}

/** Every step that asks. */
export const askFields = {
  ...commonFields,
  text: shownField('Question', { start: 'What would you like to know?' }),
  again: shownField('In short', {
    help: 'The question when it is asked again; without it, the question itself.',
    isAdvanced: true,
  }).optional(),
  why: shownField('Why you ask', { help: 'The answer to “why do you need it?”.', isAdvanced: true }).optional(),
  retry: shownField('When the answer does not do', { help: 'Without it, the bot’s own words.', isAdvanced: true }).optional(),
  retries: z
    .int()
    .min(0)
    .max(5)
    .default(2)
    .meta({
      label: 'Ask again at most',
      help: 'How often, before the flow goes on without an answer.',
      isAdvanced: true,
    } satisfies FieldMeta),
  refused: shownField('When the visitor would rather not', { help: 'Without it, the bot’s own words.', isAdvanced: true }).optional(),
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
export const asking = { kind: 'asks', group: 'ask' } as const;
