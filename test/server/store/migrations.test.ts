// How versions of the schema and of the code meet.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { expect, it, vi } from 'vitest';
import { isMigrated, migrate, ownSteps, schemaState } from '../../../server/store/migrations/run.ts';
import { openEngine } from '../../../server/store/open.ts';
import { openStore } from '../../../server/store/store.ts';
import { insertContact, lockContact, newContact } from '../../../server/store/contacts.ts';
import { getWorkspace, lockWorkspace } from '../../../server/store/workspaces.ts';
import { contactId } from '../../../shared/ids.ts';
import { aContact, aWorkspace } from '../../helpers/rows.ts';
import { describePostgres, describeStores } from '../../helpers/databases.ts';

vi.setConfig({ testTimeout: 60_000 });

type Known = NonNullable<Parameters<typeof schemaState>[2]>;

/** A migration of a version after this one. */
const next = (kind: Known[string]['for'], up: (db: Kysely<unknown>) => Promise<void> = async () => {}): Known => ({
  '9001-next': { up: () => up, for: kind },
});

const knownTo = (newer: Known): Known => ({ ...ownSteps, ...newer });

describeStores('a schema of another version', ({ fresh, open }) => {
  it('this version runs on a newer schema that says it may, and leaves it as it is', async () => {
    const place = await fresh();
    await (await open(place)).close();
    const engine = await openEngine(place.database);
    const known = knownTo(next('older code too', (db) => db.schema.alterTable('teams').addColumn('colour', 'text').execute()));
    expect(await migrate(engine.kysely, engine.dialect, known)).toEqual(['9001-next']);
    expect(await schemaState(engine.kysely, engine.dialect)).toMatchObject({ missing: [], unknown: ['9001-next'], isUsable: true });
    expect(await isMigrated(engine.kysely, engine.dialect)).toBe(true);
    await engine.close();
    const store = await open(place);
    expect(await place.rows(`select name from kysely_migration where name = '9001-next'`)).toHaveLength(1);
    await store.close();
  });

  it('a newer schema that breaks with this version is refused in words, and nothing changes', async () => {
    const place = await fresh();
    await (await open(place)).close();
    const engine = await openEngine(place.database);
    await migrate(engine.kysely, engine.dialect, knownTo(next('breaks')));
    await engine.close();
    await expect(openStore({ database: place.database, newEpoch: 'x' })).rejects.toThrow(/newer Foyer \(9001-next\).*restore a backup/s);
  });

  it('a migration that fails leaves nothing of itself, and its name in the error', async () => {
    const place = await fresh();
    await (await open(place)).close();
    const engine = await openEngine(place.database);
    const half = next('breaks', async (db) => {
      await db.schema.alterTable('teams').addColumn('colour', 'text').execute();
      throw new Error('half way');
    });
    await expect(migrate(engine.kysely, engine.dialect, knownTo(half))).rejects.toThrow('migration 9001-next failed');
    expect((await schemaState(engine.kysely, engine.dialect)).unknown).toEqual([]);
    expect(await place.rows(`select value from meta where key = 'needs'`)).not.toEqual([{ value: '9001-next' }]);
    await engine.close();
  });
});

describePostgres('migrations while others are there', ({ fresh, open }) => {
  it('five nodes that start at once on an empty database migrate it once, and all serve one epoch', async () => {
    const place = await fresh();
    const stores = await Promise.all([1, 2, 3, 4, 5].map(() => open(place)));
    expect(new Set(stores.map(({ epoch }) => epoch)).size).toBe(1);
    const names = await place.rows<{ name: string }>('select name from kysely_migration');
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  });

  it('a node that runs goes on while a newer version adds columns to what it reads and locks: nothing fails, is lost, or is done twice', async () => {
    const place = await fresh();
    const store = await open(place);
    const scope = await aWorkspace(store, 'w1');
    const { id } = await aContact(scope);
    const told: number[] = [];
    /** Writes something, and only then meets what was prepared before. */
    const write = (n: number): Promise<unknown> =>
      scope.write(
        async (tx) => {
          const nobody = { pageUrl: null, pageTitle: null, language: null };
          await insertContact(tx, newContact(contactId(n, randomBytes(6)), 'w1', n, nobody));
          await lockContact(tx, id, null);
          return lockWorkspace(tx);
        },
        () => told.push(n),
        n % 2 === 0 ? { tokenHash: `nobody-${n}`, cid: `cid-${n}`, conversation: undefined } : undefined,
      );
    const act = (from: number): Promise<unknown[]> =>
      Promise.all([...Array.from({ length: 12 }, () => scope.read(getWorkspace)), ...Array.from({ length: 6 }, (_, n) => write(from + n))]);
    await act(10);
    const engine = await openEngine(place.database);
    let known: Known = ownSteps;
    for (const [n, table] of (['contacts', 'workspaces', 'contacts'] as const).entries()) {
      const up = (db: Kysely<unknown>): Promise<void> => db.schema.alterTable(table).addColumn(`colour_${n}`, 'text').execute();
      known = { ...known, [`9001-colour-${n}`]: { up: () => up, for: 'older code too' } };
      expect(await migrate(engine.kysely, engine.dialect, known)).toEqual([`9001-colour-${n}`]);
      for (const seen of await act(20 + 10 * n)) expect(seen).toMatchObject({ id: 'w1', name: 'w1' });
    }
    const all = [10, 20, 30, 40].flatMap((from) => [0, 1, 2, 3, 4, 5].map((n) => from + n));
    expect(told.toSorted((x, y) => x - y)).toEqual(all);
    expect(await place.rows('select created_at from contacts order by created_at')).toEqual([1, ...all].map((at) => ({ created_at: at })));
    await engine.close();
  });

  it('one that meets a long transaction steps back, so that nobody waits behind it, and is done when that ends', async () => {
    const place = await fresh();
    await (await open(place)).close();
    const [engine, busy] = [await openEngine(place.database), await openEngine(place.database)];
    const alter = next('older code too', async (db) => void (await sql`alter table teams add column colour text`.execute(db)));
    let isMigrating = true;
    const longest: number[] = [];
    const migrating = await busy.kysely.transaction().execute(async (tx) => {
      await sql`select * from teams`.execute(tx);
      const run = migrate(engine.kysely, engine.dialect, knownTo(alter)).finally(() => (isMigrating = false));
      // Reads of everybody else: one waits behind the migration for no longer than its patience.
      const until = performance.now() + 6000;
      while (performance.now() < until) {
        const from = performance.now();
        await sql`select count(*) from teams`.execute(engine.kysely);
        longest.push(performance.now() - from);
        await new Promise((go) => setTimeout(go, 50));
      }
      expect(isMigrating).toBe(true);
      return { run };
    });
    expect(await migrating.run).toEqual(['9001-next']);
    expect(Math.max(...longest)).toBeLessThan(10_000);
    expect(Math.max(...longest)).toBeGreaterThan(500);
    await Promise.all([engine.close(), busy.close()]);
  });
});
