// The command line: which command, its words and flags, the settings; and what is told of the outcome, for people or as JSON.
import { settingLength, settingsFlags, settingsHelp } from '../config.ts';
import type { ConfigResult } from '../config.ts';
import { Refusal } from '../actions/refusal.ts';
import { UnavailableError } from '../store/errors.ts';
import { version } from '../version.ts';
import type { Command } from './command.ts';
import { Fault } from './fault.ts';

/** By full name: `serve`, `secret rotate`. */
export type Commands = Readonly<Record<string, Command>>;

export interface Terminal {
  readConfig(argv: readonly string[]): ConfigResult;
  out(text: string): void;
  err(text: string): void;
}

const defaultCommand = 'serve';

/**
 * Runs `foyer …argv` and tells the outcome: text on stdout, with `--json` one JSON value there; what failed on stderr.
 * @returns the exit code: 0 done, 1 it could not be done, 2 the command line or a setting is wrong
 */
export async function runCommand(argv: readonly string[], commands: Commands, terminal: Terminal): Promise<0 | 1 | 2> {
  const before = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  const isJson = before.includes('--json');
  let name = '';
  try {
    if (isAsked(before, '--version', '-v')) {
      terminal.out(`${version}\n`);
      return 0;
    }
    if (isAsked(before, '--help', '-h') || before[0] === 'help') {
      const words = before[0] === 'help' ? before.slice(1) : before;
      const flag = words.findIndex((word) => word.startsWith('-'));
      terminal.out(help(words.slice(0, flag < 0 ? undefined : flag), commands));
      return 0;
    }
    const found = findCommand(argv, commands);
    name = found.name;
    const { given, settings } = sorted(found.rest, name, found.command);
    const result = terminal.readConfig(settings);
    if (!result.ok) throw new Fault(result.problems.join('\n'), 2);
    if (name === defaultCommand) for (const warning of result.warnings) terminal.err(`warning: ${warning}\n`);
    const told = await found.command.run(given, result.config, (line) => isJson || terminal.err(`${line}\n`));
    if (told) terminal.out(isJson ? `${JSON.stringify(told.json)}\n` : `${told.text}\n`);
    return 0;
  } catch (error) {
    const { code, words, name: errorCode } = outcomeOf(error);
    if (isJson) terminal.err(`${JSON.stringify({ error: { exit_code: code, code: errorCode, message: words } })}\n`);
    else terminal.err(name === defaultCommand ? `Foyer does not start.\n${words}\n` : `foyer ${name}`.trimEnd() + `: ${words}\n`);
    return code;
  }
}

/** Words where a person can mend it, else the stack; `name` is an error's code, as REST has it. */
function outcomeOf(error: unknown): { code: 1 | 2; words: string; name: string | null } {
  if (error instanceof Fault) return { code: error.exitCode, words: error.message, name: null };
  if (error instanceof Refusal) return { code: 1, words: error.message, name: error.failure.code };
  if (error instanceof UnavailableError)
    return {
      code: 1,
      words: `The database failed or did not answer (${error.message}). See whether it was done, and try again.`,
      name: null,
    };
  return { code: 1, words: error instanceof Error ? (error.stack ?? error.message) : String(error), name: null };
}

const isAsked = (argv: readonly string[], ...names: string[]): boolean => argv.some((word) => names.includes(word));

interface Found {
  name: string;
  command: Command;
  rest: readonly string[];
}

/** Without a word in front it is the server that is meant. */
function findCommand(argv: readonly string[], commands: Commands): Found {
  const words = argv.length === 0 || argv[0]?.startsWith('-') ? [defaultCommand, ...argv] : argv;
  const [first = '', second = ''] = words;
  for (const name of [`${first} ${second}`, first]) {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command) return { name, command, rest: words.slice(name.split(' ').length) };
  }
  const group = groupOf(first, commands);
  if (group.length > 0) throw new Fault(`"${first}" wants one of: ${group.map((name) => name.slice(first.length + 1)).join(', ')}.`, 2);
  throw new Fault(`"${first}" is no command. There are: ${[...Object.keys(commands), 'help'].join(', ')}.`, 2);
}

const groupOf = (first: string, commands: Commands): string[] => Object.keys(commands).filter((name) => name.startsWith(`${first} `));

/** The command's own words and flags by name, and apart from them the settings. */
function sorted(rest: readonly string[], name: string, command: Command): { given: Record<string, string>; settings: string[] } {
  const given: Record<string, string> = {};
  const settings: string[] = [];
  const words: string[] = [];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    const length = settingLength(rest.slice(i));
    if (word === '--') {
      words.push(...rest.slice(i + 1));
      break;
    }
    if (!word.startsWith('-')) words.push(word);
    else if (length > 0) settings.push(...rest.slice(i, (i += length - 1) + 1));
    else if (word !== '--json' || name === defaultCommand) i += takeFlag(rest.slice(i), name, command, given);
  }
  const extra = words[command.words.length];
  if (extra !== undefined) throw new Fault(`"${extra}" is too much. ${usage(name, command)}`, 2);
  words.forEach((word, i) => (given[command.words[i] ?? ''] = word));
  return { given, settings };
}

/** @returns how many words it took behind the flag itself */
function takeFlag([word = '', next]: readonly string[], name: string, command: Command, given: Record<string, string>): 0 | 1 {
  const [, key = '', , inline] = /^--([a-z][a-z-]*)(=(.*))?$/s.exec(word) ?? [];
  const flag = Object.hasOwn(command.flags, key) ? command.flags[key] : undefined;
  if (!flag) {
    const own = Object.keys(command.flags).map((known) => `--${known}`);
    const all = name === defaultCommand ? settingsFlags.join(' ') : `${[...own, '--json'].join(' ')}, and the settings: foyer help`;
    throw new Fault(`${word} is no flag. There are: ${all}.`, 2);
  }
  if (given[key] !== undefined) throw new Fault(`--${key} is given twice: keep one.`, 2);
  const value = flag.value === undefined ? 'true' : (inline ?? next);
  if (value === undefined) throw new Fault(`--${key} wants a value: ${flag.value}.`, 2);
  given[key] = value;
  return flag.value !== undefined && inline === undefined ? 1 : 0;
}

function usage(name: string, { words, flags }: Command): string {
  const own = Object.entries(flags).map(([flag, { value }]) => `[--${flag}${value ? ` ${value}` : ''}]`);
  return `Usage: foyer ${[name, ...words.map((word) => `<${word}>`), ...own].join(' ')}`;
}

const line = (name: string, text: string): string => `  ${name.padEnd(26)} ${text}`;

function help(words: readonly string[], commands: Commands): string {
  const [first = '', second = ''] = words;
  const name = [`${first} ${second}`, first].find((known) => Object.hasOwn(commands, known));
  const command = name === undefined ? undefined : commands[name];
  if (name !== undefined && command) return helpOf(name, command);
  const group = groupOf(first, commands);
  if (first !== '' && group.length === 0) throw new Fault(`"${first}" is no command. There are: ${Object.keys(commands).join(', ')}.`, 2);
  const shown = group.length > 0 ? group : Object.keys(commands);
  const table = shown.map((known) =>
    line([known, ...(commands[known]?.words ?? []).map((word) => `<${word}>`)].join(' '), commands[known]?.summary ?? ''),
  );
  if (group.length > 0) return `${table.join('\n')}\n\nfoyer help <command> tells more.\n`;
  const intro = `Foyer ${version}. foyer [command] [flags]; without a command it serves. foyer help <command> tells more.`;
  return `${intro}\n\n${table.join('\n')}\n\nSettings: flags, then environment, then foyer.config.json, then defaults.\n\n${settingsHelp()}\n`;
}

function helpOf(name: string, command: Command): string {
  if (name === defaultCommand) return `${command.summary}\n\n${usage(name, command)} [settings]\n\n${settingsHelp()}\n`;
  const own = Object.entries(command.flags).map(([flag, { value, help: text }]) => line(`--${flag}${value ? ` ${value}` : ''}`, text));
  const all = [...own, line('--json', 'one JSON value on stdout'), line('--data-dir …', 'and every other setting: foyer help')];
  return `${command.summary}\n\n${usage(name, command)}\n\n${all.join('\n')}\n`;
}
