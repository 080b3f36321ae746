// Two agents, two people on the site, and the question whether they are one: seen live on every screen, and taken back.
import { expect, it } from 'vitest';
import { SignJWT } from 'jose';
import type { BrowserContextOptions } from 'playwright-core';
import { seriousIn } from './serious-in.ts';
import { eventually, journeys, picture } from './stage.ts';
import type { AgentSide, Stage, VisitorSide } from './stage.ts';

const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

interface Side {
  visitor: VisitorSide;
  conversation: number;
}

const lena = { user_id: 'u-1001', email: 'lena.hoff@hoff-lichtplan.de', name: 'Lena Hoff' };
const ada = { user_id: 'u-1002', email: 'ada@holm-and-daughters.com', name: 'Ada Holm' };
const mara = { user_id: 'u-1004', email: 'mara@lund-interior.no', name: 'Mara Lund' };
const tomas = { user_id: 'u-1003', email: 'tomas@vega-interiors.com', name: 'Tomás Vega' };

/** Signed in with a proof that covers the email, as a host app's own server makes it. */
async function aUser(stage: Stage, agent: AgentSide, person: typeof lena, words: string): Promise<Side> {
  const answer = await agent.page.request.get(`${stage.server.url}/api/v1/identity_secret`);
  const { identity_secret: secret } = (await answer.json()) as { identity_secret: string };
  const token = new SignJWT({ ...person }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('1h');
  const proof = await token.sign(new TextEncoder().encode(secret));
  const visitor = await stage.visitor();
  await visitor.page.evaluate(
    ([id, user_jwt]) => (window as unknown as { Foyer(...args: unknown[]): Promise<unknown> }).Foyer('identify', id, { user_jwt }),
    [person.user_id, proof],
  );
  await visitor.openChat();
  await visitor.say(words);
  return { visitor, conversation: await stage.conversationWith(words) };
}

async function aLead(stage: Stage, words: string, path = '/demo'): Promise<Side> {
  const visitor = await stage.visitor({ path });
  await visitor.openChat();
  await visitor.say(words);
  return { visitor, conversation: await stage.conversationWith(words) };
}

const duplicates = (agent: AgentSide) => agent.card.getByRole('region', { name: /possible duplicate/i });
const merges = (agent: AgentSide) => agent.card.getByRole('region', { name: 'Merged from' });
const dialog = (agent: AgentSide) => agent.page.getByRole('dialog');
const toast = (agent: AgentSide, words: string | RegExp) => agent.page.locator('.toast').filter({ hasText: words });
const nameOf = (agent: AgentSide, conversation: number) => agent.row(conversation).locator('.row-name').textContent();

async function menu(agent: AgentSide, item: string): Promise<void> {
  await agent.card.getByRole('button', { name: /^More about/ }).click();
  await agent.page.getByRole('menuitem', { name: item }).click();
}

journeys('two contacts that may be one person', (stage) => {
  it('[M3][M21] a possible duplicate appears live, is compared and merged; the other screen follows, the visitor writes on, and the undo puts all back', async () => {
    const [mia, ben] = [await stage.agent({ ...desk, colorScheme: 'light' }), await stage.agent({ ...desk, colorScheme: 'dark' })];
    const audit = await stage.agent({ ...desk, colorScheme: 'light' });
    await audit.page.goto(`${stage.server.inboxUrl}/inbox/settings/audit`);
    await audit.page.getByText('Nothing yet.', { exact: false }).waitFor();
    for (const agent of [mia, ben, audit]) await agent.page.evaluate(() => Object.assign(window, { sameLife: true }));
    const user = await aUser(stage, mia, lena, 'Good morning, I have a question about my order');
    const lead = await aLead(stage, 'Do you ship to Norway?', '/demo?utm_source=newsletter&utm_medium=email&utm_campaign=spring');
    await mia.open(lead.conversation);
    await ben.open(user.conversation);
    await ben.card.getByText('Verified', { exact: true }).waitFor();
    expect(await duplicates(mia).count()).toBe(0);
    await lead.visitor.say('My email is lena.hoff@hoff-lichtplan.de and my number is +47 22 12 34 56');
    await duplicates(mia).getByText('Same email: typed here, signed by your app there.').waitFor();
    await duplicates(ben).getByText('Same email: signed by your app here, typed there.').waitFor();
    await picture(mia.page, 'merge-1-duplicate');
    await picture(ben.page, 'merge-1-duplicate-dark');

    await duplicates(mia).getByRole('button', { name: 'Compare' }).click();
    await dialog(mia).getByRole('heading', { name: 'What the merge does' }).waitFor();
    await picture(mia.page, 'merge-2-compare');
    expect(await seriousIn(mia.page, 'dialog')).toEqual([]);
    await mia.page.keyboard.press('Escape');
    await dialog(mia).waitFor({ state: 'detached' });
    await eventually(() => mia.page.evaluate(() => document.activeElement?.textContent?.trim()), 'Compare');
    await mia.page.keyboard.press('Enter');
    for (const [width, height] of [
      [1280, 800],
      [768, 1024],
    ] as const) {
      await mia.page.setViewportSize({ width, height });
      await dialog(mia).getByRole('heading', { name: 'What the merge does' }).waitFor();
      await picture(mia.page, `merge-2-compare-${width}`);
    }
    await mia.page.setViewportSize({ width: 1440, height: 900 });
    await dialog(mia).locator('summary').click();
    await dialog(mia).getByRole('textbox', { name: /Why/ }).fill('She told me on the phone that both are hers');
    await picture(mia.page, 'merge-2-compare-below');
    await dialog(mia).getByRole('button', { name: 'Merge', exact: true }).click();

    await toast(mia, 'Merged lena.hoff@hoff-lichtplan.de into Lena Hoff.').waitFor();
    await audit.page.locator('.event').filter({ hasText: 'Merged with lena.hoff@hoff-lichtplan.de by Mia Berg' }).waitFor();
    await eventually(() => mia.page.evaluate(() => document.activeElement?.textContent), 'Lena Hoff', 'the focus is not lost');
    await eventually(() => nameOf(mia, lead.conversation), 'Lena Hoff');
    await eventually(() => nameOf(ben, lead.conversation), 'Lena Hoff');
    await mia.page.locator('.thread-head').getByText('Lena Hoff').waitFor();
    for (const agent of [mia, ben]) {
      await merges(agent).getByText('She told me on the phone that both are hers').waitFor();
      await agent.card.locator('[data-field=phone] a[href="tel:+4722123456"]').waitFor();
      await duplicates(agent).waitFor({ state: 'detached' });
    }
    await ben.card.getByRole('region', { name: 'Other conversations' }).getByText('How big is your team?').waitFor();
    await picture(mia.page, 'merge-3-merged');
    await picture(ben.page, 'merge-3-merged-dark');
    await merges(ben).scrollIntoViewIfNeeded();
    await picture(ben.page, 'merge-3-merged-below-dark');
    await ben.card.getByRole('heading', { name: 'History' }).scrollIntoViewIfNeeded();
    await ben.card.evaluate((card) => card.scrollTo(0, card.scrollHeight));
    await picture(ben.page, 'merge-3-history-dark');
    await mia.card.evaluate((card) => card.scrollTo(0, card.scrollHeight));
    await picture(mia.page, 'merge-3-history');
    expect(await seriousIn(ben.page, 'body')).toEqual([]);

    await lead.visitor.say('And how long does it take?');
    await mia.sees('And how long does it take?');
    await mia.reply('About a week to Oslo.');
    await lead.visitor.sees('About a week to Oslo.');

    await merges(ben).getByRole('button', { name: 'Undo merge' }).click();
    await toast(ben, 'The merge was undone').waitFor();
    await eventually(() => nameOf(mia, lead.conversation), 'lena.hoff@hoff-lichtplan.de');
    await eventually(() => nameOf(ben, lead.conversation), 'lena.hoff@hoff-lichtplan.de');
    await mia.page.locator('.thread-head').getByText('lena.hoff@hoff-lichtplan.de').waitFor();
    await mia.card.locator('.identity .badge', { hasText: 'Lead' }).waitFor();
    await mia.card.locator('[data-field=phone] a[href="tel:+4722123456"]').waitFor();
    await audit.page.locator('.event').filter({ hasText: 'Merge with lena.hoff@hoff-lichtplan.de undone by Mia Berg' }).waitFor();
    expect(await audit.page.evaluate(() => 'sameLife' in window), 'without a reload').toBe(true);
    // Also the one that was merged away tells of it.
    await eventually(
      async () => (await mia.card.locator('.event-text').allTextContents()).filter((words) => words.includes('Lena Hoff')),
      ['Merge into Lena Hoff undone by Mia Berg', 'Merged into Lena Hoff by Mia Berg', 'May be the same person as Lena Hoff'],
    );
    for (const agent of [mia, ben]) {
      await merges(agent).waitFor({ state: 'detached' });
      await duplicates(agent).waitFor();
      expect(await agent.page.evaluate(() => 'sameLife' in window), 'without a reload').toBe(true);
    }
    await ben.card.locator('[data-field=phone]').getByText('Not known yet').waitFor();
    await picture(mia.page, 'merge-4-undone');
    await lead.visitor.say('Fine, thank you!');
    await mia.sees('Fine, thank you!');
  });

  it('two that are not the same are no longer suggested, with a moment to take that back', async () => {
    const mia = await stage.agent(desk);
    const one = await aLead(stage, 'Write to shared@atelier-nord.no please');
    await aLead(stage, 'We share the address shared@atelier-nord.no in our office');
    await mia.open(one.conversation);
    await duplicates(mia).getByText('Same email, typed on both sides.').waitFor();
    await duplicates(mia).getByRole('button', { name: 'Not the same' }).click();
    await duplicates(mia).waitFor({ state: 'detached' });
    await toast(mia, 'is another person').getByRole('button', { name: 'Undo' }).click();
    await duplicates(mia).waitFor();
    await duplicates(mia).getByRole('button', { name: 'Not the same' }).click();
    await duplicates(mia).waitFor({ state: 'detached' });
    // Leaving sends what is held.
    await mia.page.reload();
    await eventually(() => stage.server.rows('select 1 from contact_duplicates where dismissed_at is not null').length, 1);
    await mia.card.getByRole('heading', { name: 'shared@atelier-nord.no' }).waitFor();
    expect(await duplicates(mia).count()).toBe(0);
  });

  it('somebody is found by name and merged with, also where nothing suggested it; two users take an owner and a second step', async () => {
    const mia = await stage.agent(desk);
    const one = await aUser(stage, mia, tomas, 'About the lamps in the hall');
    const other = await aUser(stage, mia, ada, 'About the other lamps');
    await mia.open(other.conversation);
    await mia.card.getByRole('heading', { name: 'Ada Holm' }).waitFor();
    await menu(mia, 'Merge with …');
    await mia.page.getByRole('combobox', { name: 'Find a contact' }).fill('vega');
    await mia.page.getByRole('option', { name: /Tomás Vega/ }).waitFor();
    await eventually(() => mia.page.getByRole('option').count(), 1);
    await picture(mia.page, 'merge-5-find');
    expect(await seriousIn(mia.page, 'dialog')).toEqual([]);
    await mia.page.keyboard.press('Enter');
    await dialog(mia).getByRole('button', { name: 'Merge …' }).click();
    await dialog(mia).getByText('These are two accounts of your app.').waitFor();
    await picture(mia.page, 'merge-6-two-users');
    expect(await seriousIn(mia.page, 'dialog')).toEqual([]);
    await dialog(mia).getByRole('button', { name: 'Merge two users' }).click();
    await toast(mia, 'Merged Tomás Vega into Ada Holm.').waitFor();
    await eventually(() => nameOf(mia, one.conversation), 'Ada Holm');
    await toast(mia, 'Merged Tomás Vega').getByRole('button', { name: 'Undo' }).click();
    await eventually(() => nameOf(mia, one.conversation), 'Tomás Vega');
  });

  it('details are edited where nobody vouched for them; the other screen follows, and the history says from what to what', async () => {
    const [mia, ben] = [await stage.agent(desk), await stage.agent({ ...desk, colorScheme: 'dark' })];
    const { conversation } = await aUser(stage, mia, ada, 'Please note my company');
    await mia.open(conversation);
    await ben.open(conversation);
    await mia.card.getByRole('heading', { name: 'Ada Holm' }).waitFor();
    await menu(mia, 'Edit details …');
    await dialog(mia).getByText('Signed by your app. Change it there, and it changes here.').first().waitFor();
    await picture(mia.page, 'merge-7-edit');
    await dialog(mia).getByLabel('Phone').fill('not a number');
    await dialog(mia).getByRole('button', { name: 'Save' }).click();
    await dialog(mia)
      .getByText(/This is no phone number/)
      .waitFor();
    await picture(mia.page, 'merge-7-edit-wrong');
    expect(await seriousIn(mia.page, 'dialog')).toEqual([]);
    await dialog(mia).getByLabel('Phone').fill('+49 30 1234567');
    await dialog(mia).getByLabel('Company').fill('Holm Lighting');
    await dialog(mia).getByRole('button', { name: 'Add an attribute' }).click();
    await dialog(mia).getByLabel('Name of the new attribute').fill('plan');
    await dialog(mia).getByLabel('Value of the new attribute').fill('Pro');
    await dialog(mia).getByRole('button', { name: 'Save' }).click();
    await dialog(mia).waitFor({ state: 'detached' });
    await ben.card.locator('[data-field=company]').getByText('Holm Lighting').waitFor();
    await ben.card.locator('[data-field=plan]').getByText('Pro').waitFor();
    await menu(mia, 'Edit details …');
    await dialog(mia).getByLabel('Company').fill('Holm & Daughters');
    await dialog(mia).getByRole('button', { name: 'Save' }).click();
    const company = ben.card.locator('.event').filter({ hasText: 'Company changed by Mia Berg' });
    await company.waitFor();
    expect(await company.locator('.event-change').textContent()).toBe('Holm Lighting → Holm & Daughters');
    await ben.card.evaluate((card) => card.scrollTo(0, card.scrollHeight));
    await picture(ben.page, 'merge-8-edited-dark');
  });

  it('what one agent types into the details while another merges them away is not lost: it goes on among those of the one it became', async () => {
    const [mia, ben] = [await stage.agent({ ...desk, colorScheme: 'dark' }), await stage.agent(desk)];
    const user = await aUser(stage, mia, mara, 'Is my lamp on its way?');
    const lead = await aLead(stage, 'It is mara@lund-interior.no, from my phone');
    await mia.open(lead.conversation);
    await ben.open(user.conversation);
    await menu(mia, 'Edit details …');
    await dialog(mia).getByLabel('Company').fill('Lund Interiør');
    await dialog(mia).getByLabel('Name').fill('Mara L.');
    await dialog(mia).getByRole('button', { name: 'Add an attribute' }).click();
    await dialog(mia).getByLabel('Name of the new attribute').fill('plan');
    await dialog(mia).getByLabel('Value of the new attribute').fill('Pro');
    await duplicates(ben).getByRole('button', { name: 'Compare' }).click();
    await dialog(ben).getByRole('button', { name: 'Merge', exact: true }).click();
    await toast(ben, 'into Mara Lund.').waitFor();
    await dialog(mia).getByRole('button', { name: 'Save' }).click();
    await dialog(mia).getByText('This contact became part of Mara Lund meanwhile.').waitFor();
    expect(await dialog(mia).getByLabel('Company').inputValue()).toBe('Lund Interiør');
    await picture(mia.page, 'merge-7-edit-joined');
    expect(await seriousIn(mia.page, 'dialog')).toEqual([]);
    await dialog(mia).getByRole('button', { name: 'Save' }).click();
    await ben.card.locator('[data-field=company]').getByText('Lund Interiør').waitFor();
  });

  it('[M22] who is blocked is marked on every screen and cannot write; unblocked, they can', async () => {
    const [mia, ben] = [await stage.agent(desk), await stage.agent({ ...desk, colorScheme: 'dark' })];
    const { visitor, conversation } = await aLead(stage, 'Buy cheap lamps at spam@lamps-for-all.biz');
    await mia.open(conversation);
    await ben.open(conversation);
    await mia.card.getByRole('heading', { name: 'spam@lamps-for-all.biz' }).waitFor();
    await menu(mia, 'Block');
    await toast(mia, 'is blocked and cannot write any more').waitFor();
    for (const agent of [mia, ben]) {
      await agent.card.locator('.badge-blocked').waitFor();
      await agent.page.locator('.thread-head .badge-blocked').waitFor();
      await agent.row(conversation).getByRole('img', { name: 'Blocked.' }).waitFor();
      await agent.page.getByText('is blocked and cannot write.', { exact: false }).first().waitFor();
    }
    await picture(mia.page, 'merge-9-blocked');
    await picture(ben.page, 'merge-9-blocked-dark');
    await visitor.say('Even cheaper lamps!');
    await visitor.panel
      .getByText(/Not sent/)
      .first()
      .waitFor();
    await ben.page.locator('.state-bar').getByRole('button', { name: 'Unblock' }).click();
    for (const agent of [mia, ben]) await agent.card.locator('.badge-blocked').waitFor({ state: 'detached' });
    await menu(mia, 'Archive');
    await ben.card.getByText('Archived', { exact: true }).first().waitFor();
    await visitor.say('I am somebody decent now');
    await ben.sees('I am somebody decent now');
    await ben.card.locator('.identity').getByText('Archived').waitFor({ state: 'detached' });
  });

  it('[M23] an erased contact leaves every screen, in words where it was open, and the counts', async () => {
    const [mia, ben] = [await stage.agent(desk), await stage.agent({ ...desk, colorScheme: 'dark' })];
    const { conversation } = await aLead(stage, 'Forget me at gone@example.org');
    await mia.open(conversation);
    await ben.open(conversation);
    await mia.card.getByRole('heading', { name: 'gone@example.org' }).waitFor();
    const countOf = async (agent: AgentSide): Promise<number> => Number(await agent.page.locator('.list-count').textContent());
    const before = await countOf(ben);
    await menu(mia, 'Erase …');
    await picture(mia.page, 'merge-10-erase');
    await dialog(mia).getByRole('button', { name: 'Erase …' }).click();
    await dialog(mia).getByText('For good?').waitFor();
    await picture(mia.page, 'merge-10-erase-asked');
    expect(await seriousIn(mia.page, 'dialog')).toEqual([]);
    await dialog(mia).getByRole('button', { name: 'Erase for good' }).click();
    for (const agent of [mia, ben]) {
      await agent.page.getByText('This conversation was erased').waitFor();
      await agent.card.getByText('Nobody is here any more').waitFor();
      await agent.row(conversation).waitFor({ state: 'detached' });
      await eventually(() => countOf(agent), before - 1);
    }
    await picture(ben.page, 'merge-11-erased-dark');
    await ben.page.getByRole('button', { name: 'Back to the list' }).click();
    await ben.page.getByText('This conversation was erased').waitFor({ state: 'detached' });
    expect(new URL(ben.page.url()).pathname).toBe('/inbox');
  });

  for (const [look, colorScheme] of [
    ['phone', 'light'],
    ['phone-dark', 'dark'],
  ] as const) {
    it(`on a phone (${look}) it fits: long words, names from right to left, nothing to scroll to the side`, async () => {
      const mia = await stage.agent({ ...phone, colorScheme });
      const email = `verylongaddress.${'with-many-parts.'.repeat(4)}${colorScheme}@donaudampfschifffahrtsgesellschaft.de`;
      const one = await aLead(stage, `My name is مريم الهاشمي and my email is ${email}`);
      await one.visitor.say(`I am writing from Beirut`);
      const two = await aLead(stage, `My email is ${email}, by the way`);
      await two.visitor.say('My name is Maximiliane Schwarzenberger-Leutheusser');
      await mia.open(two.conversation);
      await mia.page.getByRole('button', { name: 'Contact', exact: true }).click();
      await duplicates(mia).getByRole('button', { name: 'Compare' }).waitFor();
      await picture(mia.page, `merge-12-${look}-card`);
      await duplicates(mia).getByRole('button', { name: 'Compare' }).click();
      await dialog(mia).getByRole('heading', { name: 'What the merge does' }).waitFor();
      await picture(mia.page, `merge-12-${look}-compare`);
      expect(await seriousIn(mia.page, 'dialog')).toEqual([]);
      const sideways = (selector: string) =>
        mia.page
          .locator(selector)
          .first()
          .evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(await sideways('dialog')).toBe(0);
      await dialog(mia).evaluate((sheet) => sheet.scrollTo(0, sheet.scrollHeight));
      await picture(mia.page, `merge-12-${look}-compare-below`);
      await dialog(mia).getByRole('button', { name: 'Merge', exact: true }).click();
      await merges(mia).waitFor();
      await merges(mia).scrollIntoViewIfNeeded();
      await picture(mia.page, `merge-12-${look}-merged`);
      expect(await sideways('.card')).toBe(0);
    });
  }
});
