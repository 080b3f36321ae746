// A flow: what it is, and how stored or imported JSON becomes one.
import { z } from 'zod';
import type { Translations } from './localize.ts';
import type { FaultCode } from './step.ts';
import { stepField, textField } from './step.ts';
import type { Step } from './steps/index.ts';
import { isStepTypeName, stepTypes } from './steps/index.ts';
import { validateFlow } from './validate.ts';
import type { KnownNames } from './validate.ts';
import type { Word } from './words.ts';
import { defaultWords } from './words.ts';

export interface Flow {
  id: string;
  /** Rises with every publication; a running conversation remembers the one it began with. */
  version: number;
  name: string;
  start: string;
  steps: Readonly<Record<string, Step>>;
  /** What happens when the visitor asks for a person; absent: handed over at once. */
  human?:
    | {
        text?: string | undefined;
        /** The question asked once before, where its answer is unknown. */
        collect?: string | undefined;
        next: string;
      }
    | undefined;
  /** In place of the bot's own words. */
  words?: Readonly<Partial<Record<Word, string>>> | undefined;
  /** The language its texts are written in, a tag; absent: `en`. */
  language?: string | undefined;
  /** Its texts in other languages; see `localize`. */
  translations?: Translations | undefined;
  /** The points that make a lead of this flow a qualified one; absent: every lead whose flow came to its end is. */
  qualify?: { minScore: number } | undefined;
}

export interface FlowFault {
  code: FaultCode;
  /** Null where the flow as a whole is meant. */
  step: string | null;
  /** For the marketer who edits the flow. */
  message: string;
}

export type ParsedFlow = { ok: true; flow: Flow } | { ok: false; faults: FlowFault[] };

const words = Object.keys(defaultWords) as [Word, ...Word[]];

const languageTag = z.string().max(35).refine(isLanguageTag, 'no language tag');

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const envelope = z.strictObject({
  id: z.string().min(1).max(64),
  version: z.int().min(0),
  name: z.string().max(120),
  start: stepField,
  steps: z.record(z.string(), z.unknown()),
  human: z.strictObject({ text: textField.optional(), collect: stepField.optional(), next: stepField }).optional(),
  words: z.partialRecord(z.enum(words), textField).optional(),
  language: languageTag.optional(),
  translations: z.record(languageTag, z.record(z.string().min(1).max(200), textField)).optional(),
  qualify: z.strictObject({ minScore: z.number() }).optional(),
});

/** `constructor` is what every object has. */
const stepId = /^(?!constructor$)[a-z][a-z0-9-]{0,63}$/;

/** A flow that may run: well formed and without a fault. `known` names the workspace's own attributes. */
export function parseFlow(raw: unknown, known: KnownNames = {}): ParsedFlow {
  const parsed = parseDraft(raw);
  if (!parsed.ok) return parsed;
  const faults = validateFlow(parsed.flow, known);
  return faults.length === 0 ? parsed : { ok: false, faults };
}

/** A flow that may be edited: well formed, but perhaps not yet whole. */
export function parseDraft(raw: unknown): ParsedFlow {
  const outer = envelope.safeParse(raw);
  if (!outer.success) return { ok: false, faults: outer.error.issues.map((issue) => toFault(issue, null)) };
  const faults: FlowFault[] = [];
  const steps: Record<string, Step> = {};
  for (const [id, rawStep] of Object.entries(outer.data.steps)) {
    const step = parseStep(id, rawStep);
    if ('faults' in step) faults.push(...step.faults);
    else steps[id] = step.step;
  }
  return faults.length === 0 ? { ok: true, flow: { ...outer.data, steps } } : { ok: false, faults };
}

function parseStep(id: string, raw: unknown): { step: Step } | { faults: FlowFault[] } {
  if (!stepId.test(id))
    return {
      faults: [
        { code: 'bad-id', step: id, message: `A step is called “${id}”. Use small letters, digits and hyphens, beginning with a letter.` },
      ],
    };
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  if (!isStepTypeName(type)) {
    const message =
      typeof type === 'string' ? `Step “${id}” is of the unknown kind “${type}”.` : `Step “${id}” does not say what kind of step it is.`;
    return { faults: [{ code: 'unknown-type', step: id, message }] };
  }
  const parsed = stepTypes[type].schema.safeParse(raw);
  return parsed.success ? { step: parsed.data } : { faults: parsed.error.issues.map((issue) => toFault(issue, id)) };
}

function toFault(issue: z.core.$ZodIssue, step: string | null): FlowFault {
  const where = step === null ? 'The flow' : `Step “${step}”`;
  const field = issue.path.join(' › ');
  if (issue.code === 'unrecognized_keys')
    return { code: 'unknown-field', step, message: `${where} has a field that is not known: ${issue.keys.join(', ')}.` };
  if (field === '') return { code: 'not-a-flow', step, message: step === null ? 'This is not a flow.' : `${where} cannot be read.` };
  const missing = issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('undefined');
  if (missing) return { code: 'missing-field', step, message: `${where} lacks “${field}”.` };
  return { code: 'bad-field', step, message: `${where}: “${field}” is not right (${issue.message}).` };
}
