// The schema brought up to date, and the data moved to PostgreSQL.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { migrate } from '../store/migrations/run.ts';
import { move } from '../store/move.ts';
import { command } from './command.ts';
import type { Told } from './command.ts';
import { Fault } from './fault.ts';
import { folderOf, withEngine } from './own.ts';

const address = z.url({ protocol: /^postgres(?:ql)?$/, error: 'give an address such as postgres://user:password@localhost/foyer' });

export const migrateCommand = command({
  summary: 'Bring the database to this version; with --to, move all of it to PostgreSQL',
  flags: {
    to: { value: '<postgres://…>', help: 'copy the stopped SQLite data there, compare row by row, and serve from there' },
    stay: { help: 'after a move: serve from this data directory again all the same' },
  },
  args: z.object({ to: address.optional(), stay: z.literal('true').optional() }),
  run({ to, stay }, config, said) {
    if (to !== undefined && stay !== undefined) throw new Fault('--to and --stay are both given: keep one.', 2);
    if (to !== undefined) return moveTo(to, config, said);
    return stay === undefined ? migrateHere(config) : stayHere(config);
  },
});

async function migrateHere(config: Config): Promise<Told> {
  // As a first start would make it.
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  return withEngine(config, 'server', async (engine) => {
    const done = await migrate(engine.kysely, engine.dialect);
    return { json: { done }, text: done.length === 0 ? 'The database is up to date.' : `Done: ${done.join(', ')}` };
  });
}

async function moveTo(to: string, config: Config, said: (line: string) => void): Promise<Told> {
  const path = sqliteOf(config);
  return withEngine({ ...config, databaseUrl: null }, 'server', (source) =>
    withEngine({ ...config, databaseUrl: to }, 'holder', async (target) => {
      const url = new URL(to);
      const targetName = `${url.host}${url.pathname}`;
      const newEpoch = randomBytes(12).toString('hex');
      const { kind, tables } = await move({ source, target, newEpoch, targetName, said });
      const width = Math.max(...Object.keys(tables).map((name) => name.length));
      const lines = Object.entries(tables).map(
        ([name, { rows, hash }]) => `${name.padEnd(width)}  ${String(rows).padStart(9)} rows  ${hash.slice(0, 16)}  the same on both sides`,
      );
      const next = [
        kind === 'moved' ? `Moved to ${targetName}.` : `It was moved to ${targetName} before, and both are still the same.`,
        `Start the server with DATABASE_URL, on the same DATA_DIR: ${join(config.dataDir, 'files')} (what people sent) and secret.key stay where they are.`,
        `${path} stays too, and serves no more.`,
      ];
      return { json: { moved_to: targetName, tables, files: folderOf(config) }, text: [...lines, '', ...next].join('\n') };
    }),
  );
}

/** Another history begins here, which the copy does not know: hence the new epoch. */
async function stayHere(config: Config): Promise<Told> {
  sqliteOf(config);
  return withEngine({ ...config, databaseUrl: null }, 'server', async ({ kysely }) => {
    const moved = await readMeta(kysely, 'moved');
    if (moved === null) throw new Fault('This data was not moved anywhere.');
    await kysely.transaction().execute(async (tx) => {
      await writeMeta(tx, 'moved', null);
      await writeMeta(tx, 'epoch', randomBytes(12).toString('hex'));
    });
    return { json: { stays: true }, text: `The server may start here again. What was written to ${moved} since is not here.` };
  });
}

function sqliteOf({ dataDir }: Config): string {
  const path = join(dataDir, 'foyer.db');
  if (existsSync(path)) return path;
  throw new Fault(`There is no database ${path}. Say where the data lies: --data-dir`);
}
