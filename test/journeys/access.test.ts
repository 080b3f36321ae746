import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousIn } from './serious-in.ts';
import { eventually, journeys } from './stage.ts';

journeys('for everybody', (stage) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe-core finds nothing serious in the open widget and in the inbox (${colorScheme})`, async () => {
      const agent = await stage.agent({ colorScheme });
      const visitor = await stage.visitor({ colorScheme });
      expect(await seriousIn(visitor.page, 'foyer-chat'), 'the closed widget').toEqual([]);
      await visitor.openChat();
      await visitor.sees('What brings you here today?');
      expect(await seriousIn(visitor.page, 'foyer-chat'), 'the greeting').toEqual([]);
      const words = `My email is ines.duarte@atelier-${colorScheme}.pt, do you ship to Portugal?`;
      await visitor.say(words);
      const conversation = await stage.conversationWith(words);
      expect(await seriousIn(agent.page, 'body'), 'the inbox').toEqual([]);
      await agent.open(conversation);
      await agent.card.locator('[data-field=email]').getByText('ines.duarte').first().waitFor();
      await agent.reply('We do, in ten days.');
      await visitor.sees('We do, in ten days.');
      expect(await seriousIn(visitor.page, 'foyer-chat'), 'the thread').toEqual([]);
      expect(await seriousIn(agent.page, 'body'), 'the open conversation').toEqual([]);
      await agent.page.keyboard.press('Escape');
      await agent.page.keyboard.press('?');
      await agent.page.getByRole('dialog').waitFor();
      expect(await seriousIn(agent.page, 'body'), 'the sheet of keys').toEqual([]);
    });
  }

  // Two ways of showing the panel: what is still hidden takes no focus.
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    it(`by keyboard alone a visitor opens the widget, answers with a chip, writes, and closes it; the focus is never lost (motion: ${reducedMotion})`, async () => {
      const { page, launcher, field, panel, shown, sees } = await stage.visitor({ reducedMotion });
      await launcher.waitFor();
      await tabTo(page, /^Open chat/);
      await page.keyboard.press('Enter');
      await field.waitFor();
      await eventually(() => focusedName(page), 'Message');
      await sees('What brings you here today?');
      await page.keyboard.press('Shift+Tab');
      await eventually(() => focusedName(page), 'Just looking');
      await page.keyboard.press('Space');
      await sees('Take your time.');
      await tabTo(page, /^Message$/);
      await page.keyboard.type('By keyboard');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('and in two lines');
      await page.keyboard.press('Enter');
      await eventually(
        async () => (await shown()).filter(({ by }) => by === 'contact').map(({ text }) => text),
        ['Just looking', 'By keyboard\nand in two lines'],
      );
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'hidden' });
      await eventually(() => focusedName(page).then((name) => name.startsWith('Open chat')), true);
      await page.keyboard.press('Enter');
      await field.waitFor();
    });
  }

  it('by keyboard alone an agent goes through the list, opens, replies, takes a note, and closes and reopens a conversation', async () => {
    const agent = await stage.agent();
    const ids: number[] = [];
    for (const words of ['The first of two', 'The second of two']) {
      const visitor = await stage.visitor();
      await visitor.openChat();
      await visitor.say(words);
      ids.push(await stage.conversationWith(words));
      await agent.row(ids.at(-1) ?? 0).waitFor();
    }
    const { keyboard } = agent.page;
    const focusedRow = (): Promise<string | null> => agent.page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);
    const order = await agent.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')));
    await keyboard.press('j');
    await eventually(focusedRow, order[0]);
    await keyboard.press('j');
    await eventually(focusedRow, order[1]);
    await keyboard.press('k');
    await eventually(focusedRow, order[0]);
    await keyboard.press('Enter');
    await agent.field.waitFor();
    const conversation = Number(order[0]);
    await keyboard.press('r');
    await keyboard.type('Answered by keyboard');
    await keyboard.press('Enter');
    expect(await stage.conversationWith('Answered by keyboard')).toBe(conversation);
    await keyboard.press('Escape');
    await keyboard.press('n');
    await keyboard.type('A note for the others');
    await keyboard.press('Enter');
    await agent.page.locator('.message.is-note').filter({ hasText: 'A note for the others' }).waitFor();
    await keyboard.press('Escape');
    const status = (): unknown =>
      stage.server.rows<{ status: string }>('select status from conversations where id = ?', conversation)[0]?.status;
    await keyboard.press('e');
    await eventually(status, 'closed');
    await agent.page.goto(`${stage.server.url}/inbox/conversations/${conversation}`);
    await agent.field.waitFor();
    await keyboard.press('e');
    await eventually(status, 'open');
  });
});

/** Goes on with Tab until something of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if (name.test(await focusedName(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`80 times Tab did not reach ${name}`);
}

/** The name of what has the focus, also inside shadow roots. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });
}
