// How many statements a visitor's message costs in a conversation that is under way: nothing is looked up, and what is written is written once.
import { expect, it } from 'vitest';
import type { Store } from '../../../server/store/store.ts';
import type { Tx } from '../../../server/store/query.ts';
import { startServer } from '../../helpers/server.ts';
import { arrive, say } from '../../helpers/talk.ts';
import { watchStore } from '../../helpers/watched-store.ts';

/** Counts the statements of everything that goes through the store from now on. */
function countStatements(store: Store): () => number {
  let count = 0;
  const counting = (tx: Tx): Tx => ({
    ...tx,
    all: (query, params) => (count++, tx.all(query, params)),
    get: (query, params) => (count++, tx.get(query, params)),
    send: (query, params) => (count++, tx.send(query, params)),
    execute: (build) => (count++, tx.execute(build)),
    // Done at the end, those of one row once however often.
    unit: tx.unit && { ...tx.unit, later: (...args) => (count++, tx.unit?.later(...args)) },
  });
  watchStore(store, counting);
  return () => count;
}

it.each([
  ['off', 4],
  // The bot's own words are one message more; all facts of a turn are stored at once.
  ['on', 6],
] as const)('with the bot %s an ordinary message costs %i, also with rules, consent and hours set', async (bot, cost) => {
  const week = [[], [], [], [], [], [], []] as [[], [], [], [], [], [], []];
  // The clock stands still: the workspace is read once.
  const server = await startServer({
    now: () => Date.UTC(2031, 0, 1),
    settings: {
      bot,
      hours: { timeZone: 'Europe/Berlin', week, holidays: [] },
      consent: { version: 1, text: 'We answer.', translations: {} },
      scoreRules: [{ points: 1, reason: 'A lead', when: { fact: 'contact.type', op: 'is', value: 'lead' } }],
    },
  });
  const visitor = await arrive(server);
  const { conversation } = await say(visitor, 'hello');
  await say(visitor, 'what does it cost?', conversation);
  await expect.poll(() => visitor.received.length).toBeGreaterThan(0);
  const statements = countStatements(server.deps.store);
  const before = statements();
  await say(visitor, 'tell me more', conversation);
  // The runner of jobs may have looked once meanwhile.
  expect(statements() - before - cost).toBeLessThanOrEqual(1);
  visitor.close();
  await server.stop();
});
