import { expect, it } from 'vitest';
import type { BrowserContextOptions } from 'playwright-core';
import { eventually, journeys, picture } from './stage.ts';
import type { Stage, VisitorSide } from './stage.ts';

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: [look: string, name: { widget: string; inbox: string }, options: BrowserContextOptions][] = [
  ['light', { widget: 'Rosa Lind', inbox: 'Anders Holm' }, { colorScheme: 'light' }],
  ['dark', { widget: 'Elif Yılmaz', inbox: 'Jonas Weber' }, { colorScheme: 'dark' }],
  ['phone', { widget: 'Marta Nowak', inbox: 'Claire Dupont' }, phone],
  ['phone-dark', { widget: 'Tom Becker', inbox: 'Lucía Fernández' }, { ...phone, colorScheme: 'dark' }],
];

/** A talk with the bot as it would go in a shop, in an open chat. */
async function talk(stage: Stage, visitor: VisitorSide, name: string, email: string): Promise<number> {
  const first = `Hello, I’m ${name} and I’m looking for nine pendants above a bar, each about 30 cm wide. Is that something you make?`;
  await visitor.say(first);
  await visitor.sees('How big is your team?');
  await visitor.say('12 people');
  await visitor.sees('when would you like to start');
  await visitor.say('in about six weeks');
  await visitor.sees('Where can we reach you');
  await visitor.say(`Sure: ${email}`);
  return stage.conversationWith(first);
}

journeys('how it looks', (stage) => {
  for (const [look, name, options] of looks) {
    it(`the widget (${look}): launcher, greeting and talk; the panel stays inside the window`, async () => {
      const agent = await stage.agent();
      const visitor = await stage.visitor(options);
      await visitor.launcher.waitFor();
      // It can be used at once, and is seen as soon as its colours are known.
      await eventually(
        () => visitor.launcher.evaluate((button) => /^rgba\(.*, 0\)$/.test(getComputedStyle(button).backgroundColor)),
        false,
      );
      await picture(visitor.page, `look-widget-${look}-1-launcher`);
      await visitor.openChat();
      await visitor.sees('What brings you here today?');
      await picture(visitor.page, `look-widget-${look}-2-greeting`);
      const conversation = await talk(stage, visitor, name.widget, `rosa.${look}@barlind.se`);
      await agent.open(conversation);
      await agent.reply(
        'Hej Rosa! Nine pendants of 30 cm we do gladly. Here is a bar we lit last spring: https://northwind.studio/work/harbour-bar',
      );
      await agent.reply('Shall I send you a sketch with the spacing? 💡');
      await visitor.sees('Shall I send you a sketch');
      await visitor.say('Yes please 🙏');
      await eventually(async () => (await visitor.shown()).at(-1)?.isPending, false);
      await picture(visitor.page, `look-widget-${look}-3-talk`);

      const panel = await visitor.panel.boundingBox();
      const { width = 0, height = 0 } = visitor.page.viewportSize() ?? {};
      expect(panel).not.toBeNull();
      if (look.startsWith('phone')) expect(panel).toEqual({ x: 0, y: 0, width, height });
      else expect((panel?.x ?? 0) >= 0 && (panel?.y ?? 0) >= 0 && (panel?.x ?? 0) + (panel?.width ?? 0) <= width).toBe(true);
      expect(await sidewaysScroll(visitor)).toBe(0);
    });
  }

  it('a long word, a long link and scripts from right to left stay inside their bubbles', async () => {
    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say(`Donau${'dampfschifffahrts'.repeat(12)}gesellschaft`);
    await visitor.say(`https://example.com/${'a-very-long-path/'.repeat(12)}?q=1`);
    await visitor.say('مرحبا، أبحث عن مصابيح لمطعم صغير في بيروت. هل تشحنون إلى لبنان؟');
    await visitor.say('שלום 👋');
    await eventually(async () => (await visitor.shown()).filter(({ by, isPending }) => by === 'contact' && !isPending).length, 4);
    await picture(visitor.page, 'look-widget-words');
    const overflow = await visitor.bubbles.evaluateAll((all) => all.filter((bubble) => bubble.scrollWidth > bubble.clientWidth + 1).length);
    expect(overflow).toBe(0);
    expect(await sidewaysScroll(visitor)).toBe(0);
  });

  for (const [look, name, options] of looks) {
    it(`the inbox (${look}): list, conversation and contact`, async () => {
      const agent = await stage.agent({ viewport: { width: 1440, height: 900 }, ...options });
      const visitor = await stage.visitor();
      await visitor.openChat();
      const conversation = await talk(stage, visitor, name.inbox, `anders.${look}@hotell-holm.se`);
      await agent.row(conversation).locator('.badge', { hasText: 'Lead' }).waitFor();
      await picture(agent.page, `look-inbox-${look}-1-list`);
      await agent.open(conversation);
      await agent.reply('Hej Anders! Let me look at the drawings, one moment.');
      await visitor.sees('Let me look at the drawings');
      await picture(agent.page, `look-inbox-${look}-2-thread`);
      if (!(await agent.card.isVisible())) await agent.page.getByRole('button', { name: 'Contact', exact: true }).click();
      await agent.card
        .locator('[data-field=email]')
        .getByText(/@hotell-holm/)
        .first()
        .waitFor();
      await picture(agent.page, `look-inbox-${look}-3-card`);
      expect(await agent.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    });
  }
});

/** How far the thread can be scrolled to the side, px. */
function sidewaysScroll(visitor: VisitorSide): Promise<number> {
  return visitor.panel.locator('[role=log]').evaluate((log) => log.scrollWidth - log.clientWidth);
}
