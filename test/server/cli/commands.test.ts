import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureWorkspace } from '../../../server/actions/ensure-workspace.ts';
import { withInstall } from '../../../server/cli/install.ts';
import { readConfig } from '../../../server/config.ts';
import type { Config } from '../../../server/config.ts';
import { checkProof, ownTokenKey } from '../../../server/identity.ts';
import { unseal } from '../../../server/seal.ts';
import { loadSecretKey } from '../../../server/secret-key.ts';
import type { OpenOptions } from '../../../server/store/open.ts';
import { openStore, openStoreBeside } from '../../../server/store/store.ts';
import type { Store } from '../../../server/store/store.ts';
import { insertWorkspace, updateWorkspace } from '../../../server/store/workspaces.ts';
import { describeStores } from '../../helpers/databases.ts';
import { flagsOf, foyer } from '../../helpers/terminal.ts';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'foyer-cli-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

interface Made {
  store: Store;
  secret: string;
  appId: string;
}

/** The data as a server's first start leaves it; the store is the server's and is still open. */
async function serverOn(database: OpenOptions): Promise<Made> {
  const secretKey = loadSecretKey(null, dataDir);
  const store = await openStore({ database, newEpoch: 'epoch-of-this-test' });
  const tools = { store, now: Date.now, random: (bytes: number) => randomBytes(bytes), secretKey };
  const workspace = await ensureWorkspace(tools, { identityMode: null, allowedOrigins: null });
  return { store, secret: unseal(workspace.identitySecret, secretKey), appId: workspace.appId };
}

const proofOf = (secret: string, proof: { userHash?: unknown; userJwt?: unknown }, userId: string | null = null, nowMs = Date.now()) =>
  checkProof({
    userId,
    email: null,
    userHash: undefined,
    userJwt: undefined,
    secrets: [secret],
    publicKey: null,
    ownKey: ownTokenKey(loadSecretKey(null, dataDir), 'main'),
    nowMs,
    ...proof,
  });

describeStores('the operator’s commands', ({ dialect, fresh }) => {
  const place = async (): Promise<OpenOptions> => (dialect === 'sqlite' ? { sqlite: join(dataDir, 'foyer.db') } : (await fresh()).database);

  it('sign-user makes a user_hash and a user_jwt which the server takes, while that runs on the same data', async () => {
    const database = await place();
    const { store, secret, appId } = await serverOn(database);
    const argv = ['sign-user', '4711', '--email', 'Ada@Example.org', '--name', 'Ada', '--expires', '30m', '--json'];
    const { code, stdout } = await foyer([...argv, ...flagsOf(database, dataDir)]);
    const made = JSON.parse(stdout) as Record<string, string>;
    expect([code, made['app_id'], made['user_id']]).toEqual([0, appId, '4711']);
    expect(await proofOf(secret, { userHash: made['user_hash'] }, '4711')).toMatchObject({ ok: true, proof: { verified: true } });
    expect(await proofOf(secret, { userJwt: made['user_jwt'] })).toMatchObject({
      ok: true,
      proof: { verified: true, userId: '4711', claims: { email: 'ada@example.org', name: 'Ada' } },
    });
    const in31Minutes = Date.now() + 32 * 60_000;
    expect(await proofOf(secret, { userJwt: made['user_jwt'] }, null, in31Minutes)).toMatchObject({ ok: false });
    // The server goes on writing.
    await store.in('main').write((tx) => updateWorkspace(tx, { name: 'Still here' }));
    await store.close();
  });

  it('sign-user prints a page to try, with the address of this server, in which an id stays text', async () => {
    const database = await place();
    await (await serverOn(database)).store.close();
    const flags = [...flagsOf(database, dataDir), '--public-url', 'https://chat.example.com'];
    const { stdout } = await foyer(['sign-user', `</script>"'`, ...flags]);
    expect(stdout).toMatch(/^user_hash {2}[0-9a-f]{64}\nuser_jwt {3}[\w-]+\.[\w-]+\.[\w-]+\n/);
    expect(stdout).toMatch(/<script async src="https:\/\/chat\.example\.com\/widget\.js" data-app-id="app_\w{20}"><\/script>/);
    const script = /<script>([^]*)<\/script>$/.exec(stdout.trim())?.[1] ?? '';
    const page: { Foyer?: { q: ArrayLike<unknown>[] }; window?: unknown } = {};
    page.window = page;
    runInNewContext(script, page);
    expect(Array.from(page.Foyer?.q[0] ?? []).slice(0, 2)).toEqual(['identify', `</script>"'`]);
  });

  it('with several apps it must be said which', async () => {
    const database = await place();
    const { store, appId } = await serverOn(database);
    await store
      .in('other')
      .write((tx) =>
        insertWorkspace(tx, { id: 'other', appId: 'app_other', name: 'x', identitySecret: 's', identityMode: 'off', settings: {}, now: 1 }),
      );
    const flags = flagsOf(database, dataDir);
    expect(await foyer(['sign-user', '1', ...flags])).toMatchObject({ code: 2, stderr: expect.stringContaining('--app app_…') });
    expect(await foyer(['sign-user', '1', '--app', appId, ...flags])).toMatchObject({ code: 0 });
    expect(await foyer(['sign-user', '1', '--app', 'app_none', ...flags])).toMatchObject({ code: 2 });
    await store.close();
  });

  it('a rotation of the secret and a token, from begin to end', async () => {
    const database = await place();
    const { store, secret } = await serverOn(database);
    const told = async (...argv: string[]): Promise<Record<string, unknown>> => {
      const { stdout, stderr } = await foyer([...argv, '--json', ...flagsOf(database, dataDir)]);
      if (stderr) throw new Error(stderr);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const { next } = (await told('secret', 'rotate')) as { next: { identity_secret: string } };
    expect(await told('secret', 'show')).toMatchObject({ identity_secret: secret, next });
    const facts = await store
      .in('')
      .read((tx) => tx.execute((db) => db.selectFrom('events').select(['type', 'data']).where('type', 'like', 'identity.%')));
    expect(facts.map(({ type, data }) => [type, JSON.parse(data)])).toEqual([
      ['identity.secret_rotated', { operator: true }],
      ['identity.secret_shown', { operator: true }],
    ]);
    expect(await told('secret', 'finish', '--force')).toMatchObject({ identity_secret: next.identity_secret, next: null });
    const { token, ...made } = await told('token', 'create', '--name', 'Shop', '--scopes', 'identity');
    expect(token).toMatch(/^foyer_pat_/);
    expect(await told('token', 'list')).toEqual({ data: [made] });
    expect(await told('token', 'revoke', String(made['id']))).toMatchObject({ id: made['id'], revoked_at: expect.any(String) });
    await store.close();
  });

  it('data which this version of Foyer did not make is left alone', async () => {
    const database = dialect === 'sqlite' ? { sqlite: join(dataDir, 'foyer.db') } : (await fresh()).database;
    if (dialect === 'sqlite') writeFileSync(join(dataDir, 'foyer.db'), '');
    expect(await foyer(['sign-user', '1', ...flagsOf(database, dataDir)])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Start the server of this version once'),
    });
  });
});

describe('a command beside the server', () => {
  const path = (): string => join(dataDir, 'foyer.db');
  const signed = (...more: string[]) => foyer(['sign-user', '1', '--data-dir', dataDir, ...more]);

  it('where there is no data it says so and makes nothing', async () => {
    const empty = join(dataDir, 'none');
    expect(await foyer(['sign-user', '1', '--data-dir', empty])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no database'),
    });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('without the key, or with another one, it says which is wanted', async () => {
    await (await serverOn({ sqlite: path() })).store.close();
    expect((await signed('--secret-key', 'x'.repeat(40))).stderr).toMatch(/SECRET_KEY .* is not the one it was made with/);
    rmSync(join(dataDir, 'secret.key'));
    expect((await signed()).stderr).toContain('secret.key cannot be read (ENOENT)');
    expect(readdirSync(dataDir)).not.toContain('secret.key');
  });

  it('leaves no file behind that was not there', async () => {
    await (await serverOn({ sqlite: path() })).store.close();
    const before = readdirSync(dataDir);
    await signed();
    expect(readdirSync(dataDir)).toEqual(before);
  });

  it.skipIf(process.getuid?.() !== 0)('as root it leaves all files to the user of the server, and to their eyes only', async () => {
    await (await serverOn({ sqlite: path() })).store.close();
    const owner = 65_534;
    chownSync(dataDir, owner, owner);
    for (const name of readdirSync(dataDir)) {
      chownSync(join(dataDir, name), owner, owner);
      // As a server makes them, which sets its umask at the start.
      chmodSync(join(dataDir, name), 0o600);
    }
    const read = readConfig(['--data-dir', dataDir], {}, null, () => '');
    const { config } = read as { config: Config };
    await withInstall(config, undefined, async ({ deps, workspace }) => {
      await deps.store.in(workspace.id).write((tx) => updateWorkspace(tx, { name: 'Renamed' }));
      const files = readdirSync(dataDir);
      expect(files).toEqual(expect.arrayContaining(['foyer.db-wal', 'foyer.db-shm']));
      for (const name of files) {
        const { uid, mode } = statSync(join(dataDir, name));
        expect([name, uid, mode & 0o077]).toEqual([name, owner, 0]);
      }
    });
  });

  it('who may not read the data is told to come as the server’s user', async () => {
    writeFileSync(path(), '');
    chmodSync(path(), 0);
    const own = process.geteuid?.();
    // Root may read everything.
    if (own === 0) process.seteuid?.(65_534);
    const opening = openStoreBeside({ sqlite: path() }).finally(() => own === 0 && process.seteuid?.(0));
    await expect(opening).rejects.toThrow('may not be read and written by this user (EACCES)');
  });
});
