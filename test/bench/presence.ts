// What it costs that somebody moves to another page: whether 500 or 5,000 visitors are connected, and whether agents watch. The move itself
// is a `sync` like a heartbeat, whose price is that without agents; what comes on top is the price of being watched.
import { cpuUs, load, startServer } from './processes.ts';
import type { Load, Server } from './processes.ts';
import type { Report } from './report.ts';

interface Moved {
  moves: number;
  /** What one agent was told. */
  packets: number;
  changes: number;
  ms: number;
}

const watchers = [0, 1, 5] as const;

/** All sockets are pinged in this time, mostly at once: whole turns are compared. */
const turnMs = 20_000;

/** Of so many sockets that say nothing: their pings. µs a ms. */
async function idleCpu(server: Server): Promise<number> {
  const before = await server.usage();
  await pause(turnMs);
  return cpuUs(before, await server.usage()) / turnMs;
}

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

export async function presence({ report, quick }: { report: Report; quick: boolean }): Promise<void> {
  report.heading('Who is there: server CPU per move to another page, 200 moves a second');
  const counts = quick ? [100, 1000] : [500, 5000];
  const costs = new Map<string, number>();
  for (const count of counts) {
    const server = await startServer('foyer', { settings: { bot: 'off' } });
    const crowd = await load<{ sockets: number }>({ kind: 'crowd', target: server.target, sockets: count });
    const moves = quick ? 400 : turnMs * 0.2;
    let idle = 0;
    const { again } = crowd as Load<unknown>;
    const move = async (agents: number): Promise<Moved & { cpu: number }> => {
      // Who comes to watch is told once who is there: that grows with how many those are, and is no part of an event.
      await again({ agents });
      const before = await server.usage();
      const moved = await again<Moved>({ moves });
      return { ...moved, cpu: (cpuUs(before, await server.usage()) - idle * moved.ms) / moves };
    };
    // The first round warms up.
    await move(0);
    if (!quick) idle = await idleCpu(server);
    for (const agents of watchers) {
      const { cpu, packets, ms } = await move(agents);
      costs.set(`${count} ${agents}`, cpu);
      report.add(`CPU per move, ${count} sockets, ${agents} agents watch`, cpu, 'µs');
      if (agents > 0)
        report.add(`packets a second to each of ${agents} agents, ${count} sockets`, packets / (ms / 1000), '', {
          must: 2.5,
          atMost: true,
        });
    }
    crowd.end();
    await server.stop();
  }
  const [few, many] = counts.map((count) => (agents: number) => costs.get(`${count} ${agents}`) ?? Number.NaN);
  if (!few || !many) return;
  const sum = (of: (agents: number) => number): number => watchers.reduce<number>((total, agents) => total + of(agents), 0);
  report.add(`ratio of the cost, ${counts[1]} to ${counts[0]} sockets, with 0, 1 and 5 agents together`, sum(many) / sum(few), '', {
    must: 1.5,
    atMost: true,
  });
  for (const agents of [1, 5])
    report.add(`on top of a move for ${agents} watching agents, ${counts[1]} sockets`, many(agents) - many(0), 'µs');
}
