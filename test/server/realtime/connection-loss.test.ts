// P4, I14: the database's connection dies under the server; nothing is answered that is not so, and it serves again.
import { expect, it } from 'vitest';
import type { Failure } from '../../../shared/errors.ts';
import { describePostgres } from '../../helpers/databases.ts';
import { newCid, startServer } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { arrive, logOf, say, seqsOf, upTo } from '../../helpers/talk.ts';

const terminate = (application: string): string =>
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = '${application}'`;

describePostgres('a lost connection to the database', (places) => {
  it('[P4] mid-traffic: a retry with the same cid ends acked, nothing lost, nothing doubled, no restart', async () => {
    const place = await places.fresh();
    const server = await startServer({ database: place.database, settings: { bot: 'off' } });
    const visitor = await arrive(server);
    const { conversation } = await say(visitor, 'first');
    const refusals: Failure[] = [];
    const acked = new Map<string, number>();
    const untilAcked = async (client: VisitorClient, text: string): Promise<void> => {
      const body = { cid: newCid(), conversation, text };
      await expect
        .poll(
          async () => {
            const reply = await client.send('message.send', body);
            if (!reply.ok) refusals.push(reply);
            else acked.set(body.cid, reply.seq);
            return reply.ok;
          },
          { timeout: 5000 },
        )
        .toBe(true);
    };
    for (const application of ['foyer-writer', 'foyer', 'foyer-writer']) {
      const sending = upTo(30).map((i) => untilAcked(visitor, `around the loss ${i}`));
      await place.rows(terminate(application));
      await Promise.all([...sending, untilAcked(visitor, 'and after it')]);
    }
    for (const refusal of refusals) expect(refusal).toMatchObject({ retryable: true });
    const log = await logOf(visitor, conversation);
    expect(seqsOf(log)).toEqual(upTo(94));
    const stored = log.flatMap((c) => (c.kind === 'message' ? [[c.message.cid, c.seq] as const] : []));
    for (const [cid, seq] of acked) expect(stored.filter(([id]) => id === cid)).toEqual([[cid, seq]]);
    visitor.close();
    await server.stop();
  });
});
