import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command, durationArg } from '../../../server/cli/command.ts';
import type { Command } from '../../../server/cli/command.ts';
import { Fault } from '../../../server/cli/fault.ts';
import { UnavailableError } from '../../../server/store/errors.ts';
import { foyer } from '../../helpers/terminal.ts';

/** Tells what it was given. */
const echo = (summary: string): Command =>
  command({
    summary,
    words: ['id'],
    flags: { email: { value: '<address>', help: 'an address' }, loud: { help: 'with force' }, for: { value: '<time>', help: 'how long' } },
    args: z.object({
      id: z.string().optional(),
      email: z.string().optional(),
      loud: z.literal('true').optional(),
      for: durationArg(60, 7200, 'give 1m to 2h').optional(),
    }),
    run: async (args, { port }) => ({ json: { ...args, port }, text: `${args.id} at ${port}` }),
  });

const fail = (error: Error): Command =>
  command({
    summary: 'Fails',
    args: z.object({}),
    run: async () => {
      throw error;
    },
  });

const table = {
  serve: echo('Serves'),
  'key show': echo('Shows it'),
  'key turn': echo('Turns it'),
  stuck: fail(new Fault('It is stuck. Pull.')),
  silent: fail(new UnavailableError('timeout')),
  broken: fail(new TypeError('undefined is no function')),
};
const run = (...argv: string[]) => foyer(argv, table);
const json = async (...argv: string[]): Promise<unknown> => JSON.parse((await run(...argv, '--json')).stdout);

describe('what is typed', () => {
  it('words and flags go to the command, settings to the configuration, in any order', async () => {
    const wanted = { id: '4711', email: 'a@b.example', loud: 'true', for: 1800, port: 81 };
    expect(await json('key', 'show', '4711', '--email', 'a@b.example', '--loud', '--port', '81', '--for=30m')).toEqual(wanted);
    expect(await json('key', 'show', '--port=81', '--for', '1800', '--loud', '--email=a@b.example', '4711')).toEqual(wanted);
  });

  it('without a command it serves, with flags or without', async () => {
    expect((await run()).stdout).toBe('undefined at 3000\n');
    expect((await run('--port', '82')).stdout).toBe('undefined at 82\n');
    expect((await run('serve', '--port', '82', '--no-demo')).stdout).toBe('undefined at 82\n');
  });

  it('behind -- everything is a word: an id may begin with a dash', async () => {
    expect((await run('key', 'show', '--', '--help')).stdout).toBe('--help at 3000\n');
  });

  it.each([
    [['kye'], '"kye" is no command. There are: serve, key show, key turn, stuck, silent, broken, help.'],
    [['key'], '"key" wants one of: show, turn.'],
    [['key', 'trun'], '"key" wants one of: show, turn.'],
    [['key', 'show', '--colour', 'red'], '--colour is no flag. There are: --email --loud --for --json, and the settings: foyer help.'],
    [['key', 'show', '1', '2'], '"2" is too much. Usage: foyer key show <id> [--email <address>] [--loud] [--for <time>]'],
    [['key', 'show', '--email'], '--email wants a value: <address>.'],
    [['key', 'show', '--email', 'a', '--email', 'b'], '--email is given twice: keep one.'],
    [['key', 'show', '--for', '3h'], '--for "3h": give 1m to 2h.'],
    [['key', 'show', '--for', 'ever'], '--for "ever": give 1m to 2h.'],
    [['key', 'show', '--port', '70000'], '--port "70000": give a whole number from 0 to 65535.'],
    [['constructor'], '"constructor" is no command.'],
    [['key', 'show', '--constructor'], '--constructor is no flag.'],
  ])('%j is refused with the mend, as a mistake of the caller', async (argv, mend) => {
    const { code, stdout, stderr } = await run(...argv);
    expect(stderr).toContain(mend);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('what is told', () => {
  it('what a person can mend comes as words, anything else with its stack; both on stderr alone', async () => {
    expect(await run('stuck')).toEqual({ code: 1, stdout: '', stderr: 'foyer stuck: It is stuck. Pull.\n' });
    expect((await run('silent')).stderr).toMatch(/^foyer silent: The database failed or did not answer \(timeout\)\. See whether/);
    const { code, stderr } = await run('broken');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^foyer broken: TypeError: undefined is no function\n\s+at /);
  });

  it('with --json a failure is JSON too, on stderr', async () => {
    const { stdout, stderr } = await run('stuck', '--json');
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({ error: { exit_code: 1, code: null, message: 'It is stuck. Pull.' } });
  });

  it('help lists every command and setting; of one command its own flags; of a group its members', async () => {
    for (const argv of [['help'], ['--help'], ['-h']]) {
      const { code, stdout } = await run(...argv);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^ {2}key show <id> +Shows it$/m);
      expect(stdout).toMatch(/^ {2}--secret-key +SECRET_KEY or SECRET_KEY_FILE$/m);
    }
    for (const argv of [
      ['help', 'key', 'turn'],
      ['key', 'turn', '--port', '80', '--help'],
      ['key', 'turn', '4711', '--help'],
    ]) {
      const { stdout } = await run(...argv);
      expect(stdout).toMatch(/^Turns it\n\nUsage: foyer key turn <id> \[--email <address>\]/);
      expect(stdout).toMatch(/^ {2}--email <address> +an address$/m);
    }
    expect((await run('help', 'key')).stdout).toMatch(/^ {2}key show <id> +Shows it\n {2}key turn/);
    expect(await run('help', 'kye')).toMatchObject({ code: 2, stdout: '' });
  });

  it('--version tells the version', async () => {
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
