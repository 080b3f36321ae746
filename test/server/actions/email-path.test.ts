// [M3] What an email asks of the database on its way from a chat or a form: the same whoever has it, and never who has it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { describe, expect, it } from 'vitest';
import { answerDetail } from '../../../server/actions/answer-detail.ts';
import { receiveVisitorMessage } from '../../../server/actions/receive-visitor-message.ts';
import type { Visitor } from '../../../server/actions/session.ts';
import { submitForm } from '../../../server/actions/submit-form.ts';
import type { Deps } from '../../../server/deps.ts';
import { hashToken } from '../../../server/deps.ts';
import { openEngine } from '../../../server/store/open.ts';
import { bind, compiled } from '../../../server/store/query.ts';
import type { Query, Tx } from '../../../server/store/query.ts';
import type { Schema } from '../../../server/store/schema.ts';
import { openStore } from '../../../server/store/store.ts';
import type { Store } from '../../../server/store/store.ts';
import { firstWorkspace } from '../../../server/store/workspaces.ts';
import { newCid, newVisitorToken, must, startServer } from '../../helpers/server.ts';
import { arrive, hmac, identitySecret, putForm, say } from '../../helpers/talk.ts';
import { watchStore } from '../../helpers/watched-store.ts';

const email = 'm3@example.com';
const now = Date.UTC(2031, 0, 1);

interface Statement {
  sql: string;
  values: readonly unknown[];
}

interface Place {
  conversation: number;
  /** With a detail that can be corrected. */
  message: number;
  form: number;
}

type Way = (deps: Deps, visitor: Visitor, place: Place) => Promise<unknown>;

const ways: [string, Way][] = [
  [
    'a message',
    (deps, visitor, { conversation }) => receiveVisitorMessage(deps, visitor, { cid: newCid(), conversation, text: `I am ${email}` }),
  ],
  [
    'the first message',
    (deps, visitor) =>
      receiveVisitorMessage(deps, { ...visitor, tokenHash: hashToken(newVisitorToken()) }, { cid: newCid(), text: `I am ${email}` }),
  ],
  [
    'a form',
    (deps, visitor, { conversation, form: message }) =>
      submitForm(deps, visitor, { cid: newCid(), conversation, message, values: { email } }),
  ],
  [
    'a correction',
    (deps, visitor, { conversation, message }) =>
      answerDetail(deps, visitor, { cid: newCid(), conversation, message, field: 'email', answer: 'change', value: email }),
  ],
];

describe.each(ways)('%s', (_, way) => {
  it.each(['off', 'on'] as const)(
    '[M3] with the bot %s asks the same in the same order whether a user, a lead or nobody has the email, and not who has it',
    async (bot) => {
      const paths: Statement[][] = [];
      for (const who of ['user', 'lead', 'nobody'] as const) paths.push(await pathOf(bot, who, way));
      const plain = paths.map((path) => path.map(({ sql }) => sql));
      expect(plain[0]?.length).toBeGreaterThan(5);
      expect(plain[1]).toEqual(plain[0]);
      expect(plain[2]).toEqual(plain[0]);
      // Where it is only asked and its answer thrown away, the time it takes would still tell.
      const asked = paths
        .flat()
        .filter(
          ({ sql, values }) =>
            /^\s*(select|with)\b/i.test(sql) && (/email/i.test(sql) || values.some((value) => String(value).includes(email))),
        );
      expect(asked).toEqual([]);
    },
  );
});

/** A server on which `who` has the email; then, on a store of its own whose jobs never run, a device gives it. */
async function pathOf(bot: 'off' | 'on', who: 'user' | 'lead' | 'nobody', way: Way): Promise<Statement[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'foyer-m3-'));
  // The clock stands still: no job is due, and the workspace is read once.
  const server = await startServer({ dataDir, settings: { bot }, now: () => now });
  const other = await arrive(server);
  if (who === 'user') must(await other.send('identify', { email, user_hash: hmac(identitySecret(server), email) }));
  else await say(other, who === 'lead' ? `my email is ${email}` : 'hello');
  const visitor = await arrive(server);
  const { conversation, id: message } = await say(visitor, 'hello, I am someone@gmail.con');
  const form = await putForm(server, conversation, [{ name: 'email', kind: 'email', label: 'Email', required: true }]);
  const { deps, app } = server;
  await app.close().catch(() => {});
  const store = await openStore({ database: { sqlite: join(dataDir, 'foyer.db') }, newEpoch: 'epoch-of-the-test' });
  const workspace = await store.in('').read(firstWorkspace);
  if (!workspace) throw new Error('no workspace');
  const { seen, close } = await watchStatements(store);
  const own = {
    ...deps,
    store,
    now: () => now,
    random: (n: number) => randomBytes(n),
    publish: { committed: () => {} },
    jobs: { wake: () => {} },
  };
  const asking: Visitor = { workspace, tokenHash: hashToken(visitor.token), language: null, timeZone: null, page: null, socketId: null };
  await way(own, asking, { conversation, message, form });
  for (const client of [other, visitor]) client.close();
  await store.close();
  await close();
  rmSync(dataDir, { recursive: true, force: true });
  return seen;
}

/** The statements of everything that goes through the store from now on. */
async function watchStatements(store: Store): Promise<{ seen: Statement[]; close(): Promise<void> }> {
  const engine = await openEngine({ sqlite: ':memory:' });
  const db: Kysely<Schema> = engine.kysely;
  const seen: Statement[] = [];
  const note = (query: Query<never, never>, params: unknown): void => {
    const statement = compiled(query.build(db).compile());
    seen.push({ sql: statement.sql, values: bind(statement, params) });
  };
  const watching = (tx: Tx): Tx => ({
    ...tx,
    all: (query, params) => (note(query as never, params), tx.all(query, params)),
    get: (query, params) => (note(query as never, params), tx.get(query, params)),
    send: (query, params) => (note(query as never, params), tx.send(query, params)),
    execute: (build) => {
      const { sql, parameters } = build(db).compile();
      seen.push({ sql, values: parameters });
      return tx.execute(build);
    },
  });
  watchStore(store, watching);
  return { seen, close: () => engine.close() };
}
