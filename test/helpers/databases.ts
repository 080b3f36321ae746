// Fresh databases of each kind a store can lie in, and the suites that run over all of them.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, it } from 'vitest';
import { openStore } from '../../server/store/store.ts';
import type { Store } from '../../server/store/store.ts';
import type { WriterLimits } from '../../server/store/writer.ts';
import { freshPostgres, postgresUrl } from './postgres.ts';
import type { Place } from './postgres.ts';

export interface Places {
  dialect: Store['dialect'];
  fresh(): Promise<Place>;
  /** Opened stores are closed at the end of the suite, where the test did not. */
  open(place?: Place, more?: { epoch?: string; limits?: WriterLimits }): Promise<Store>;
}

/** Runs the suite on SQLite and, where FOYER_TEST_POSTGRES names a server, on PostgreSQL; in CI it must name one. */
export function describeStores(name: string, suite: (places: Places) => void): void {
  describe(`${name} (SQLite)`, () => suite(createPlaces('sqlite', freshSqlite)));
  describePostgres(name, suite);
}

/** What PostgreSQL alone can come to. */
export function describePostgres(name: string, suite: (places: Places) => void): void {
  if (postgresUrl !== '') {
    describe(`${name} (PostgreSQL)`, () => suite(createPlaces('postgres', freshPostgres)));
    return;
  }
  const skipped = `${name} (PostgreSQL): SKIPPED, set FOYER_TEST_POSTGRES=postgres://… to run it`;
  if (process.env['CI'] === 'true') {
    it(skipped, () => {
      throw new Error('CI=true wants the store suites on PostgreSQL too: FOYER_TEST_POSTGRES is not set');
    });
  } else {
    process.stderr.write(`${skipped}\n`);
    it.skip(skipped, () => {});
  }
}

function createPlaces(dialect: Store['dialect'], make: () => Promise<Place & { drop(): Promise<void> }>): Places {
  const undo: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });
  async function fresh(): Promise<Place> {
    const place = await make();
    undo.push(() => place.drop());
    return place;
  }
  return {
    dialect,
    fresh,
    async open(place, more = {}) {
      const { database } = place ?? (await fresh());
      const store = await openStore({
        database,
        newEpoch: more.epoch ?? randomBytes(12).toString('hex'),
        ...(more.limits && { limits: more.limits }),
      });
      let closed: Promise<void> | null = null;
      const close = (): Promise<void> => (closed ??= store.close());
      undo.push(close);
      return { ...store, close };
    },
  };
}

async function freshSqlite(): Promise<Place & { drop(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'foyer-store-'));
  const path = join(dir, 'foyer.db');
  return {
    database: { sqlite: path },
    dir,
    async rows<R>(sql: string) {
      const beside = new Database(path, { readonly: true });
      try {
        return beside.prepare(sql).all() as R[];
      } finally {
        beside.close();
      }
    },
    drop: async () => rmSync(dir, { recursive: true, force: true }),
  };
}
