// The databases the growth bench looks at: filled for one run and gone after it, or kept for the next one with `--reuse`.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { fill } from './fill.ts';
import type { Filled } from './fill.ts';
import { startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';

/** What is known of a database once it is filled. */
interface Notes {
  filledAt: string;
  seconds: number;
  rows: Filled;
}

export interface FullPlace {
  to: string;
  notes: Notes;
  bytes(): Promise<number>;
}

export interface Places {
  /** With next to nothing in it, new in each run. */
  small(): Promise<string>;
  full(messages: number): Promise<FullPlace>;
  close(): void;
}

const few = 200;
const mostSeconds = 3600;
export const keptFolder = resolve('.tmp/bench/growth');

async function notedFill(to: string, messages: number): Promise<Notes> {
  const filledAt = new Date().toISOString();
  const from = performance.now();
  const rows = await fill({ to, messages, seconds: mostSeconds, seed: 1, said: (line) => console.log(`  ${line}`) });
  return { filledAt, seconds: Math.round((performance.now() - from) / 1000), rows };
}

/** Notes are written last: where they are missing, it was broken off, and is begun anew. */
async function once(file: string, isThere: boolean, make: () => Promise<Notes>): Promise<Notes> {
  if (isThere && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Notes;
  const notes = await make();
  writeFileSync(file, JSON.stringify(notes, null, 2));
  return notes;
}

export function sqlitePlaces(isKept: boolean): Places {
  const passing = mkdtempSync(join(tmpdir(), 'foyer-growth-'));
  // Each in a folder of its own, which its server locks.
  const inFolder = (parent: string, name: string): string => {
    mkdirSync(join(parent, name), { recursive: true });
    return join(parent, name, 'foyer.db');
  };
  return {
    async small() {
      const to = inFolder(passing, 'small');
      await fill({ to, messages: few, seconds: mostSeconds, seed: 1 });
      return to;
    },
    async full(messages) {
      const to = inFolder(isKept ? keptFolder : passing, `sqlite-${messages}`);
      const notes = await once(join(to, '../filled.json'), existsSync(to), () => {
        for (const end of ['', '-wal', '-shm']) rmSync(to + end, { force: true });
        return notedFill(to, messages);
      });
      return { to, notes, bytes: async () => statSync(to).size };
    },
    close: () => rmSync(passing, { recursive: true, force: true }),
  };
}

/** Null where PostgreSQL is not installed. */
export async function postgresPlaces(isKept: boolean): Promise<Places | null> {
  const folder = join(keptFolder, 'postgres');
  if (isKept) mkdirSync(folder, { recursive: true });
  const server = await startPostgres(isKept ? folder : undefined);
  return server && onPostgres(server, isKept ? folder : null);
}

function onPostgres(server: Postgres, folder: string | null): Places {
  return {
    async small() {
      const to = await server.fresh('small');
      await fill({ to, messages: few, seconds: mostSeconds, seed: 1 });
      return to;
    },
    async full(messages) {
      const name = `full_${messages}`;
      const make = async (): Promise<Notes> => notedFill(await server.fresh(name), messages);
      const notes = folder === null ? await make() : await once(join(folder, `${name}.json`), true, make);
      const to = server.urlOf(name);
      return { to, notes, bytes: () => sizeOf(to) };
    },
    close: () => server.stop(),
  };
}

async function sizeOf(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ size: string }>('select pg_database_size(current_database()) as size');
    return Number(rows[0]?.size);
  } finally {
    await client.end();
  }
}
