// Several tabs of one browser: one session, told to all, whoever acts and whoever comes or goes.
import { expect, it } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import { agree, eventually, journeys } from './stage.ts';
import type { Stage, VisitorSide } from './stage.ts';

const texts = async (tab: VisitorSide): Promise<string[]> => (await tab.shown()).map(({ text }) => text);
const own = async (tab: VisitorSide): Promise<string[]> => (await tab.shown()).filter(({ by }) => by === 'contact').map(({ text }) => text);
const sessions = (stage: Stage): unknown[] => stage.server.rows('select * from sessions where revoked_at is null');

async function twoTabs(stage: Stage, given?: BrowserContext): Promise<[VisitorSide, VisitorSide]> {
  const context = given ?? (await stage.context());
  return [await stage.visitor({ context }), await stage.visitor({ context })];
}

/** As the host's page does it, for the account of this name. */
async function identify(tab: VisitorSide, account: 'ada' | 'tomas'): Promise<unknown> {
  return tab.page.evaluate(async (name) => {
    const { user_id, ...attributes } = (await (await fetch(`/demo/sign?account=${name}`)).json()) as { user_id: string };
    return (window as unknown as { Foyer: (...args: unknown[]) => Promise<unknown> }).Foyer('identify', user_id, attributes);
  }, account);
}

journeys('several tabs', (stage) => {
  it('[P11] what is begun in one goes on in the other: one session, one conversation, and a draft is nobody’s to clear', async () => {
    const before = sessions(stage).length;
    const [one, other] = await twoTabs(stage);
    await other.openChat();
    await other.field.fill('half a thought');
    await one.page.bringToFront();
    await one.openChat();
    await one.say('Begun in the first tab');
    const conversation = await stage.conversationWith('Begun in the first tab');
    await other.page.bringToFront();
    await other.sees('Begun in the first tab');
    expect(await other.field.inputValue()).toBe('half a thought');
    await other.field.press('Enter');
    expect(await stage.conversationWith('half a thought')).toBe(conversation);
    await one.page.bringToFront();
    await one.sees('half a thought');
    await agree([() => texts(one), () => texts(other)]);
    expect(sessions(stage)).toHaveLength(before + 1);
  });

  it('[I15] first words in both at once make one session and one conversation', async () => {
    const before = sessions(stage).length;
    const [one, other] = await twoTabs(stage);
    await one.openChat();
    await other.page.bringToFront();
    await other.openChat();
    await one.field.fill('First words here');
    await other.field.fill('First words there');
    await Promise.all([one, other].map((tab) => tab.field.press('Enter')));
    expect(await stage.conversationWith('First words here')).toBe(await stage.conversationWith('First words there'));
    expect(sessions(stage)).toHaveLength(before + 1);
    for (const tab of [one, other]) {
      await tab.page.bringToFront();
      await eventually(async () => (await own(tab)).toSorted(), ['First words here', 'First words there']);
    }
  });

  it('[M15] a sign-in in one raises the session in both: the other loses neither what it shows nor what was being typed', async () => {
    const context = await stage.context();
    await context.clock.install();
    const [one, other] = await twoTabs(stage, context);
    await one.openChat();
    await one.say('Who I am comes later');
    const conversation = await stage.conversationWith('Who I am comes later');
    await other.page.bringToFront();
    await other.openChat();
    await other.sees('Who I am comes later');
    await other.field.fill('half a thought of Ada');
    await one.page.bringToFront();
    expect(await identify(one, 'ada')).toMatchObject({ type: 'user', verified: true });
    await other.page.bringToFront();
    await eventually(
      () => other.page.evaluate(() => (window as unknown as { Foyer: { whoami(): { verified: boolean } } }).Foyer.whoami().verified),
      true,
    );
    expect(await other.field.inputValue()).toBe('half a thought of Ada');
    await other.field.press('Enter');
    expect(await stage.conversationWith('half a thought of Ada')).toBe(conversation);
    // Past the time for which a tab waits for the next token: nothing ends belatedly.
    await context.clock.fastForward(10_000);
    await other.sees('Who I am comes later');
    expect(await own(other)).toEqual(['Who I am comes later', 'half a thought of Ada']);
  });

  it('[M10][M17] another person signs in in one: the other shows nothing of the first, and writes as the second', async () => {
    const [one, other] = await twoTabs(stage);
    await identify(one, 'tomas');
    await one.openChat();
    await one.say('Between me, Tomás, and you');
    await stage.conversationWith('Between me, Tomás, and you');
    await other.page.bringToFront();
    await other.openChat();
    await other.sees('Between me, Tomás, and you');
    await one.page.bringToFront();
    await identify(one, 'ada');
    await other.page.bringToFront();
    await eventually(async () => (await texts(other)).join(' ').includes('Tomás'), false);
    await other.say('Ada, from the other tab');
    const conversation = await stage.conversationWith('Ada, from the other tab');
    const [writer] = stage.server.rows<{ user_id: string }>(
      'select user_id from contacts where id = (select contact_id from conversations where id = ?)',
      conversation,
    );
    expect(writer).toEqual({ user_id: 'demo-ada' });
  });

  it('[M16][M17] a logout in one ends both; who writes next in either is one new visitor', async () => {
    const [one, other] = await twoTabs(stage);
    await identify(one, 'ada');
    await other.page.bringToFront();
    await other.openChat();
    await one.page.bringToFront();
    await one.page.evaluate(() => (window as unknown as { Foyer: (...args: unknown[]) => Promise<unknown> }).Foyer('shutdown'));
    expect(await one.page.context().cookies()).toEqual([]);
    await other.page.bringToFront();
    await eventually(() => own(other), []);
    await other.say('A stranger in the second tab');
    await one.page.bringToFront();
    await one.openChat();
    await one.sees('A stranger in the second tab');
    await one.say('And in the first');
    expect(await stage.conversationWith('And in the first')).toBe(await stage.conversationWith('A stranger in the second tab'));
  });
});
