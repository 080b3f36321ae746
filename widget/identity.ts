// Who the visitor is to the server, and `identify` with its result or its reason (M6 to M15).
import { signal, type ReadonlySignal } from '@preact/signals';
import type { ErrorCode, Failure } from '../shared/errors.ts';
import type { IdentifyReply, MeView, VisitorBody, VisitorCommandName, VisitorReply } from '../shared/protocol.ts';
import { backoffMs } from './backoff.ts';
import { noAnswer, type Refusal } from './connection.ts';
import type { Attributes } from './handoff.ts';
import { nobody } from './nobody.ts';

/** What `identify`, `boot` and `update` resolve to when they did not succeed. They never reject: no host page breaks on it. */
export class FoyerError extends Error {
  override name = 'FoyerError';
  readonly code: ErrorCode;
  readonly errors: Failure['errors'];
  constructor({ code, message, errors }: Pick<Failure, 'code' | 'message' | 'errors'>) {
    super(message);
    this.code = code;
    this.errors = errors;
  }
}

export interface IdentityDeps {
  request<K extends VisitorCommandName>(name: K, body: VisitorBody<K>): Promise<VisitorReply<K>>;
  whenOnline(): Promise<Refusal | null>;
  /** The visitor (through the host) acts: there must be a session from now on. */
  act(): void;
  /** The session goes on as somebody else, under this token. */
  onSwitched(token: string): Promise<void>;
  /** The same person goes on under this token: what is shown and what waits to be sent stays. */
  onRotated(token: string): void;
  /** True where another tab had the token replaced, and this one has taken it over. */
  follow(): boolean;
  newToken(): string;
  /** The session may see more than before: conversations of the same person on other devices (M7). */
  onIdentified(): void;
  /** Fetched when it is wanted: most pages never identify anybody. */
  toBody(attributes: Attributes): Promise<VisitorBody<'identify'>>;
  emit(event: string, detail?: unknown): void;
  random?(): number;
}

export type IdentifyResult = Omit<IdentifyReply, 'token'>;

export interface Identity {
  me: ReadonlySignal<MeView>;
  takeMe(me: MeView): void;
  identify(attributes: Attributes): Promise<IdentifyResult | FoyerError>;
  /** Sends the attributes of before again, with what is new. */
  update(attributes: Attributes): Promise<IdentifyResult | FoyerError | MeView>;
  /** An identify waits for its answer. */
  isAsking(): boolean;
  reset(): void;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { random = Math.random } = deps;
  const me = signal<MeView>(nobody);
  let known: Attributes = {};
  let queue: Promise<unknown> = Promise.resolve();
  let generation = 0;
  let asking = 0;

  function takeMe(next: MeView): void {
    const before = me.value;
    me.value = next;
    if (next.email && next.email !== before.email) deps.emit('email:captured', { email: next.email });
    if (next.type === 'lead' && before.type === 'visitor') deps.emit('lead:captured', { contact_id: next.contact_id, email: next.email });
    if (next.contact_id !== before.contact_id || next.type !== before.type || next.verified !== before.verified) {
      deps.emit('identity:changed', { contact_id: next.contact_id, type: next.type, verified: next.verified });
    }
  }

  async function ask(attributes: Attributes): Promise<IdentifyResult | FoyerError> {
    const mine = generation;
    // Made here and sent with every repeat: a lost answer is then given again under it.
    const next_token = deps.newToken();
    for (let attempt = 0; ; attempt++) {
      deps.act();
      const why = await deps.whenOnline();
      if (why) return refused(why);
      if (mine !== generation)
        return refused({ code: 'session_revoked', message: 'The session was shut down before the server answered.' });
      const reply = await deps.toBody(attributes).then(
        (body) => deps.request('identify', { ...body, next_token }),
        () => noAnswer,
      );
      if (reply.ok) return await accepted(reply, attributes);
      if (reply.code === 'session_revoked' && deps.follow()) continue;
      if (!reply.retryable) return refused(reply);
      await new Promise((resolve) => setTimeout(resolve, Math.max(reply.retryAfterMs ?? 0, backoffMs(attempt, random))));
    }
  }

  async function accepted(
    { token, contact_id, type, verified, merged_from }: IdentifyReply,
    attributes: Attributes,
  ): Promise<IdentifyResult> {
    known = attributes;
    const was = me.value.contact_id;
    const isSamePerson = was === null || was === contact_id || was === merged_from;
    if (token && !isSamePerson) await deps.onSwitched(token);
    else if (token) deps.onRotated(token);
    if (isSamePerson) deps.onIdentified();
    takeMe({ ...(isSamePerson ? me.value : nobody), contact_id, type, verified });
    return { contact_id, type, verified, ...(merged_from && { merged_from }) };
  }

  function refused(failure: Pick<Failure, 'code' | 'message' | 'errors'>): FoyerError {
    const error = new FoyerError(failure);
    console.error(`[Foyer] identify: ${failure.code}: ${failure.message}`, ...(failure.errors ?? []));
    deps.emit('identity:error', error);
    return error;
  }

  /** One after the other, in the order called: two at once could end with either. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    asking++;
    const turn = queue.then(act).finally(() => asking--);
    queue = turn.catch(() => {});
    return turn;
  }

  return {
    me,
    takeMe,
    identify: (attributes) => inTurn(() => ask(attributes)),
    update: (attributes) => inTurn(async () => (Object.keys(known).length > 0 ? ask({ ...known, ...attributes }) : me.value)),
    isAsking: () => asking > 0,
    reset() {
      generation++;
      known = {};
      takeMe(nobody);
    },
  };
}
