// [M20] The link: who may be sent one, how often, what the mail says, and that it is sent whatever the mail server does meanwhile.
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../server/actions/actor.ts';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { eraseContact } from '../../../server/actions/contact/erase-contact.ts';
import { blockContact } from '../../../server/actions/contact/flag-contact.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { sendLimits, sendVerification } from '../../../server/actions/contact/send-verification.ts';
import { describeStores } from '../../helpers/databases.ts';
import { must } from '../../helpers/server.ts';
import { refused, setVerificationStage, tokenIn } from '../../helpers/verification-stage.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describeStores('a link to prove an address', (places) => {
  const stage = setVerificationStage(places);
  const { clock, lead, ask, mailTo, follow } = stage;
  const deps = () => stage.server.deps;
  /** The mail that waits for a contact. */
  const jobs = (contact: string) =>
    deps()
      .store.in('')
      .read((tx) =>
        tx.execute((db) => db.selectFrom('jobs').selectAll().where('kind', '=', 'mail').where('key', '=', `verification ${contact}`)),
      );
  const api = (): Actor => ({ kind: 'token', id: 7, name: 'CRM', workspaceId: stage.server.workspace.id });

  it('[M20] is mailed to the address of a lead, works 24 hours, and stands in the history with who asked', async () => {
    const { id } = await lead('m20-sent@acme.com');
    const { sent_to: to, expires_at: expiresAt } = await ask(id);
    expect([to, Date.parse(expiresAt)]).toEqual(['m20-sent@acme.com', clock.now + day]);
    const { parsed, from, to: recipients } = await mailTo('m20-sent@acme.com', 1);
    expect([from, recipients]).toEqual(['hello@acme.example', ['m20-sent@acme.com']]);
    const name = stage.server.workspace.name;
    expect(parsed.subject).toBe(`Confirm your email address for ${name}`);
    expect(parsed.from?.value[0]).toEqual({ address: 'hello@acme.example', name });
    const link = `https://chat.acme.example/verify?token=${tokenIn({ parsed } as never)}`;
    expect(parsed.text).toContain(link);
    expect(parsed.html).toContain(`href="${link}"`);
    const told = must(await stage.agent.send('contact.timeline', { contact: id })).items;
    expect(told.find((item) => item.type === 'verification.sent')).toMatchObject({
      by: { name: 'Ada' },
      data: { email: 'm20-sent@acme.com' },
    });
    await expect.poll(() => jobs(id)).toEqual([]);
  });

  it('the mail fetches nothing, counts nobody, and says nothing that a stranger wrote', async () => {
    const { id } = await lead('m20-plain@acme.com', 'I am Click Here, my email is m20-plain@acme.com');
    await ask(id);
    const { parsed } = await mailTo('m20-plain@acme.com', 1);
    const page = String(parsed.html);
    expect(page).not.toMatch(/<img|<script|<link|url\(|src=/i);
    expect([...page.matchAll(/https?:\/\/[^"<\s]+/g)].every(([url]) => url.startsWith('https://chat.acme.example/verify?token='))).toBe(
      true,
    );
    expect(`${parsed.text} ${page} ${parsed.subject}`).not.toContain('Click Here');
    expect(parsed.attachments).toEqual([]);
  });

  it.each([
    ['de-AT', 'Bestätigen Sie Ihre E-Mail-Adresse', 'Ist das Ihre Adresse?'],
    ['es', 'Confirma tu correo', '¿Es esta tu dirección?'],
    ['fr-CA', 'Confirmez votre adresse', 'Est-ce bien votre adresse'],
    ['pt-BR', 'Confirme seu e-mail', 'Este endereço é seu?'],
    ['ja', 'Confirm your email address', 'Is this your address?'],
  ])('it is written in the visitor’s language: %s', async (language, subject, title) => {
    const email = `m20-${language.toLowerCase()}@acme.com`;
    const { id } = await lead(email);
    await deps()
      .store.in(stage.server.workspace.id)
      .write((tx) => tx.execute((db) => db.updateTable('contacts').set({ language }).where('id', '=', id)));
    await ask(id);
    const { parsed } = await mailTo(email, 1);
    expect(parsed.subject).toContain(subject);
    expect(parsed.text).toContain(title);
    expect(parsed.headers.get('content-language')).toBe(bare(language));
  });

  it('the token is nowhere in the database in clear', async () => {
    const { id } = await lead('m20-hashed@acme.com');
    stage.post.refuse = { at: 'recipient', code: 450, words: 'later' };
    await ask(id);
    await expect.poll(async () => (await jobs(id))[0]?.last_error).toMatch(/later/);
    const [job] = await jobs(id);
    stage.post.refuse = null;
    clock.now += 31_000;
    deps().jobs.wake(clock.now);
    const token = tokenIn(await mailTo('m20-hashed@acme.com', 1));
    const rows = await deps()
      .store.in('')
      .read((tx) => tx.execute((db) => db.selectFrom('email_verifications').selectAll()));
    expect(JSON.stringify([job, rows])).not.toContain(token);
    expect(JSON.stringify(job)).not.toContain('m20-hashed@acme.com');
  });

  describe('is refused', () => {
    it('where no mail server is configured', async () => {
      const { id } = await lead('m20-nomail@acme.com');
      expect(await refused(sendVerification(deps(), stage.actor, id, null))).toMatchObject({ code: 'mail_not_configured' });
    });

    it('without an email, or with one that is proved already', async () => {
      const nobody = await lead('', 'hello there');
      expect(await refused(ask(nobody.id))).toMatchObject({ code: 'form_invalid', errors: [{ pointer: '/email' }] });
      const user = await stage.user({ email: 'm20-signed@acme.com' });
      expect(await refused(ask(user.id))).toMatchObject({ code: 'surer_value' });
      const proved = await lead('m20-proved@acme.com');
      expect(await stage.prove(proved.id)).toBe('confirmed');
      expect(await refused(ask(proved.id))).toMatchObject({ code: 'surer_value' });
    });

    it('for a contact that is blocked, merged away, erased or of another workspace', async () => {
      const [blocked, gone, erased] = [await lead('m20-b@acme.com'), await lead('m20-g@acme.com'), await lead('m20-e@acme.com')];
      await blockContact(deps(), stage.actor, blocked.id, true);
      expect(await refused(ask(blocked.id))).toMatchObject({ code: 'blocked' });
      await mergeByRequest(deps(), stage.actor, { from: gone.id, into: blocked.id });
      expect(await refused(ask(gone.id))).toMatchObject({ code: 'contact_gone', movedTo: blocked.id });
      await eraseContact(deps(), stage.actor, erased.id);
      expect(await refused(ask(erased.id))).toMatchObject({ code: 'contact_gone' });
      const elsewhere: Actor = { ...api(), workspaceId: 'elsewhere' } as Actor;
      expect(await refused(sendVerification(deps(), elsewhere, blocked.id, 'https://x.example'))).toMatchObject({ code: 'not_found' });
    });

    it('a second time within a minute, a sixth time within a day: of a contact, and of an address whoever claims it', async () => {
      const victim = 'm20-bombed@acme.com';
      const [one, other] = [await lead(victim), await lead(victim)];
      await ask(one.id);
      expect(await refused(ask(other.id))).toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: minute });
      clock.now += minute - 1;
      expect(await refused(ask(one.id))).toMatchObject({ code: 'rate_limited', retryAfterMs: 1 });
      for (let i = 1; i < sendLimits.perDay; i++) {
        clock.now += minute;
        await ask(i % 2 === 0 ? one.id : other.id);
      }
      clock.now += hour;
      const failure = await refused(sendVerification(deps(), api(), other.id, 'https://x.example'));
      expect(failure).toMatchObject({ code: 'rate_limited' });
      expect(failure.retryAfterMs).toBeGreaterThan(22 * hour);
      clock.now += failure.retryAfterMs ?? 0;
      await ask(one.id);
    });

    it('once the workspace has sent so many within an hour', async () => {
      clock.now += 2 * day;
      const { id } = await lead('m20-last@acme.com');
      await deps()
        .store.in(stage.server.workspace.id)
        .write(async (tx) => {
          for (let i = 0; i < sendLimits.workspacePerHour; i++)
            await tx.execute((db) =>
              db.insertInto('email_verifications').values({
                token_hash: `flood-${i}`,
                workspace_id: tx.workspaceId,
                contact_id: `c${i}`,
                email: `c${i}@acme.com`,
                agent_id: null,
                created_at: clock.now - i,
                expires_at: clock.now + day,
                used_at: null,
              }),
            );
        });
      expect(await refused(ask(id))).toMatchObject({ code: 'rate_limited', retryAfterMs: hour - 99 });
      clock.now += hour;
      await ask(id);
    });
  });

  it('a second link takes the place of the first, also where the first mail has not left yet', async () => {
    const { id } = await lead('m20-newest@acme.com');
    stage.post.refuse = { at: 'recipient', code: 450, words: 'later' };
    await ask(id);
    await expect.poll(async () => (await jobs(id))[0]?.last_error).toMatch(/later/);
    const [first] = await jobs(id);
    clock.now += 2 * minute;
    await ask(id);
    await expect.poll(async () => (await jobs(id)).filter((job) => job.id !== first?.id)[0]?.last_error).toMatch(/later/);
    expect(await jobs(id)).toHaveLength(1);
    stage.post.refuse = null;
    clock.now += minute;
    deps().jobs.wake(clock.now);
    const second = tokenIn(await mailTo('m20-newest@acme.com', 1));
    await expect.poll(() => jobs(id)).toEqual([]);
    const third = await stage.tokenFor(id);
    expect(await follow(second)).toBe('expired');
    expect(await follow(third)).toBe('confirmed');
    expect(stage.post.mails.filter((mail) => mail.to.includes('m20-newest@acme.com'))).toHaveLength(2);
  });

  it('[P15] a mail server that refuses for now is tried again for hours, under one Message-ID', async () => {
    const { id } = await lead('m20-retry@acme.com');
    stage.post.refuse = { at: 'data', code: 451, words: 'greylisted' };
    await ask(id);
    const due: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      await expect
        .poll(async () => (await jobs(id))[0])
        .toMatchObject({ attempts: attempt, leased_until: null, last_error: expect.stringMatching(/greylisted/) });
      const [job] = await jobs(id);
      due.push((job?.due_at ?? 0) - clock.now);
      clock.now = job?.due_at ?? 0;
      if (attempt === 3) stage.post.refuse = null;
      deps().jobs.wake(clock.now);
    }
    expect(due).toEqual([30_000, 120_000, 480_000]);
    const { parsed } = await mailTo('m20-retry@acme.com', 1);
    const [row] = await deps()
      .store.in('')
      .read((tx) =>
        tx.execute((db) => db.selectFrom('email_verifications').select('token_hash').where('email', '=', 'm20-retry@acme.com')),
      );
    expect(parsed.messageId).toBe(`<verification-${row?.token_hash.slice(0, 22)}@acme.example>`);
    await expect.poll(() => jobs(id)).toEqual([]);
  });

  it('[P15] one that refuses for good is not asked again; the mail is kept as dead, with why', async () => {
    const { id } = await lead('m20-unknown@acme.com');
    stage.post.refuse = { at: 'recipient', code: 550, words: 'no such mailbox' };
    await ask(id);
    await expect
      .poll(async () => (await jobs(id))[0])
      .toMatchObject({ attempts: 1, dead_at: clock.now, last_error: expect.stringMatching(/550.*no such mailbox/) });
    const { tries } = stage.post;
    stage.post.refuse = null;
    clock.now += day;
    deps().jobs.wake(clock.now);
    expect(stage.post.tries).toBe(tries);
    // Mended and asked for again, it goes out, and the dead one is over.
    await ask(id);
    await mailTo('m20-unknown@acme.com', 1);
    await expect.poll(() => jobs(id)).toEqual([]);
  });

  it.each([
    ['the contact was erased', (id: string) => eraseContact(deps(), stage.actor, id)],
    ['it was blocked', (id: string) => blockContact(deps(), stage.actor, id, true)],
    ['its email was changed', (id: string) => editContact(deps(), stage.actor, id, { email: 'm20-other@acme.com' })],
    ['the link became too old', () => Promise.resolve((clock.now += day))],
  ])('a mail that waits is not sent any more once %s', async (_, happen) => {
    const email = `m20-waits-${clock.now}@acme.com`;
    const { id } = await lead(email);
    stage.post.refuse = { at: 'recipient', code: 450, words: 'later' };
    await ask(id);
    await expect.poll(async () => (await jobs(id))[0]?.last_error).toMatch(/later/);
    await happen(id);
    stage.post.refuse = null;
    clock.now += minute;
    deps().jobs.wake(clock.now);
    await expect.poll(() => jobs(id)).toEqual([]);
    expect(stage.post.mails.filter((mail) => mail.to.includes(email))).toEqual([]);
  });
});

const bare = (language: string): string => {
  const first = language.split('-')[0] ?? '';
  return ['de', 'es', 'fr', 'pt'].includes(first) ? first : 'en';
};
