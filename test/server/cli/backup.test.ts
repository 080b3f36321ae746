// `foyer backup` beside a running server, and `foyer restore`: what comes back, what must not, and what is refused.
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Database from 'better-sqlite3';
import { seal } from '../../../server/seal.ts';
import { loadSecretKey } from '../../../server/secret-key.ts';
import { migrateUntil } from '../../../server/store/migrations/run.ts';
import { openEngine } from '../../../server/store/open.ts';
import type { OpenOptions } from '../../../server/store/open.ts';
import { openStore } from '../../../server/store/store.ts';
import { describePostgres, describeStores } from '../../helpers/databases.ts';
import { contentOf, rowsIn } from '../../helpers/content.ts';
import type { Rows } from '../../helpers/content.ts';
import { fillTables } from '../../helpers/filled.ts';
import { runServer } from '../../helpers/process.ts';
import type { ServerProcess } from '../../helpers/process.ts';
import { connectVisitor, must, newCid } from '../../helpers/server.ts';
import { flagsOf, foyer } from '../../helpers/terminal.ts';

// Servers and commands in processes of their own, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

let folder: string;
let dataDir: string;
let running: ServerProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-backup-'));
  dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  running = [];
});
afterEach(async () => {
  for (const server of running) server.child.kill('SIGKILL');
  await Promise.all(running.map((server) => server.exited));
  rmSync(folder, { recursive: true, force: true });
});

async function serve(database: OpenOptions): Promise<ServerProcess & { appId: string }> {
  const server = runServer(['--port', '0', ...flagsOf(database, dataDir), '--log-level', 'error']);
  running.push(server);
  await server.printed('Snippet');
  return Object.assign(server, { appId: /app_\w{20}/.exec(server.stdout)?.[0] ?? '' });
}

async function end(server: ServerProcess): Promise<void> {
  server.child.kill('SIGTERM');
  expect(await server.exited).toBe(0);
}

/** These are emptied on purpose: whoever signed out since is not signed in again. */
const emptied = ['agent_sessions', 'setup_tokens'];

/** A data directory with rows in every table and the files of its uploads. */
async function filled(path: string): Promise<void> {
  await (await openStore({ database: { sqlite: path }, newEpoch: 'the first epoch' })).close();
  fillTables(path, 12);
  const db = new Database(path);
  db.prepare('update workspaces set identity_secret = ?').run(seal('secret', loadSecretKey(null, dataDir)));
  for (const { id } of db.prepare<[], { id: string }>('select id from uploads').all()) {
    const name = randomBytes(16).toString('base64url').slice(0, 22);
    db.prepare('update uploads set id = ? where id = ?').run(name, id);
    mkdirSync(join(dataDir, 'files', name.slice(0, 2)), { recursive: true });
    writeFileSync(join(dataDir, 'files', name.slice(0, 2), name), randomBytes(2000));
  }
  db.close();
}

const epochIn = async (place: Rows): Promise<string | undefined> =>
  (await place.rows<{ value: string }>(`select value from meta where key = 'epoch'`))[0]?.value;

describeStores('a backup', ({ dialect, fresh }) => {
  it('is taken while messages come in: whole conversations, all that was acknowledged before, and a server goes on from it', async () => {
    const place =
      dialect === 'sqlite' ? { database: { sqlite: join(dataDir, 'foyer.db') }, ...rowsIn(join(dataDir, 'foyer.db')) } : await fresh();
    const server = await serve(place.database);
    const visitor = await connectVisitor({ url: server.url, workspace: { appId: server.appId } });
    const say = async (text: string) => must(await visitor.send('message.send', { cid: newCid(), text }));
    await say('the first');
    let [sent, isOn] = [0, true];
    const talking = (async () => {
      while (isOn) {
        await say(`number ${sent + 1}`);
        // Below what one visitor may send, 200 in 10 s.
        await new Promise((next) => setTimeout(next, 60));
        sent++;
      }
    })();
    await expect.poll(() => sent, { timeout: 20_000 }).toBeGreaterThan(10);
    const before = sent;
    const target = join(folder, 'backup');
    const taken = await foyer(['backup', target, ...flagsOf(place.database, dataDir)]);
    expect(taken).toMatchObject({ code: 0, stdout: expect.stringContaining('read back whole') });
    const after = sent;
    isOn = false;
    await talking;
    expect(after, 'messages went on meanwhile').toBeGreaterThan(before);
    const oldEpoch = await epochIn(place);
    await end(server);

    const other =
      dialect === 'sqlite'
        ? { database: { sqlite: join(folder, 'other', 'foyer.db') }, ...rowsIn(join(folder, 'other', 'foyer.db')) }
        : await fresh();
    expect(await foyer(['restore', target, ...flagsOf(other.database, join(folder, 'other'))])).toMatchObject({ code: 0 });
    const texts = (await other.rows<{ text: string }>(`select text from messages where side = 'contact' order by seq`)).map(
      ({ text }) => text,
    );
    const kept = texts.length - 1;
    expect(kept).toBeGreaterThanOrEqual(before);
    expect(kept).toBeLessThanOrEqual(sent);
    expect(texts.slice(1)).toEqual(Array.from({ length: kept }, (_, i) => `number ${i + 1}`));
    const seqs = await other.rows<{ n: number; head: number }>(
      'select (select count(*) from messages m where m.conversation_id = c.id) + (select count(*) from changes x where x.conversation_id = c.id) as n, c.seq as head from conversations c',
    );
    expect(seqs).toHaveLength(1);
    expect(seqs[0]?.n).toBe(seqs[0]?.head);
    expect(await epochIn(other)).not.toBe(oldEpoch);

    // The same person goes on where the backup ends.
    dataDir = join(folder, 'other');
    const again = await serve(other.database);
    const back = await connectVisitor({ url: again.url, workspace: { appId: server.appId } }, { token: visitor.token });
    const { id } = must(await back.send('message.send', { cid: newCid(), text: 'and on' }));
    expect(await other.rows(`select conversation_id from messages where id = ${id}`)).toEqual(
      await other.rows('select id as conversation_id from conversations'),
    );
    back.close();
    visitor.close();
  });

  it('holds all rows and files, for the eyes of its user only, and gives them back under another epoch', async () => {
    const path = join(dataDir, 'foyer.db');
    await filled(path);
    const target = join(folder, 'backup');
    expect(await foyer(['backup', target, '--data-dir', dataDir])).toMatchObject({ code: 0, stdout: expect.stringContaining('12 files') });
    const all = readdirSync(target, { recursive: true, encoding: 'utf8' }).map((name) => join(target, name));
    for (const one of [target, ...all]) expect(statSync(one).mode & 0o077, one).toBe(0);
    expect(existsSync(`${target}.part`)).toBe(false);

    const there = join(folder, 'there');
    const place =
      dialect === 'sqlite' ? { database: { sqlite: join(there, 'foyer.db') }, ...rowsIn(join(there, 'foyer.db')) } : await fresh();
    const restored = await foyer(['restore', target, ...flagsOf(place.database, there)]);
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('contacts erased since are back') });
    expect(await contentOf(place, emptied)).toEqual(await contentOf(rowsIn(path), emptied));
    for (const table of emptied) expect(await place.rows(`select * from ${table}`)).toEqual([]);
    expect(await epochIn(place)).toMatch(/^[0-9a-f]{24}$/);
    for (const name of readdirSync(join(dataDir, 'files'), { recursive: true, encoding: 'utf8' }))
      if (statSync(join(dataDir, 'files', name)).isFile())
        expect(readFileSync(join(there, 'files', name))).toEqual(readFileSync(join(dataDir, 'files', name)));
    expect(readFileSync(join(there, 'secret.key'), 'utf8')).toBe(readFileSync(join(dataDir, 'secret.key'), 'utf8'));
    // A backup of it is the same again, from either database.
    const second = await foyer(['backup', join(folder, 'second'), '--json', ...flagsOf(place.database, there)]);
    const { tables } = JSON.parse(second.stdout) as { tables: Record<string, unknown> };
    const { tables: first } = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')) as { tables: Record<string, unknown> };
    for (const table of emptied) delete first[table];
    expect(tables).toMatchObject(first);
    if (dialect === 'sqlite') return;
    const [row] = await place.rows<{ id: number }>(`insert into teams (workspace_id, name, created_at) values ('w', 'n', 1) returning id`);
    expect(row?.id).toBe(13);
  });

  it('of an earlier version comes back as that, and is brought to this one', async () => {
    const path = join(dataDir, 'foyer.db');
    const engine = await openEngine({ sqlite: path });
    await migrateUntil('0002-flows-and-files', engine.kysely, 'sqlite');
    await engine.close();
    fillTables(path, 5);
    const db = new Database(path);
    db.exec(`insert into meta values ('epoch', 'old'); update uploads set id = 'aaaaaaaaaaaaaaaaaaaaa' || substr(id, 4, 1)`);
    db.prepare('update workspaces set identity_secret = ?').run(seal('secret', loadSecretKey(null, dataDir)));
    db.close();
    const target = join(folder, 'backup');
    expect(await foyer(['backup', target, '--data-dir', dataDir])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('5 files were not there'),
    });
    const there = join(folder, 'there');
    const place =
      dialect === 'sqlite' ? { database: { sqlite: join(there, 'foyer.db') }, ...rowsIn(join(there, 'foyer.db')) } : await fresh();
    expect(await foyer(['restore', target, ...flagsOf(place.database, there)])).toMatchObject({ code: 0 });
    expect(await place.rows('select unsubscribed from contacts')).toHaveLength(5);
    await (await openStore({ database: place.database, newEpoch: 'x' })).close();
  });

  it('is put in place of what is there only where that is asked for; who was erased and what was revoked since stays so', async () => {
    const target = join(folder, 'backup');
    const place =
      dialect === 'sqlite' ? { database: { sqlite: join(dataDir, 'foyer.db') }, ...rowsIn(join(dataDir, 'foyer.db')) } : await fresh();
    const server = await serve(place.database);
    const visitor = await connectVisitor({ url: server.url, workspace: { appId: server.appId } });
    must(await visitor.send('message.send', { cid: newCid(), text: 'I am ada@example.org' }));
    const flags = flagsOf(place.database, dataDir);
    const told = async (...argv: string[]) =>
      JSON.parse((await foyer([...argv, '--json', ...flags])).stdout) as { id: number; token: string };
    const token = await told('token', 'create', '--name', 'n', '--scopes', 'identity');
    expect(await foyer(['backup', target, ...flags])).toMatchObject({ code: 0 });
    // Since then: a word more, an erasure and a revocation.
    expect(await foyer(['restore', target, '--force', ...flags])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Another Foyer runs on|Stop it first/),
    });
    await told('token', 'revoke', String(token.id));
    visitor.close();
    await end(server);
    const [contact] = await place.rows<{ id: string }>('select id from contacts');
    const store = await openStore({ database: place.database, newEpoch: 'x' });
    await store.in('main').write((tx) => tx.execute((db) => db.updateTable('contacts').set({ erased_at: 5, email: null })));
    await store.close();

    expect(await foyer(['restore', target, ...flags])).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
    const restored = await foyer(['restore', target, '--force', ...flags]);
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('1 contacts that were erased since are erased again') });
    expect(await place.rows('select id, email from contacts where erased_at is not null')).toEqual([{ id: contact?.id, email: null }]);
    expect(await place.rows(`select text from messages where text like '%ada@%'`)).toEqual([]);
    expect(await place.rows('select id from api_tokens where revoked_at is null')).toEqual([]);
    if (dialect === 'postgres') return;
    const [kept] = readdirSync(dataDir).filter((name) => name.startsWith('before-restore-'));
    expect(await rowsIn(join(dataDir, kept ?? '', 'foyer.db')).rows('select id from contacts where erased_at = 5')).toHaveLength(1);
  });
});

describe('a backup that is not fit', () => {
  const damages: [string, (target: string) => void, string][] = [
    ['a byte of a table', (t) => flip(join(t, 'tables', 'messages.jsonl.gz')), 'tables/messages'],
    ['the end of a table', (t) => truncateSync(join(t, 'tables', 'contacts.jsonl.gz'), 90), 'tables/contacts'],
    ['a table that is gone', (t) => rmSync(join(t, 'tables', 'events.jsonl.gz')), 'tables/events'],
    ['a byte of a file', (t) => flip(firstFile(t)), 'the file'],
    ['a file that is gone', (t) => rmSync(firstFile(t)), 'the file'],
    ['the manifest', (t) => truncateSync(join(t, 'manifest.json'), 200), 'manifest.json'],
    ['no manifest', (t) => rmSync(join(t, 'manifest.json')), 'no manifest.json'],
    ['a newer version’s', (t) => edit(t, '"0001-start"', '"0001-start", "9001-next"'), 'newer Foyer (9001-next)'],
  ];
  const flip = (path: string): void => {
    const bytes = readFileSync(path);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  const firstFile = (target: string): string => {
    const name = readdirSync(join(target, 'files'), { recursive: true, encoding: 'utf8' }).find((one) => one.length > 20) ?? '';
    return join(target, 'files', name);
  };
  const edit = (target: string, from: string, to: string): void => {
    const path = join(target, 'manifest.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };

  it('is told by name, and nothing is made of it', async () => {
    await filled(join(dataDir, 'foyer.db'));
    const whole = join(folder, 'whole');
    expect(await foyer(['backup', whole, '--data-dir', dataDir])).toMatchObject({ code: 0 });
    expect(await foyer(['restore', whole, '--check', '--data-dir', dataDir])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is whole'),
    });
    for (const [what, damage, name] of damages) {
      const target = join(folder, what.replaceAll(/\W/g, ''));
      cpSync(whole, target, { recursive: true });
      damage(target);
      const there = join(folder, 'there');
      const { code, stderr } = await foyer(['restore', target, '--data-dir', there]);
      expect([code, stderr], what).toEqual([1, expect.stringContaining(name)]);
      expect(existsSync(join(there, 'foyer.db')), what).toBe(false);
    }
  });

  it('one whose secrets the key does not open is refused before anything is changed', async () => {
    await filled(join(dataDir, 'foyer.db'));
    const target = join(folder, 'backup');
    expect(await foyer(['backup', target, '--without-key', '--data-dir', dataDir])).toMatchObject({ code: 0 });
    const there = join(folder, 'there');
    expect(await foyer(['restore', target, '--data-dir', there])).toMatchObject({ code: 1, stderr: expect.stringContaining('SECRET_KEY') });
    const key = 'another key of thirty-two characters';
    expect(await foyer(['restore', target, '--secret-key', key, '--data-dir', there])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not open'),
    });
    expect(existsSync(join(there, 'foyer.db'))).toBe(false);
  });

  it('into a folder that holds something, or of nothing: nothing is written', async () => {
    await filled(join(dataDir, 'foyer.db'));
    expect(await foyer(['backup', dataDir, '--data-dir', dataDir])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not empty'),
    });
    expect(await foyer(['backup', join(folder, 'b'), '--data-dir', join(folder, 'nowhere')])).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, 'b'))).toBe(false);
    expect(existsSync(join(folder, 'b.part'))).toBe(false);
  });
});

describePostgres('a restore', ({ fresh }) => {
  it.each(['sqlite', 'postgres'])(
    'killed at moments nobody chose, and run again (%s): the old one or the new one, never a half',
    async (dialect) => {
      const path = join(dataDir, 'foyer.db');
      await filled(path);
      fillMore(path);
      const target = join(folder, 'backup');
      expect(await foyer(['backup', target, '--data-dir', dataDir])).toMatchObject({ code: 0 });
      const place = dialect === 'sqlite' ? { database: { sqlite: path }, ...rowsIn(path) } : await fresh();
      const expected = await contentOf(rowsIn(path), emptied);
      if (dialect === 'postgres') await (await openStore({ database: place.database, newEpoch: 'what was there' })).close();
      let broken = 0;
      // On a quick machine it is done sooner: then sooner is killed.
      let withinMs = 4500;
      for (let round = 0; broken < 2 && round < 12; round++) {
        const process = runServer(['restore', target, '--force', ...flagsOf(place.database, dataDir)]);
        await Promise.race([process.exited, new Promise((next) => setTimeout(next, withinMs * (0.3 + 0.7 * Math.random())))]);
        process.child.kill('SIGKILL');
        if ((await process.exited) === 'SIGKILL') broken++;
        else withinMs *= 0.6;
        const opened = await openStore({ database: place.database, newEpoch: 'new?' }).catch((error: Error) => error.message);
        if (typeof opened === 'string') expect(opened).toContain('half filled');
        else {
          expect(opened.epoch).not.toBe('new?');
          await opened.close();
        }
      }
      expect(broken).toBeGreaterThan(0);
      expect(await foyer(['restore', target, '--force', ...flagsOf(place.database, dataDir)])).toMatchObject({ code: 0 });
      expect(await contentOf(place, emptied)).toEqual(expected);
    },
  );
});

/** Enough for a restore to take a while. */
function fillMore(path: string): void {
  const db = new Database(path);
  db.exec(`insert into messages (workspace_id, conversation_id, seq, side, cid, body_hash, author_kind, kind, text, created_at)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
    select 'w', 1000 + i / 100, i, 'contact', 'c' || i, 'h', 'contact', 'text', 'words ' || i, i from n`);
  db.close();
}
