// One verified user on two devices: what is said, read and counted is the same on both.
import { expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { agree, eventually, journeys, picture } from './stage.ts';
import type { Stage, VisitorSide } from './stage.ts';

async function signedIn(stage: Stage, name: 'Ada' | 'Tomás'): Promise<VisitorSide> {
  const device = await stage.visitor();
  await device.page.getByRole('button', { name, exact: true }).click();
  await device.page.locator('#log .answer').filter({ hasText: 'identify →' }).waitFor();
  return device;
}

const unread = (device: VisitorSide): Promise<number> =>
  device.page.evaluate(() => (window as unknown as { Foyer: { unreadCount: number } }).Foyer.unreadCount);
const texts = async (device: VisitorSide): Promise<string[]> => (await device.shown()).map(({ text }) => text);

journeys('a verified user on two devices', (stage) => {
  it('[M18] the whole history, live both ways; what is read on one is read on the other, and the agent sees one person', async () => {
    const agent = await stage.agent();
    const desk = await signedIn(stage, 'Ada');
    await desk.openChat();
    await desk.say('Written at the desk');
    const conversation = await stage.conversationWith('Written at the desk');
    await agent.open(conversation);
    await agent.page
      .getByRole('button', { name: /Take over/ })
      .first()
      .click();
    await desk.panel.getByText('Mia Berg joined').waitFor();

    const phone = await signedIn(stage, 'Ada');
    await phone.openChat();
    await phone.sees('Written at the desk');
    await agree([() => texts(phone), () => texts(desk)]);
    expect(stage.server.rows('select distinct contact_id from sessions where revoked_at is null and verified = 1')).toHaveLength(1);

    // Unread on both while both are closed; read on one.
    await desk.closeChat();
    await phone.closeChat();
    await agent.reply('For whichever of you looks first');
    for (const device of [desk, phone]) await eventually(() => unread(device), 1);
    await picture(phone.page, 'devices-unread');
    await desk.page.bringToFront();
    await desk.openChat();
    await desk.sees('For whichever of you looks first');
    for (const device of [desk, phone]) await eventually(() => unread(device), 0);
    await agent.page.locator('.read-mark').filter({ hasText: 'Read' }).waitFor();

    // Both write; one order on all screens.
    await phone.page.bringToFront();
    await phone.openChat();
    await Promise.all([desk.say('From the desk again'), phone.say('From the phone')]);
    await Promise.all([desk.sees('From the phone'), phone.sees('From the desk again')]);
    const kept = stage.server
      .rows<{ text: string }>('select text from messages where conversation_id = ? order by seq', conversation)
      .map(({ text }) => text);
    for (const device of [desk, phone]) await eventually(() => texts(device), kept);

    // Presence is the person's, not the device's.
    await desk.page.close();
    await phone.say('Still here on the phone');
    await agent.sees('Still here on the phone');
    await agent.page.locator('.thread-where', { hasText: 'Online' }).waitFor();
    await phone.page.close();
    await eventually(() => agent.page.locator('.thread-where', { hasText: 'Online' }).count(), 0);
  });

  it('[M18] what the agent takes back or words otherwise is so on both, also where it was read', async () => {
    const agent = await stage.agent();
    const [desk, phone] = [await signedIn(stage, 'Ada'), await signedIn(stage, 'Ada')];
    for (const device of [desk, phone]) {
      await device.page.bringToFront();
      await device.openChat();
    }
    await desk.say('Which lamp is it?');
    await agent.open(await stage.conversationWith('Which lamp is it?'));
    for (const text of ['The small won', 'Not for your eyes']) await agent.reply(text);
    for (const device of [desk, phone]) for (const text of ['The small won', 'Not for your eyes']) await device.sees(text);

    const mine = (text: string): Locator => agent.page.locator('.messages .message').filter({ hasText: text });
    await mine('Not for your eyes').hover();
    await mine('Not for your eyes').getByRole('button', { name: 'Delete' }).click();
    await mine('The small won').hover();
    await mine('The small won').getByRole('button', { name: 'Edit' }).click();
    await agent.page.getByRole('textbox', { name: 'Change your message' }).fill('The small one');
    await agent.page.getByRole('textbox', { name: 'Change your message' }).press('Enter');
    for (const device of [desk, phone]) {
      await device.sees('The small one');
      await device.bubbles.filter({ hasText: 'This message was deleted' }).waitFor();
      expect((await texts(device)).join('|')).not.toMatch(/small won|your eyes/);
    }
    await agree([() => texts(phone), () => texts(desk)]);
  });

  it('[M16] signing out on one device leaves the other signed in', async () => {
    const [desk, phone] = [await signedIn(stage, 'Tomás'), await signedIn(stage, 'Tomás')];
    await desk.openChat();
    await desk.say('On both of my screens');
    await stage.conversationWith('On both of my screens');
    await desk.closeChat();
    await phone.openChat();
    await phone.sees('On both of my screens');
    await desk.page.getByRole('button', { name: 'Sign out' }).click();
    await desk.page.locator('#log .event').filter({ hasText: 'shutdown' }).waitFor();
    await desk.openChat();
    await desk.sees('What brings you here today?');
    expect(await texts(desk)).not.toContain('On both of my screens');
    await phone.say('This screen is still mine');
    await phone.sees('This screen is still mine');
    expect(await stage.conversationWith('This screen is still mine')).toBe(await stage.conversationWith('On both of my screens'));
  });
});
