// The vocabulary of flows: what the engine is given and what it answers. Pure data, no validator.
import type { Detail } from '../extract/types.ts';
import type { DetailField } from '../contact-fields.ts';

export interface Chip {
  /** What the flow branches on. */
  value: string;
  /** What the visitor sees and, when tapped, says. */
  label: string;
}

export type FactValue = string | number | boolean | null;

/** Everything a condition or a variable may read; keys are those of `shared/facts.ts`. */
export type Facts = Readonly<Record<string, FactValue>>;

/** What a visitor may do at a question besides answering it; each is met with patience once per question. */
export type Aside = 'why' | 'question' | 'hello' | 'noted';

/** Where one conversation stands in its flow; stored as JSON, survives restarts and newly published versions. */
export interface BotState {
  flow: string;
  version: number;
  /** The step that waits for the visitor; null once the flow is over. */
  step: string | null;
  /** How often the pending step was asked again. */
  retries: number;
  /** What the visitor did at the pending step besides answering it; not counted as a retry. */
  asides: Aside[];
  /** Where to go after the pending step instead of its own next: the visitor asked for a person. */
  detour: string | null;
  /** Answers by step id, as the step normalised them; null where the visitor would not answer. */
  answers: Record<string, FactValue>;
  /** Questions that were reached, so that an answer given early is told from one round a loop. */
  passed: string[];
  score: number;
  /** Why each point was given, in order. */
  points: { points: number; reason: string }[];
  outcome: 'handover' | 'end' | null;
}

export type BotInput =
  | { kind: 'start' }
  | {
      kind: 'message';
      text: string;
      /** The chip's value where the visitor tapped one. */
      choice?: string | undefined;
      /** What the extractor found in this message. */
      details: readonly Detail[];
      /** What a form message was filled with, by field name. */
      values?: Readonly<Record<string, FactValue>> | undefined;
    };

export type BotEffect =
  | { kind: 'say'; text: string; chips?: readonly Chip[]; asks?: DetailField; input?: 'email' | 'tel' | 'text' | 'number' }
  | { kind: 'form'; text: string; fields: readonly FormField[] }
  | { kind: 'attribute'; name: string; value: FactValue }
  | { kind: 'score'; points: number; reason: string }
  | { kind: 'handover'; reason: string }
  | { kind: 'end' };

/** One field of a contact form message. */
export interface FormField {
  name: string;
  label: string;
  kind: 'email' | 'name' | 'phone' | 'text' | 'number';
  required: boolean;
}
