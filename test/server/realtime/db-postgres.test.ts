// I14: PostgreSQL ends connections, falls silent, or lets two nodes wait for each other; nothing hangs and nobody restarts anything.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describePostgres } from '../../helpers/databases.ts';
import { flakyLine } from '../../helpers/flaky-line.ts';
import { runServer } from '../../helpers/process.ts';
import type { Place } from '../../helpers/postgres.ts';
import { aWorkspace } from '../../helpers/rows.ts';
import { connectVisitor, newCid, startServer } from '../../helpers/server.ts';
import { arrive, logOf, say, seqsOf, upTo } from '../../helpers/talk.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../server/store/query.ts';

const urlOf = ({ database }: Place): string => ('postgres' in database ? database.postgres : '');
const killReaders = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'foyer'`;

describePostgres('a PostgreSQL in trouble', (places) => {
  it('[I13] a connection that dies while it reads does not end the process, and the reads go on', async () => {
    const place = await places.fresh();
    const dir = mkdtempSync(join(tmpdir(), 'foyer-killed-'));
    const server = runServer(['--port', '0', '--data-dir', dir], { DATABASE_URL: urlOf(place), LOG_LEVEL: 'silent' });
    await server.printed('Snippet');
    const [workspace] = await place.rows<{ app_id: string }>('select app_id from workspaces');
    const visitor = await connectVisitor({ url: server.url, workspace: { appId: workspace?.app_id ?? '' } });
    const { conversation } = await say(visitor, 'first');
    for (let kills = 0; kills < 20; kills++) {
      const reading = upTo(6).map(() => visitor.send('conversation.history', { conversation }));
      await place.rows(killReaders);
      for (const reply of await Promise.all(reading)) if (!reply.ok) expect(reply).toMatchObject({ code: 'unavailable', retryable: true });
      expect(server.child.exitCode).toBeNull();
    }
    await expect.poll(async () => (await visitor.send('conversation.history', { conversation })).ok).toBe(true);
    visitor.close();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    rmSync(dir, { recursive: true, force: true });
  });

  it('[I14] that falls silent: reads and writes are refused within 5 s, none acknowledged, and served again within 5 s after', async () => {
    const url = new URL(urlOf(await places.fresh()));
    const line = await flakyLine(url.hostname, Number(url.port || 5432));
    url.hostname = '127.0.0.1';
    url.port = String(line.port);
    const server = await startServer({ database: { postgres: url.href }, settings: { bot: 'off' } });
    const visitor = await arrive(server);
    const { conversation } = await say(visitor, 'm1');
    line.silence();
    const began = performance.now();
    const body = { cid: newCid(), conversation, text: 'm2' };
    const replies = await Promise.all([
      visitor.send('message.send', body),
      ...upTo(3).map((i) => visitor.send('message.send', { cid: newCid(), conversation, text: `lost ${i}` })),
      ...upTo(12).map(() => visitor.send('conversation.history', { conversation })),
    ]);
    expect(performance.now() - began).toBeLessThan(5000);
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, code: 'unavailable', retryable: true });
    line.restore();
    const restored = performance.now();
    await expect.poll(async () => (await visitor.send('message.send', body)).ok, { timeout: 5000 }).toBe(true);
    expect(performance.now() - restored).toBeLessThan(5000);
    expect(seqsOf(await logOf(visitor, conversation))).toEqual([1, 2]);
    visitor.close();
    await server.stop();
    await line.close();
  }, 30_000);

  it('[I14] two nodes whose transactions wait for each other both finish', async () => {
    const place = await places.fresh();
    // Long enough for both items of a node to share one transaction.
    const limits = { batch: 128, batchMs: 10_000, queue: 1000 };
    const [one, two] = [await places.open(place, { limits }), await places.open(place, { limits })];
    for (const id of ['x', 'y']) await aWorkspace(one, id);
    const touch = (id: string) => (tx: Tx) =>
      tx.execute((db) =>
        db
          .updateTable('workspaces')
          .set({ name: sql<string>`name || '+'` })
          .where('id', '=', id),
      );
    let arrived = 0;
    const bothHold = async (): Promise<void> => {
      arrived++;
      await expect.poll(() => arrived, { timeout: 5000 }).toBeGreaterThanOrEqual(2);
    };
    await Promise.all(
      [
        { store: one, ids: ['x', 'y'] },
        { store: two, ids: ['y', 'x'] },
      ].flatMap(({ store, ids: [first = '', second = ''] }) => [
        store.in('').write(async (tx) => {
          await touch(first)(tx);
          await bothHold();
        }),
        store.in('').write(touch(second)),
      ]),
    );
    expect(await place.rows(`select name from workspaces order by name`)).toEqual([{ name: 'x++' }, { name: 'y++' }]);
  });
});
