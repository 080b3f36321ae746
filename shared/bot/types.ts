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

/** When the bot asks how to reach the visitor; `flow`: where the flow has its questions. */
export const askPolicies = ['flow', 'up-front', 'after-first-answer', 'at-handover', 'when-offline', 'never'] as const;
export type AskPolicy = (typeof askPolicies)[number];

/** What the visitor is told before giving an address; stored with the lead by its version. */
export interface Consent {
  version: number;
  text: string;
}

/** What the workspace lays down for every conversation, whatever its flow and whoever began it. */
export interface Terms {
  /** Taken over into the state at the start; a conversation that runs keeps the one it began with. Absent: `flow`. */
  policy?: AskPolicy;
  /** Shown with every question for an email address or a phone number. */
  consent?: Consent | null;
}

/** How the widget helps with an answer, beyond the keyboard; the visitor may always write instead. */
export type AskView =
  /** Several chips; answered with `choices`. */
  | { kind: 'choices'; min: number; max: number }
  /** 1 to `max`; answered with `choice`. `low` and `high` label the ends. */
  | { kind: 'rating'; max: number; style: 'stars' | 'numbers' | 'faces'; low?: string; high?: string }
  /** ISO dates, both ends included; answered with `choice`. */
  | { kind: 'date'; min?: string; max?: string }
  /** Answered with `files`. `accept`: MIME types, or groups like `image/*`. */
  | { kind: 'file'; accept: readonly string[]; maxMb: number };

/** A file of the visitor's. */
export interface SentFile {
  name: string;
  /** MIME type as found in its bytes. */
  type: string;
  /** Bytes. */
  size: number;
}

/** An HTTP request the flow asks for; the server makes it. */
export interface CallRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON text; null for none. */
  body: string | null;
  timeoutMs: number;
}

/** Everything a condition or a variable may read; keys are those of `shared/facts.ts`. */
export type Facts = Readonly<Record<string, FactValue>>;

/** What a visitor may do at a question besides answering it; each is met with patience once per question. */
export type Aside = 'why' | 'question' | 'hello' | 'noted' | 'bot';

/** How far a conversation came in a flow before it jumped to another. */
export interface FlowVisit {
  flow: string;
  version: number;
  path: readonly string[];
  /** Steps of the path that were answered. */
  answered: readonly string[];
}

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
  /** Where to go after the pending step instead of its own next: the visitor asked for a person, or the policy moved it. */
  detour: string | null;
  /** The policy moved the pending question: it is asked with the patience of any other. Absent: whoever waits for a person is asked once. */
  unhurried?: boolean;
  /** The visitor asked for a person: on the way there at most one address is asked for. */
  person?: boolean;
  /** Flows jumped through since the visitor last wrote. */
  hops?: number;
  /** When the contact questions are asked in this conversation; absent in states from before it was kept: `flow`. */
  policy?: AskPolicy;
  /** Questions put off or brought forward by the policy that wait for their turn, by step id. */
  due?: string[];
  /** Every step gone through, in order, the last 200: what the funnel is counted from. */
  path?: string[];
  /** The flows it jumped from, the last ten visits: their funnels are counted from these. */
  before?: readonly FlowVisit[];
  /** The flow whose turn it is after a jump, while `outcome` is `jump`. */
  jumpTo?: string;
  /** Answers by step id, as the step normalised them; null where the visitor would not answer. */
  answers: Record<string, FactValue>;
  /**
   * Questions that were reached, so that an answer given early is told from one round a loop. What begins with `@` is the
   * engine's own: `@email` and the like were asked in words of the bot's, in this flow or in one it jumped from.
   */
  passed: string[];
  score: number;
  /** Why each point was given, in order. */
  points: { points: number; reason: string }[];
  outcome: 'handover' | 'end' | 'jump' | null;
}

export type BotInput =
  | { kind: 'start' }
  | {
      kind: 'message';
      text: string;
      /** The chip's value where the visitor tapped one. */
      choice?: string | undefined;
      /** The values of the chips where several could be tapped. */
      choices?: readonly string[] | undefined;
      /** The files sent with it; a name alone fits whatever was asked for. */
      files?: readonly (string | SentFile)[] | undefined;
      /** What the extractor found in this message. */
      details: readonly Detail[];
      /** What a form message was filled with, by field name. */
      values?: Readonly<Record<string, FactValue>> | undefined;
    }
  /** The time of a `wait` is over. Ignored unless that step is the pending one. */
  | { kind: 'timer'; step: string }
  /** A `call` was answered: `json` is the parsed answer where `ok`. Ignored unless that step is the pending one. */
  | { kind: 'called'; step: string; ok: boolean; json: unknown };

export type BotEffect =
  | {
      kind: 'say';
      text: string;
      chips?: readonly Chip[];
      asks?: DetailField;
      input?: 'email' | 'tel' | 'text' | 'number';
      ask?: AskView;
      /** Shown with the question, small. */
      consent?: Consent;
    }
  | { kind: 'form'; text: string; fields: readonly FormField[]; consent?: Consent }
  | { kind: 'attribute'; name: string; value: FactValue }
  | { kind: 'score'; points: number; reason: string }
  | { kind: 'tag'; name: string; on: boolean }
  | { kind: 'assign'; agent?: number; team?: number }
  /** The flow goes on by itself after this time, unless the visitor writes first. */
  | { kind: 'wait'; step: string; ms: number }
  | { kind: 'call'; step: string; request: CallRequest }
  /** Another flow takes over, at its published version; the caller goes on with `continueFlow`. */
  | { kind: 'jump'; flow: string }
  | { kind: 'handover'; reason: string }
  | { kind: 'end' };

/** One field of a contact form message. */
export interface FormField {
  name: string;
  label: string;
  kind: 'email' | 'name' | 'phone' | 'text' | 'number' | 'date' | 'choice';
  required: boolean;
  /** Of a `choice`. */
  options?: readonly Chip[];
}
