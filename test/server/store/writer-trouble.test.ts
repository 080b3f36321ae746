// I14: what the group commit does while its database is locked, full, gives way to another node, or does not answer at all.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEngine } from '../../../server/store/open.ts';
import type { Engine } from '../../../server/store/open.ts';
import { ConflictError, LockedError } from '../../../server/store/errors.ts';
import { createWriter, UnavailableError } from '../../../server/store/writer.ts';
import type { Committing, WriterLimits } from '../../../server/store/writer.ts';

const limits: WriterLimits = { batch: 128, batchMs: 1000, queue: 1000, patienceMs: 300 };

let engine: Engine;
beforeEach(async () => {
  engine = await openEngine({ sqlite: ':memory:' });
  await engine.writer.command('create table note (text text unique)');
});
afterEach(() => engine.close());

/** The real connection, whose commands may be held up or made to fail. */
function troubled(before: (sql: string) => Promise<void> | void, cut?: () => void): Committing & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    settled: () => engine.writer.settled(),
    async command(sql) {
      await before(sql);
      await engine.writer.command(sql);
      said.push(sql);
    },
    ...(cut && { cut }),
  };
}

const put = (text: string) => (): Promise<void> => engine.writer.command(`insert into note values ('${text}')`);

async function stored(): Promise<string[]> {
  const rows = await engine.writer.execute((db) => db.selectFrom('note' as never).selectAll() as never);
  return (rows as { text: string }[]).map((r) => r.text);
}

describe('the group commit in trouble', () => {
  it('[I14] waits for a locked database with everything still in its place, and then does it', async () => {
    let locked = 4;
    const connection = troubled((sql) => {
      if (sql === 'BEGIN' && locked-- > 0) throw new LockedError('locked');
    });
    const writer = createWriter(connection, { ...limits, patienceMs: 3000 });
    await Promise.all(['a', 'b', 'c'].map((text) => writer.run(put(text))));
    expect(await stored()).toEqual(['a', 'b', 'c']);
    expect(connection.said.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  });

  it('[I14] refuses what waited too long for a locked database, stores nothing of it, and serves again afterwards', async () => {
    let isLocked = true;
    const connection = troubled((sql) => {
      if (sql === 'BEGIN' && isLocked) throw new LockedError('locked');
    });
    const writer = createWriter(connection, limits);
    const outcomes = await Promise.allSettled(['a', 'b'].map((text) => writer.run(put(text))));
    for (const o of outcomes) expect((o as PromiseRejectedResult).reason).toBeInstanceOf(UnavailableError);
    isLocked = false;
    await writer.run(put('c'));
    expect(await stored()).toEqual(['c']);
  });

  it('[I14] breaks off a transaction whose database does not answer, answers everybody, and serves again', async () => {
    let breakOff: (error: Error) => void = () => {};
    let isHanging = false;
    let hangs = true;
    const connection = troubled(
      async (sql) => {
        if (sql !== 'COMMIT' || !hangs) return;
        isHanging = true;
        await new Promise<void>((_, reject) => (breakOff = reject));
      },
      () => breakOff(new UnavailableError('cut')),
    );
    const writer = createWriter(connection, limits);
    const inside = writer.run(put('inside')).catch((error: unknown) => error);
    await expect.poll(() => isHanging).toBe(true);
    const behind = writer.run(put('behind')).catch((error: unknown) => error);
    expect(await behind).toBeInstanceOf(UnavailableError);
    expect(await inside).toBeInstanceOf(UnavailableError);
    hangs = false;
    await writer.run(put('later'));
    expect(await stored()).toEqual(['later']);
  });

  it('[P14] is patient with a database that is slow but goes on: nothing is refused that is still to be done', async () => {
    const connection = troubled(async (sql) => {
      if (sql === 'COMMIT') await new Promise((later) => setTimeout(later, 100));
    });
    const writer = createWriter(connection, { ...limits, batch: 1 });
    await Promise.all(Array.from({ length: 25 }, (_, i) => writer.run(put(`n${i}`))));
    expect(await stored()).toHaveLength(25);
  });

  it('[I4] runs a transaction that gave way to another node again, item by item and in order', async () => {
    const connection = troubled(() => {});
    const writer = createWriter(connection, limits);
    let conflicts = 1;
    const told: string[] = [];
    const give = (text: string): Promise<void> => writer.run(put(text), () => void told.push(text));
    await Promise.all([
      give('a'),
      writer.run(
        async () => {
          await put('b')();
          if (conflicts-- > 0) throw new ConflictError('deadlock detected');
        },
        () => void told.push('b'),
      ),
      give('c'),
    ]);
    expect(await stored()).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['a', 'b', 'c']);
  });

  it('[I14] gives up an item that had to give way three times, and only that one', async () => {
    const writer = createWriter(
      troubled(() => {}),
      limits,
    );
    let runs = 0;
    const unlucky = writer.run(async () => {
      runs++;
      throw new ConflictError('deadlock detected');
    });
    const [first, second] = await Promise.allSettled([unlucky, writer.run(put('lucky'))]);
    expect((first as PromiseRejectedResult).reason).toBeInstanceOf(UnavailableError);
    expect(second.status).toBe('fulfilled');
    expect(runs).toBe(3);
    expect(await stored()).toEqual(['lucky']);
  });

  it('[P3] a push that throws leaves nobody unanswered, and the next commit works', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const writer = createWriter(
      troubled(() => {}),
      limits,
    );
    const told: string[] = [];
    await Promise.all([
      writer.run(put('a'), () => {
        throw new Error('push failed');
      }),
      writer.run(put('b'), () => void told.push('b')),
    ]);
    await writer.run(put('c'));
    expect(await stored()).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['b']);
    expect(String(warned.mock.calls[0]?.[0])).toContain('push failed');
    warned.mockRestore();
  });
});
