import { expect, it } from 'vitest';
import { eventually, journeys, visitorSide } from './stage.ts';

journeys('a visitor comes back', (stage) => {
  it('after a reload the conversation stands there again, word for word, and goes on', async () => {
    const agent = await stage.agent();
    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say('Remember me, please');
    const conversation = await stage.conversationWith('Remember me, please');
    await agent.open(conversation);
    await agent.reply('We do.');
    await visitor.sees('We do.');
    const before = await visitor.shown();

    await visitor.page.reload();
    await visitor.openChat();
    await eventually(() => visitor.shown(), before);
    await visitor.say('Good to be back');
    expect(await stage.conversationWith('Good to be back')).toBe(conversation);
    await agent.sees('Good to be back');
  });

  it('an answer that came while the page was closed is counted on the launcher at the next visit', async () => {
    const agent = await stage.agent();
    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say('I will look in tomorrow');
    const conversation = await stage.conversationWith('I will look in tomorrow');
    await visitor.page.goto('about:blank');
    await agent.open(conversation);
    await agent.reply('Until then!');
    await agent.page.locator('.read-mark').filter({ hasText: 'Sent' }).waitFor();
    await visitor.page.goto(`${stage.server.url}/demo`);
    await visitor.page.getByRole('button', { name: /Open chat, \d unread message/ }).waitFor();
  });

  it('[P10] what is written while offline is kept, said to be waiting, and sent in its order once the line is back', async () => {
    const agent = await stage.agent();
    const visitor = await stage.visitor();
    const context = visitor.page.context();
    await visitor.openChat();
    await visitor.say('Still connected');
    const conversation = await stage.conversationWith('Still connected');
    await agent.open(conversation);
    await context.setOffline(true);
    await visitor.panel.getByText('You’re offline.').waitFor();
    for (const i of [1, 2, 3]) await visitor.say(`From the tunnel ${i}`);
    await eventually(async () => (await visitor.shown()).slice(-1), [{ by: 'contact', text: 'From the tunnel 3', isPending: true }]);
    await context.setOffline(false);
    await agent.sees('From the tunnel 3');
    await eventually(async () => (await visitor.shown()).some(({ isPending }) => isPending), false);
    const tunnel = (await agent.shown()).filter(({ text }) => text.startsWith('From the tunnel'));
    expect(tunnel.map(({ text }) => text)).toEqual([1, 2, 3].map((i) => `From the tunnel ${i}`));
    expect((await visitor.shown()).filter(({ text }) => text.startsWith('From the tunnel'))).toHaveLength(3);
  });

  it('[I10] what was not sent when the page was closed is sent once by the next page', async () => {
    const context = await stage.context();
    const visitor = await stage.visitor({ context });
    await visitor.openChat();
    await visitor.say('Here we go');
    const conversation = await stage.conversationWith('Here we go');
    await stage.server.kill();
    await visitor.panel.getByText('Reconnecting…').waitFor();
    for (const i of [1, 2]) await visitor.say(`Into the dark ${i}`);
    await eventually(async () => (await visitor.shown()).filter(({ isPending }) => isPending).length, 2);
    // Kept is what the browser has on disk; a closed page has nothing else.
    await eventually(() => visitor.page.evaluate(waitingItems), 2);
    await visitor.page.close();
    await stage.server.start();

    const page = await context.newPage();
    await page.goto(`${stage.server.url}/demo`);
    const next = visitorSide(page);
    expect(await stage.conversationWith('Into the dark 1')).toBe(conversation);
    expect(await stage.conversationWith('Into the dark 2')).toBe(conversation);
    await next.openChat();
    await next.sees('Into the dark 2');
    await eventually(
      async () => (await next.shown()).filter(({ text }) => text.startsWith('Into the dark')),
      [
        { by: 'contact', text: 'Into the dark 1', isPending: false },
        { by: 'contact', text: 'Into the dark 2', isPending: false },
      ],
    );
    await eventually(() => page.evaluate(waitingItems), 0);
  });
});

/** Runs in the page: how many items wait in the widget's own database. */
async function waitingItems(): Promise<number> {
  const [named] = await indexedDB.databases();
  if (named?.name === undefined) return 0;
  const opening = indexedDB.open(named.name);
  return new Promise((resolve, reject) => {
    opening.onerror = () => reject(opening.error ?? new Error('the database does not open'));
    opening.onsuccess = () => {
      const database = opening.result;
      const counting = database.transaction('outbox').objectStore('outbox').count();
      counting.onsuccess = () => {
        database.close();
        resolve(counting.result);
      };
    };
  });
}
