// What a command works on that must have the data for itself.
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { openEngine, StoreOpenError } from '../store/open.ts';
import type { Engine, OpenedBy, OpenOptions } from '../store/open.ts';
import { Fault } from './fault.ts';

export const databaseOf = ({ databaseUrl, dataDir }: Config): OpenOptions =>
  databaseUrl === null ? { sqlite: join(dataDir, 'foyer.db') } : { postgres: databaseUrl };

/** Where the files lie that people sent. */
export const folderOf = ({ dataDir }: Config): string => resolve(dataDir, 'files');

/** Opens the database as it is, does `work` and closes it. @throws Fault in words, also for what `work` finds unfit */
export async function withEngine<T>(
  config: Config,
  by: OpenedBy,
  work: (engine: Engine) => Promise<T>,
  database: OpenOptions = databaseOf(config),
): Promise<T> {
  return inWords(async () => {
    const engine = await openEngine(database, by);
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  });
}

/** What is not fit for it is the operator's to mend. */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StoreOpenError ? new Fault(error.message) : error;
  }
}
