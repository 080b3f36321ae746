// Who the visitor is to the server. How a host page names a person is naming.ts, fetched once one does: most pages never do.
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { IdentifyReply, MeView, VisitorBody, VisitorCommandName, VisitorReply } from '../shared/protocol.ts';
import { backoffMs } from './backoff.ts';
import type { Refusal } from './connection.ts';
import type { Attributes } from './handoff.ts';
import type { createNaming, FoyerError, Naming } from './naming.ts';
import { nobody } from './nobody.ts';

export interface IdentityDeps {
  request<K extends VisitorCommandName>(name: K, body: VisitorBody<K>): Promise<VisitorReply<K>>;
  whenOnline(): Promise<Refusal | null>;
  /** The visitor (through the host) acts: there must be a session from now on. */
  act(): void;
  /** Waits, for a while, until what the present person wrote is sent; then nothing is until what it gives back is called. */
  quiet(): Promise<() => void>;
  /** The session goes on as somebody else, under this token. Resolves with how many messages of the former person were discarded. */
  onSwitched(token: string): Promise<number>;
  /** The same person goes on under this token: what is shown and what waits to be sent stays. */
  onRotated(token: string): void;
  /** True where another tab had the token replaced, and this one has taken it over. */
  follow(): boolean;
  newToken(): string;
  /** The session may see more than before: conversations of the same person on other devices (M7). */
  onIdentified(): void;
  /** No identify waits for its answer any more. */
  onAnswered(): void;
  /** The host says that nobody is signed in (M16). */
  signOut(): Promise<unknown>;
  loadNaming(): Promise<{ createNaming: typeof createNaming }>;
  emit(event: string, detail?: unknown): void;
  random?(): number;
  now?(): number;
}

export type IdentifyResult = Omit<IdentifyReply, 'token'>;

export interface Identity {
  me: ReadonlySignal<MeView>;
  takeMe(me: MeView): void;
  /** @param isWanted by the page, still: it may have shut down before this was called */
  identify(attributes: Attributes, isWanted?: () => boolean): Promise<IdentifyResult | FoyerError>;
  /** Tells what is new of the person identified before. */
  update(attributes: Attributes, isWanted?: () => boolean): Promise<IdentifyResult | FoyerError | MeView>;
  /** An identify waits for its answer. */
  isAsking(): boolean;
  /** Who was here is forgotten; what the host still asks for goes on. */
  leave(): void;
  /** The same, and what the host asked for before ends with an error (M16). */
  reset(): void;
}

/** What naming.ts is given besides. */
export interface NamingDeps extends IdentityDeps {
  me: Signal<MeView>;
  /** @param unsent messages of the former person that were discarded */
  takeMe(me: MeView, unsent?: number): void;
  /** One after the other, in the order called: two at once could end with either. `isCurrent`: no shutdown has been since the call. */
  inTurn<T>(ask: (isCurrent: () => boolean) => Promise<T>): Promise<T>;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { random = Math.random } = deps;
  const me = signal<MeView>(nobody);
  let naming: Naming | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let generation = 0;
  let asking = 0;

  function takeMe(next: MeView, unsent = 0): void {
    const before = me.value;
    const { contact_id, type, verified, email } = next;
    me.value = next;
    if (email && email !== before.email) deps.emit('email:captured', { email });
    if (type === 'lead' && before.type === 'visitor') deps.emit('lead:captured', { contact_id, email });
    if (contact_id !== before.contact_id || type !== before.type || verified !== before.verified || unsent > 0) {
      deps.emit('identity:changed', { contact_id, type, verified, ...(unsent > 0 && { unsent }) });
    }
  }

  async function loaded(): Promise<Naming> {
    for (let attempt = 0; !naming; attempt++) {
      try {
        const { createNaming } = await deps.loadNaming();
        naming = createNaming({ ...deps, me, takeMe, inTurn });
      } catch {
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt, random)));
      }
    }
    return naming;
  }

  function inTurn<T>(ask: (isCurrent: () => boolean) => Promise<T>, isWanted = (): boolean => true): Promise<T> {
    const mine = generation;
    asking++;
    const turn = queue.then(() => ask(() => mine === generation && isWanted()));
    queue = turn.then(answered, answered);
    return turn;
  }

  function answered(): void {
    if (--asking === 0) deps.onAnswered();
  }

  function leave(): void {
    naming?.leave();
    takeMe(nobody);
  }

  return {
    me,
    takeMe,
    identify: (attributes, isWanted) => inTurn(async (isCurrent) => (await loaded()).identify(attributes, isCurrent), isWanted),
    update: (attributes, isWanted) => inTurn(async (isCurrent) => (await loaded()).update(attributes, isCurrent), isWanted),
    isAsking: () => asking > 0,
    leave,
    reset() {
      generation++;
      naming?.reset();
      leave();
    },
  };
}
