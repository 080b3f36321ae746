import { expect, it } from 'vitest';
import { agree, eventually, journeys, picture } from './stage.ts';
import type { Shown, Stage, VisitorSide } from './stage.ts';

const said = (all: readonly Shown[]): string[] => all.filter(({ by }) => by === 'contact').map(({ text }) => text);
const contactOf = (
  stage: Stage,
  conversation: number,
): { type: string; user_id: string | null; name: string | null; verified: number } | undefined =>
  stage.server.rows<{ type: string; user_id: string | null; name: string | null; verified: number }>(
    'select type, user_id, name, verified from contacts where id = (select contact_id from conversations where id = ?)',
    conversation,
  )[0];

async function signIn(visitor: VisitorSide, name: string): Promise<void> {
  await visitor.page.getByRole('button', { name, exact: true }).click();
  await visitor.page.locator('#log .answer').filter({ hasText: 'identify →' }).waitFor();
}

journeys('the host page signs a person in and out', (stage) => {
  for (const { account, name, proof } of [
    { account: 'Ada', name: 'Ada Holm', proof: 'user_hash' },
    { account: 'Tomás', name: 'Tomás Vega', proof: 'user_jwt' },
  ]) {
    it(`[M6][M16] with a ${proof} the visitor becomes a User and keeps the history; after signing out a new anonymous visitor finds an empty chat`, async () => {
      const agent = await stage.agent();
      const visitor = await stage.visitor();
      const question = `A question before ${account} signs in`;
      await visitor.openChat();
      await visitor.say(question);
      const conversation = await stage.conversationWith(question);
      await agent.open(conversation);
      await agent.row(conversation).locator('.badge', { hasText: 'Visitor' }).waitFor();
      await visitor.closeChat();

      await signIn(visitor, account);
      await agent.row(conversation).locator('.badge', { hasText: 'User' }).waitFor();
      await agent.row(conversation).filter({ hasText: name }).waitFor();
      await agent.card.getByText('Verified', { exact: true }).waitFor();
      expect(contactOf(stage, conversation)).toMatchObject({
        type: 'user',
        user_id: `demo-${account === 'Ada' ? 'ada' : 'tomas'}`,
        verified: 1,
      });
      await visitor.openChat();
      await visitor.sees(question);
      const more = `And one by ${account} in person`;
      await visitor.say(more);
      expect(await stage.conversationWith(more)).toBe(conversation);
      await agent.sees(more);
      await picture(agent.page, `inbox-user-${proof}`);
      await visitor.closeChat();

      const cookies = await visitor.page.context().cookies();
      await visitor.page.getByRole('button', { name: 'Sign out' }).click();
      await visitor.page.locator('#log .event').filter({ hasText: 'shutdown' }).waitFor();
      await eventually(
        () => visitor.page.evaluate(async () => [document.cookie, localStorage.length, (await indexedDB.databases()).length]),
        ['', 0, 0],
      );
      await visitor.openChat();
      await visitor.sees('What brings you here today?');
      expect(said(await visitor.shown())).toEqual([]);
      const next = `Somebody else at ${account}’s screen`;
      await visitor.say(next);
      const other = await stage.conversationWith(next);
      expect(other).not.toBe(conversation);
      expect(contactOf(stage, other)).toMatchObject({ type: 'visitor', user_id: null, name: null });
      await agent.row(other).locator('.badge', { hasText: 'Visitor' }).waitFor();
      expect((await visitor.page.context().cookies()).map(({ value }) => value)).not.toEqual(cookies.map(({ value }) => value));
    });
  }

  it('[M7][M18] the same user in another browser finds the conversation there, and what is written in one appears in the other', async () => {
    const [desk, phone] = [await stage.visitor(), await stage.visitor()];
    await signIn(desk, 'Ada');
    await desk.openChat();
    await desk.say('Written at the desk');
    await stage.conversationWith('Written at the desk');
    await signIn(phone, 'Ada');
    await phone.openChat();
    await phone.sees('Written at the desk');
    await phone.say('Written on the phone');
    await desk.sees('Written on the phone');
    await eventually(async () => (await phone.shown()).some(({ isPending }) => isPending), false);
    await agree([() => desk.shown(), () => phone.shown()]);
  });

  it('[M17] another tab of the same browser resets too, and shows nothing of the person who signed out', async () => {
    const context = await stage.context();
    const [one, other] = [await stage.visitor({ context }), await stage.visitor({ context })];
    // A tab in the background paints once a second.
    await one.page.bringToFront();
    await signIn(one, 'Tomás');
    await one.openChat();
    await one.say('Only for Tomás to read');
    await one.closeChat();
    await other.page.bringToFront();
    await other.openChat();
    await other.sees('Only for Tomás to read');
    await one.page.bringToFront();
    await one.page.getByRole('button', { name: 'Sign out' }).click();
    await one.page.locator('#log .event').filter({ hasText: 'shutdown' }).waitFor();
    await eventually(
      async () =>
        (await other.shown())
          .map(({ text }) => text)
          .join(' ')
          .includes('Tomás'),
      false,
    );
    await other.say('A stranger in the other tab');
    const conversation = await stage.conversationWith('A stranger in the other tab');
    expect(contactOf(stage, conversation)).toMatchObject({ type: 'visitor', user_id: null });
    await eventually(async () => said(await other.shown()), ['A stranger in the other tab']);
  });

  it('[M10][P10] what Ada wrote while the line was down is sent as hers before Tomás, who signed in meanwhile, is let in', async () => {
    const visitor = await stage.visitor();
    await signIn(visitor, 'Ada');
    await visitor.openChat();
    await visitor.say('Ada is on the line');
    const conversation = await stage.conversationWith('Ada is on the line');
    const proof = (await (await fetch(`${stage.server.url}/demo/sign?account=tomas`)).json()) as object;
    await visitor.page.context().setOffline(true);
    await visitor.panel.getByText('You’re offline.').waitFor();
    for (const i of [1, 2, 3]) await visitor.say(`Ada in the tunnel ${i}`);
    const answer = visitor.page.evaluate(
      (given) => (window as unknown as { Foyer: (...args: unknown[]) => Promise<unknown> }).Foyer('identify', given),
      proof,
    );
    await visitor.page.context().setOffline(false);
    expect(await answer).toMatchObject({ type: 'user', verified: true });
    for (const i of [1, 2, 3]) expect(await stage.conversationWith(`Ada in the tunnel ${i}`)).toBe(conversation);
    expect(contactOf(stage, conversation)).toMatchObject({ user_id: 'demo-ada' });
    await eventually(async () => said(await visitor.shown()).filter((text) => text.startsWith('Ada')), []);
  });

  it('[M10] when another person signs in without a sign-out between, nothing of the first is shown to the second', async () => {
    const visitor = await stage.visitor();
    await signIn(visitor, 'Ada');
    await visitor.openChat();
    await visitor.say('Private to Ada');
    await visitor.sees('Private to Ada');
    await stage.conversationWith('Private to Ada');
    await visitor.page.evaluate(async () => {
      const answer = (await (await fetch('/demo/sign?account=tomas')).json()) as { user_id: string };
      const { user_id, ...attributes } = answer;
      await (window as unknown as { Foyer: (...args: unknown[]) => Promise<unknown> }).Foyer('identify', user_id, attributes);
    });
    await eventually(async () => (await visitor.shown()).some(({ text }) => text === 'Private to Ada'), false);
  });
});
