// What a workspace lets be read out of visitors' words: everything, or answers to the bot's questions alone.
import { afterEach, expect, it } from 'vitest';
import { startServer } from '../../helpers/server.ts';
import type { ServerOptions, TestServer } from '../../helpers/server.ts';
import { arrive, messagesOf, say } from '../../helpers/talk.ts';

let server: TestServer;
afterEach(() => server.stop());

const contacts = (): Promise<{ name: string | null; email: string | null; phone: string | null }[]> =>
  server.deps.store
    .in(server.workspace.id)
    .read((tx) =>
      tx.execute((db) => db.selectFrom('contacts').select(['name', 'email', 'phone']).where('workspace_id', '=', tx.workspaceId)),
    );

async function begin(settings: ServerOptions['settings']) {
  server = await startServer({ settings });
  return arrive(server);
}

it('takes nothing unasked where it was told so, with the bot off', async () => {
  const visitor = await begin({ bot: 'off', extraction: 'asked' });
  const { conversation } = await say(visitor, 'I am Ada Lovelace, ada@example.com');
  expect(await contacts()).toEqual([{ name: null, email: null, phone: null }]);
  const [message] = await messagesOf(visitor, conversation);
  expect(message?.captured).toBeUndefined();
  visitor.close();
});

it('takes the answer to a question of the bot, and of it only what was asked for', async () => {
  const visitor = await begin({ bot: 'on', extraction: 'asked', askPolicy: 'up-front' });
  const { conversation } = await say(visitor, 'hello, call me on +49 30 5550123');
  expect(await contacts()).toEqual([{ name: null, email: null, phone: null }]);
  await expect.poll(async () => (await messagesOf(visitor, conversation)).at(-1)?.author.kind).toBe('bot');
  await say(visitor, 'ada@example.com, or +49 30 5550123', conversation);
  expect(await contacts()).toEqual([{ name: null, email: 'ada@example.com', phone: null }]);
  visitor.close();
});

it('reads all of it otherwise', async () => {
  const visitor = await begin({ bot: 'off' });
  await say(visitor, 'I am Ada Lovelace, ada@example.com');
  expect(await contacts()).toEqual([{ name: 'Ada Lovelace', email: 'ada@example.com', phone: null }]);
  visitor.close();
});
