import { expect, it } from 'vitest';
import { openEngine } from '../../../server/store/open.ts';
import { describePostgres } from '../../helpers/databases.ts';

const ofWriter = `from pg_stat_activity where datname = current_database() and application_name = 'foyer-writer'`;

describePostgres('the connection that writes', (places) => {
  it('[P4] lost within a transaction, runs nothing more of it on a new connection, where each statement would commit by itself', async () => {
    const place = await places.fresh();
    await place.rows('create table meta (key text primary key, value text not null)');
    const { writer, close } = await openEngine(place.database);
    const put = (key: string) => writer.execute((db) => db.insertInto('meta').values({ key, value: '' }));
    await writer.command('BEGIN');
    await put('before the loss');
    await place.rows(`select pg_terminate_backend(pid) ${ofWriter}`);
    await expect.poll(async () => (await place.rows(`select pid ${ofWriter}`)).length).toBe(0);
    for (const key of ['first after the loss', 'second', 'third']) await expect(put(key)).rejects.toThrow('lost within a transaction');
    await expect(writer.command('COMMIT')).rejects.toThrow('lost within a transaction');
    expect(await place.rows('select key from meta')).toEqual([]);
    await writer.command('BEGIN');
    await put('of the next transaction');
    await writer.command('COMMIT');
    expect(await place.rows('select key from meta')).toEqual([{ key: 'of the next transaction' }]);
    expect(await place.rows(`select pid ${ofWriter}`)).toHaveLength(1);
    await close();
  });
});
