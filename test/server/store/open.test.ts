import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine, StoreOpenError } from '../../../server/store/open.ts';
import { openStore } from '../../../server/store/store.ts';
import { insertWorkspace } from '../../../server/store/workspaces.ts';

let dir: string;
let path: string;
const newEpoch = 'epoch-of-this-test';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'foyer-open-'));
  path = join(dir, 'foyer.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

async function makeDatabase(rows = 300): Promise<void> {
  const store = await openStore({ database: { sqlite: path }, newEpoch });
  await store.in('w').write(async (tx) => {
    for (let i = 0; i < rows; i++) {
      await insertWorkspace(tx, {
        id: `w${i}`,
        appId: `app_${i}`,
        name: 'x'.repeat(300),
        identitySecret: 's',
        identityMode: 'off',
        settings: {},
        now: 1,
      });
    }
  });
  await store.close();
}

async function refusalOf(opening: Promise<unknown>): Promise<StoreOpenError> {
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreOpenError);
  return error as StoreOpenError;
}

describe('opening a SQLite database', () => {
  it('[P3] the connection that writes says synchronous=FULL, journal_mode=WAL, secure_delete and foreign_keys on', async () => {
    const engine = await openEngine({ sqlite: path });
    const ask = async (pragma: string): Promise<unknown> => {
      const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${pragma}`).execute(engine.kysely);
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await ask('synchronous')).toBe(2);
    expect(await ask('journal_mode')).toBe('wal');
    expect(await ask('secure_delete')).toBe(1);
    expect(await ask('foreign_keys')).toBe(1);
    await engine.close();
  });

  it('[P3] synchronous=FULL holds at every later open too', async () => {
    await makeDatabase(1);
    const engine = await openEngine({ sqlite: path });
    const { rows } = await sql.raw<{ synchronous: number }>('pragma synchronous').execute(engine.kysely);
    expect(rows).toEqual([{ synchronous: 2 }]);
    await engine.close();
  });

  it('what was deleted leaves no text in the file', async () => {
    const store = await openStore({ database: { sqlite: path }, newEpoch });
    const secret = 'a very particular sentence 81723';
    const scope = store.in('w');
    await scope.write((tx) =>
      insertWorkspace(tx, { id: 'w', appId: 'a', name: secret, identitySecret: 's', identityMode: 'off', settings: {}, now: 1 }),
    );
    await scope.write((tx) => tx.execute((db) => db.deleteFrom('workspaces')));
    await store.close();
    for (const file of readdirSync(dir)) expect(readFileSync(join(dir, file)).includes(secret), file).toBe(false);
  });

  it.each([
    ['text', () => writeFileSync(path, 'this is no database at all, but somebody’s notes')],
    ['zeros', () => writeFileSync(path, Buffer.alloc(8192))],
    ['three bytes', () => writeFileSync(path, 'abc')],
  ])('a file of %s is refused in words, and not one byte of it changes', async (_, make) => {
    make();
    const before = digest(path);
    const error = await refusalOf(openStore({ database: { sqlite: path }, newEpoch }));
    expect(error.message).toContain(path);
    expect(error.message).toContain('does not start and changed nothing');
    expect(digest(path)).toBe(before);
    expect(readdirSync(dir).filter((name) => name.startsWith('foyer.db'))).toEqual(['foyer.db']);
  });

  it('a database with damaged pages is refused in words, and not one byte of it changes', async () => {
    await makeDatabase();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096 * 3, bytes.length - 4096);
    writeFileSync(path, bytes);
    const before = digest(path);
    const error = await refusalOf(openStore({ database: { sqlite: path }, newEpoch }));
    expect(error.message).toMatch(/damaged.*Restore a backup/s);
    expect(digest(path)).toBe(before);
  });

  it('a database that lost its end is refused in words, and not one byte of it changes', async () => {
    await makeDatabase();
    truncateSync(path, Math.floor(statSync(path).size / 2));
    const before = digest(path);
    const error = await refusalOf(openStore({ database: { sqlite: path }, newEpoch }));
    expect(error.message).toContain('damaged');
    expect(digest(path)).toBe(before);
  });

  it('a refused file leaves the directory free for the next start', async () => {
    writeFileSync(path, 'no database');
    await refusalOf(openStore({ database: { sqlite: path }, newEpoch }));
    rmSync(path);
    const store = await openStore({ database: { sqlite: path }, newEpoch });
    expect(store.epoch).toBe(newEpoch);
    await store.close();
  });

  it('an empty file is a database that is still to be made', async () => {
    writeFileSync(path, '');
    const store = await openStore({ database: { sqlite: path }, newEpoch });
    expect(store.epoch).toBe(newEpoch);
    await store.close();
  });

  it('a second store on one directory is refused, and may come once the first is closed', async () => {
    const first = await openStore({ database: { sqlite: path }, newEpoch });
    const error = await refusalOf(openStore({ database: { sqlite: path }, newEpoch }));
    expect(error.message).toContain('Another Foyer runs on');
    expect(error.message).toContain(dir);
    await first.close();
    const second = await openStore({ database: { sqlite: path }, newEpoch });
    expect(second.epoch).toBe(first.epoch);
    await second.close();
  });

  it('a second process on one directory is refused while the first lives, and a kill -9 frees it', async () => {
    const script = `
      const { openStore } = await import(${JSON.stringify(join(process.cwd(), 'server/store/store.ts'))});
      await openStore({ database: { sqlite: ${JSON.stringify(path)} }, newEpoch: 'of the other process' });
      console.log('open');
      setInterval(() => {}, 1000);
    `;
    const other = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(other.stdout, 'data');
      await refusalOf(openStore({ database: { sqlite: path }, newEpoch }));
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
    const store = await openStore({ database: { sqlite: path }, newEpoch });
    expect(store.epoch).toBe('of the other process');
    await store.close();
  });
});

describe('opening PostgreSQL', () => {
  it('a server that does not answer is named as such, with the variable to mend', async () => {
    const error = await refusalOf(openStore({ database: { postgres: 'postgres://foyer@127.0.0.1:1/foyer' }, newEpoch }));
    expect(error.message).toContain('DATABASE_URL');
  });
});
