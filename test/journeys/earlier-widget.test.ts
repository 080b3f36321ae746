import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepBuild } from '../../server/http/earlier-builds.ts';
import { buildEarlierWidget, earlierCommit } from '../helpers/earlier-widget.ts';
import { eventually, healingMs, journeys } from './stage.ts';

const commit = earlierCommit();
if (commit === null) process.stderr.write('The widget of an earlier version: SKIPPED, its commit is not in the history of this checkout\n');

describe.skipIf(commit === null)('upgrades', () => {
  journeys('a page that was loaded before the upgrade', (stage) => {
    it('goes on with the widget it has: the rest of it is there, both sides hear each other, and a restart loses nothing', async () => {
      const earlier = buildEarlierWidget(commit ?? '');
      // As the server of that version left it at its start.
      keepBuild({ widget: earlier, inbox: join(earlier, 'none') }, join(stage.server.dataDir, 'builds'));
      const context = await stage.context();
      const parts: { name: string; status: number }[] = [];
      // The browser has the loader of that day; all else it asks the server for.
      await context.route('**/widget.js', (route) =>
        route.fulfill({
          body: readFileSync(join(earlier, 'widget.js')),
          contentType: 'text/javascript',
          headers: { 'access-control-allow-origin': '*' },
        }),
      );
      context.on('response', (response) => {
        const name = /\/widget\/([\w-]+\.js)$/.exec(response.url())?.[1];
        if (name !== undefined) parts.push({ name, status: response.status() });
      });
      const [agent, visitor] = [await stage.agent(), await stage.visitor({ context })];
      await visitor.openChat();
      await visitor.say('From yesterday’s widget, ada@example.org');
      const conversation = await stage.conversationWith('From yesterday’s widget, ada@example.org');
      await agent.open(conversation);
      await agent.card.getByText('ada@example.org').first().waitFor();
      await agent.page
        .getByRole('button', { name: /Take over/ })
        .first()
        .click();
      await agent.reply('You are heard');
      await visitor.sees('You are heard');

      await stage.server.kill();
      await visitor.say('While it was upgraded');
      await stage.server.start();
      await stage.conversationWith('While it was upgraded', healingMs);
      await agent.sees('While it was upgraded');
      await eventually(async () => (await visitor.shown()).filter(({ isPending }) => isPending), [], 'nothing waits to be sent', healingMs);
      const kept = stage.server.rows<{ text: string }>('select text from messages where conversation_id = ? order by seq', conversation);
      expect((await visitor.shown()).map(({ text }) => text)).toEqual(kept.map(({ text }) => text));

      const ofEarlier = new Set(readdirSync(join(earlier, 'widget')));
      expect(parts.length).toBeGreaterThan(0);
      for (const { name, status } of parts) expect([name, status, ofEarlier.has(name)]).toEqual([name, 200, true]);
      const ofToday = new Set(readdirSync(join(import.meta.dirname, '..', '..', 'dist', 'widget', 'widget')));
      expect(
        parts.filter(({ name }) => !ofToday.has(name)),
        'what today’s build does not have',
      ).not.toEqual([]);
    });
  });
});
