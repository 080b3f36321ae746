// The whole of `npm run flow:test`, but for the process around it.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Flow } from '../../shared/bot/flow.ts';
import { readyFlows } from '../../shared/bot/flows/index.ts';
import { BadInput } from './bad-input.ts';
import { differences, updated } from './compare.ts';
import type { Difference } from './compare.ts';
import { readFlow } from './flows.ts';
import { play } from './play.ts';
import type { Played } from './play.ts';
import type { TranscriptLine } from './transcripts.ts';
import { readText, readTranscripts } from './transcripts.ts';

export const help = `Replays transcripts against a flow, with the engine and the extraction of the server, and tells what has changed.

  npm run flow:test -- [options] FLOW TRANSCRIPTS.jsonl… [FLOW TRANSCRIPTS.jsonl…]

  FLOW              a file with the flow's JSON, as the editor exports it, or a ready flow: ${readyFlows.map(({ id }) => id).join(', ')}
  --language TAG    in place of the transcripts' own languages
  --update          writes what has come of the talks into the files as what is expected
  --verbose         prints the talks

Exit code 1 where an outcome has changed, 2 where a flow, a transcript or an option cannot be read. docs/flows.md tells what a
transcript is.`;

export interface Output {
  print(line: string): void;
  complain(line: string): void;
}

interface Wishes {
  suites: { flow: Flow; files: string[] }[];
  language: string | undefined;
  update: boolean;
  verbose: boolean;
}

/** @returns the exit code */
export function run(args: readonly string[], output: Output): number {
  try {
    const wishes = readWishes(args);
    if (wishes === 'help') {
      output.print(help);
      return 0;
    }
    return runSuites(wishes, output);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    output.complain(error.message);
    return 2;
  }
}

function readWishes(args: readonly string[]): Wishes | 'help' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  const suites: Wishes['suites'] = [];
  for (const name of positionals) {
    const suite = suites.at(-1);
    if (!name.endsWith('.jsonl')) suites.push({ flow: readFlow(name), files: [] });
    else if (suite === undefined) throw new BadInput(`${name}: stands before any flow. Name the flow first.`);
    else suite.files.push(name);
  }
  const idle = suites.find(({ files }) => files.length === 0);
  if (suites.length === 0 || idle !== undefined) {
    throw new BadInput(
      `${idle === undefined ? 'Name a flow and its transcripts' : `No transcripts for the flow “${idle.flow.id}”`}.\n\n${help}`,
    );
  }
  return { suites, language: values.language, update: values.update === true, verbose: values.verbose === true };
}

function parse(args: readonly string[]): {
  values: { language?: string; update?: boolean; verbose?: boolean; help?: boolean };
  positionals: string[];
} {
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { language: { type: 'string' }, update: flag, verbose: flag, help: flag },
      allowPositionals: true,
    });
  } catch (error) {
    throw new BadInput(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

function runSuites({ suites, language, update, verbose }: Wishes, output: Output): number {
  // All files are read before the first talk, so that a fault in the last one is not found after minutes.
  const work = suites.flatMap(({ flow, files }) => files.map((file) => ({ flow, file, lines: readTranscripts(file) })));
  const named = suites.map(({ flow }) => flow);
  const flows = [...named, ...readyFlows.map(({ flow }) => flow)];
  let passed = 0;
  let failed = 0;
  let impossible = 0;
  for (const { flow, file, lines } of work) {
    const played = lines.map((line) => ({ line, played: play(flow, line.transcript, { language, flows }) }));
    for (const { line, played: one } of played) {
      const changes = changesOf(line, one);
      if (changes.length === 0) passed++;
      else failed++;
      if (one.impossible.length > 0) impossible++;
      output.print(lineFor(file, line, one, changes));
      if (verbose) for (const said of one.talk) output.print(`      ${said}`);
    }
    if (update) write(file, played);
  }
  output.print(`${passed} passed, ${failed} failed${update ? '; the files expect what came of the talks' : ''}`);
  // What cannot happen is not mended by expecting it.
  return (update ? impossible : failed) === 0 ? 0 : 1;
}

function changesOf({ transcript }: TranscriptLine, played: Played): string[] {
  return [...played.impossible, ...differences(transcript.expect ?? {}, played).map(inWords)];
}

function inWords({ field, expected, actual }: Difference): string {
  const verb = field.startsWith('said.') ? 'lacks' : 'was';
  return verb === 'was' ? `${field}: ${show(expected)} is now ${show(actual)}` : `${field}: ${show(actual)} lacks ${show(expected)}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function lineFor(file: string, { transcript, line }: TranscriptLine, played: Played, changes: readonly string[]): string {
  if (changes.length > 0) return `FAIL  ${transcript.id} (${file}:${line})  ${changes.join('; ')}`;
  const { outcome, step, score } = played;
  return `pass  ${transcript.id}  ${outcome}${step === null ? '' : ` at “${step}”`}, score ${score}`;
}

/** The lines in their order; those whose expectations hold stay as they were written. */
function write(file: string, played: readonly { line: TranscriptLine; played: Played }[]): void {
  const lines = readText(file).split('\n');
  for (const { line, played: one } of played) {
    const { raw, transcript } = line;
    if (transcript.expect !== undefined && differences(transcript.expect, one).length === 0) continue;
    const expect = updated(raw['expect'] as Record<string, unknown> | undefined, one);
    lines[line.line - 1] = JSON.stringify({ ...raw, expect });
  }
  writeFileSync(file, lines.join('\n'));
}
