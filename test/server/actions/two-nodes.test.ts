// What two nodes do at once to one contact: whoever waited for its lock acts on what holds afterwards. PostgreSQL only, for on SQLite
// there is one writer. The first node's transaction is held open after its work, until the second one has had time to come to the lock.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../server/actions/actor.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { undoMerge } from '../../../server/actions/contact/undo-merge.ts';
import { eraseContact } from '../../../server/actions/contact/erase-contact.ts';
import { identifyContact } from '../../../server/actions/identify-contact.ts';
import { receiveVisitorMessage } from '../../../server/actions/receive-visitor-message.ts';
import type { Visitor } from '../../../server/actions/session.ts';
import { readVisitorState } from '../../../server/actions/sync-visitor.ts';
import { hashToken } from '../../../server/deps.ts';
import type { Deps } from '../../../server/deps.ts';
import type { Published } from '../../../server/publish.ts';
import { seal } from '../../../server/seal.ts';
import { lockContact } from '../../../server/store/contacts.ts';
import type { ScopedStore, Store } from '../../../server/store/store.ts';
import { getWorkspace, insertWorkspace } from '../../../server/store/workspaces.ts';
import { describePostgres } from '../../helpers/databases.ts';
import type { Place } from '../../helpers/postgres.ts';
import { newCid, newVisitorToken, silentLog } from '../../helpers/server.ts';
import { hmac, jwt } from '../../helpers/talk.ts';

const secretKey = Buffer.alloc(32, 7);
const secret = 'a secret of the host';
const owner = { kind: 'agent', agent: { id: 1, workspaceId: 'main', role: 'owner', name: 'Ada', email: 'ada@example.com' } } as Actor;

function latch(): { open: () => void; opened: Promise<void> } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** The store whose transactions stay open after their work until `open` is called. */
function held(store: Store): { store: Store; open: () => void; reached: Promise<void> } {
  const [gate, done] = [latch(), latch()];
  const scoped = (workspaceId: string): ScopedStore => {
    const scope = store.in(workspaceId);
    return {
      read: scope.read,
      write: (work, committed, wanted) =>
        scope.write(
          async (tx) => {
            const result = await work(tx);
            done.open();
            await gate.opened;
            return result;
          },
          committed,
          wanted,
        ),
    };
  };
  return { store: { ...store, in: scoped }, open: gate.open, reached: done.opened };
}

describePostgres('two nodes', (places) => {
  const depsOf = (store: Store): Deps =>
    ({
      store,
      secretKey,
      now: Date.now,
      random: (n: number) => randomBytes(n),
      log: silentLog,
      publish: { committed: () => {} },
      team: { isOnline: () => false },
      jobs: { wake: () => {} },
    }) as unknown as Deps;

  async function nodes() {
    const place = await places.fresh();
    const [first, second] = [await places.open(place), await places.open(place)];
    const workspace = await first.in('main').write(async (tx) => {
      const row = { id: 'main', appId: 'app_main', name: 'Main', identitySecret: seal(secret, secretKey), now: 1 };
      await insertWorkspace(tx, { ...row, identityMode: 'optional', settings: { bot: 'off' } });
      return getWorkspace(tx);
    });
    if (!workspace) throw new Error('no workspace');
    const visitorOf = (token: string): Visitor => ({
      workspace,
      tokenHash: hashToken(token),
      language: null,
      timeZone: null,
      page: null,
      socketId: null,
    });
    const [one, two] = [depsOf(first), depsOf(second)];
    const device = async (text: string) => {
      const visitor = visitorOf(newVisitorToken());
      const { conversation } = await receiveVisitorMessage(one, visitor, { cid: newCid(), text });
      const id = (await readVisitorState(one, visitor)).reply.me.contact_id ?? '';
      return { visitor, conversation, id };
    };
    /** `work` on the first node; while it is not committed, `meanwhile` on the second. */
    async function atOnce<A, B>(work: (deps: Deps) => Promise<A>, meanwhile: (deps: Deps) => Promise<B>) {
      const { store, open, reached } = held(first);
      const working = work(depsOf(store));
      await reached;
      const other = Promise.allSettled([meanwhile(two)]);
      await isWaiting(place);
      open();
      return { worked: await working, other: (await other)[0] };
    }
    const listOf = async (visitor: Visitor): Promise<number[]> =>
      (await readVisitorState(two, visitor)).reply.conversations.map((c) => c.id);
    return { place, one, two, visitorOf, device, atOnce, listOf };
  }
  /** The second one has come to the lock. */
  const isWaiting = (place: Place): Promise<void> =>
    expect
      .poll(async () => place.rows(`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
      .toHaveLength(1);

  const late = 'a word in between, my phone is +49 30 5550123';

  describe('[M21] [M7] whoever waits for one of two contacts holds none with a higher id, so that two merges never wait for each other', () => {
    type Stage = Awaited<ReturnType<typeof nodes>>;
    type Pair = { lower: Awaited<ReturnType<Stage['device']>>; higher: Awaited<ReturnType<Stage['device']>> };
    const proof = { user_id: 'u1', user_hash: hmac(secret, 'u1') };
    const ways: [string, (stage: Stage, pair: Pair) => Promise<(deps: Deps) => Promise<unknown>>][] = [
      [
        'a merge into the higher',
        async (_, { lower, higher }) =>
          (deps) =>
            mergeByRequest(deps, owner, { from: lower.id, into: higher.id }),
      ],
      [
        'a merge into the lower',
        async (_, { lower, higher }) =>
          (deps) =>
            mergeByRequest(deps, owner, { from: higher.id, into: lower.id }),
      ],
      [
        'an undo',
        async ({ one }, { lower, higher }) => {
          const { id } = await mergeByRequest(one, owner, { from: higher.id, into: lower.id });
          return (deps) => undoMerge(deps, owner, id);
        },
      ],
      [
        'an identify on the device of the higher',
        async ({ one }, { lower, higher }) => {
          await identifyContact(one, lower.visitor, proof);
          return (deps) => identifyContact(deps, higher.visitor, proof);
        },
      ],
      [
        'an identify on the device of the lower',
        async ({ one }, { lower, higher }) => {
          await identifyContact(one, higher.visitor, proof);
          return (deps) => identifyContact(deps, lower.visitor, proof);
        },
      ],
    ];
    it.each(ways)('%s', async (_, way) => {
      const stage = await nodes();
      const pair = { lower: await stage.device('hello'), higher: await stage.device('hello') };
      expect(pair.lower.id < pair.higher.id).toBe(true);
      const work = await way(stage, pair);
      const { store, open, reached } = held(stage.one.store);
      const holding = store.in('main').write((tx) => lockContact(tx, pair.lower.id, null));
      await reached;
      const working = work(stage.two);
      await isWaiting(stage.place);
      const free = await stage.place.rows(`select id from contacts where id = '${pair.higher.id}' for update skip locked`);
      open();
      await Promise.all([holding, working]);
      expect(free).toEqual([{ id: pair.higher.id }]);
    });
  });

  it('[M21] a message that comes while its contact is merged goes with it', async () => {
    const { place, device, atOnce, listOf } = await nodes();
    const [older, own] = [await device('hello'), await device('my email is merged@example.com')];
    const { worked, other } = await atOnce(
      (deps) => mergeByRequest(deps, owner, { from: own.id, into: older.id }),
      (deps) => receiveVisitorMessage(deps, own.visitor, { cid: newCid(), text: late }),
    );
    expect(worked).toMatchObject({ from: own.id, into: older.id });
    expect(other).toMatchObject({ status: 'fulfilled', value: { conversation: own.conversation } });
    expect(await listOf(own.visitor)).toEqual([own.conversation]);
    expect(await place.rows(`select id from conversations where contact_id = '${own.id}'`)).toEqual([]);
    expect(await place.rows(`select phone from contacts where phone is not null`)).toEqual([{ phone: '+49305550123' }]);
  });

  it('[M21] so does one that names its conversation', async () => {
    const { device, atOnce } = await nodes();
    const [older, own] = [await device('hello'), await device('my email is named@example.com')];
    const { conversation } = own;
    const { other } = await atOnce(
      (deps) => mergeByRequest(deps, owner, { from: own.id, into: older.id }),
      (deps) => receiveVisitorMessage(deps, own.visitor, { cid: newCid(), text: late, conversation }),
    );
    expect(other).toMatchObject({ status: 'fulfilled', value: { conversation } });
  });

  it('[M21] a message that comes while the merge of its contact is undone goes back with it', async () => {
    const { place, one, device, atOnce, listOf } = await nodes();
    const [older, own] = [await device('hello'), await device('my email is undone@example.com')];
    const { id } = await mergeByRequest(one, owner, { from: own.id, into: older.id });
    const { other } = await atOnce(
      (deps) => undoMerge(deps, owner, id),
      (deps) => receiveVisitorMessage(deps, own.visitor, { cid: newCid(), text: late }),
    );
    expect(other).toMatchObject({ status: 'fulfilled', value: { conversation: own.conversation } });
    expect(await listOf(own.visitor)).toEqual([own.conversation]);
    expect(await place.rows(`select id from contacts where phone is not null`)).toEqual([{ id: own.id }]);
  });

  it.each([true, false])(
    '[M21] a device into whose contact another one is merged meanwhile is not told what that one said (asked for beforehand: %s)',
    async (isPlanned) => {
      const { place, device, atOnce } = await nodes();
      const [older, other] = [await device('my phone is +49 30 5550199'), await device('I am Grace Hopper, grace@example.com')];
      const told: unknown[] = [];
      const { worked } = await atOnce(
        (deps) => mergeByRequest(deps, owner, { from: other.id, into: older.id }),
        (deps) => {
          const open = (id: string): ScopedStore => {
            const scope = deps.store.in(id);
            return { read: scope.read, write: (work, committed, wanted) => scope.write(work, committed, isPlanned ? wanted : undefined) };
          };
          const publish = { committed: ({ me }: Published) => void told.push(...(me ?? [])) } as Deps['publish'];
          const watched = { ...deps, publish, store: { ...deps.store, in: open } };
          return receiveVisitorMessage(watched, older.visitor, { cid: newCid(), text: 'my name is Ada Lovelace' });
        },
      );
      expect(worked).toMatchObject({ from: other.id, into: older.id });
      expect(await place.rows(`select email from contacts where id = '${older.id}'`)).toEqual([{ email: 'grace@example.com' }]);
      expect(JSON.stringify(told)).not.toContain('grace@example.com');
      // And it is said by the one that survived, should the merge be undone.
      const [{ snapshot } = { snapshot: '{}' }] = await place.rows<{ snapshot: string }>(`select snapshot from contact_merges`);
      expect(JSON.parse(snapshot)).toMatchObject({ survivor: { name: 'Ada Lovelace' } });
    },
  );

  it('[M11] two devices that identify by one new address at once are one user, which the address goes on leading to', async () => {
    const { place, two, visitorOf, atOnce } = await nodes();
    const email = 'both@example.com';
    const signIn = (deps: Deps) => identifyContact(deps, visitorOf(newVisitorToken()), { email, user_hash: hmac(secret, email) });
    const { worked, other } = await atOnce(signIn, signIn);
    expect(other).toMatchObject({ status: 'fulfilled', value: { contact_id: worked.contact_id } });
    expect(await signIn(two)).toMatchObject({ contact_id: worked.contact_id, verified: true });
    expect(await place.rows(`select id from contacts`)).toEqual([{ id: worked.contact_id }]);
  });

  it('[M12] so is one that comes with a user_id, where its proof covers the address', async () => {
    const { place, visitorOf, atOnce } = await nodes();
    const email = 'beside@example.com';
    const user_jwt = await jwt(secret, { user_id: 'u1', email });
    const { worked, other } = await atOnce(
      (deps) => identifyContact(deps, visitorOf(newVisitorToken()), { email, user_hash: hmac(secret, email) }),
      (deps) => identifyContact(deps, visitorOf(newVisitorToken()), { user_jwt }),
    );
    expect(other).toMatchObject({ status: 'fulfilled', value: { contact_id: worked.contact_id } });
    expect(await place.rows(`select user_id from contacts`)).toEqual([{ user_id: 'u1' }]);
  });

  it('[M23] a message that comes while its contact is erased leaves nothing on the erased one: it is a new visitor’s', async () => {
    const { place, device, atOnce, listOf } = await nodes();
    const { id, visitor } = await device('hello');
    const { other } = await atOnce(
      (deps) => eraseContact(deps, owner, id),
      (deps) => receiveVisitorMessage(deps, visitor, { cid: newCid(), text: 'my email is late@example.com' }),
    );
    expect(other).toMatchObject({ status: 'fulfilled' });
    expect(await place.rows(`select email from contacts where erased_at is not null`)).toEqual([{ email: null }]);
    expect(await place.rows(`select id from conversations where contact_id = '${id}'`)).toEqual([]);
    expect(await listOf(visitor)).toHaveLength(1);
  });
});
