import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { describeStores } from '../helpers/databases.ts';
import { Agent, owner } from '../helpers/http-server.ts';
import { runServer } from '../helpers/process.ts';
import { connectAgentWith, connectVisitor, must, newCid } from '../helpers/server.ts';

describeStores('the whole server as a process', (places) => {
  it('starts, makes the first agent, relays a message, stops, and knows all of it after a restart', async () => {
    const { database } = await places.fresh();
    const folder = mkdtempSync(join(tmpdir(), 'foyer-whole-'));
    const settings =
      'sqlite' in database ? ['--data-dir', dirname(database.sqlite)] : ['--data-dir', folder, '--database-url', database.postgres];
    const run = () => runServer(['--port', '0', ...settings]);
    const first = run();
    try {
      await first.printed('Snippet');
      expect(first.stdout).toContain('sqlite' in database ? '(SQLite)' : 'data PostgreSQL');
      const colleague = new Agent(first.url);
      const token = /token=([\w-]+)/.exec(first.stdout)?.[1];
      expect((await colleague.call('POST', '/api/v1/setup', { token, ...owner })).status).toBe(200);
      const appId = /app_\w+/.exec(first.stdout)?.[0] ?? '';
      const agent = await connectAgentWith(first.url, colleague.cookie);
      must(await agent.send('sync', {}));
      const visitor = await connectVisitor({ url: first.url, workspace: { appId } });
      const sent = must(await visitor.send('message.send', { cid: newCid(), text: 'Hi, I am ines@example.org' }));
      await agent.waitFor('feed', (feed: { items: { type: string }[] }) => feed.items.some((item) => item.type === 'contact.promoted'));
      visitor.close();
      agent.close();
      first.child.kill('SIGTERM');
      expect(await first.exited).toBe(0);

      const second = run();
      try {
        await second.printed('Inbox');
        const again = await connectAgentWith(second.url, colleague.cookie);
        const { conversations } = must(await again.send('conversation.list', {}));
        expect(conversations).toMatchObject([{ id: sent.conversation, contact: { type: 'lead', email: 'ines@example.org' } }]);
        again.close();
      } finally {
        second.child.kill('SIGKILL');
        await second.exited;
      }
    } finally {
      first.child.kill('SIGKILL');
      await first.exited;
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
