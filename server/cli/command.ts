// What a command is: its words and flags, parsed by one schema, and what it does.
import { z } from 'zod';
import type { Config } from '../config.ts';
import { Fault } from './fault.ts';

/** What a command tells: `text` for people, `json` with `--json`. */
export interface Told {
  json: unknown;
  text: string;
}

export interface Flag {
  /** What stands behind it, as help shows it; absent where nothing does. */
  value?: string;
  help: string;
}

export interface Command {
  /** One line of help. */
  summary: string;
  /** What stands behind the name without a flag, in order: `id`. */
  words: readonly string[];
  /** Its own flags, without the dashes. `--json`, `--help` and the settings are everybody's. */
  flags: Readonly<Record<string, Flag>>;
  /**
   * @param given by name; the schema of the command parses it
   * @param said a line for whoever waits for it
   * @returns null: it goes on by itself, and told what it had to
   */
  run(given: Readonly<Record<string, string>>, config: Config, said: (line: string) => void): Promise<Told | null>;
}

/** `summary`, `words` and `flags` say what help says of it; `args` parses what was given under those names. */
export function command<S extends z.ZodType>(spec: {
  summary: string;
  words?: readonly string[];
  flags?: Readonly<Record<string, Flag>>;
  args: S;
  run(args: z.output<S>, config: Config, said: (line: string) => void): Promise<Told | null>;
}): Command {
  const { summary, words = [], flags = {} } = spec;
  return { summary, words, flags, run: async (given, config, said) => spec.run(parseArgs(spec.args, given, words), config, said) };
}

function parseArgs<S extends z.ZodType>(schema: S, given: Readonly<Record<string, string>>, words: readonly string[]): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0] ?? '');
    const isMissing = given[name] === undefined;
    const label = words.includes(name) ? `<${name}>` : `--${name}`;
    return isMissing ? `${label} is missing.` : `${label} ${JSON.stringify(given[name])}: ${message}.`;
  });
  throw new Fault(problems.join('\n'), 2);
}

/** The app of the command, where an install has several. */
export const appArg = z.string().optional();
export const appFlag: Flag = { value: '<app_id>', help: 'the app, where this install has several' };

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90` and `90s`, `30m`, `1h`, `7d` → seconds. */
export const durationArg = (min: number, max: number, mend: string): z.ZodType<number, string> =>
  z
    .string()
    .transform((text) => {
      const [, digits, unit = 's'] = /^(\d{1,9})([smhd]?)$/.exec(text) ?? [];
      return digits === undefined ? Number.NaN : Number(digits) * (units[unit || 's'] ?? 1);
    })
    .refine((seconds) => seconds >= min && seconds <= max, mend);
