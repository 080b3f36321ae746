import { describe, expect, it } from 'vitest';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { must, newCid } from '../../helpers/server.ts';
import { answer, hmac, jwt, messagesOf, say } from '../../helpers/talk.ts';

const stage = setIdentityStage();
const { device, stranger, proved, sync, card, feed } = stage;

describe('identify, verified', () => {
  it('[M6] no such user: the contact rises in place, keeps its id, conversations and claimed email, and the agent sees it live', async () => {
    const visitor = await device();
    const { conversation } = await say(visitor, 'my email is m6@example.com');
    const before = (await sync(visitor)).me.contact_id ?? '';
    const reply = must(await visitor.send('identify', proved('m6', { name: 'Ada', company: 'ACME', custom_attributes: { plan: 'pro' } })));
    expect(reply).toEqual({ ok: true, contact_id: before, type: 'user', verified: true, token: expect.stringMatching(/^[\w-]{43}$/) });
    const { me, conversations } = await sync(visitor);
    expect(me).toEqual({ contact_id: before, type: 'user', verified: true, email: 'm6@example.com', name: 'Ada' });
    expect(conversations.map((c) => c.id)).toEqual([conversation]);
    await expect
      .poll(() =>
        feed()
          .filter((i) => i.contactId === before)
          .map((i) => i.type),
      )
      .toEqual(expect.arrayContaining(['contact.identified']));
    expect(feed().findLast((i) => i.type === 'contact.promoted' && i.contactId === before)?.contact).toMatchObject({
      type: 'user',
      verified: true,
      unverified: false,
    });
    expect(await card(before)).toMatchObject({
      userId: 'm6',
      company: 'ACME',
      attributes: { plan: 'pro' },
      email: 'm6@example.com',
      conversations: [{ id: conversation }],
    });
  });

  it('[M6] the email that was given in chat stays where the call gives none, claimed; where it gives one, beside that', async () => {
    const emails = async (id: string) =>
      (await card(id)).details.flatMap((d) => (d.field === 'email' ? [[d.value, d.grade, d.status]] : []));
    const none = await device();
    await say(none, 'my email is m6-chat@example.com');
    const kept = must(await none.send('identify', proved('m6-none')));
    expect(await card(kept.contact_id)).toMatchObject({ type: 'user', email: 'm6-chat@example.com' });
    expect(await emails(kept.contact_id)).toEqual([['m6-chat@example.com', 'claimed', 'current']]);
    const given = await device();
    await say(given, 'my email is m6-chat@example.com');
    const { contact_id } = must(
      await given.send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm6-given', email: 'm6-app@example.com' }) }),
    );
    expect(await emails(contact_id)).toEqual([
      ['m6-chat@example.com', 'claimed', 'alternate'],
      ['m6-app@example.com', 'signed', 'current'],
    ]);
  });

  it('[M6] the very first act may be identify; a conversation follows under that user', async () => {
    const visitor = await device();
    const { contact_id } = must(await visitor.send('identify', proved('m6-first')));
    const { conversation } = await say(visitor, 'hello');
    expect(must(await stage.agent.send('conversation.get', { conversation })).conversation.contact).toMatchObject({
      id: contact_id,
      type: 'user',
      verified: true,
    });
  });

  it('[M7] the user exists: the visitor is merged into it, its history is kept and the user’s is shown', async () => {
    const first = await device();
    must(await first.send('identify', proved('m7', { email: 'm7@example.com' })));
    const old = await say(first, 'from my laptop');
    const phone = await device();
    const here = await say(phone, 'from my phone, not signed in yet');
    const absorbed = (await sync(phone)).me.contact_id ?? '';
    const reply = must(await phone.send('identify', proved('m7')));
    expect(reply).toMatchObject({ type: 'user', verified: true, merged_from: absorbed });
    expect(reply.contact_id).not.toBe(absorbed);
    expect(new Set((await sync(phone)).conversations.map((c) => c.id))).toEqual(new Set([old.conversation, here.conversation]));
    expect((await messagesOf(phone, here.conversation)).map((m) => m.text)).toEqual(['from my phone, not signed in yet']);
    expect((await messagesOf(phone, old.conversation)).map((m) => m.text)).toEqual(['from my laptop']);
    await expect
      .poll(() => feed().find((i) => i.type === 'contact.merged' && i.mergedFrom === absorbed))
      .toMatchObject({ contactId: reply.contact_id });
    expect((await card(reply.contact_id)).conversations).toHaveLength(2);
  });

  it('[M7] the absorbed id leads agents to the survivor, card and timeline alike', async () => {
    must(await (await device()).send('identify', proved('m7-redirect', { email: 'redirect@example.com' })));
    const phone = await device();
    await say(phone, 'hello');
    const absorbed = (await sync(phone)).me.contact_id ?? '';
    const { contact_id } = must(await phone.send('identify', proved('m7-redirect')));
    expect(await card(absorbed)).toEqual(await card(contact_id));
    const timeline = async (contact: string) => must(await stage.agent.send('contact.timeline', { contact })).items;
    expect(await timeline(absorbed)).toEqual(await timeline(contact_id));
    expect((await timeline(contact_id)).map((i) => i.type)).toEqual(
      expect.arrayContaining(['contact.merged', 'conversation.created', 'contact.identified']),
    );
  });

  it('[M7] merging again, from another device, is no second merge', async () => {
    const visitor = await device();
    await say(visitor, 'hello');
    must(await (await device()).send('identify', proved('m7-twice')));
    const first = must(await visitor.send('identify', proved('m7-twice')));
    expect(first.merged_from).toBeDefined();
    const again = must(await visitor.send('identify', proved('m7-twice')));
    expect(again).toMatchObject({ contact_id: first.contact_id, verified: true });
    expect(again.merged_from).toBeUndefined();
  });

  it('[M8] a lead with the user’s email is merged; with another it is left whole and the device goes on as the user', async () => {
    must(await (await device()).send('identify', proved('m8', { email: 'm8@example.com' })));
    const same = await device();
    await say(same, 'my email is m8@example.com');
    expect(must(await same.send('identify', proved('m8'))).merged_from).toBeDefined();

    const other = await device();
    const { conversation } = await say(other, 'my email is somebody-else@example.com');
    const lead = (await sync(other)).me.contact_id ?? '';
    const formerToken = other.token;
    const reply = must(await other.send('identify', proved('m8')));
    expect(reply.merged_from).toBeUndefined();
    expect(reply.token).toMatch(/^[\w-]{43}$/);
    expect(await card(lead)).toMatchObject({ type: 'lead', email: 'somebody-else@example.com', conversations: [{ id: conversation }] });
    const goesOn = await device(reply.token);
    expect((await sync(goesOn)).me.contact_id).toBe(reply.contact_id);
    expect((await sync(goesOn)).conversations.map((c) => c.id)).not.toContain(conversation);
    expect(await (await stranger(formerToken)).send('message.send', { cid: newCid(), text: 'with the old token' })).toMatchObject({
      ok: false,
      code: 'session_revoked',
    });
  });

  it('[M9] again is an update: values given replace, values not given stay', async () => {
    const visitor = await device();
    const { contact_id } = must(
      await visitor.send('identify', proved('m9', { name: 'Ada', company: 'ACME', custom_attributes: { plan: 'free', seats: 3 } })),
    );
    const again = must(
      await visitor.send('identify', proved('m9', { name: 'Ada Lovelace', company: '', custom_attributes: { plan: 'pro' } })),
    );
    expect(again).toEqual({ ok: true, contact_id, type: 'user', verified: true });
    expect(await card(contact_id)).toMatchObject({ name: 'Ada Lovelace', company: 'ACME', attributes: { plan: 'pro', seats: 3 } });
  });

  it('[M9] what a user_jwt signed of company, picture and attributes is changed by no call that does not sign it', async () => {
    const claims = { user_id: 'm9-signed', company: 'ACME', avatar: 'https://a.example/a.png', custom_attributes: { plan: 'pro', old: 1 } };
    const visitor = await device();
    const { contact_id, token } = must(await visitor.send('identify', { user_jwt: await jwt(stage.secret, claims) }));
    const again = await device(token);
    const other = { company: 'Evil', avatar: null, custom_attributes: { plan: 'free', old: null, seats: 3 } };
    must(await again.send('identify', proved('m9-signed', other)));
    expect(await card(contact_id)).toMatchObject({
      company: 'ACME',
      avatar: 'https://a.example/a.png',
      attributes: { plan: 'pro', old: 1, seats: 3 },
      signedFields: ['attributes.old', 'attributes.plan', 'avatar', 'company'],
    });
    const later = { user_id: 'm9-signed', company: null, custom_attributes: { plan: 'team', old: null } };
    must(await again.send('identify', { user_jwt: await jwt(stage.secret, later) }));
    const now = await card(contact_id);
    expect(now).toMatchObject({ company: null, attributes: { plan: 'team', seats: 3 }, signedFields: ['attributes.plan', 'avatar'] });
    expect(now.attributes).not.toHaveProperty('old');
  });

  it('[M9] `created_at` is when the person signed up with the host app, signed where a user_jwt says it', async () => {
    const visitor = await device();
    const signUp = Date.UTC(2024, 2, 12, 9, 30);
    const { contact_id, token } = must(await visitor.send('identify', proved('m9-since', { created_at: '2024-03-12T09:30:00Z' })));
    expect(await card(contact_id)).toMatchObject({ signedUpAt: signUp });
    expect((await card(contact_id)).signedFields).toBeUndefined();
    const again = await device(token);
    for (const _ of [1, 2])
      must(await again.send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm9-since', created_at: signUp / 1000 }) }));
    expect((await card(contact_id)).signedFields).toEqual(['signed_up_at']);
    must(await again.send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm9-since', created_at: signUp / 1000 + 60 }) }));
    must(await again.send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm9-since', created_at: signUp / 1000 + 60 }) }));
    for (const created_at of [null, '2020-01-01']) must(await again.send('identify', proved('m9-since', { created_at })));
    expect(await card(contact_id)).toMatchObject({ signedUpAt: signUp + 60_000, signedFields: ['signed_up_at'] });
    must(await again.send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm9-since', created_at: null }) }));
    expect(await card(contact_id)).not.toHaveProperty('signedUpAt');
    const { items } = must(await stage.agent.send('contact.timeline', { contact: contact_id }));
    const changes = items.filter(({ type, data }) => type === 'contact.updated' && data['fields'] === 'signed_up_at');
    expect(changes).toHaveLength(2);
    expect(items.filter(({ data }) => data['confirmed'] === true)).toHaveLength(1);
  });

  it('[M9][M10] a `created_at` that is no time says nothing, and is no reason to leave the one before signed in', async () => {
    const visitor = await device();
    const first = must(await visitor.send('identify', proved('m10-since', { created_at: '2024-03-12' })));
    const odd = ['last week', '', 0, -5, true, { seconds: 5 }, '0001-01-01T00:00:00Z'];
    for (const created_at of odd) {
      must(await visitor.send('identify', proved('m10-since', { created_at })));
      must(await visitor.send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm10-since', created_at }) }));
    }
    const then = await card(first.contact_id);
    expect([then.signedUpAt, then.signedFields]).toEqual([Date.UTC(2024, 2, 12), undefined]);
    const second = must(await visitor.send('identify', proved('m10-other', { created_at: odd[0] })));
    expect(second.contact_id).not.toBe(first.contact_id);
    expect(await card(second.contact_id)).not.toHaveProperty('signedUpAt');
  });

  it('[M9] an attribute named like what is known otherwise is left out, whoever signs it; one named like a part of the language is as any other', async () => {
    const odd = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c","plan":"pro"}') as Record<string, string>;
    const fake = {
      email: 'ceo@example.com',
      type: 'visitor',
      verified: true,
      user_id: 'admin',
      name: 'The CEO',
      score: 999,
      signed_up_at: 5,
    };
    const visitor = await device();
    for (const body of [
      proved('own-names', { custom_attributes: { ...fake, ...odd } }),
      { user_jwt: await jwt(stage.secret, { user_id: 'own-names', custom_attributes: Object.assign(odd, fake) }) },
    ]) {
      const { contact_id } = must(await visitor.send('identify', body));
      const { attributes, ...known } = await card(contact_id);
      // `__proto__` goes already where commands are read.
      expect(attributes).toEqual({ plan: 'pro', constructor: 'b', toString: 'c' });
      expect(Object.hasOwn(attributes, '__proto__')).toBe(false);
      expect(known).toMatchObject({ type: 'user', verified: true, userId: 'own-names', email: null, name: null, score: 0 });
    }
    expect(({} as Record<string, unknown>)['plan']).toBeUndefined();
  });

  it('[M7] [M10] an id is taken as it is written: in other letters, another case or another normal form it is another person, a number is its digits', async () => {
    const ids = [
      'Jos\u00e9',
      'Jose\u0301',
      'jos\u00e9',
      'JOS\u00c9',
      'Jos\u00e9\u200b',
      '\u0408os\u00e9',
      '42',
      '042',
      '４２',
      '42.0',
      'constructor',
      '__proto__',
    ];
    const people = new Map<string, string>();
    for (const id of ids) people.set(id, must(await (await device()).send('identify', proved(id))).contact_id);
    expect(new Set(people.values()).size).toBe(ids.length);
    for (const id of ids) expect(must(await (await device()).send('identify', proved(id))).contact_id, id).toBe(people.get(id));
    const numeric = [
      { user_id: 42, user_hash: hmac(stage.secret, '42') },
      { user_jwt: await jwt(stage.secret, { user_id: 42 }) },
      { user_id: ' 42 ', user_hash: hmac(stage.secret, '42') },
    ];
    for (const body of numeric) expect(must(await (await device()).send('identify', body)).contact_id).toBe(people.get('42'));
  });

  it('[M10] as somebody else: a fresh session for B, A’s ends in every tab, and the two never merge', async () => {
    const tab = await device();
    const a = must(await tab.send('identify', proved('m10-a')));
    const { conversation } = await say(tab, 'I am A');
    const otherTab = await device(tab.token);
    const switched = must(await tab.send('identify', proved('m10-b')));
    expect(switched).toMatchObject({ type: 'user', verified: true, token: expect.stringMatching(/^[\w-]{43}$/) });
    expect(switched.contact_id).not.toBe(a.contact_id);
    expect(switched.merged_from).toBeUndefined();
    await otherTab.waitFor('session.ended', (b: { reason: string }) => b.reason === 'identity_changed');
    const asB = await device(switched.token);
    expect(await sync(asB)).toMatchObject({ me: { contact_id: switched.contact_id }, conversations: [] });
    const backAgain = must(await asB.send('identify', proved('m10-a')));
    expect(backAgain.contact_id).toBe(a.contact_id);
    expect((await sync(await device(backAgain.token))).conversations.map((c) => c.id)).toEqual([conversation]);
  });

  it('[M11] by a signed email alone finds the one user that has it, and is ambiguous where several have it', async () => {
    const mail = 'm11@example.com';
    const first = must(await (await device()).send('identify', { email: mail, user_hash: hmac(stage.secret, mail) }));
    const second = must(await (await device()).send('identify', { email: mail, user_hash: hmac(stage.secret, mail) }));
    expect(second.contact_id).toBe(first.contact_id);
    for (const user_id of ['m11-x', 'm11-y'])
      must(await (await device()).send('identify', { user_jwt: await jwt(stage.secret, { user_id, email: 'twice@example.com' }) }));
    const reply = await (
      await device()
    ).send('identify', { email: 'twice@example.com', user_hash: hmac(stage.secret, 'twice@example.com') });
    expect(reply).toMatchObject({ ok: false, code: 'ambiguous_identity', retryable: false });
  });

  it('[M12] [M13] an email of somebody else given beside a user_id merges nothing', async () => {
    const owner = must(await (await device()).send('identify', proved('m13-owner', { email: 'm13@example.com' })));
    const other = must(await (await device()).send('identify', proved('m13-other', { email: 'm13@example.com' })));
    expect(other.contact_id).not.toBe(owner.contact_id);
    for (const id of [owner.contact_id, other.contact_id]) expect((await card(id)).email).toBe('m13@example.com');
  });

  it('two tabs, and two devices, that identify at once make one user', async () => {
    const tab = await device();
    await say(tab, 'hello');
    const same = await device(tab.token);
    const phone = await device();
    await say(phone, 'hello from the phone');
    const first = must(
      (await Promise.all([tab, phone].map((d) => d.send('identify', proved('at-once')))))[0] as { ok: true; contact_id: string },
    );
    // The other tab's socket is told that the session goes on under another token, which the first one holds.
    await same.waitFor('session.ended', (b: { reason: string }) => b.reason === 'rotated');
    const again = await device(tab.token);
    expect(must(await again.send('identify', proved('at-once')))).toMatchObject({ contact_id: first.contact_id, verified: true });
    const users = await stage.server.deps.store
      .in('')
      .read((tx) => tx.execute((db) => db.selectFrom('contacts').select('id').where('user_id', '=', 'at-once')));
    expect(users).toHaveLength(1);
  });

  it('[M18] on two devices one verified user has one history, live, and read marks in sync', async () => {
    const [laptop, phone] = [await device(), await device()];
    for (const d of [laptop, phone]) must(await d.send('identify', proved('m18')));
    for (const d of [laptop, phone]) await sync(d);
    const { conversation } = await say(laptop, 'from the laptop');
    await phone.waitFor('changes', (b: { conversation: number }) => b.conversation === conversation);
    const reply = await answer(stage.agent, conversation, 'to both');
    for (const d of [laptop, phone])
      await d.waitFor('changes', (b: { changes: { seq: number }[] }) => b.changes.some((c) => c.seq === reply.seq));
    must(await phone.send('conversation.read', { conversation, seq: reply.seq }));
    await laptop.waitFor('changes', (b: { changes: { kind: string }[] }) => b.changes.some((c) => c.kind === 'read'));
    expect((await sync(laptop)).conversations[0]?.unread).toBe(0);
  });

  it('a socket that was known before its proof hears conversations begun elsewhere from then on', async () => {
    const laptop = await device();
    must(await laptop.send('identify', proved('known-before')));
    const phone = await device();
    await say(phone, 'anonymous words');
    must(await phone.send('identify', proved('known-before')));
    const begun = must(await laptop.send('conversation.start', { cid: newCid() })).conversation.id;
    await expect
      .poll(async () => {
        await answer(stage.agent, begun, 'said elsewhere');
        return phone.received.some((e) => e.name === 'changes' && (e.body as { conversation: number }).conversation === begun);
      })
      .toBe(true);
  });
});
