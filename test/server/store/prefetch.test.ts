// PostgreSQL: commands of one batch whose rows were read for all of them beforehand, on one node and on two at once.
import pg from 'pg';
import { expect, it } from 'vitest';
import { sql } from 'kysely';
import { markReadByAgent, markReadByContact } from '../../../server/actions/mark-read.ts';
import { receiveVisitorMessage } from '../../../server/actions/receive-visitor-message.ts';
import { sendAgentMessage } from '../../../server/actions/send-agent-message.ts';
import type { Visitor } from '../../../server/actions/session.ts';
import { closeConversation } from '../../../server/actions/set-status.ts';
import { hashToken } from '../../../server/deps.ts';
import { openEngine } from '../../../server/store/open.ts';
import { compiled } from '../../../server/store/query.ts';
import { questions } from '../../../server/store/prefetch.ts';
import { fill } from '../../bench/fill.ts';
import { describePostgres } from '../../helpers/databases.ts';
import { newCid, newVisitorToken, startServer } from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';

describePostgres('a batch', (places) => {
  async function nodes(settings: NonNullable<Parameters<typeof startServer>[0]>['settings'] = { bot: 'off' }) {
    const place = await places.fresh();
    const one = await startServer({ database: place.database, settings });
    const two = await startServer({ database: place.database, settings });
    const visitor = (token = newVisitorToken()): Visitor => ({
      workspace: one.workspace,
      tokenHash: hashToken(token),
      language: 'en',
      timeZone: null,
      page: null,
      socketId: null,
    });
    const say = ({ deps }: TestServer, who: Visitor, text: string, more: { cid?: string; conversation?: number } = {}) =>
      receiveVisitorMessage(deps, who, { cid: newCid(), text, ...more });
    const stop = async (): Promise<void> => {
      await Promise.all([one.stop(), two.stop()]);
    };
    return { place, one, two, visitor, say, stop };
  }
  const texts = Array.from({ length: 6 }, (_, i) => `word ${i}`);

  it('[P1][P3] of many visitors at once, each from two nodes, stores each message once, in one conversation of one contact each', async () => {
    const { place, one, two, visitor, say, stop } = await nodes();
    const visitors = Array.from({ length: 12 }, () => visitor());
    for (let round = 0; round < 2; round++)
      await Promise.all(
        visitors.flatMap((who) =>
          texts.map((text, i) => say(i % 2 === round % 2 ? one : two, who, `${text} of ${round} by ${who.tokenHash}`)),
        ),
      );
    const rows = await place.rows<{ n: number; seqs: number; contacts: number }>(
      `select count(*)::int as n, max(m.seq) as seqs, count(distinct c.contact_id)::int as contacts
        from messages m join conversations c on c.id = m.conversation_id group by c.session_hash`,
    );
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row).toMatchObject({ n: 12, contacts: 1 });
    expect(await place.rows(`select 1 from contacts`)).toHaveLength(12);
    // Each log is dense.
    expect(
      await place.rows(`select 1 from conversations c where seq <> (select count(*) from messages m where m.conversation_id = c.id)`),
    ).toEqual([]);
    const revs = await place.rows<{ rev: number }>(`select rev from events order by rev`);
    expect(revs.map(({ rev }) => Number(rev))).toEqual(revs.map((_, i) => i + 1));
    await stop();
  });

  it('[P1][P2] answers a repeat as the first, in the same batch and in a later one on another node; other words under its cid are refused', async () => {
    const { place, one, two, visitor, say, stop } = await nodes();
    const who = visitor();
    await say(one, who, 'before');
    const cid = newCid();
    const [first, again, other] = await Promise.allSettled([
      say(one, who, 'once', { cid }),
      say(one, who, 'once', { cid }),
      say(one, who, 'no', { cid }),
    ]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { seq: 2 } });
    expect(again).toEqual(first);
    expect(other).toMatchObject({ status: 'rejected', reason: { failure: { code: 'cid_conflict' } } });
    expect(await say(two, who, 'once', { cid })).toEqual(first.status === 'fulfilled' ? first.value : null);
    await expect(say(two, who, 'no', { cid })).rejects.toMatchObject({ failure: { code: 'cid_conflict' } });
    expect(await place.rows(`select 1 from messages`)).toHaveLength(2);
    await stop();
  });

  it('lets nobody write into what is another’s, named or not', async () => {
    const { one, visitor, say, stop } = await nodes();
    const [own, other] = [visitor(), visitor()];
    const { conversation } = await say(one, own, 'mine');
    await say(one, other, 'somebody else');
    const [mine, theirs, current] = await Promise.allSettled([
      say(one, own, 'mine again', { conversation }),
      say(one, other, 'let me in', { conversation }),
      say(one, other, 'my own'),
    ]);
    expect(mine).toMatchObject({ status: 'fulfilled', value: { conversation, seq: 2 } });
    expect(theirs).toMatchObject({ status: 'rejected', reason: { failure: { code: 'not_found' } } });
    expect(current).toMatchObject({ status: 'fulfilled', value: { seq: 2 } });
    await stop();
  });

  it.each(['answer', 'mark', 'visitor’s mark', 'close'] as const)(
    'with a command about another conversation (%s) beside a message waits for that conversation before it has the feed: no two nodes wait for each other',
    async (what) => {
      const { place, one, visitor, say, stop } = await nodes();
      const { agent } = await one.agent();
      const [who, other] = [visitor(), visitor()];
      await say(one, who, 'hello');
      const { conversation, seq } = await say(one, other, 'and I');
      if (what === 'visitor’s mark') await sendAgentMessage(one.deps, agent, { cid: newCid(), conversation, text: 'an answer' });
      const commands = {
        answer: () => sendAgentMessage(one.deps, agent, { cid: newCid(), conversation, text: 'an answer' }),
        mark: () => markReadByAgent(one.deps, one.workspace.id, { conversation, seq }),
        'visitor’s mark': () => markReadByContact(one.deps, other, { conversation, seq: seq + 9 }),
        close: () => closeConversation(one.deps, agent, { cid: newCid(), conversation }),
      };
      // Another node, in the middle of a batch.
      const beside = new pg.Client({ connectionString: 'postgres' in place.database ? place.database.postgres : '' });
      await beside.connect();
      await beside.query(`begin; set local lock_timeout = '300ms'`);
      await beside.query(
        `select 1 from contacts c join conversations k on k.contact_id = c.id where k.id = ${conversation} for update of c`,
      );
      await beside.query(`select 1 from conversations where id = ${conversation} for update`);
      const done = Promise.allSettled([say(one, who, 'a word'), commands[what]()]);
      await expect
        .poll(() => place.rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
        .toHaveLength(1);
      expect((await beside.query(`select rev from feed_heads for update`)).rows).toHaveLength(1);
      await beside.query('commit');
      await beside.end();
      expect((await done).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      await stop();
    },
  );

  it('lets the bot go by what was said before in the same batch, in an earlier one, and on another node', async () => {
    const { place, one, two, visitor, say, stop } = await nodes({ bot: 'on' });
    const who = visitor();
    await say(two, who, 'hello, what does it cost?');
    await Promise.all([say(one, who, 'my name is Ada Lovelace'), say(one, who, 'ada@example.com')]);
    await say(two, who, 'and +49 30 5550123');
    expect(await place.rows(`select name, email, phone from contacts`)).toEqual([
      { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+49305550123' },
    ]);
    const said = await place.rows<{ seq: number }>(`select seq from messages union all select seq from changes order by seq`);
    expect(said.map(({ seq }) => seq)).toEqual(said.map((_, i) => i + 1));
    await stop();
  });

  it('reads by indexes, in tables that were small when it was asked for the first time', async () => {
    const place = await places.fresh();
    await (await places.open(place)).close();
    const engine = await openEngine(place.database);
    const plans = async (): Promise<string> => {
      const found: string[] = [];
      for (const [name, question] of Object.entries(questions)) {
        const raw = compiled(question.build(engine.kysely).compile());
        const values = raw.names.map((given) => (given === 'most' ? 6 : '[{"ws":"w","hash":"h","cid":"c","conversation":1}]'));
        const rows = await engine.writer.execute((db) => ({
          compile: () => ({ ...sql`x`.compile(db), sql: `explain ${raw.sql}`, parameters: values }) as never,
        }));
        found.push(name, ...(rows as { 'QUERY PLAN': string }[]).map((row) => row['QUERY PLAN']));
      }
      return found.join('\n');
    };
    await engine.writer.command('BEGIN');
    const before = await plans();
    await engine.writer.command('COMMIT');
    await fill({ to: 'postgres' in place.database ? place.database.postgres : '', messages: 3000, seconds: 60, seed: 1 });
    await engine.writer.command('BEGIN');
    const after = await plans();
    await engine.writer.command('COMMIT');
    for (const plan of [before, after]) {
      expect(plan).not.toMatch(/Seq Scan on (contacts|conversations|sessions|messages)/);
      const indexes = [...plan.matchAll(/using (\w+) on (?:contacts|conversations|sessions|messages)\b/g)].map(([, index]) => index);
      expect(indexes).toEqual(expect.arrayContaining(['contacts_pkey', 'conversations_contact', 'conversations_pkey', 'sessions_pk']));
      for (const index of indexes)
        expect(index).toMatch(/^(contacts_pkey|conversations_contact|conversations_pkey|messages_cid|messages_seq|sessions_pk)$/);
    }
    await engine.close();
  });
});
