// M20 in a browser: an agent asks for the proof, the mail arrives at a real mail server, its reader confirms, the agent's card turns.
import { afterAll, expect, it } from 'vitest';
import { startMailServer } from '../helpers/mail-server.ts';
import type { Received } from '../helpers/mail-server.ts';
import { journeys, patienceMs, picture } from './stage.ts';
import type { AgentSide, Stage } from './stage.ts';

const post = await startMailServer();
afterAll(() => post.stop());

const mailTo = async (email: string): Promise<Received> => {
  const find = (): Received[] => post.mails.filter((mail) => mail.to.includes(email));
  await expect.poll(() => find().length, { timeout: patienceMs }).toBe(1);
  return find()[0] as Received;
};
const linkIn = ({ parsed }: Received): string => /\S+\/verify\?token=\S+/.exec(parsed.text ?? '')?.[0] ?? '';

/** A visitor who gives an address in the chat, looked at by an agent. */
async function aLead(stage: Stage, email: string): Promise<AgentSide> {
  const agent = await stage.agent();
  const visitor = await stage.visitor();
  await visitor.openChat();
  const text = `Hi, this is Lena Brandt, my email is ${email}`;
  await visitor.say(text);
  await agent.open(await stage.conversationWith(text));
  await agent.card.getByText(email).first().waitFor();
  return agent;
}

journeys(
  'the mailed link proves the address',
  (stage) => {
    it('[M20] the agent clicks Verify, the mail arrives, its reader confirms by a button, and the card shows it live', async () => {
      const email = 'lena.brandt@acme-tools.com';
      const agent = await aLead(stage, email);
      const mark = agent.card.locator('[data-field="email"] .grade-mark').last();
      expect(await mark.getAttribute('aria-label')).toBe('Claimed');
      await picture(agent.page, 'verify-card-claimed');
      await agent.card.getByRole('button', { name: `Verify ${email}: mail a link to it` }).click();
      await agent.card.getByText(`Link sent to ${email} · valid for 24 h`).waitFor();
      await picture(agent.page, 'verify-card-sent');

      const mail = await mailTo(email);
      const reader = await (await stage.context()).newPage();
      await reader.setContent(String(mail.parsed.html));
      await picture(reader, 'verify-mail');
      // Of the node that mailed it, where there are two.
      const { origin } = new URL(linkIn(mail));
      expect([stage.server.url, new URL(stage.server.inboxUrl).origin]).toContain(origin);

      await reader.goto(linkIn(mail));
      await reader.getByRole('heading', { name: 'Is this your address?' }).waitFor();
      await picture(reader, 'verify-ask-light');
      for (const [name, options] of [
        ['dark', { colorScheme: 'dark' }],
        ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }],
        [
          'phone-dark-de',
          { viewport: { width: 360, height: 740 }, isMobile: true, colorScheme: 'dark', locale: 'de-DE', deviceScaleFactor: 2 },
        ],
      ] as const) {
        const other = await (await stage.context(options)).newPage();
        await other.goto(linkIn(mail));
        await other.getByRole('button').waitFor();
        expect(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await picture(other, `verify-ask-${name}`);
      }
      // Looking changed nothing.
      expect(await mark.getAttribute('aria-label')).toBe('Claimed');

      await reader.getByRole('button', { name: 'Confirm my address' }).focus();
      await reader.keyboard.press('Enter');
      await reader.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
      expect(reader.url()).toBe(`${origin}/verify`);
      await picture(reader, 'verify-confirmed-light');

      await agent.card.getByRole('button', { name: 'Verified' }).waitFor();
      await agent.card.getByText('Email proved by the link that was mailed to it').waitFor();
      await picture(agent.page, 'verify-card-verified');
    });

    it('[M20] opened a second time, or cut off, the link says that there is nothing more to do, light, dark and on a phone', async () => {
      const email = 'jo@acme-tools.com';
      const agent = await aLead(stage, email);
      await agent.card.getByRole('button', { name: `Verify ${email}: mail a link to it` }).click();
      const link = linkIn(await mailTo(email));
      const phone = await (
        await stage.context({ colorScheme: 'dark', viewport: { width: 390, height: 844 }, isMobile: true, deviceScaleFactor: 2 })
      ).newPage();
      await phone.goto(link);
      await phone.getByRole('button', { name: 'Confirm my address' }).click();
      await phone.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
      await picture(phone, 'verify-confirmed-phone-dark');
      await phone.goto(link);
      await phone.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await picture(phone, 'verify-used-phone-dark');
      const desk = await (await stage.context()).newPage();
      await desk.goto(link.slice(0, -5));
      await desk.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await picture(desk, 'verify-used-light');
    });
  },
  { env: { SMTP_URL: post.url, MAIL_FROM: 'hello@northwind.studio' } },
);

journeys('without a mail server', (stage) => {
  it('[M20] the card says what is to be set, and nothing is lost', async () => {
    const email = 'kim@acme-tools.com';
    const agent = await aLead(stage, email);
    await agent.card.getByRole('button', { name: `Verify ${email}: mail a link to it` }).click();
    await agent.card.getByText(/SMTP_URL/).waitFor();
    await picture(agent.page, 'verify-card-no-mail');
  });
});
