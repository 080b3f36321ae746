// What is read out of free text, as its author sees it: confirmed, mended, taken back; and the questions that come with a control.
import { expect, it } from 'vitest';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { activateFlow } from './publish-flow.ts';
import { seriousIn } from './serious-in.ts';
import { eventually, journeys, picture } from './stage.ts';
import type { AgentSide, Stage, VisitorSide } from './stage.ts';

const detail = (visitor: VisitorSide, value: string): Locator => visitor.panel.getByRole('group', { name: value });

/** Says it in a new chat; the agent has it open. */
async function said(stage: Stage, text: string, options: BrowserContextOptions = {}): Promise<{ visitor: VisitorSide; agent: AgentSide }> {
  const agent = await stage.agent({ viewport: { width: 1440, height: 900 } });
  const visitor = await stage.visitor(options);
  await visitor.openChat();
  await visitor.say(text);
  await agent.open(await stage.conversationWith(text));
  return { visitor, agent };
}

const emailOnCard = (agent: AgentSide): Promise<string | undefined> =>
  agent.card
    .locator('[data-field=email] .fact-value')
    .textContent()
    .then((text) => text?.trim());

journeys('a visitor has the last word on what was captured', (stage) => {
  it('a mistyped address said in words is offered mended; one tap, and the lead has the right one, with the message it came from', async () => {
    const { visitor, agent } = await said(stage, 'Sure, write to john.carver at gmail dot con');
    const asked = detail(visitor, 'john.carver@gmail.com');
    await asked.getByRole('button', { name: 'Keep john.carver@gmail.con' }).waitFor();
    await picture(visitor.page, 'capture-typo');
    await asked.getByRole('button', { name: 'john.carver@gmail.com', exact: true }).click();
    await asked.waitFor({ state: 'detached' });
    await eventually(() => emailOnCard(agent), 'john.carver@gmail.com');
    await eventually(() => agent.card.getByText(/mistyped/).count(), 0);
    await agent.card.locator('.badge', { hasText: 'Lead' }).waitFor();
    await agent.card
      .locator('[data-field=email]')
      .getByRole('link', { name: /from a message/ })
      .waitFor();
    await picture(agent.page, 'capture-inbox');

    await visitor.page.reload();
    await visitor.openChat();
    await visitor.sees('john.carver at gmail dot con');
    await visitor.say('My name is John Carver');
    await detail(visitor, 'John Carver').waitFor();
    expect(await visitor.panel.getByRole('button', { name: /^Keep/ }).count()).toBe(0);
  });

  it('a right one is confirmed with one tap, and the question is gone in the other tab too', async () => {
    const { visitor } = await said(stage, 'You reach me at lena.hoffmann@posthotel-adler.de');
    await detail(visitor, 'lena.hoffmann@posthotel-adler.de').waitFor();
    const other = await stage.visitor({ context: visitor.page.context() });
    await other.openChat();
    await detail(other, 'lena.hoffmann@posthotel-adler.de').waitFor();
    await detail(visitor, 'lena.hoffmann').getByRole('button', { name: 'Yes' }).click();
    await detail(visitor, 'lena.hoffmann').waitFor({ state: 'detached' });
    await detail(other, 'lena.hoffmann').waitFor({ state: 'detached' });
    await eventually(
      () => stage.server.rows<{ flags: string }>("select flags from contact_details where value like 'lena%'"),
      [{ flags: '["confirmed"]' }],
    );
  });

  it('a wrong one is changed in place by keyboard; Escape leaves it, Enter saves it', async () => {
    const { visitor, agent } = await said(stage, 'My address is tom@beckr-bau.de');
    const asked = detail(visitor, 'tom@beckr-bau.de');
    await asked.getByRole('button', { name: 'Change' }).focus();
    await visitor.page.keyboard.press('Enter');
    const input = visitor.panel.getByRole('textbox', { name: 'Is this your email?' });
    await eventually(() => input.evaluate((field) => field.matches(':focus')), true);
    await visitor.page.keyboard.press('Escape');
    await input.waitFor({ state: 'detached' });
    expect(await visitor.panel.isVisible()).toBe(true);
    await asked.getByRole('button', { name: 'Change' }).press('Enter');
    expect(await input.getAttribute('inputmode')).toBe('email');
    await input.fill('tom');
    await input.press('Enter');
    await visitor.panel.getByText('There’s an @ missing').waitFor();
    await picture(visitor.page, 'capture-change');
    await input.fill('tom@becker-bau.de');
    await input.press('Enter');
    await input.waitFor({ state: 'detached' });
    await eventually(() => emailOnCard(agent), 'tom@becker-bau.de');
  });

  it('one that is not theirs is taken back, and no lead was captured', async () => {
    const { visitor, agent } = await said(stage, 'my email is rosa@example-florist.com');
    await agent.card.locator('.badge', { hasText: 'Lead' }).waitFor();
    await detail(visitor, 'rosa@').getByRole('button', { name: 'Change' }).click();
    await visitor.panel.getByRole('button', { name: 'Not mine' }).click();
    await agent.card.locator('.badge', { hasText: 'Visitor' }).waitFor();
    await visitor.panel.locator('.captured button').first().waitFor({ state: 'detached' });
  });

  it('what is said while the server is away is kept through a reload of its page, and said once', async () => {
    const { visitor, agent } = await said(stage, 'It is mira@studio-mira.pl');
    await detail(visitor, 'mira@studio-mira.pl').waitFor();
    await visitor.page.context().setOffline(true);
    await detail(visitor, 'mira@studio-mira.pl').getByRole('button', { name: 'Yes' }).click();
    await detail(visitor, 'mira@').waitFor({ state: 'detached' });
    await visitor.page.evaluate(() => window.stop());
    await visitor.page.goto('about:blank');
    await visitor.page.context().setOffline(false);
    await visitor.page.goto(`${stage.server.url}/demo`);
    await visitor.openChat();
    await visitor.sees('mira@studio-mira.pl');
    const confirmed = (): unknown[] =>
      stage.server.rows("select flags from contact_details where value like 'mira%' and flags like '%confirmed%'");
    await eventually(() => confirmed().length, 1);
    expect(await visitor.panel.locator('.captured button').count()).toBe(0);
    await eventually(() => emailOnCard(agent), 'mira@studio-mira.pl');
  });
});

const flow = {
  id: 'lamps',
  version: 1,
  name: 'Lamps',
  start: 'woods',
  steps: {
    woods: {
      type: 'ask-choices',
      text: 'Which materials do you like?',
      choices: [
        { value: 'oak', label: 'Oak' },
        { value: 'brass', label: 'Brass' },
        { value: 'glass', label: 'Opal glass' },
        { value: 'steel', label: 'Powder-coated steel' },
      ],
      max: 3,
      next: 'day',
    },
    day: { type: 'ask-date', text: 'When do you need them?', min: 'today', max: 'today+3m', next: 'stars' },
    stars: { type: 'ask-rating', text: 'How was this so far?', low: 'Tedious', high: 'Easy', next: 'done' },
    done: { type: 'end', text: 'Thank you, that is all.' },
  },
};

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: [string, BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', phone],
];

journeys('questions with a control', (stage) => {
  for (const [look, options] of looks) {
    it(`several choices, a date and a rating are tapped, and stand as answers on both sides (${look})`, async () => {
      const agent = await stage.agent();
      if (look === 'light') await activateFlow(stage, agent, flow);
      const visitor = await stage.visitor(options);
      const { panel, page } = visitor;
      await visitor.openChat();
      const first = `Good morning from the ${look} side`;
      await visitor.say(first);
      // The question stood there before the first word: its controls give way to those of the answer.
      await visitor.sees('Could you pick from these?');
      await panel.getByRole('button', { name: 'Oak' }).click();
      await panel.getByRole('button', { name: 'Opal glass' }).click();
      await panel.getByRole('button', { name: 'Done 2' }).waitFor();
      await picture(page, `capture-${look}-choices`);
      expect(await seriousIn(page, 'foyer-chat'), 'choices').toEqual([]);
      await panel.getByRole('button', { name: 'Done 2' }).click();
      await visitor.sees('Oak, Opal glass');

      await visitor.sees('When do you need them?');
      await panel.getByRole('button', { name: 'Tomorrow' }).waitFor();
      await picture(page, `capture-${look}-date`);
      expect(await seriousIn(page, 'foyer-chat'), 'a date').toEqual([]);
      await panel.getByRole('button', { name: 'Tomorrow' }).click();

      await visitor.sees('How was this so far?');
      await panel.getByRole('radio', { name: '4 of 5' }).waitFor();
      await picture(page, `capture-${look}-rating`);
      expect(await seriousIn(page, 'foyer-chat'), 'a rating').toEqual([]);
      await panel.getByRole('radio', { name: '4 of 5' }).press('Enter');
      await visitor.sees('4/5');
      await visitor.sees('Thank you, that is all.');
      expect(await panel.locator('.ask').count()).toBe(0);
      await picture(page, `capture-${look}-end`);

      await agent.open(await stage.conversationWith(first));
      for (const text of ['Oak, Opal glass', '4/5', 'Thank you, that is all.']) await agent.sees(text);
    });
  }

  for (const [look, options] of looks) {
    it(`captured details to confirm are readable and within reach (${look})`, async () => {
      const visitor = await stage.visitor(options);
      await visitor.openChat();
      await visitor.say(`I'm Ada Lovelace, ada.${look}@gmail.con, call me on +44 20 7946 0958`);
      await detail(visitor, `ada.${look}@gmail.com`).waitFor();
      await picture(visitor.page, `capture-${look}-details`);
      expect(await seriousIn(visitor.page, 'foyer-chat'), 'details').toEqual([]);
      await visitor.panel.getByRole('button', { name: 'Change' }).last().click();
      await picture(visitor.page, `capture-${look}-edit`);
      expect(await seriousIn(visitor.page, 'foyer-chat'), 'a detail being changed').toEqual([]);
      const log = visitor.panel.locator('[role=log]');
      expect(await log.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    });
  }
});
