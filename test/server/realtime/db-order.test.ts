// I4: what one socket sends is stored in the order it was sent, whatever its server reads in between.
import { expect, it } from 'vitest';
import { createWorkspaceCache } from '../../../server/realtime/workspace-cache.ts';
import type { Store } from '../../../server/store/store.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aWorkspace } from '../../helpers/rows.ts';
import { must, newCid, startServer } from '../../helpers/server.ts';
import { arrive, identitySecret, jwt, logOf, say, upTo } from '../../helpers/talk.ts';

/** The store, with its reads counted and held back until `letGo`, the last one first. */
function slowReads(store: Store): Store & { reads: number; letGo(): void } {
  const held: (() => void)[] = [];
  const slow = {
    ...store,
    reads: 0,
    letGo: () => {
      for (const go of held.splice(0).toReversed()) go();
    },
    in: (workspaceId: string) => ({
      ...store.in(workspaceId),
      async read<T>(work: Parameters<ReturnType<Store['in']>['read']>[0]) {
        slow.reads++;
        await new Promise<void>((go) => held.push(go));
        return store.in(workspaceId).read(work) as Promise<T>;
      },
    }),
  };
  return slow as unknown as Store & { reads: number; letGo(): void };
}

describeStores('the workspace that every command needs', (places) => {
  it('[I4] is read once for all who ask at the same time, and they go on in the order they asked', async () => {
    const store = await places.open();
    await aWorkspace(store, 'w');
    const slow = slowReads(store);
    const cache = createWorkspaceCache(slow, () => 0);
    const wentOn: number[] = [];
    const asked = upTo(20).map((i) => cache.byAppId('app_w').then(() => wentOn.push(i)));
    slow.letGo();
    await Promise.all(asked);
    expect(slow.reads).toBe(1);
    expect(wentOn).toEqual(upTo(20));
  });

  it('serves a busy workspace without a wait while it is renewed, and is never older than 2 s', async () => {
    const store = await places.open();
    const scope = await aWorkspace(store, 'w');
    const slow = slowReads(store);
    let now = 0;
    const cache = createWorkspaceCache(slow, () => now);
    const first = cache.byAppId('app_w');
    slow.letGo();
    expect((await first)?.name).toBe('w');
    await scope.write((tx) => tx.execute((db) => db.updateTable('workspaces').set({ name: 'renamed' }).where('id', '=', 'w')));
    now = 1500;
    expect((await cache.byAppId('app_w'))?.name).toBe('w');
    expect((await cache.byAppId('app_w'))?.name).toBe('w');
    expect(slow.reads).toBe(2);
    slow.letGo();
    await expect.poll(async () => (await cache.byAppId('app_w'))?.name).toBe('renamed');
    expect(slow.reads).toBe(2);
    now = 4000;
    const late = cache.byAppId('app_w');
    expect(slow.reads).toBe(3);
    slow.letGo();
    await late;
  });

  it('[I14] is asked for again after a read that failed', async () => {
    const store = await places.open();
    await aWorkspace(store, 'w');
    let failures = 1;
    const broken = {
      ...store,
      in: (id: string) => (failures-- > 0 ? { ...store.in(id), read: () => Promise.reject(new Error('no database')) } : store.in(id)),
    };
    const cache = createWorkspaceCache(broken as Store, () => 0);
    await expect(cache.byAppId('app_w')).rejects.toThrow('no database');
    expect((await cache.byAppId('app_w'))?.id).toBe('w');
  });
});

describeStores('one socket', (places) => {
  it('[I4] a burst that meets the end of the kept settings is stored in the order it was typed', async () => {
    let skip = 0;
    const server = await startServer({ database: (await places.fresh()).database, settings: { bot: 'off' }, now: () => Date.now() + skip });
    const visitor = await arrive(server);
    const { conversation } = await say(visitor, 'm0');
    for (const round of upTo(5)) {
      skip += 2001;
      await Promise.all(upTo(30).map((i) => say(visitor, `m${(round - 1) * 30 + i}`)));
    }
    const texts = (await logOf(visitor, conversation)).flatMap((c) => (c.kind === 'message' ? [c.message.text] : []));
    expect(texts).toEqual(['m0', ...upTo(150).map((i) => `m${i}`)]);
    visitor.close();
    await server.stop();
  });

  it('[I4] what follows identify at once is done after it, as the person it named', async () => {
    const server = await startServer({ database: (await places.fresh()).database, settings: { bot: 'off' } });
    const visitor = await arrive(server);
    const user_jwt = await jwt(identitySecret(server), { user_id: 'ann' }, Math.floor(Date.now() / 1000) + 60);
    const done: string[] = [];
    const [, , message] = await Promise.all([
      visitor.send('message.send', { cid: newCid(), text: 'before' }).then((reply) => done.push(`before ${reply.ok}`)),
      visitor.send('identify', { user_jwt }).then((reply) => done.push(`identify ${reply.ok}`)),
      visitor.send('message.send', { cid: newCid(), text: 'after' }).then((reply) => {
        done.push(`after ${reply.ok}`);
        return must(reply);
      }),
    ]);
    expect(done).toEqual(['before true', 'identify true', 'after true']);
    expect((await logOf(visitor, message.conversation)).at(-1)).toMatchObject({ message: { text: 'after' } });
    visitor.close();
    await server.stop();
  });
});
