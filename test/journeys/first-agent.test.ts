import { afterAll, expect, it } from 'vitest';
import { serveSite } from './site.ts';
import type { Site } from './site.ts';
import { eventually, journeys, picture, visitorSide } from './stage.ts';

let site: Site | undefined;
afterAll(() => site?.close());

journeys('the first agent', (stage) => {
  it('follows the set-up link, makes the account and stands in the inbox, where the checklist turns green as the widget is used', async () => {
    const context = await stage.context();
    const page = await context.newPage();
    await page.goto(stage.server.setupLink);
    await page.getByLabel('Your name').fill('Mia Berg');
    await page.getByLabel('Email').fill('mia@northwind.studio');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await picture(page, 'setup');
    const coloured = page.waitForResponse(/\/api\/widget\/settings/);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.waitForURL(`${stage.server.url}/inbox`);
    await page.getByRole('heading', { name: 'Welcome, Mia' }).waitFor();
    // What the inbox itself asks for, and our demo, are not the widget on somebody's site.
    await coloured;
    await stage.visitor();
    await page.reload();
    const steps = page.locator('.step');
    await eventually(() => steps.count(), 4);
    await eventually(() => page.locator('.step.is-done').count(), 0);
    await picture(page, 'inbox-first-run');

    const { url, appId } = stage.server;
    site = await serveSite({
      snippet: `<script async src="${url}/widget.js" data-app-id="${appId}"></script>`,
      pages: { '/': { title: 'Boats' } },
    });
    const own = await (await stage.context()).newPage();
    await own.goto(site.at('/'));
    const visitor = visitorSide(own);
    await page.locator('.step.is-done').filter({ hasText: 'Script seen' }).waitFor();
    await visitor.openChat();
    await visitor.say('Do you make lamps for boats?');
    await page.locator('.step.is-done').filter({ hasText: 'First message' }).waitFor();
    await page.locator('[data-row]').waitFor();
  });

  it('finds the link used up afterwards, and signs in with email and password instead', async () => {
    const page = await (await stage.context()).newPage();
    await page.goto(stage.server.setupLink);
    await page.getByRole('heading', { name: 'This set-up link no longer works' }).waitFor();
    await page.getByRole('link', { name: 'Sign in instead' }).click();
    await page.getByLabel('Email').fill('mia@northwind.studio');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'Email or password is wrong' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/inbox$/);
    await page.locator('[data-row]').waitFor();
  });

  it('is signed out in every tab at once', async () => {
    const context = await stage.context();
    const [one, other] = [await context.newPage(), await context.newPage()];
    await context.request.post(`${stage.server.url}/api/v1/session`, {
      data: { email: 'mia@northwind.studio', password: 'correct horse battery' },
    });
    for (const page of [one, other]) {
      await page.goto(`${stage.server.url}/inbox`);
      await page.locator('[data-row]').first().waitFor();
    }
    await one.getByRole('button', { name: /Mia Berg/ }).click();
    await one.getByText('Sign out').click();
    for (const page of [one, other]) await page.getByRole('heading', { name: 'Sign in to the inbox' }).waitFor();
    await one.reload();
    await one.getByRole('heading', { name: 'Sign in to the inbox' }).waitFor();
    expect((await context.cookies()).map(({ name }) => name)).toEqual([]);
  });
});
