// Transcripts as their files hold them: one talk a line, with what is to come of it.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { askPolicies } from '../../shared/bot/types.ts';
import { BadInput } from './bad-input.ts';

const factValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const detail = z.union([z.string(), z.null()]).optional();

const turn = z.preprocess(
  (raw) => (typeof raw === 'string' ? { text: raw } : raw),
  z
    .strictObject({
      text: z.string().max(8000).optional(),
      /** The value of the tapped chip, a rating, or an ISO date. */
      choice: z.string().optional(),
      choices: z.array(z.string()).optional(),
      /** Names of files. */
      files: z.array(z.string()).optional(),
      /** What a form was filled with. */
      values: z.record(z.string(), factValue).optional(),
      /** The time of a `wait` is over. */
      timer: z.literal(true).optional(),
      /** What a `call` was answered. */
      called: z.strictObject({ ok: z.boolean(), json: z.unknown() }).optional(),
    })
    .refine((said) => Object.keys(said).length > 0, 'says nothing: give it a text, a choice, choices, files, values, timer or called')
    .refine(
      ({ timer, called, ...said }) => (timer === undefined && called === undefined) || Object.keys(said).length === 0,
      'is a timer or a call and cannot say something as well',
    ),
);

const expectation = z.strictObject({
  outcome: z.enum(['handover', 'end', 'waiting', 'jump']).optional(),
  /** The step that waits; null once the flow is over. */
  step: z.union([z.string(), z.null()]).optional(),
  /** What the team is told at a handover. */
  reason: z.union([z.string(), z.null()]).optional(),
  answers: z.record(z.string(), factValue).optional(),
  contact: z.strictObject({ email: detail, name: detail, phone: detail }).optional(),
  score: z.number().optional(),
  /** The steps that asked, in order. */
  asked: z.array(z.string()).optional(),
  /** Every step gone through, in order. */
  path: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  /** A part of what the bot says to each turn; null where it does not matter. */
  said: z.array(z.union([z.string(), z.null()])).optional(),
});

const transcript = z
  .strictObject({
    id: z.string().min(1).max(200),
    /** For people. */
    note: z.string().optional(),
    /** Of the visitor, a tag. */
    language: z.string().min(2).max(35).optional(),
    /** Of the visitor, for phone numbers without a country code. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is two capital letters')
      .optional(),
    /** What is known at the start: of the contact (`contact.email`), the team (`team.open`), the day (`now.date`). */
    facts: z.record(z.string(), factValue).optional(),
    policy: z.enum(askPolicies).optional(),
    turns: z.array(turn),
    expect: expectation.optional(),
  })
  .refine(({ expect, turns }) => (expect?.said?.length ?? 0) <= turns.length, {
    path: ['expect', 'said'],
    message: 'has more entries than there are turns',
  });

export type SaidTurn = z.infer<typeof turn>;
export type Expectation = z.infer<typeof expectation>;
export type Transcript = z.infer<typeof transcript>;

export interface TranscriptLine {
  transcript: Transcript;
  /** As it stood in the file, for writing back what was not changed. */
  raw: Record<string, unknown>;
  /** Counted from 1. */
  line: number;
}

/** @throws BadInput with file, line and field */
export function readTranscripts(file: string): TranscriptLine[] {
  const lines = readText(file)
    .split('\n')
    .flatMap((text, i) => (text.trim() === '' ? [] : [parseTranscript(text, file, i + 1)]));
  if (lines.length === 0) throw new BadInput(`${file}: holds no transcript`);
  const ids = lines.map(({ transcript: { id } }) => id);
  const twice = lines.find(({ transcript: { id } }, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new BadInput(`${file}:${twice.line}: id: “${twice.transcript.id}” stands in this file already`);
  return lines;
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BadInput(`${file}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}`);
  }
}

function parseTranscript(text: string, file: string, line: number): TranscriptLine {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${file}:${line}: is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const parsed = transcript.safeParse(raw);
  if (parsed.success) return { transcript: parsed.data, raw: raw as Record<string, unknown>, line };
  throw new BadInput(parsed.error.issues.map((issue) => `${file}:${line}: ${inWords(issue)}`).join('\n'));
}

function inWords(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `${[...issue.path, issue.keys.join(', ')].join('.')}: is no field of a transcript`;
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  return `${field === '' ? 'the line' : field}: ${missing ? 'is missing' : issue.message}`;
}
