// What an owner sets is what visitors meet: the policy, the consent text, the hours; and what comes of it, on the card and in the report.
import { expect, it } from 'vitest';
import { seriousIn } from './serious-in.ts';
import { eventually, journeys, picture } from './stage.ts';
import type { Stage } from './stage.ts';

const consent = 'We use your email only to answer you.';

journeys('settings reach the visitors', (stage) => {
  it('asked up front under a consent text, a visitor becomes a lead whose card says what they were told', async () => {
    const agent = await stage.agent({ viewport: { width: 1440, height: 900 } });
    const { page } = agent;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: /^Up front/ }).check();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('switch', { name: 'Show a consent text' }).check();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(consent);
    await page.getByRole('figure').getByText(consent).waitFor();
    await picture(page, 'settings-capture');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Version 1. It rises when you change a text.').waitFor();

    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say('Hello, what do your lamps cost?');
    await visitor.panel.getByText(consent).first().waitFor();
    await picture(visitor.page, 'settings-visitor');
    await visitor.say('ida.kruse@lichthaus-kruse.de');
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await agent.open(await stage.conversationWith('Hello, what do your lamps cost?'));
    await agent.card.locator('.badge', { hasText: 'Lead' }).waitFor();
    const told = agent.card.getByRole('region', { name: 'Consent' });
    await told.getByText('Version 1').click();
    await told.getByText(consent).waitFor();
    await picture(page, 'settings-card');
  });

  it('the report counts the lead by the policy that held', async () => {
    const { page } = await stage.agent();
    await page.getByRole('link', { name: 'Reports' }).click();
    const policies = page.getByRole('region', { name: 'By ask policy' });
    await eventually(() => policies.locator('.bar').allTextContents(), ['Up front100 %1 of 1']);
    await page.getByRole('table').getByRole('link').first().waitFor();
    await picture(page, 'reports');
  });

  it('a rule scores a contact, a team gets the conversation, a tag stays: all of it also after a reload', async () => {
    const agent = await stage.agent({ viewport: { width: 1440, height: 900 } });
    const { page, card } = agent;
    await page.goto(`${stage.server.url}/inbox/settings/score`);
    await page.getByRole('button', { name: /Left a phone number/ }).click();
    await save(page);
    await page.getByRole('link', { name: 'Teams' }).click();
    await page.getByRole('textbox', { name: 'Name of a new team' }).fill('Sales');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name of the team Sales' }).waitFor();
    await picture(page, 'settings-teams');

    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say('Please ring me about the big lamps: +49 40 2840690');
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await agent.open(await stage.conversationWith('Please ring me about the big lamps: +49 40 2840690'));
    await card.getByRole('region', { name: 'Score' }).getByText('Left a phone number').waitFor();
    await page.getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('menuitemradio', { name: 'Sales' }).click();
    await page.locator('.line-team').getByText('gave it to Sales').waitFor();
    await card.getByRole('button', { name: 'Add a tag' }).click();
    await page.keyboard.type('big lamps');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await card.locator('[data-event="contact.tagged"]').waitFor();
    await picture(page, 'settings-scored');

    await page.reload();
    await card.locator('.tag').getByText('big lamps').waitFor();
    await page.locator('.thread-head .team-mark').getByText('Sales').waitFor();
    await eventually(() => card.locator('.points li').allTextContents(), ['+10Left a phone numberrule']);
  });

  it('outside the hours a visitor is told when the team is back; within them not', async () => {
    const { page } = await stage.agent();
    await page.goto(`${stage.server.url}/inbox/settings/hours`);
    await page.getByRole('switch', { name: 'Keep business hours' }).check();
    await setZone(page, 'UTC');
    // Open only on the day after tomorrow, whatever day it is.
    const open = weekdays[(new Date().getUTCDay() + 2 + 6) % 7] ?? '';
    for (const day of weekdays) await page.getByRole('switch', { name: `Open on ${day}` }).setChecked(day === open);
    await page.getByText('Closed now').waitFor();
    await page.getByText(`back ${open} 9:00`).waitFor();
    await save(page);
    await picture(page, 'settings-hours');
    await eventually(() => backAt(stage), true);

    for (const day of weekdays) {
      await page.getByRole('switch', { name: `Open on ${day}` }).check();
      await page.getByLabel(`${day}, from`).fill('00:00');
      await page.getByLabel(`${day}, until`).fill('00:00');
    }
    await page.getByText('Open now').waitFor();
    await save(page);
    await eventually(() => backAt(stage), false);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe-core finds nothing serious on the settings and the report, on a desk and on a phone (${colorScheme})`, async () => {
      for (const viewport of [undefined, { width: 390, height: 844 }]) {
        const { page } = await stage.agent({ colorScheme });
        if (viewport) await page.setViewportSize(viewport);
        for (const [path, sight] of sights) {
          await page.goto(`${stage.server.url}/inbox/${path}`);
          await page.getByRole('heading', { name: sight }).first().waitFor();
          await eventually(() => page.locator('.page .bone').count(), 0);
          expect(await seriousIn(page, 'body'), path).toEqual([]);
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
            `${path} is as wide as the screen`,
          ).toBe(0);
        }
      }
    });
  }

  it('on a phone the tabs say that they go on, at the end where they do, and the chosen one is in sight', async () => {
    const { page } = await stage.agent({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const more = () => page.getByRole('navigation', { name: 'Settings' }).getAttribute('data-more');
    await page.goto(`${stage.server.url}/inbox/settings`);
    await eventually(more, 'after');
    await page.goto(`${stage.server.url}/inbox/settings/identity`);
    await eventually(more, 'before after');
    const chosen = page.getByRole('link', { name: 'Identity' });
    const box = await chosen.boundingBox();
    expect(box !== null && box.x > 0 && box.x + box.width < 390).toBe(true);
    await page.goto(`${stage.server.url}/inbox/settings/audit`);
    await eventually(more, 'before');
  });

  it('what is not saved is still there after another page, and is asked about before the tab closes', async () => {
    const { page } = await stage.agent();
    await page.goto(`${stage.server.url}/inbox/settings`);
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Half a thought');
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
    await page.goBack();
    expect(await page.getByRole('textbox', { name: 'Text', exact: true }).inputValue()).toBe('Half a thought');
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
  });
});

const sights: [string, string][] = [
  ['settings', 'Consent text'],
  ['settings/hours', 'Business hours'],
  ['settings/score', 'Score rules'],
  ['settings/teams', 'Teams'],
  ['reports', 'By ask policy'],
];

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Page = Awaited<ReturnType<Stage['agent']>>['page'];

async function setZone(page: Page, words: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Time zone' });
  await field.click();
  await field.fill(words);
  await field.press('Enter');
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
}

/** Whether visitors are told a time now. */
async function backAt({ server }: Stage): Promise<boolean> {
  const answer = await fetch(`${server.url}/api/widget/settings?app_id=${server.appId}`);
  return 'backAt' in ((await answer.json()) as object);
}
