// Saves a draft a moment after it was changed, one save at a time. What the server has not got yet is kept in this browser,
// so that neither a dead line nor a closed tab costs a word.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Api } from '../api.ts';
import type { Storage } from '../storage.ts';

export type SaveState =
  | { kind: 'saved' }
  /** Waits for the end of the typing, or is on its way. */
  | { kind: 'saving' }
  /** Tried again by itself. */
  | { kind: 'waiting'; message: string }
  /** Somebody else saved meanwhile: one of the two has to give way. */
  | { kind: 'conflict' }
  /** Never to be taken as it is. */
  | { kind: 'refused'; message: string };

export interface Saver<T> {
  readonly state: ReadonlySignal<SaveState>;
  /** The revision the server has. */
  rev(): number;
  change(body: T): void;
  /** Saves at once what waits; true where the server has everything. */
  flush(): Promise<boolean>;
  /** Begins anew from what the server has, dropping what is kept here. */
  reset(rev: number, body: T): void;
  /** After a conflict: takes the place of what somebody else saved at `rev`. */
  overwrite(rev: number): Promise<boolean>;
  stop(): void;
}

/** What was not saved when the page was left. */
export interface Kept<T> {
  rev: number;
  body: T;
}

export const saveAfterMs = 600;
const retryAfterMs = [2000, 4000, 8000, 15_000, 30_000];

export const keptKey = (flow: string): string => `flow.${flow}`;

interface SaverDeps<T> {
  api: Api;
  storage: Storage;
  flow: string;
  /** What the server has. */
  first: { rev: number; body: T };
}

export function createSaver<T>({ api, storage, flow, first }: SaverDeps<T>): Saver<T> {
  const state = signal<SaveState>({ kind: 'saved' });
  let rev = first.rev;
  let pending: { body: T } | null = null;
  /** What the server has, as far as this browser knows. */
  let saved = first.body;
  let running: Promise<boolean> | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isHeld = (): boolean => state.peek().kind === 'conflict';

  function schedule(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  }

  async function send(body: T): Promise<boolean> {
    const result = await api.call('PUT /api/v1/flows/:flow/draft', { params: { flow }, body: { rev, body } });
    if (result.ok) {
      rev = result.data.rev;
      failures = 0;
      saved = body;
      if (pending?.body === body) pending = null;
      if (pending === null) {
        storage.remove(keptKey(flow));
        state.value = { kind: 'saved' };
      } else storage.write(keptKey(flow), { rev, body: pending.body });
      return true;
    }
    if (result.code === 'draft_conflict') state.value = { kind: 'conflict' };
    else if (isPassing(result.code)) {
      state.value = { kind: 'waiting', message: result.message };
      schedule(retryAfterMs[Math.min(failures++, retryAfterMs.length - 1)] ?? 0);
    } else state.value = { kind: 'refused', message: result.message };
    return false;
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    while (running !== null) await running;
    if (pending === null) return true;
    if (isHeld()) return false;
    if (state.peek().kind !== 'waiting') state.value = { kind: 'saving' };
    running = send(pending.body);
    const done = await running;
    running = null;
    return done && pending !== null ? flush() : done;
  }

  const onOnline = (): void => {
    if (pending !== null) void flush();
  };
  window.addEventListener('online', onOnline);

  return {
    state,
    rev: () => rev,
    change(body) {
      if (pending === null && body === saved) return;
      pending = { body };
      storage.write(keptKey(flow), { rev, body });
      if (isHeld()) return;
      if (state.peek().kind !== 'waiting') state.value = { kind: 'saving' };
      schedule(saveAfterMs);
    },
    flush,
    reset(to, body) {
      clearTimeout(timer);
      pending = null;
      failures = 0;
      rev = to;
      saved = body;
      storage.remove(keptKey(flow));
      state.value = { kind: 'saved' };
    },
    overwrite(to) {
      rev = to;
      state.value = { kind: 'saving' };
      return flush();
    },
    stop() {
      window.removeEventListener('online', onOnline);
      void flush().finally(() => clearTimeout(timer));
    },
  };
}

/** The same save may be taken later. */
function isPassing(code: string): boolean {
  return ['unreachable', 'busy', 'rate_limited', 'unavailable', 'internal'].includes(code) || code.startsWith('http_5');
}
