// A page that stays open all day stays proved: the host page's own function gives fresh tokens, against the real server.
import { createHmac } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { serveSite } from './site.ts';
import type { Site } from './site.ts';
import { eventually, journeys, visitorSide } from './stage.ts';
import type { AgentSide, Stage, VisitorSide } from './stage.ts';

let site: Site | null = null;
afterEach(async () => {
  await site?.close();
  site = null;
});

/** What the host's server knows: who is signed in at it, and how to sign. */
interface Host {
  visitor: VisitorSide;
  page: Page;
  /** Signs for this person, by the page's clock. */
  sign(user: string, minutes: number): Promise<string>;
  /** What the page's function was asked for, one after the other. */
  asked: (string | null)[];
  /** What it answers next. */
  answer: (userId: string | null) => Promise<string | null>;
  /** Events of the widget: name and words. */
  heard(): Promise<string[]>;
}

type HostPage = Window & {
  heard: string[];
  freshToken(userId: string | null): Promise<string | null>;
  Foyer(...args: unknown[]): Promise<unknown>;
};

async function host(stage: Stage, agent: AgentSide): Promise<Host> {
  const answer = await agent.page.context().request.get(`${stage.server.url}/api/v1/identity_secret`);
  const { identity_secret: secret } = (await answer.json()) as { identity_secret: string };
  site = await serveSite({
    snippet: `<script async src="${stage.server.url}/widget.js" data-app-id="${stage.server.appId}"></script>`,
    pages: { '/': { title: 'Home' } },
  });
  const context = await stage.context();
  await context.clock.install();
  const page = await context.newPage();
  const made: Host = {
    visitor: visitorSide(page),
    page,
    async sign(user, minutes) {
      // Without `iat`: the page's clock is ahead of the server's, which takes no token of the future. Each says something new, so that its
      // taking is a fact.
      const now = Math.floor((await page.evaluate(() => Date.now())) / 1000);
      return jwt({ user_id: user, name: user, exp: now + minutes * 60, custom_attributes: { signed: now } }, secret);
    },
    asked: [],
    answer: (userId) => made.sign(userId ?? '', 60),
    heard: () => page.evaluate(() => (window as unknown as HostPage).heard),
  };
  await page.exposeFunction('freshToken', (userId: string | null) => {
    made.asked.push(userId);
    return made.answer(userId);
  });
  await page.goto(site.at('/'));
  await made.visitor.launcher.waitFor();
  await page.evaluate(() => {
    const { Foyer } = window as unknown as HostPage;
    const heard: string[] = ((window as unknown as HostPage).heard = []);
    for (const name of ['identity:error', 'shutdown']) {
      void Foyer('on', name, (detail: unknown) =>
        heard.push(`${name}: ${detail instanceof Error ? detail.message : JSON.stringify(detail)}`),
      );
    }
  });
  return made;
}

function jwt(claims: object, secret: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const identify = ({ page }: Host, token: string): Promise<unknown> =>
  page.evaluate((user_jwt) => {
    const { Foyer, freshToken } = window as unknown as HostPage;
    return Foyer('identify', { user_jwt, refreshUserJwt: freshToken });
  }, token);

const userOf = (stage: Stage, conversation: number): unknown =>
  stage.server.rows(
    'select user_id, verified from contacts where id = (select contact_id from conversations where id = ?)',
    conversation,
  )[0];

journeys('a proof that expires', (stage) => {
  it('a page of yesterday: its token has expired, the fresh one proves who is here', async () => {
    const agent = await stage.agent();
    const made = await host(stage, agent);
    expect(await identify(made, await made.sign('user-1', -24 * 60))).toMatchObject({ type: 'user', verified: true });
    expect(made.asked).toEqual(['user-1']);
    await made.visitor.openChat();
    await made.visitor.say('Proved in the morning');
    expect(userOf(stage, await stage.conversationWith('Proved in the morning'))).toEqual({ user_id: 'user-1', verified: 1 });
    expect(await made.heard()).toEqual([]);
  });

  it('a page that is open all day asks once an hour, shortly before, and the chat goes on', async () => {
    const made = await host(stage, await stage.agent());
    await identify(made, await made.sign('user-2', 60));
    await made.visitor.openChat();
    await made.visitor.say('Good morning');
    const conversation = await stage.conversationWith('Good morning');
    await made.page.clock.fastForward('58:00');
    expect(made.asked).toEqual([]);
    const taken = (): unknown[] => stage.server.rows("select * from events where type = 'contact.updated'");
    for (let hour = 1; hour <= 8; hour++) {
      const before = taken().length;
      await made.page.clock.fastForward(hour === 1 ? '01:30' : '59:30');
      await eventually(() => taken().length, before + 1);
      expect(made.asked).toHaveLength(hour);
    }
    await made.visitor.say('Good evening');
    expect(await stage.conversationWith('Good evening')).toBe(conversation);
    expect(userOf(stage, conversation)).toEqual({ user_id: 'user-2', verified: 1 });
    expect(await made.heard()).toEqual([]);
  });

  it('[M10] a fresh token of somebody else: the chat is theirs, with nothing of the first', async () => {
    const made = await host(stage, await stage.agent());
    await identify(made, await made.sign('user-3', 60));
    await made.visitor.openChat();
    await made.visitor.say('Only for the third user');
    await stage.conversationWith('Only for the third user');
    made.answer = () => made.sign('user-4', 60);
    await made.page.clock.fastForward('59:30');
    await eventually(async () => (await made.visitor.shown()).some(({ text }) => text === 'Only for the third user'), false);
    await made.visitor.sees('What brings you here today?');
    await made.visitor.say('From the fourth');
    expect(userOf(stage, await stage.conversationWith('From the fourth'))).toEqual({ user_id: 'user-4', verified: 1 });
  });

  it('[M16] none: nobody is signed in any more, so the chat is shut down', async () => {
    const made = await host(stage, await stage.agent());
    await identify(made, await made.sign('user-5', 60));
    await made.visitor.openChat();
    await made.visitor.say('Until I am logged out');
    await stage.conversationWith('Until I am logged out');
    made.answer = async () => null;
    await made.page.clock.fastForward('59:30');
    await eventually(() => made.heard(), ['shutdown: {"unsent":0}']);
    expect(await made.page.context().cookies()).toEqual([]);
    await made.visitor.say('A stranger writes');
    expect(userOf(stage, await stage.conversationWith('A stranger writes'))).toEqual({ user_id: null, verified: 0 });
    await made.page.clock.fastForward('05:00:00');
    expect(made.asked).toHaveLength(1);
  });

  it('a host that is down: told with the reason, the session stays, and it is asked again until it answers', async () => {
    const made = await host(stage, await stage.agent());
    await identify(made, await made.sign('user-6', 60));
    await made.visitor.openChat();
    await made.visitor.say('Before the outage');
    const conversation = await stage.conversationWith('Before the outage');
    made.answer = () => Promise.reject(new Error('HTTP 503'));
    await made.page.clock.fastForward('59:30');
    await eventually(async () => (await made.heard()).length, 1);
    expect((await made.heard())[0]).toMatch(/^identity:error: refresh_user_jwt failed: .*HTTP 503/);
    await made.visitor.say('During the outage');
    expect(await stage.conversationWith('During the outage')).toBe(conversation);
    made.answer = () => made.sign('user-6', 60);
    const { length } = made.asked;
    await made.page.clock.fastForward('00:10');
    await eventually(() => made.asked.length, length + 1);
    expect(userOf(stage, conversation)).toEqual({ user_id: 'user-6', verified: 1 });
    expect(await made.heard()).toHaveLength(1);
  });
});
