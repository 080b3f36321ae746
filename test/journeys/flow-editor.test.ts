// The flow editor, by clicks and by keys: a flow is built, tried, published, chatted through, counted, changed and rolled back.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { seriousIn } from './serious-in.ts';
import { eventually, journeys, picture } from './stage.ts';
import type { AgentSide } from './stage.ts';

interface Desk {
  page: Page;
  form(kind: string): Locator;
  preview: Locator;
  step(name: string): Locator;
  /** Puts a step of this kind behind another one, by its dot and the palette. */
  add(after: string, kind: string): Promise<Locator>;
  saved(): Promise<void>;
  menu(item: string): Promise<void>;
}

const wide: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };

function deskOf({ page }: AgentSide): Desk {
  const form = (kind: string): Locator => page.getByRole('region', { name: kind, exact: true });
  return {
    page,
    form,
    preview: form('Preview'),
    step: (name) =>
      page.getByRole('list', { name: 'Steps of the flow' }).getByRole('button', { name: new RegExp(`^(Start\\. )?[^.]+, ${name}\\.`) }),
    async add(after, kind) {
      await page.getByRole('button', { name: 'Show all of it' }).click();
      await page.getByRole('button', { name: new RegExp(`step after ${after}(,|$)`) }).click();
      await page.getByRole('combobox', { name: 'Search kinds of steps' }).fill(kind);
      await page.keyboard.press('Enter');
      await form(kind).waitFor();
      return form(kind);
    },
    saved: () => page.getByRole('status').filter({ hasText: 'Saved' }).first().waitFor(),
    async menu(item) {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
    },
  };
}

async function newFlow(agent: AgentSide, from: RegExp, name: string): Promise<Desk> {
  const { page } = agent;
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('button', { name: 'New flow' }).click();
  await page.getByRole('button', { name: from }).click();
  await page.getByRole('textbox', { name: 'Name of the flow' }).fill(name);
  return deskOf(agent);
}

journeys('the flow editor', (stage) => {
  it('a flow is built by clicking, tried beside it, published, made active, chatted through, and brings a lead with score and sources', async () => {
    const agent = await stage.agent(wide);
    const { page, ...desk } = await newFlow(agent, /^Blank/, 'Lamps to order');

    const choice = await desk.add('hello', 'Ask to choose');
    await choice.getByRole('textbox', { name: 'Question' }).fill('Which lamp do you have in mind?');
    await choice.getByRole('textbox', { name: 'Label' }).nth(0).fill('A pendant');
    await choice.getByRole('textbox', { name: 'Label' }).nth(1).fill('A wall light');
    await desk.add('choice', 'Ask for the email address');
    const score = await desk.add('email', 'Score the lead');
    await score.getByRole('spinbutton', { name: 'Points' }).fill('40');
    const hand = await desk.add('score', 'Hand over to the team');
    await hand.getByRole('textbox', { name: 'Reason' }).fill('Wants {{answer.choice}}');

    await page.getByRole('button', { name: 'Publish' }).click();
    const notReady = page.getByRole('dialog', { name: 'Not ready to publish' });
    await notReady.getByText('2 things are still wrong').waitFor();
    await picture(page, 'flow-faults');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show all of it' }).click();
    for (const name of ['question', 'bye']) {
      await desk.step(name).focus();
      await page.keyboard.press('Delete');
      await eventually(() => desk.step(name).count(), 0);
    }
    await desk.saved();

    await page.getByRole('button', { name: 'Preview' }).click();
    await desk.preview.getByRole('button', { name: 'A pendant' }).click();
    const words = desk.preview.getByRole('textbox', { name: 'Write as a visitor' });
    await words.fill('mia at posthotel dot de');
    await words.press('Enter');
    await desk.preview.getByText('I’ve passed this to the team.').waitFor();
    await picture(page, 'flow-preview');
    expect(await seriousIn(page, 'body'), 'the editor with its preview').toEqual([]);
    await desk.preview.getByRole('tab', { name: 'Learned' }).click();
    await desk.preview.getByText('mia@posthotel.de').first().waitFor();
    await desk.preview.getByText('Can be reached by email').waitFor();

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Make it active' }).click();
    await page.getByText('Active', { exact: true }).first().waitFor();

    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.sees('Which lamp do you have in mind?');
    await visitor.panel.getByRole('button', { name: 'A wall light' }).click();
    await visitor.sees('What’s your email address?');
    await visitor.say('nora.lind@lindholm-hotels.se');
    await visitor.sees('I’ve passed this to the team.');

    const other = await stage.agent(wide);
    await other.open(await stage.conversationWith('nora.lind@lindholm-hotels.se'));
    await other.card.locator('.badge', { hasText: 'Lead' }).waitFor();
    await other.card.getByText('Can be reached by email').waitFor();
    await other.card
      .locator('[data-field=email]')
      .getByRole('link', { name: /from a message/ })
      .waitFor();
    await other.page.getByText('Wants A wall light').first().waitFor();
    await picture(other.page, 'flow-lead');

    await page.reload();
    await page.getByRole('button', { name: 'Funnel' }).click();
    await page
      .getByRole('img', { name: /^1 reached this step, 1 answered/ })
      .first()
      .waitFor();
    await picture(page, 'flow-funnel');
  });

  it('a change is a draft until it is published; an old version comes back as the next one; a file carries the flow over', async () => {
    const agent = await stage.agent(wide);
    const { page, ...desk } = await newFlow(agent, /^Demo booking/, 'Book a demo with us');
    await desk.step('hello').waitFor();
    const publish = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('button', { name: 'Published' }).waitFor();
    };
    await publish();
    await page.getByText('Version 1', { exact: true }).first().waitFor();

    const before = await desk.step('hello').getAttribute('aria-label');
    await desk.step('hello').focus();
    await page.keyboard.press('Enter');
    const text = desk.form('Say something').getByRole('textbox', { name: 'Text' });
    await text.fill('Good day! A bot speaks.');
    await desk.step('hello').filter({ hasText: 'Good day! A bot speaks.' }).waitFor();
    await desk.saved();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog', { name: 'Publish' }).getByText('Good day! A bot speaks.').first().waitFor();
    await picture(page, 'flow-diff');
    await page.keyboard.press('Escape');
    await publish();
    await page.getByText('Version 2', { exact: true }).first().waitFor();

    await page.getByRole('button', { name: 'Versions' }).click();
    const versions = desk.form('Versions');
    await picture(page, 'flow-versions');
    await versions
      .getByRole('button', { name: /roll back|go back/i })
      .last()
      .click();
    await page.getByText('Version 3', { exact: true }).first().waitFor();
    await eventually(() => desk.step('hello').getAttribute('aria-label'), before);

    const [download] = await Promise.all([page.waitForEvent('download'), desk.menu('Export as a file')]);
    const file = readFileSync(await download.path(), 'utf8');
    expect(JSON.parse(file)).toMatchObject({ name: 'Book a demo with us', start: 'hello' });
    await page.getByRole('link', { name: 'All flows' }).click();
    await page.getByRole('button', { name: 'New flow' }).click();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page
        .getByRole('dialog')
        .getByRole('button', { name: /^Import a file/ })
        .click(),
    ]);
    await chooser.setFiles({ name: 'demo.json', mimeType: 'application/json', buffer: Buffer.from(file) });
    await eventually(() => page.getByRole('textbox', { name: 'Name of the flow' }).inputValue(), 'Book a demo with us');
    await page.getByText('Never published').waitFor();
    expect(await desk.step('hello').getAttribute('aria-label')).toBe(before);
  });

  it('everything works by keyboard: along the edges, a step added, undone and done again', async () => {
    const agent = await stage.agent(wide);
    const { page, ...desk } = await newFlow(agent, /^Blank/, 'By keyboard');
    const { keyboard } = page;
    const isFocused = (name: string): Promise<boolean> => desk.step(name).evaluate((node) => node.matches(':focus'));
    await desk.step('hello').focus();
    await keyboard.press('ArrowRight');
    await eventually(() => isFocused('question'), true);
    await keyboard.press('ArrowLeft');
    await eventually(() => isFocused('hello'), true);
    await keyboard.press('a');
    await page.getByRole('combobox', { name: 'Search kinds of steps' }).waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Search kinds of steps');
    await keyboard.type('wait');
    await keyboard.press('Enter');
    await desk.step('wait').waitFor();
    await keyboard.press('Escape');
    await eventually(() => isFocused('wait'), true);
    await keyboard.press('Control+z');
    await eventually(() => desk.step('wait').count(), 0);
    await keyboard.press('Control+Shift+z');
    await desk.step('wait').waitFor();
    await desk.saved();
    await page.reload();
    await desk.step('wait').waitFor();
  });

  for (const [look, options] of [
    ['dark', { ...wide, colorScheme: 'dark' }],
    ['phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ] as [string, BrowserContextOptions][]) {
    it(`the default flow can be read and changed (${look})`, async () => {
      const agent = await stage.agent(options);
      const { page } = agent;
      await page.goto(`${stage.server.url}/inbox/flows`);
      await page.getByRole('link', { name: /Qualify and capture/ }).waitFor();
      await picture(page, `flow-list-${look}`);
      expect(await seriousIn(page, 'body'), 'the list').toEqual([]);
      await page.getByRole('link', { name: /Qualify and capture/ }).click();
      const need = deskOf(agent).step('need');
      await need.waitFor();
      await picture(page, `flow-graph-${look}`);
      await need.focus();
      await page.keyboard.press('Enter');
      await deskOf(agent).form('Ask to choose').waitFor();
      await picture(page, `flow-form-${look}`);
      // Not the graph beside or below it: of a card half off the screen axe-core sees half its words, and misses the others in its name.
      expect(await seriousIn(page, '.flow-panel'), 'the form').toEqual([]);
      expect(await seriousIn(page, '.flow-bar'), 'the bar').toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
});
