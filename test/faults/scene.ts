// A run: people who talk while something goes wrong, and the judgement over it.
import { expect } from 'vitest';
import { seeded } from '../bench/conversations.ts';
import { pause, until } from './children.ts';
import type { House } from './house.ts';
import { createOracle, isClean, markOf } from './oracle.ts';
import type { Oracle, Principal, Verdict } from './oracle.ts';
import { createAgent } from './agent.ts';
import { createVisitor, newToken } from './people.ts';
import type { Person } from './people.ts';
import { addRow } from './table.ts';

export const isLong = process.env['FOYER_FAULTS'] === 'long';
export const suiteSeed = Number(process.env['FOYER_FAULTS_SEED'] ?? 1);

/** [I7] All is acknowledged so long after healing, [I6] and on all screens so long after a line is back. */
const ackedMs = 30_000;
const screensMs = 5000;
const maxWaiting = 10;
/**
 * The short form cannot wait for waits of up to 30 s: so long after the mending everybody looks at their page, which the widget takes as
 * a word to try at once. In the long form nobody does.
 */
const lookMs = 1500;

/** The seed of one fault: the same whichever others run beside it. */
export function seedOf(fault: string): () => number {
  let hash = suiteSeed;
  for (const letter of fault) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return seeded(hash);
}

export interface SceneOptions {
  house: Pick<House, 'appId' | 'cookie' | 'history' | 'heads'>;
  /** As it stands in the table. */
  fault: string;
  random: () => number;
  /** Of the lines the people are on, in turn. */
  urls: readonly string[];
  visitors?: number;
  agents?: number;
  ackMs?: number;
  /** They come back by the waits of P10 alone, in the short form, too. */
  isPatient?: boolean;
}

export interface Scene {
  oracle: Oracle;
  visitors: Person[];
  agents: Person[];
  people(): Person[];
  /** Another device of a visitor. */
  device(who: Principal, url: string): Person;
  /** The token of a visitor who comes by other means. */
  guest(who: Principal): string;
  /** They write so often each second, all together, until `quiet`. */
  talk(perSecond: number): void;
  quiet(): void;
  /** So many messages have been acknowledged. */
  acked(n: number, withinMs?: number): Promise<void>;
  /** Everything that is stored now is on all screens. */
  isInStep(): Promise<boolean>;
  /** The conversations of its people. */
  heads(): ReturnType<House['heads']>;
  /** What went wrong is mended from now on. */
  healed(): void;
  /** Waits for acknowledgements and screens, judges, and adds a row to the table. */
  end(runs?: number, words?: string): Promise<Verdict>;
  close(): void;
}

export async function startScene(options: SceneOptions): Promise<Scene> {
  const { house, fault, random, urls, ackMs, isPatient = false } = options;
  const oracle = createOracle();
  const tokens = new Map<Principal, string>();
  const principals = new Map<string, Principal>();
  const common = { oracle, random, ...(ackMs !== undefined && { ackMs }) };
  const urlOf = (i: number): string => urls[i % urls.length] ?? '';
  const healedAt: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let lookTimer: NodeJS.Timeout | undefined;
  let count = 0;

  function guest(who: Principal): string {
    const token = tokens.get(who) ?? newToken();
    tokens.set(who, token);
    principals.set(token, who);
    return token;
  }
  function device(who: Principal, url: string, name = `${who}’s device ${visitors.length}`): Person {
    const token = guest(who);
    const person = createVisitor({ ...common, url, name, who, token, appId: house.appId });
    visitors.push(person);
    return person;
  }
  const visitors: Person[] = [];
  // A scene of its own in a house where others were before: its people are nobody of theirs.
  const prefix = `${fault.replaceAll(/\W+/g, ' ').trim()} ${Math.floor(random() * 1e6).toString(36)} `;
  for (let i = 0; i < (options.visitors ?? 6); i++) device(`${prefix}v${i}`, urlOf(i), `${prefix}v${i}`);
  const agents = Array.from({ length: options.agents ?? 1 }, (_, i) =>
    createAgent({ ...common, url: urlOf(i + 1), name: `${prefix}a${i}`, cookie: () => house.cookie }),
  );
  const people = (): Person[] => [...visitors, ...agents];
  await until('all are online', () => people().every((person) => person.isOnline()), 20_000);

  function sayOne(): void {
    const speaker = visitors[Math.floor(random() * visitors.length)];
    // Nobody types on and on into a chat that does not move.
    if (!speaker || speaker.waiting() >= maxWaiting) return;
    speaker.say(`${markOf(speaker.who)} ${count++}`);
  }
  /** Agents answer in conversations that have come to be; now and then with a note, which no visitor may see. */
  const known = new Map<number, Principal>();
  async function learn(): Promise<void> {
    for (const { id, who } of await house.heads(principals)) if (tokens.has(who)) known.set(id, who);
  }
  function answerOne(): void {
    const agent = agents[Math.floor(random() * agents.length)];
    const all = [...known];
    const [conversation, who] = all[Math.floor(random() * all.length)] ?? [];
    if (!agent || agent.waiting() >= maxWaiting || conversation === undefined || who === undefined) return;
    agent.say(`${markOf(who)} ${agent.name} ${count++}`, { conversation, note: random() < 0.1 });
  }

  function quiet(): void {
    clearInterval(timer);
    timer = undefined;
  }

  async function isInStep(): Promise<boolean> {
    if (people().some((person) => person.waiting() > 0)) return false;
    return (await house.heads(principals)).every(({ id, seq, who }) =>
      [...agents, ...visitors.filter((visitor) => visitor.who === who)].every((person) => person.last(id) === seq),
    );
  }

  return {
    oracle,
    visitors,
    agents,
    people,
    device,
    guest,
    talk(perSecond) {
      quiet();
      const startedAt = performance.now();
      let [said, learnedAt] = [0, 0];
      timer = setInterval(() => {
        const now = performance.now();
        for (const due = ((now - startedAt) / 1000) * perSecond; said < due; said++)
          if (random() < 0.25) answerOne();
          else sayOne();
        if (agents.length === 0 || now - learnedAt < 1000) return;
        learnedAt = now;
        learn().catch(() => {});
      }, 5);
    },
    quiet,
    async acked(n, withinMs = 20_000) {
      await until(`${n} messages are acknowledged`, () => oracle.acks() >= n, withinMs, 2);
    },
    isInStep,
    heads: () => house.heads(principals),
    healed() {
      healedAt.push(Date.now());
      clearTimeout(lookTimer);
      if (!isLong && !isPatient) lookTimer = setTimeout(() => people().forEach((person) => person.look()), lookMs);
    },
    async end(runs = 1, words) {
      quiet();
      const begin = healedAt.at(-1) ?? Date.now();
      const people_ = people();
      try {
        await until('all is acknowledged', () => people_.every((person) => person.waiting() === 0), begin + ackedMs - Date.now());
        await until('all are online', () => people_.every((person) => person.isOnline()), begin + ackedMs - Date.now());
        await until('all screens are in step', isInStep, screensMs, 50);
      } catch {
        // The oracle tells what was not so.
      }
      const tookMs = Date.now() - begin;
      const resumes = people_
        .flatMap(({ losses }) => losses)
        .flatMap(({ lostAt, backAt }) => {
          if (backAt === null) return [];
          const mendedAt = healedAt.find((at) => at >= lostAt) ?? lostAt;
          // Who found another way before had nothing to wait for.
          return [backAt - (backAt >= mendedAt ? mendedAt : lostAt)];
        });
      const verdict = oracle.verdict(await house.history(principals));
      addRow({ fault, runs, verdict, resumes, tookMs, ...(words !== undefined && { note: words }) });
      expect(verdict.problems, `${fault}: ${JSON.stringify(verdict)}`).toEqual([]);
      expect(isClean(verdict)).toBe(true);
      return verdict;
    },
    close() {
      quiet();
      clearTimeout(lookTimer);
      for (const person of people()) person.close();
    },
  };
}

export { pause };
