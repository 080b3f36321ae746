// The command line in this process: what it writes, and the code it ends with.
import { readFileSync } from 'node:fs';
import { commands } from '../../server/cli/commands.ts';
import { runCommand } from '../../server/cli/run.ts';
import type { Commands } from '../../server/cli/run.ts';
import { readConfig } from '../../server/config.ts';
import type { OpenOptions } from '../../server/store/open.ts';

export interface Outcome {
  code: 0 | 1 | 2;
  stdout: string;
  stderr: string;
}

export async function foyer(argv: string[], table: Commands = commands): Promise<Outcome> {
  const told = { stdout: '', stderr: '' };
  const code = await runCommand(argv, table, {
    readConfig: (settings) => readConfig(settings, {}, null, (path) => readFileSync(path, 'utf8')),
    out: (text) => void (told.stdout += text),
    err: (text) => void (told.stderr += text),
  });
  return { code, ...told };
}

/** The flags that lead to a database. */
export const flagsOf = (database: OpenOptions, dataDir: string): string[] =>
  'sqlite' in database ? ['--data-dir', dataDir] : ['--database-url', database.postgres, '--data-dir', dataDir];
