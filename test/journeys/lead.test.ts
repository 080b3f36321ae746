import { expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { eventually, journeys, picture } from './stage.ts';

journeys('a visitor becomes a lead while chatting', (stage) => {
  it('opens by click, is greeted with chips, and as name, email and phone fall in free text the agent sees the badge turn without a reload', async () => {
    const agent = await stage.agent({ viewport: { width: 1440, height: 620 } });
    await agent.page.evaluate(() => Object.assign(window, { sameLife: true }));
    const visitor = await stage.visitor();

    await visitor.openChat();
    await visitor.sees('What brings you here today?');
    const chips = visitor.panel.getByRole('group', { name: 'Suggested answers' }).getByRole('button');
    await eventually(() => chips.allTextContents(), ['See pricing', 'Book a demo', 'Get support', 'Just looking']);
    await picture(visitor.page, 'widget-greeting');

    await visitor.say('Hi there! We are furnishing a small hotel in Hamburg and would love to see what your pendants cost.');
    const conversation = await stage.conversationWith(
      'Hi there! We are furnishing a small hotel in Hamburg and would love to see what your pendants cost.',
    );
    const row = agent.row(conversation);
    await row.locator('.badge', { hasText: 'Visitor' }).waitFor();
    await agent.open(conversation);
    await agent.sees('furnishing a small hotel');
    await agent.card.getByText('Not known yet').first().waitFor();

    await visitor.say('My name is Lena Hoffmann by the way');
    await agent.card.locator('[data-field=name]').getByText('Lena Hoffmann').waitFor();
    await row.filter({ hasText: 'Lena Hoffmann' }).locator('.badge', { hasText: 'Visitor' }).waitFor();

    await visitor.say('You can reach me at lena.hoffmann@posthotel-adler.de');
    await row.locator('.badge', { hasText: 'Lead' }).waitFor();
    await agent.card.locator('.badge', { hasText: 'Lead' }).waitFor();
    await visitor.say('or call me: +49 40 2840690');
    await agent.card.locator('[data-field=phone] a[href="tel:+49402840690"]').waitFor();
    await eventually(
      () =>
        agent.card
          .locator('[data-field=email] .fact-value')
          .textContent()
          .then((text) => text?.trim()),
      'lena.hoffmann@posthotel-adler.de',
    );
    expect(await agent.page.evaluate(() => 'sameLife' in window)).toBe(true);
    expect((await visitor.shown()).map(({ text }) => text).join('\n')).not.toMatch(/sorry/i);
    await picture(agent.page, 'inbox-lead');
  });

  it('a fact on the card leads to the message it came from, also where that has long scrolled away', async () => {
    const agent = await stage.agent({ viewport: { width: 1440, height: 560 } });
    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say('Hello, my email is nora@lindqvist-arkitekter.se');
    await visitor.sees('nora@lindqvist');
    for (let i = 1; i <= 12; i++) await visitor.say(`Point ${i} of my long list of wishes for the stairwell`);
    await agent.open(await stage.conversationWith('Point 12 of my long list of wishes for the stairwell'));
    await agent.sees('Point 12');
    const message = agent.page.locator('.message').filter({ hasText: 'nora@lindqvist-arkitekter.se' }).first();
    await eventually(() => isInView(message), false);
    await agent.card
      .locator('[data-field=email]')
      .getByRole('link', { name: /from a message/ })
      .click();
    await eventually(() => isInView(message), true);
    await agent.page.locator('.message.is-marked').filter({ hasText: 'nora@lindqvist-arkitekter.se' }).waitFor();
  });

  it('the agent takes over, both see the other type, each reads the other’s words, and a closed widget counts what it missed', async () => {
    const agent = await stage.agent();
    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say('Could somebody tell me about brass that does not tarnish?');
    await agent.open(await stage.conversationWith('Could somebody tell me about brass that does not tarnish?'));
    await agent.page
      .getByRole('button', { name: /Take over/ })
      .first()
      .click();
    await agent.page.locator('.line').filter({ hasText: 'took over from the bot' }).waitFor();

    await agent.field.pressSequentially('We lacquer it');
    await visitor.panel.getByText('Mia Berg is typing').first().waitFor({ state: 'attached' });
    await agent.field.press('Enter');
    await visitor.sees('We lacquer it');
    await visitor.panel.getByText('Mia Berg joined').waitFor();
    await eventually(() => visitor.panel.locator('.typing').count(), 0);

    await visitor.field.pressSequentially('That is good');
    await agent.page.locator('.typing').filter({ hasText: 'is typing' }).waitFor();
    await visitor.field.press('Enter');
    await agent.sees('That is good');
    await eventually(() => agent.page.locator('.typing').count(), 0);
    // The bot is silent from the take-over on.
    expect((await visitor.shown()).slice(-2).map(({ text }) => text)).toEqual(['We lacquer it', 'That is good']);
    await picture(agent.page, 'inbox-thread');
    await picture(visitor.page, 'widget-thread');

    await visitor.closeChat();
    await agent.reply('Shall we send you a sample?');
    await agent.reply('It costs nothing.');
    await visitor.page.getByRole('button', { name: 'Open chat, 2 unread messages' }).waitFor();
    expect(await visitor.launcher.locator('.badge').textContent()).toBe('2');
    await picture(visitor.page, 'widget-unread');
    await visitor.openChat();
    await visitor.sees('It costs nothing.');
    await visitor.closeChat();
    await visitor.page.getByRole('button', { name: 'Open chat', exact: true }).waitFor();
    await agent.page.locator('.read-mark.is-read').last().waitFor();
  });

  it('a chip is an answer like any other, and the bot asks on', async () => {
    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.panel.getByRole('button', { name: 'See pricing' }).click();
    await visitor.sees('How big is your team?');
    await eventually(
      () => visitor.shown().then((all) => all.filter(({ by }) => by === 'contact')),
      [{ by: 'contact', text: 'See pricing', isPending: false }],
    );
    await visitor.panel.getByRole('button', { name: '2–10' }).click();
    await visitor.sees('when would you like to start');
  });
});

async function isInView(message: Locator): Promise<boolean> {
  return message.evaluate((element) => {
    const box = element.closest('.messages')?.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    return box !== undefined && top >= box.top && bottom <= box.bottom;
  });
}
