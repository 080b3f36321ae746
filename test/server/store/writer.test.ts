import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../../server/store/open.ts';
import type { Engine } from '../../../server/store/open.ts';
import { BusyError, createWriter, UnavailableError } from '../../../server/store/writer.ts';
import type { Committing, WriterLimits } from '../../../server/store/writer.ts';

const roomy: WriterLimits = { batch: 128, batchMs: 1000, queue: 1000 };

let engine: Engine;
beforeEach(async () => {
  engine = await openEngine({ sqlite: ':memory:' });
  await engine.writer.command('create table note (text text unique)');
});
afterEach(() => engine.close());

/** The real connection, with a look at its commands and a hand on them. */
function watched(on: { before?: (sql: string) => Promise<void> | void } = {}): Committing & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    settled: () => engine.writer.settled(),
    async command(sql) {
      await on.before?.(sql);
      await engine.writer.command(sql);
      said.push(sql);
    },
  };
}

const put = (connection: Committing, text: string) => (): Promise<void> => connection.command(`insert into note values ('${text}')`);

async function stored(): Promise<string[]> {
  const rows = await engine.writer.execute((db) => db.selectFrom('note' as never).selectAll() as never);
  return (rows as { text: string }[]).map((r) => r.text);
}

function gate(): { open(): void; opened: Promise<void> } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('the group commit', () => {
  it('[P3] all work that waits in one turn shares one BEGIN and one COMMIT', async () => {
    const connection = watched();
    const writer = createWriter(connection, roomy);
    await Promise.all(Array.from({ length: 40 }, (_, i) => writer.run(put(connection, `n${i}`))));
    expect(connection.said.filter((sql) => sql === 'BEGIN')).toHaveLength(1);
    expect(connection.said.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(await stored()).toHaveLength(40);
  });

  it('[P3] where an item fails, all are asked for again before the first savepoint, for the locks alone: what was told is forgotten', async () => {
    const done: string[] = [];
    const connection = watched({ before: (sql) => void done.push(sql) });
    const hooks = { begins() {}, ends() {}, undone: () => void done.push('undone'), prefetch: async () => void done.push('asked') };
    const writer = createWriter(connection, roomy, hooks);
    const wanted = { workspaceId: 'w', tokenHash: 'h', cid: 'c', conversation: undefined };
    const wrong = async (): Promise<void> => {
      throw new Error('on purpose');
    };
    const works = [put(connection, 'a'), wrong, put(connection, 'c')];
    const outcomes = await Promise.allSettled(works.map((work) => writer.run(work, () => {}, wanted)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const again = done.lastIndexOf('BEGIN');
    expect(done.slice(again, again + 4)).toEqual(['BEGIN', 'asked', 'undone', 'SAVEPOINT item']);
    expect(await stored()).toEqual(['a', 'c']);
  });

  it('[P3] where what a batch wants cannot be asked for, its items are done one by one, without', async () => {
    const connection = watched();
    let asked = 0;
    const prefetch = async (): Promise<void> => {
      asked++;
      throw new Error('no such question');
    };
    const writer = createWriter(connection, roomy, { begins() {}, ends() {}, undone() {}, prefetch });
    const wanted = { workspaceId: 'w', tokenHash: 'h', cid: 'c', conversation: undefined };
    await Promise.all(['a', 'b'].map((text) => writer.run(put(connection, text), () => {}, wanted)));
    expect([asked, await stored()]).toEqual([1, ['a', 'b']]);
  });

  it('[P3] a batch holds no more items than its limit, and the rest follows in the next', async () => {
    const connection = watched();
    const writer = createWriter(connection, { ...roomy, batch: 8 });
    await Promise.all(Array.from({ length: 20 }, (_, i) => writer.run(put(connection, `n${i}`))));
    expect(connection.said.filter((sql) => sql === 'COMMIT')).toHaveLength(3);
    expect(await stored()).toEqual(Array.from({ length: 20 }, (_, i) => `n${i}`));
  });

  it('[P3] nobody is answered before COMMIT returned', async () => {
    const beforeCommit = gate();
    const reached = gate();
    const connection = watched({
      before: async (sql) => {
        if (sql !== 'COMMIT') return;
        reached.open();
        await beforeCommit.opened;
      },
    });
    const writer = createWriter(connection, roomy);
    const told: string[] = [];
    const both = [1, 2].map((i) =>
      writer
        .run(put(connection, `n${i}`), () => void told.push(`committed ${i}`))
        .then(() => told.push(`answered ${i}, ${connection.said.at(-1)}`)),
    );
    await reached.opened;
    await new Promise((turn) => setImmediate(turn));
    expect(told).toEqual([]);
    beforeCommit.open();
    await Promise.all(both);
    expect(told).toEqual(['committed 1', 'committed 2', 'answered 1, COMMIT', 'answered 2, COMMIT']);
  });

  it('an item that fails is rolled back alone; its neighbours in the batch are stored', async () => {
    const connection = watched();
    const writer = createWriter(connection, roomy);
    const published: string[] = [];
    const outcomes = await Promise.allSettled([
      writer.run(put(connection, 'before'), () => void published.push('before')),
      writer.run(
        async () => {
          await put(connection, 'half done')();
          throw new Error('half way');
        },
        () => void published.push('failed'),
      ),
      writer.run(put(connection, 'before'), () => void published.push('twice')),
      writer.run(put(connection, 'after'), () => void published.push('after')),
    ]);
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect((outcomes[1] as PromiseRejectedResult).reason).toEqual(new Error('half way'));
    expect(connection.said.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(await stored()).toEqual(['before', 'after']);
    expect(published).toEqual(['before', 'after']);
  });

  it('[P4] a commit that fails is answered as unknown to everybody in it, stores nothing, and the next one works', async () => {
    let failures = 1;
    const connection = watched({
      before: (sql) => {
        if (sql === 'COMMIT' && failures-- > 0) throw new Error('connection lost');
      },
    });
    const writer = createWriter(connection, roomy);
    const published: string[] = [];
    const outcomes = await Promise.allSettled(['a', 'b'].map((t) => writer.run(put(connection, t), () => void published.push(t))));
    expect(outcomes.map((o) => (o as PromiseRejectedResult).reason)).toEqual([expect.any(UnavailableError), expect.any(UnavailableError)]);
    expect(published).toEqual([]);
    await writer.run(put(connection, 'c'));
    expect(await stored()).toEqual(['c']);
  });

  it('[P4] a database that cannot begin refuses all that waits, and nothing hangs', async () => {
    let failures = 1;
    const connection = watched({
      before: (sql) => {
        if (sql === 'BEGIN' && failures-- > 0) throw new Error('no database');
      },
    });
    const writer = createWriter(connection, roomy);
    const outcomes = await Promise.allSettled([1, 2, 3].map((i) => writer.run(put(connection, `n${i}`))));
    for (const o of outcomes) expect((o as PromiseRejectedResult).reason).toBeInstanceOf(UnavailableError);
    await writer.run(put(connection, 'later'));
    expect(await stored()).toEqual(['later']);
  });

  it('[P14] over its bound the queue says busy at once, does nothing of it, and serves again afterwards', async () => {
    const connection = watched();
    const writer = createWriter(connection, { ...roomy, queue: 3 });
    const accepted = [1, 2, 3].map((i) => writer.run(put(connection, `n${i}`)));
    await expect(writer.run(put(connection, 'too many'))).rejects.toBeInstanceOf(BusyError);
    await Promise.all(accepted);
    await writer.run(put(connection, 'again'));
    expect(await stored()).toEqual(['n1', 'n2', 'n3', 'again']);
  });

  it('idle waits until everything given before it is settled', async () => {
    const connection = watched();
    const writer = createWriter(connection, { ...roomy, batch: 2 });
    const settled: number[] = [];
    for (let i = 0; i < 9; i++) void writer.run(put(connection, `n${i}`)).then(() => settled.push(i));
    await writer.idle();
    expect(writer.waiting()).toBe(0);
    expect(await stored()).toHaveLength(9);
    await expect.poll(() => settled).toHaveLength(9);
  });
});
