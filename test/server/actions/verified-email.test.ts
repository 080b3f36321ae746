// M20 and M25: the link in a verification mail was followed. What becomes one, what stays apart, and what no link opens.
import { describe, expect, it } from 'vitest';
import { dismissDuplicate } from '../../../server/actions/contact/duplicates.ts';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { archiveContact, blockContact } from '../../../server/actions/contact/flag-contact.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { undoMerge } from '../../../server/actions/contact/undo-merge.ts';
import { confirmEmail, readLink } from '../../../server/actions/contact/confirm-email.ts';
import { insertWorkspace } from '../../../server/store/workspaces.ts';
import type { MeView } from '../../../shared/protocol.ts';
import { describeStores } from '../../helpers/databases.ts';
import { must, newVisitorToken } from '../../helpers/server.ts';
import { say } from '../../helpers/talk.ts';
import { setVerificationStage } from '../../helpers/verification-stage.ts';

const byNumber = (a: number, b: number): number => a - b;

describeStores('an address proved by a mailed link', (places) => {
  const stage = setVerificationStage(places);
  const { clock, lead, user, tokenFor, follow, prove, card, feed } = stage;
  const deps = () => stage.server.deps;
  const typesOf = (contact: string) => feed().flatMap((item) => (item.contactId === contact ? [item.type] : []));
  const current = async (contact: string) => (await card(contact)).details.find((d) => d.field === 'email' && d.status === 'current');

  it('[M20] that lead’s email becomes verified, on the card and in the history, live; nothing else of it changes', async () => {
    const { id, visitor, conversation } = await lead('m20@acme.com', 'I am Ada Holm, my email is m20@acme.com');
    const before = await card(id);
    expect(await prove(id)).toBe('confirmed');
    await expect.poll(() => typesOf(id)).toContain('contact.email_verified');
    const after = await card(id);
    expect(await current(id)).toMatchObject({ value: 'm20@acme.com', grade: 'verified' });
    const { details: _, lastSeenAt: __, online: ___, page: ____, ...rest } = after;
    expect(before).toMatchObject(rest);
    expect(must(await visitor.send('sync', {})).conversations.map((c) => c.id)).toEqual([conversation]);
    const { items } = must(await stage.agent.send('contact.timeline', { contact: id }));
    expect(items.find((item) => item.type === 'contact.email_verified')).toMatchObject({ data: { email: 'm20@acme.com', by: 'link' } });
    expect(items.filter((item) => item.type === 'lead.captured')).toEqual([]);
  });

  it('[M20] a verified address gives way to nothing that is only typed', async () => {
    const { id, visitor } = await lead('m20-sure@acme.com');
    await prove(id);
    await say(visitor, 'no wait, my email is m20-else@acme.com');
    expect(await card(id)).toMatchObject({ email: 'm20-sure@acme.com' });
  });

  describe('[M20] who becomes one', () => {
    it('two leads whose mailbox is the same: the older survives, both conversations are its, it can be undone', async () => {
      const [older, younger] = [await lead('m20-two@acme.com'), await lead('m20-two@acme.com', 'I am Ada Holm, email m20-two@acme.com')];
      await prove(older.id);
      expect((await card(younger.id)).id).toBe(younger.id);
      await prove(younger.id);
      const one = await card(younger.id);
      expect(one).toMatchObject({ id: older.id, type: 'lead', name: 'Ada Holm', verified: false });
      expect(one.conversations.map((c) => c.id).toSorted(byNumber)).toEqual([older.conversation, younger.conversation].toSorted(byNumber));
      expect(one.merges).toMatchObject([{ from: { id: younger.id }, reason: 'verified_email', by: null }]);
      await expect.poll(() => feed().find((item) => item.mergedFrom === younger.id)).toMatchObject({ contactId: older.id });
      expect(typesOf(younger.id)).toContain('contact.email_verified');
      await undoMerge(deps(), stage.actor, one.merges[0]?.id ?? 0);
      expect((await card(younger.id)).conversations.map((c) => c.id)).toEqual([younger.conversation]);
      expect(await current(younger.id)).toMatchObject({ grade: 'verified' });
    });

    it('[M25] a lead whose email the proof of a user covers is flagged, and merged once it is verified there', async () => {
      const account = await user({ email: 'm25@acme.com' });
      const claimant = await lead('m25@acme.com');
      await expect.poll(async () => (await card(claimant.id)).duplicates.map((d) => d.contact.id)).toEqual([account.id]);
      expect((await card(claimant.id)).id).toBe(claimant.id);
      await prove(claimant.id);
      const one = await card(claimant.id);
      expect(one).toMatchObject({ id: account.id, type: 'user', verified: true, merges: [{ reason: 'verified_email' }] });
      expect(one.conversations.map((c) => c.id).toSorted(byNumber)).toEqual(
        [account.conversation, claimant.conversation].toSorted(byNumber),
      );
      // Whose identity is proved, sees it all, and at once.
      await account.visitor.waitFor('changes', (b: { conversation: number }) => b.conversation === claimant.conversation);
      expect(must(await account.visitor.send('sync', {})).conversations).toHaveLength(2);
    });

    it('the link leads to whom the contact was merged into meanwhile', async () => {
      const [from, into] = [await lead('m20-moved@acme.com'), await lead('m20-moved@acme.com')];
      const token = await tokenFor(from.id);
      await mergeByRequest(deps(), stage.actor, { from: from.id, into: into.id });
      expect(await follow(token)).toBe('confirmed');
      const survivor = await card(from.id);
      expect(await current(survivor.id)).toMatchObject({ grade: 'verified' });
    });

    it('[M23] an archived one is back', async () => {
      const [archived, one] = [await lead('m23@acme.com'), await lead('m23@acme.com')];
      await prove(archived.id);
      await archiveContact(deps(), stage.actor, archived.id, true);
      await prove(one.id);
      expect(await card(one.id)).toMatchObject({ id: archived.id, archivedAt: null });
      expect(typesOf(archived.id)).toContain('contact.restored');
    });
  });

  describe('[M20] who stays apart, flagged for a person to judge', () => {
    it('two whom somebody told apart, also where one of them was merged into another since', async () => {
      const older = await lead('m20-apart-older@acme.com');
      const [one, other] = [await lead('m20-apart@acme.com'), await lead('m20-apart@acme.com')];
      await prove(other.id);
      await expect.poll(async () => (await card(one.id)).duplicates.length, { timeout: 5000 }).toBeGreaterThan(0);
      await dismissDuplicate(deps(), stage.actor, one.id, other.id);
      await editContact(deps(), stage.actor, older.id, { email: 'm20-apart@acme.com' });
      await mergeByRequest(deps(), stage.actor, { from: one.id, into: older.id });
      expect(await prove(older.id)).toBe('confirmed');
      expect([(await card(other.id)).id, (await card(older.id)).id]).toEqual([other.id, older.id]);
    });

    const flagged = async (a: string, b: string): Promise<void> => {
      expect((await card(a)).id).toBe(a);
      await expect.poll(async () => (await card(a)).duplicates.map((d) => d.contact.id)).toContain(b);
    };

    it('who merely claims the same address is never merged by it', async () => {
      const [claims, proves] = [await lead('m20-claims@acme.com'), await lead('m20-claims@acme.com')];
      await prove(proves.id);
      await flagged(claims.id, proves.id);
    });

    it('a user with a user_id', async () => {
      const account = await user({ user_id: 'm20-account', email: 'm20-account@acme.com' });
      await editContact(deps(), { kind: 'token', id: 7, name: 'CRM', workspaceId: stage.server.workspace.id }, account.id, {
        email: 'm20-account@acme.com',
      });
      const one = await lead('m20-account@acme.com');
      await prove(one.id);
      await flagged(one.id, account.id);
    });

    it('several others with the proved address', async () => {
      const [a, b, c] = [await lead('m20-many@acme.com'), await lead('m20-many@acme.com'), await lead('m20-many@acme.com')];
      await prove(a.id);
      await prove(b.id);
      const merge = (await card(b.id)).merges[0];
      await undoMerge(deps(), stage.actor, merge?.id ?? 0);
      await prove(c.id);
      await flagged(c.id, a.id);
      await flagged(c.id, b.id);
    });

    it('two whom an agent said to be two people, by these words or by undoing a merge', async () => {
      const [a, b] = [await lead('m20-info@acme.com'), await lead('m20-info@acme.com')];
      await prove(a.id);
      await expect.poll(async () => (await card(a.id)).duplicates.length).toBe(1);
      await dismissDuplicate(deps(), stage.actor, a.id, b.id);
      await prove(b.id);
      expect((await card(b.id)).id).toBe(b.id);
    });

    it('[M22] a blocked one is verified and stays blocked; nobody else is blocked by it', async () => {
      const [other, blocked] = [await lead('m22@acme.com'), await lead('m22@acme.com')];
      await prove(other.id);
      const token = await tokenFor(blocked.id);
      await blockContact(deps(), stage.actor, blocked.id, true);
      expect(await follow(token)).toBe('confirmed');
      expect(await card(blocked.id)).toMatchObject({ id: blocked.id, blocked: true });
      expect(await current(blocked.id)).toMatchObject({ grade: 'verified' });
      expect(await card(other.id)).toMatchObject({ blocked: false });
      await flagged(blocked.id, other.id);
    });
  });

  describe('after a merge was undone', () => {
    const mergeOf = (from: string, into: string) => mergeByRequest(deps(), stage.actor, { from, into });

    it('an address proved meanwhile goes back with its proof, and is the survivor’s no more', async () => {
      const [a, u] = [await lead('undo-proof@acme.com'), await user({ user_id: 'undo-proof' })];
      const { id } = await mergeOf(a.id, u.id);
      expect(await prove(u.id)).toBe('confirmed');
      await undoMerge(deps(), stage.actor, id);
      expect((await card(u.id)).email).toBeNull();
      expect((await card(u.id)).details).toEqual([]);
      expect(await current(a.id)).toMatchObject({ value: 'undo-proof@acme.com', grade: 'verified' });
    });

    it('whoever proves the same mailbox later is not joined with the former survivor', async () => {
      const [nobody, a] = [await lead('none', 'hello there, no address'), await lead('undo-later@acme.com')];
      const { id, into } = await mergeOf(a.id, nobody.id);
      expect(into).toBe(nobody.id);
      expect(await prove(nobody.id)).toBe('confirmed');
      await undoMerge(deps(), stage.actor, id);
      expect(await card(nobody.id)).toMatchObject({ type: 'visitor', email: null });
      const third = await lead('undo-later@acme.com');
      expect(await prove(third.id)).toBe('confirmed');
      // One mailbox: with whom it was proved for before.
      expect((await card(third.id)).id).toBe(a.id);
    });

    it('an address that the survivor gave itself stays proved there, and claimed with the other', async () => {
      const [a, b] = [await lead('undo-both@acme.com'), await lead('undo-both@acme.com')];
      const { id, into, from } = await mergeOf(b.id, a.id);
      expect(await prove(into)).toBe('confirmed');
      await undoMerge(deps(), stage.actor, id);
      expect([(await current(into))?.grade, (await current(from))?.value]).toEqual(['verified', 'undo-both@acme.com']);
    });
  });

  describe('a link that proves nothing', () => {
    it('replayed: it is used up, and nothing happens twice', async () => {
      const { id } = await lead('m20-replay@acme.com');
      const token = await tokenFor(id);
      expect([await follow(token), await follow(token), await follow(token)]).toEqual(['confirmed', 'used', 'used']);
      expect(
        await deps()
          .store.in(stage.server.workspace.id)
          .read((tx) =>
            tx.execute((db) =>
              db.selectFrom('events').select('rev').where('contact_id', '=', id).where('type', '=', 'contact.email_verified'),
            ),
          ),
      ).toHaveLength(1);
    });

    it('followed twice at once: once', async () => {
      const { id } = await lead('m20-race@acme.com');
      const token = await tokenFor(id);
      const states = await Promise.all([1, 2, 3, 4].map(() => follow(token)));
      expect(states.toSorted()).toEqual(['confirmed', 'used', 'used', 'used']);
    });

    it('too old', async () => {
      const { id } = await lead('m20-old@acme.com');
      const token = await tokenFor(id);
      clock.now += 24 * 3_600_000;
      expect(await follow(token)).toBe('expired');
      expect(await current(id)).toMatchObject({ grade: 'claimed' });
    });

    it('for an address that was changed or withdrawn meanwhile', async () => {
      const { id } = await lead('m20-typo@acme.com');
      const token = await tokenFor(id);
      await editContact(deps(), stage.actor, id, { email: 'm20-right@acme.com' });
      expect(await follow(token)).toBe('changed');
      await editContact(deps(), stage.actor, id, { email: null });
      expect(await follow(token)).toBe('changed');
      expect(await card(id)).toMatchObject({ email: null });
    });

    it('looked at, it changes nothing: what opens links of its own accord proves nothing', async () => {
      const { id } = await lead('m20-scanner@acme.com');
      const token = await tokenFor(id);
      expect(await readLink(deps(), token)).toMatchObject({ state: 'open', email: 'm20-scanner@acme.com' });
      expect(await current(id)).toMatchObject({ grade: 'claimed' });
      expect(await follow(token)).toBe('confirmed');
    });

    it('one that never was says what a used one says', async () => {
      const { id } = await lead('m20-guess@acme.com');
      const token = await tokenFor(id);
      await follow(token);
      const used = await readLink(deps(), token);
      expect(await readLink(deps(), newVisitorToken())).toEqual(used);
      expect(await confirmEmail(deps(), newVisitorToken())).toEqual(used);
    });
  });

  it('of another workspace nobody is merged, nor told', async () => {
    const one = await lead('m20-elsewhere@acme.com');
    const place = deps().store.in('elsewhere');
    const row = {
      id: 'elsewhere',
      appId: 'app_elsewhere',
      name: 'Other',
      identitySecret: 's',
      identityMode: 'optional',
      settings: {},
      now: 1,
    } as const;
    await place.write((tx) => insertWorkspace(tx, row));
    const { aContact } = await import('../../helpers/rows.ts');
    const theirs = await aContact(place, { email: 'm20-elsewhere@acme.com', emailGrade: 'verified', leadAt: 1 });
    expect(await prove(one.id)).toBe('confirmed');
    expect(await card(one.id)).toMatchObject({ id: one.id, duplicates: [], merges: [] });
    const { findContact } = await import('../../../server/store/contacts.ts');
    expect(await place.read((tx) => findContact(tx, theirs.id))).toMatchObject({ mergedInto: null });
  });

  it('[M1][M20] a device is told of its own address, and never of another device’s name', async () => {
    const [a, b] = [
      await lead('m20-names@acme.com', 'I am Vera Victim, m20-names@acme.com'),
      await lead('m20-names@acme.com', 'm20-names@acme.com'),
    ];
    await prove(a.id);
    await prove(b.id);
    const me = must(await b.visitor.send('sync', {})).me;
    expect(me).toEqual({ contact_id: a.id, type: 'lead', verified: false, email: 'm20-names@acme.com', name: null } satisfies MeView);
  });
});
