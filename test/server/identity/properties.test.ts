// M1 to M25 over random sequences of events, on both databases: the product against a model that knows only identity.md.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStore } from '../../../server/store/store.ts';
import type { Store } from '../../../server/store/store.ts';
import { describeStores } from '../../helpers/databases.ts';
import type { Places } from '../../helpers/databases.ts';
import type { Place } from '../../helpers/postgres.ts';
import type { Event } from './events.ts';
import { World } from './world.ts';

const devices = 3;
/** Sequences on each database; FOYER_IDENTITY_RUNS asks for others. PostgreSQL takes five times as long for each. */
const asked = process.env['FOYER_IDENTITY_RUNS'];
const usual = process.env['CI'] === 'true' ? { sqlite: 10_000, postgres: 1500 } : { sqlite: 600, postgres: 300 };
const seed = Number(process.env['FOYER_IDENTITY_SEED'] ?? Date.now() % 2 ** 31);
/** Runs at one time: what they commit goes to the disk together. */
const lanes = 8;

const device = fc.nat(devices - 1);
const email = fc.constantFrom('a@example.com', 'b@example.com');
const userId = fc.constantFrom('u1', 'u2');
const any = fc.nat(40);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('write' as const, 'begin' as const, 'sign_out' as const), device }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('say' as const), device, email, corrects: fc.boolean() }) },
  {
    weight: 7,
    arbitrary: fc
      .record({
        kind: fc.constant('identify' as const),
        device,
        userId: fc.option(userId, { freq: 4 }),
        email: fc.option(email, { freq: 2 }),
        proof: fc.constantFrom('hash' as const, 'hash' as const, 'jwt' as const, 'none' as const),
      })
      .filter((said) => said.userId !== null || said.email !== null),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const), from: any, into: any, force: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: any }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('follow' as const), who: any }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('block' as const, 'unblock' as const, 'archive' as const, 'erase' as const), who: any }),
  },
);

const leadMerging = fc.oneof(
  { weight: 4, arbitrary: fc.constant('same_email_or_none' as const) },
  { weight: 1, arbitrary: fc.constantFrom('always' as const, 'never' as const) },
);

/** Several newcomers into one, something in between, and taken back in whatever order: by chance alone that is rare. Negative: the last ones. */
const newcomer = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), device: fc.constant(0), email, corrects: fc.constant(false) }),
  fc.record({
    kind: fc.constant('identify' as const),
    device: fc.constant(0),
    userId,
    email: fc.constant(null),
    proof: fc.constant('hash' as const),
  }),
);
const tangle = fc
  .tuple(
    fc.tuple(newcomer, newcomer, newcomer),
    fc.shuffledSubarray([-1, -2, -3], { minLength: 3 }),
    fc.array(event, { maxLength: 3 }),
    fc.shuffledSubarray([-1, -2], { minLength: 2 }),
  )
  .map(([people, [into = -1, ...from], between, undone]): Event[] => [
    ...people.flatMap((each, n): Event[] => [
      { kind: 'sign_out', device: n },
      { ...each, device: n },
    ]),
    ...from.map((each): Event => ({ kind: 'merge', from: each, into, force: true })),
    ...between,
    ...undone.map((which): Event => ({ kind: 'undo', which })),
  ]);
/** One mailbox on two devices, proved on both; then somebody signs in on one of them. */
const mailbox = fc
  .tuple(
    email,
    fc.array(event, { maxLength: 2 }),
    fc.nat(1),
    userId,
    fc.option(email),
    fc.constantFrom('hash' as const, 'jwt' as const, 'none' as const),
    fc.array(event, { maxLength: 2 }),
  )
  .map(([address, between, at, who, said, proof, after]): Event[] => [
    ...[0, 1].flatMap((n): Event[] => [
      { kind: 'sign_out', device: n },
      { kind: 'say', device: n, email: address, corrects: false },
    ]),
    { kind: 'follow', who: -1 },
    { kind: 'follow', who: -2 },
    ...between,
    { kind: 'identify', device: at, userId: who, email: said, proof },
    ...after,
  ]);
const sequences = fc
  .tuple(
    fc.array(event, { minLength: 2, maxLength: 12, size: 'max' }),
    fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: tangle }, { weight: 1, arbitrary: mailbox }),
  )
  .map(([first, then]) => [...first, ...(then ?? [])]);

/** Nothing here is about the disk: in memory, and without waiting for it. */
async function openFast(places: Places): Promise<Store[]> {
  if (places.dialect === 'sqlite') return [await openStore({ database: { sqlite: ':memory:' }, newEpoch: 'epoch-of-the-test' })];
  const { database, dir } = await places.fresh();
  const url = new URL('postgres' in database ? database.postgres : '');
  url.searchParams.set('options', '-c synchronous_commit=off');
  const place = { database: { postgres: url.toString() }, dir } as Place;
  // Two nodes: one waits for the server while the other computes.
  return [await places.open(place), await places.open(place)];
}

describeStores('identity over random events', (places) => {
  const runs = Number(asked ?? usual[places.dialect]);
  it(
    `[M1–M25] ${runs} sequences (seed ${seed}): no conversation lost or doubled, one live user per user_id, no session lists what it neither began nor is verified for, types only rise, a merge again is no merge, an undone one leaves no trace`,
    { timeout: 1_500_000 },
    async () => {
      const stores = await openFast(places);
      let events = 0;
      const lane = (n: number): Promise<void> =>
        fc.assert(
          fc.asyncProperty(sequences, leadMerging, async (sequence, merging) => {
            const world = await World.create(stores[n % stores.length] as Store, devices, places.dialect === 'sqlite', merging);
            for (const each of sequence) {
              const aimed = world.aim(each);
              if (aimed) await world.play(aimed);
              if (aimed) events++;
            }
            await world.close();
          }),
          { numRuns: Math.ceil(runs / lanes), seed: seed + n, endOnFailure: process.env['CI'] === 'true' },
        );
      const ended = await Promise.allSettled(Array.from({ length: lanes }, (_, n) => lane(n)));
      for (const each of ended) if (each.status === 'rejected') throw each.reason;
      process.stderr.write(`identity over random events: ${runs} sequences, ${events} events, seed ${seed} (${places.dialect})\n`);
      expect(events).toBeGreaterThan(runs);
    },
  );
});
