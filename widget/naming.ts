// `identify` and `update`, with their result or their reason (M6 to M15), and a proof that is kept fresh.
import type { ErrorCode, Failure } from '../shared/errors.ts';
import type { IdentifyReply, MeView } from '../shared/protocol.ts';
import { normalise, toIdentifyBody } from './attributes.ts';
import { backoffMs } from './backoff.ts';
import { createFreshProof, userOf, withProof, type Refresh } from './fresh-proof.ts';
import type { Attributes } from './handoff.ts';
import type { IdentifyResult, NamingDeps } from './identity.ts';
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

export interface Naming {
  identify(given: Attributes, isCurrent: () => boolean): Promise<IdentifyResult | FoyerError>;
  update(given: Attributes, isCurrent: () => boolean): Promise<IdentifyResult | FoyerError | MeView>;
  leave(): void;
  reset(): void;
}

const shutDown = { code: 'session_revoked', message: 'The session was shut down before the server answered.' } as const;

export function createNaming(deps: NamingDeps): Naming {
  const { me, takeMe, random = Math.random, now = Date.now } = deps;
  /** Names and proves the person who is here. */
  let known: Attributes = {};
  /** Who is still to be proved, once the host gives a proof that holds. */
  let unproved: Attributes | null = null;
  const proof = createFreshProof({ now, random, onDue: () => void keepProved() });

  function take(given: Attributes): Attributes {
    const { refresh_user_jwt: refresh, ...attributes } = normalise(given);
    if (refresh !== undefined) proof.use(typeof refresh === 'function' ? (refresh as Refresh) : null);
    return attributes;
  }

  async function ask(given: Attributes, isCurrent: () => boolean, isFreshAlready = false): Promise<IdentifyResult | FoyerError> {
    let attributes = given;
    let isFresh = isFreshAlready;
    // Made here and sent with every repeat: a lost answer is then given again under it.
    const next_token = deps.newToken();
    for (let attempt = 0; ; attempt++) {
      // Or there would be a session again after the shutdown.
      if (!isCurrent()) return refused(shutDown);
      deps.act();
      const why = await deps.whenOnline();
      if (why) return refused(why);
      if (!isCurrent()) return refused(shutDown);
      const reply = !isFresh && proof.isOver(attributes.user_jwt) ? null : await send(attributes, next_token, isCurrent);
      if (reply && (reply instanceof FoyerError || !('code' in reply))) return reply;
      if (!reply || (reply.code === 'identity_token_expired' && !isFresh && proof.isGiven())) {
        isFresh = true;
        const renewed = await renew(attributes, isCurrent);
        if (renewed instanceof FoyerError) return renewed;
        attributes = renewed;
      } else if (reply.code !== 'session_revoked' || !deps.follow()) {
        if (!reply.retryable) return isFresh ? notProved(attributes, refused(reply)) : refused(reply);
        await new Promise((resolve) => setTimeout(resolve, Math.max(reply.retryAfterMs ?? 0, backoffMs(attempt, random))));
      }
    }
  }

  async function send(
    attributes: Attributes,
    next_token: string,
    isCurrent: () => boolean,
  ): Promise<IdentifyResult | FoyerError | Failure> {
    const body = sendable(attributes);
    if (body instanceof Error) return refused({ code: 'bad_request', message: `identify cannot send this: ${body.message}` });
    const goOn = await deps.quiet();
    try {
      if (!isCurrent()) return refused(shutDown);
      const reply = await deps.request('identify', { ...body, next_token });
      if (!isCurrent()) return refused(shutDown);
      return reply.ok ? await accepted(reply, attributes) : reply;
    } finally {
      goOn();
    }
  }

  async function accepted(
    { token, contact_id, type, verified, merged_from }: IdentifyReply,
    attributes: Attributes,
  ): Promise<IdentifyResult> {
    known = identifiers(attributes);
    unproved = null;
    proof.watch(known.user_jwt);
    const was = me.value.contact_id;
    const isSamePerson = was === null || was === contact_id || was === merged_from;
    let unsent = 0;
    if (token && !isSamePerson) unsent = await deps.onSwitched(token);
    else if (token) deps.onRotated(token);
    if (isSamePerson) deps.onIdentified();
    takeMe({ ...(isSamePerson ? me.value : nobody), contact_id, type, verified }, unsent);
    if (token && !isSamePerson) await deps.whenOnline();
    return { contact_id, type, verified, ...(merged_from && { merged_from }) };
  }

  /** @param isWanted still, when the host answers */
  async function renew(attributes: Attributes, isWanted: () => boolean): Promise<Attributes | FoyerError> {
    const answer = await proof.ask(userOf(attributes));
    if (!isWanted()) return new FoyerError(shutDown);
    if ('token' in answer) return withProof(attributes, answer.token);
    if ('reason' in answer) return notProved(attributes, refused({ code: 'identity_token_expired', message: answer.reason }));
    await deps.signOut();
    return new FoyerError({ code: 'session_revoked', message: 'refresh_user_jwt says that nobody is signed in any more.' });
  }

  /** The proof is about to expire, or the last try to get a fresh one failed. */
  async function keepProved(): Promise<void> {
    const [person, former] = [unproved ?? known, known];
    // Meanwhile somebody else may be named, or nobody be here any more.
    const isWanted = (): boolean => known === former && person === (unproved ?? known);
    const renewed = await renew(person, isWanted);
    if (renewed instanceof FoyerError) return;
    await deps.inTurn(async (isCurrent) => isWanted() && (await ask(renewed, isCurrent, true)));
  }

  function notProved(attributes: Attributes, error: FoyerError): FoyerError {
    if (proof.later()) unproved = attributes;
    return error;
  }

  function refused(failure: Pick<Failure, 'code' | 'message' | 'errors'>): FoyerError {
    const error = new FoyerError(failure);
    console.error(`[Foyer] identify: ${failure.code}: ${failure.message}`, ...(failure.errors ?? []));
    deps.emit('identity:error', error);
    return error;
  }

  return {
    identify(given, isCurrent) {
      unproved = null;
      return ask(take(given), isCurrent);
    },
    async update(given, isCurrent) {
      const attributes = take(given);
      if (Object.keys(known).length === 0 || Object.keys(attributes).length === 0) return me.value;
      return ask({ ...known, ...attributes }, isCurrent);
    },
    leave() {
      known = {};
      unproved = null;
      proof.stop();
    },
    reset: () => proof.use(null),
  };
}

/** Whatever they are in UTF-8, that is less than the server reads at once: it would end the line, each time it is tried. */
const mostLetters = 200_000;

/** What fails each time is told, not tried again. */
function sendable(attributes: Attributes): ReturnType<typeof toIdentifyBody> | Error {
  try {
    const text = JSON.stringify(toIdentifyBody(attributes));
    if (text.length > mostLetters) return new Error(`it is ${text.length} characters, ${mostLetters} at most`);
    return JSON.parse(text) as ReturnType<typeof toIdentifyBody>;
  } catch (error) {
    return error as Error;
  }
}

/** What a later call needs of an earlier one; other attributes are told once. */
function identifiers({ user_id, email, user_hash, user_jwt }: Attributes): Attributes {
  const isNamed = user_id || user_jwt;
  return Object.fromEntries(
    Object.entries({ user_id, email: isNamed ? undefined : email, user_hash, user_jwt }).filter(([, value]) => value !== undefined),
  );
}
