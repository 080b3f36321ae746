// The workspace's teams: changed at once, taken back with words where it is refused; a deleted one can be had back for a moment.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { TeamView } from '../../shared/api.ts';
import type { Api, ApiFailure } from '../api.ts';
import type { Toasts } from './toasts.ts';

export interface Teams {
  /** By name; null until loaded. */
  readonly list: ReadonlySignal<readonly TeamView[] | null>;
  readonly failure: ReadonlySignal<ApiFailure | null>;
  load(): Promise<void>;
  /** Once, where nobody asked for them yet. */
  ensure(): void;
  create(name: string, members: readonly number[]): Promise<ApiFailure | null>;
  change(team: number, change: { name?: string; members?: readonly number[] }): Promise<ApiFailure | null>;
  /** Goes to the server when the toast is over. */
  remove(team: number): void;
  /** Sends what is held, as before signing out. */
  sendHeld(): void;
  stop(): void;
}

/** As long as the toast with its undo stands. */
const heldForMs = 6000;

export function createTeams(api: Api, toasts: Toasts): Teams {
  const known = signal<readonly TeamView[] | null>(null);
  const failure = signal<ApiFailure | null>(null);
  const held = signal<ReadonlyMap<number, ReturnType<typeof setTimeout>>>(new Map());
  let isAsked = false;
  const put = (team: TeamView): void => void (known.value = [...(known.peek() ?? []).filter(({ id }) => id !== team.id), team]);

  async function load(): Promise<void> {
    isAsked = true;
    failure.value = null;
    const result = await api.call('GET /api/v1/teams');
    if (result.ok) known.value = result.data.data;
    else failure.value = result;
  }

  function release(team: number): boolean {
    const timer = held.peek().get(team);
    if (timer === undefined) return false;
    clearTimeout(timer);
    const next = new Map(held.peek());
    next.delete(team);
    held.value = next;
    return true;
  }

  async function send(team: TeamView): Promise<void> {
    if (!release(team.id)) return;
    known.value = (known.peek() ?? []).filter(({ id }) => id !== team.id);
    const result = await api.call('DELETE /api/v1/teams/:team', { params: { team: team.id } });
    if (result.ok || result.code === 'not_found') return;
    put(team);
    toasts.show(`${team.name} was not deleted. ${result.message}`, { tone: 'error' });
  }

  async function create(name: string, members: readonly number[]): Promise<ApiFailure | null> {
    const result = await api.call('POST /api/v1/teams', { body: { name, members: [...members] } });
    if (result.ok) put(result.data);
    return result.ok ? null : result;
  }

  const sendHeld = (): void => (known.peek() ?? []).filter(({ id }) => held.peek().has(id)).forEach((team) => void send(team));
  window.addEventListener('pagehide', sendHeld);

  return {
    list: computed(() => known.value && known.value.filter(({ id }) => !held.value.has(id)).sort((a, b) => a.name.localeCompare(b.name))),
    failure,
    load,
    ensure() {
      if (!isAsked) void load();
    },
    create,
    async change(id, change) {
      const before = known.peek()?.find((team) => team.id === id);
      if (!before) return null;
      const members = change.members && [...change.members];
      put({ ...before, name: change.name ?? before.name, members: members ?? before.members });
      const result = await api.call('PATCH /api/v1/teams/:team', { params: { team: id }, body: { name: change.name, members } });
      put(result.ok ? result.data : before);
      return result.ok ? null : result;
    },
    remove(id) {
      const team = known.peek()?.find((each) => each.id === id);
      if (!team) return;
      held.value = new Map(held.peek()).set(
        id,
        setTimeout(() => void send(team), heldForMs),
      );
      // Whoever read the toast for longer gets it back as a new one.
      toasts.show(`${team.name} deleted.`, { action: { label: 'Undo', run: () => void (release(id) || create(team.name, team.members)) } });
    },
    sendHeld,
    stop() {
      sendHeld();
      window.removeEventListener('pagehide', sendHeld);
    },
  };
}
