// M23 in the database: whatever a contact was merged into, and whatever was undone, nothing of an erased one is left in any table.
import { expect, it } from 'vitest';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { eraseContact } from '../../../server/actions/contact/erase-contact.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { undoMerge } from '../../../server/actions/contact/undo-merge.ts';
import { describeStores } from '../../helpers/databases.ts';
import { connectVisitor, must, newCid } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { hmac, identitySecret, say } from '../../helpers/talk.ts';
import { setVerificationStage } from '../../helpers/verification-stage.ts';
import { cellsWith } from '../../helpers/whole-database.ts';

interface Person {
  visitor: VisitorClient;
  id: string;
  conversation: number;
  /** What it said and what is known of it, each with its own word in it. */
  words: string[];
}

describeStores('an erased contact', (places) => {
  const stage = setVerificationStage(places);
  const deps = () => stage.server.deps;
  let made = 0;

  /** With all that can be known of somebody. Those made first are older. */
  async function person(kind: 'lead' | 'user', given: 'everything' | 'email' = 'everything'): Promise<Person> {
    stage.clock.now += 1000;
    const n = `${++made}`.padStart(3, '0');
    const name = `Nora Xn${n}y`;
    const [email, phone] = [`em${n}ail@acme.com`, `+49305550${n}`];
    const page = { url: `https://shop.example/pa${n}ge`, title: `Ti${n}tle`, referrer: `https://search.example/re${n}ferrer` };
    const visitor = await connectVisitor(stage.server, { page });
    must(await visitor.send('sync', {}));
    if (kind === 'user') {
      const body = { user_id: `us${n}er`, email, user_hash: hmac(identitySecret(stage.server), `us${n}er`) };
      must(await visitor.send('identify', body));
    }
    const { conversation } = await say(visitor, `sa${n}id, my email is ${email}`);
    const id = must(await visitor.send('sync', {})).me.contact_id ?? '';
    if (given === 'everything')
      await editContact(deps(), stage.actor, id, {
        name,
        phone,
        company: `Co${n}mpany`,
        custom_attributes: { plan: `at${n}tribute`, ['__proto__']: `pr${n}oto` },
      });
    const words = [
      email,
      name,
      phone,
      page.url,
      page.title,
      page.referrer,
      `sa${n}id`,
      `us${n}er`,
      `Co${n}mpany`,
      `at${n}tribute`,
      `pr${n}oto`,
    ];
    return { visitor, id, conversation, words };
  }

  async function merged(from: Person, into: Person): Promise<number> {
    stage.clock.now += 1000;
    const { id } = await mergeByRequest(deps(), stage.actor, { from: from.id, into: into.id, force: true });
    return id;
  }

  async function undone(...merges: number[]): Promise<void> {
    for (const id of merges) {
      stage.clock.now += 1000;
      await undoMerge(deps(), stage.actor, id);
    }
  }

  async function talk(...of: Person[]): Promise<void> {
    for (const { visitor, conversation } of of) {
      must(await stage.agent.send('conversation.close', { cid: newCid(), conversation }));
      await say(visitor, 'still here', conversation);
    }
  }

  /** Erases one, and shows what is left of it; of the others everything must be. */
  async function left(gone: Person, ...others: Person[]): Promise<string[]> {
    stage.clock.now += 1000;
    await eraseContact(deps(), stage.actor, gone.id);
    for (const other of others) expect((await stage.card(other.id)).email).toBe(other.words[0]);
    return cellsWith(deps().store, gone.words);
  }

  it('[M23] leaves nothing that can be found of it; before, everything was there', async () => {
    const lead = await person('lead');
    const before = await cellsWith(deps().store, lead.words);
    const [missing] = lead.words.filter(
      (word) => !word.startsWith('us') && !before.some((cell) => cell.toLowerCase().includes(word.toLowerCase())),
    );
    expect(missing).toBeUndefined();
    expect(await left(lead)).toEqual([]);
  });

  it('[M23] leaves nothing with whom it was merged into, after that was undone: it, or the one that survived', async () => {
    for (const [which, given] of [
      ['absorbed', 'email'],
      ['absorbed', 'everything'],
      ['survivor', 'email'],
      ['survivor', 'everything'],
    ] as const) {
      const [user, lead] = [await person('user', given), await person('lead', given === 'email' ? 'everything' : 'email')];
      const merge = await merged(lead, user);
      await talk(lead, user);
      await editContact(deps(), stage.actor, user.id, { custom_attributes: { plan: null } });
      await undone(merge);
      await talk(lead, user);
      const [gone, other] = which === 'absorbed' ? [lead, user] : [user, lead];
      expect(await left(gone, other)).toEqual([]);
    }
  });

  it('[M23] leaves nothing with whom it was merged into by way of another one', async () => {
    for (const which of [0, 1, 2]) {
      const [user, older, lead] = [await person('user', 'email'), await person('lead', 'email'), await person('lead')];
      const inner = await merged(lead, older);
      await talk(lead);
      const outer = await merged(older, user);
      await say(lead.visitor, `and ${lead.words[0]} is still my email`, lead.conversation);
      await talk(lead, older, user);
      await undone(outer, inner);
      const all = [lead, older, user];
      const [gone] = all.splice(which, 1);
      expect(await left(gone as Person, ...all)).toEqual([]);
    }
  });

  it('[M23] leaves nothing in what other merges of that time kept, and these can be undone still', async () => {
    for (const isUndoneFirst of [false, true]) {
      const [user, lead, other] = [await person('user', 'email'), await person('lead'), await person('lead')];
      const first = await merged(lead, user);
      const second = await merged(other, user);
      if (isUndoneFirst) await undone(second);
      await undone(first);
      expect(await left(lead, user)).toEqual([]);
      if (!isUndoneFirst) await undone(second);
      const cards = { user: await stage.card(user.id), other: await stage.card(other.id) };
      expect(cards.user).toMatchObject({ email: user.words[0], name: null, company: null, attributes: {} });
      expect(cards.other).toMatchObject({ email: other.words[0], name: other.words[1] });
      expect(await left(other, user)).toEqual([]);
      expect(await left(user)).toEqual([]);
    }
  });

  it('[M23] leaves nothing with those that are merged into it, nor with those that were', async () => {
    const [user, former, lead] = [await person('user', 'email'), await person('lead'), await person('lead')];
    await undone(await merged(former, user));
    await merged(lead, user);
    const words = [...user.words, ...lead.words];
    expect(await left(user, former)).toEqual([]);
    expect(await cellsWith(deps().store, words)).toEqual([]);
    expect(await left(former)).toEqual([]);
  });

  it('[M23] leaves no address to which a link was mailed while it was another one’s', async () => {
    const [older, lead] = [await person('lead', 'email'), await person('lead')];
    await editContact(deps(), stage.actor, older.id, { email: null });
    const merge = await merged(lead, older);
    await stage.ask(older.id);
    await stage.mailTo(lead.words[0] ?? '', 1);
    await undone(merge);
    await eraseContact(deps(), stage.actor, lead.id);
    expect(await cellsWith(deps().store, lead.words)).toEqual([]);
  });

  it('[M23] leaves no word of the mail server about its address', async () => {
    const lead = await person('lead');
    const address = lead.words[0] ?? '';
    stage.post.refuse = { at: 'recipient', code: 550, words: `5.1.1 <${address.toUpperCase()}>: user unknown` };
    await stage.ask(lead.id);
    const jobs = () =>
      deps()
        .store.in('')
        .read((tx) => tx.execute((db) => db.selectFrom('jobs').selectAll().where('kind', '=', 'mail')));
    await expect.poll(async () => (await jobs())[0]?.last_error, { timeout: 8000 }).toMatch(/550 5\.1\.1 <…>: user unknown/);
    stage.post.refuse = null;
    expect(await left(lead)).toEqual([]);
    expect(await jobs()).toEqual([]);
  });

  it('[M23] leaves nothing, in whatever order they were merged, talked to, undone and erased', async () => {
    for (const seed of [1, 2, 3, 21]) {
      const random = randomBy(seed);
      const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
      const people = [await person('user', 'email')];
      for (let i = 0; i < 4; i++) people.push(await person('lead', random() < 0.5 ? 'email' : 'everything'));
      const roots = new Map(people.map((one) => [one.id, one.id]));
      const rootOf = (id: string): string => (roots.get(id) === id ? id : rootOf(roots.get(id) as string));
      let standing: { id: number; from: string; into: string }[] = [];
      const steps = {
        async merge() {
          const [one, other] = [rootOf(pick(people).id), rootOf(pick(people).id)];
          if (one === other) return;
          stage.clock.now += 1000;
          const { id, from, into } = await mergeByRequest(deps(), stage.actor, { from: one, into: other, force: true });
          roots.set(from, into);
          standing.push({ id, from, into });
        },
        async undo() {
          const free = standing.filter(({ into }) => roots.get(into) === into);
          if (free.length === 0) return;
          const { id, from } = pick(free);
          await undone(id);
          roots.set(from, from);
          standing = standing.filter((merge) => merge.id !== id);
        },
        async talk() {
          const one = pick(people);
          const [name, email] = [`Zoe Xs${++made}q`, `mo${made}re@acme.com`];
          one.words.push(name.slice(4), email);
          await say(one.visitor, pick([`my email is ${email}`, `I am ${name}`, `no wait, it is ${email}`]), one.conversation);
          await talk(one);
        },
        async erase() {
          const root = rootOf(pick(people).id);
          const family = people.filter(({ id }) => rootOf(id) === root);
          for (const one of family) people.splice(people.indexOf(one), 1);
          standing = standing.filter(({ into }) => rootOf(into) !== root);
          await eraseContact(deps(), stage.actor, root);
          const words = family.flatMap((one) => one.words);
          expect({ seed, left: await cellsWith(deps().store, words) }).toEqual({ seed, left: [] });
        },
      };
      for (let i = 0; i < 14; i++) await steps[pick(['merge', 'merge', 'undo', 'talk'] as const)]();
      while (people.length > 0) {
        for (let i = 0; i < 3; i++) await steps[pick(['merge', 'undo', 'undo', 'talk'] as const)]();
        await steps.erase();
      }
    }
  });
});

/** Park and Miller's: the same order at every run. */
function randomBy(seed: number): () => number {
  let state = seed * 7919;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
