// P13: where several nodes share a database, what another node committed and nobody told us of is found in the log of facts. Each workspace's
// facts are numbered without gaps (`rev`), so a node knows what it has missed: its own, and what it heard, are ticked off.
import { setTimeout as pause } from 'node:timers/promises';
import { readMissed, readWhatChanged } from '../actions/missed.ts';
import type { Audience, Revs } from '../actions/missed.ts';
import type { Deps } from '../deps.ts';
import type { Published } from '../publish.ts';
import { feedHead, feedHeads } from '../store/events.ts';
import { systemScope } from '../store/store.ts';

/** While nodes hear each other, nothing is missing but by accident. */
const linkedMs = 1000;
/** While they do not, this is how they do. */
const unlinkedMs = 300;
const ownMs = 25;
const pageRevs = 200;
/** Nobody was here for so long: it is looked after no more. */
const idleMs = 60_000;

export interface CatchUpOptions {
  deps: Deps;
  isLinked(): boolean;
  /** What was missed beyond so many facts is not told piece by piece; 2000 unless told. */
  most?: number;
  audience(workspaceId: string): Audience & { visitors: boolean };
  deliver(published: Published): void;
  /** These contacts changed: what their sockets may hear is looked at anew. */
  recheck(workspaceId: string, contacts: readonly string[]): Promise<void>;
  /** Too much was missed: who listens asks for themselves. */
  reload(workspaceId: string, conversations: readonly { id: number; head: number }[]): void;
}

export interface CatchUp {
  /** To be awaited before a socket of this workspace reads what it shows: from here on nothing is missed. */
  watch(workspaceId: string): Promise<void>;
  /** It was told here, by ourselves or by another node. */
  saw(published: Published): void;
  /** Looks at once. */
  look(): void;
  start(): void;
  stop(): Promise<void>;
}

interface Place {
  /** Every rev up to here was told. */
  upTo: number;
  /** Told, beyond a gap. */
  ahead: Set<number>;
  /** Where the gap began when last looked at, while linked: what fills it may be on its way. */
  gapAfter: number;
  usedAt: number;
}

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { deps, most = 2000 } = options;
  const places = new Map<string, Place | Promise<Place>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let isRunning = false;

  /** Heard while the head is being read: maybe after it. */
  const early = new Map<string, Set<number>>();

  async function open(workspaceId: string): Promise<Place> {
    const upTo = await deps.store.in(workspaceId).read((tx) => feedHead(tx));
    const place: Place = { upTo, ahead: new Set(early.get(workspaceId)), gapAfter: -1, usedAt: performance.now() };
    early.delete(workspaceId);
    places.set(workspaceId, place);
    advance(place);
    return place;
  }
  function advance(place: Place): void {
    for (const rev of place.ahead) if (rev <= place.upTo) place.ahead.delete(rev);
    while (place.ahead.delete(place.upTo + 1)) place.upTo++;
  }

  function saw({ workspaceId, items }: Published): void {
    const place = places.get(workspaceId);
    if (place === undefined) return;
    if (place instanceof Promise) {
      const set = early.get(workspaceId) ?? new Set();
      early.set(workspaceId, set);
      for (const { seq } of items) set.add(seq);
      return;
    }
    for (const { seq } of items) {
      if (seq === place.upTo + 1) place.upTo = seq;
      else if (seq > place.upTo) place.ahead.add(seq);
    }
    if (place.ahead.size > 0) advance(place);
  }

  async function lookAll(): Promise<void> {
    const now = performance.now();
    const open: [string, Place][] = [];
    for (const [id, place] of places) {
      if (place instanceof Promise) continue;
      const { agents, visitors } = options.audience(id);
      if (agents || visitors) place.usedAt = now;
      if (now - place.usedAt > idleMs) places.delete(id);
      else open.push([id, place]);
    }
    if (open.length === 0) return;
    const heads = await deps.store.in(systemScope).read((tx) =>
      feedHeads(
        tx,
        open.map(([id]) => id),
      ),
    );
    const byId = new Map(heads.map(({ workspaceId, rev }) => [workspaceId, rev]));
    for (const [id, place] of open) await lookAt(id, place, byId.get(id) ?? 0);
  }

  async function lookAt(workspaceId: string, place: Place, head: number): Promise<void> {
    if (head <= place.upTo) return;
    if (options.isLinked() && place.gapAfter !== place.upTo) {
      place.gapAfter = place.upTo;
      return;
    }
    // Of what this node commits the database knows a moment before we do.
    await pause(ownMs);
    if (head <= place.upTo) return;
    if (head - place.upTo - place.ahead.size > most) return tellAll(workspaceId, place, { after: place.upTo, upTo: head });
    while (place.upTo < head && isRunning) {
      const revs = { after: place.upTo, upTo: Math.min(head, place.upTo + pageRevs) };
      const isMissing = (rev: number): boolean => rev > place.upTo && !place.ahead.has(rev);
      const { published, contacts } = await readMissed(deps, workspaceId, revs, isMissing, options.audience(workspaceId));
      // What came by itself meanwhile is told twice: clients take each number once.
      for (const one of published) options.deliver(one);
      settle(place, revs.upTo);
      if (contacts.length > 0) await options.recheck(workspaceId, contacts);
    }
  }

  function settle(place: Place, upTo: number): void {
    place.upTo = Math.max(place.upTo, upTo);
    advance(place);
  }

  async function tellAll(workspaceId: string, place: Place, revs: Revs): Promise<void> {
    const { conversations, contacts } = await readWhatChanged(deps, workspaceId, revs);
    options.reload(workspaceId, conversations);
    settle(place, revs.upTo);
    await options.recheck(workspaceId, contacts);
  }

  function look(): void {
    clearTimeout(timer);
    if (!isRunning || looking) return;
    looking = lookAll()
      .catch((error: unknown) => deps.log.debug({ error }, 'what other nodes did could not be looked up'))
      .finally(() => {
        looking = null;
        if (!isRunning) return;
        timer = setTimeout(look, options.isLinked() ? linkedMs : unlinkedMs);
        timer.unref();
      });
  }

  return {
    async watch(workspaceId) {
      const place = places.get(workspaceId);
      if (place !== undefined) return void (await place);
      const opening = open(workspaceId);
      places.set(workspaceId, opening);
      opening.catch(() => places.delete(workspaceId));
      await opening;
    },
    saw,
    look,
    start() {
      isRunning = true;
      look();
    },
    async stop() {
      isRunning = false;
      clearTimeout(timer);
      await looking;
    },
  };
}
