// A proof that expires (`user_jwt`) is replaced in time: the host page's own function is asked for a fresh one.
import type { Attributes } from './handoff.ts';

/** `refresh_user_jwt` of the host: a token, or null where nobody is signed in any more. */
export type Refresh = (userId: string | null) => unknown;

export type Answer = { token: string } | { isSignedOut: true } | { reason: string };

export interface FreshProof {
  /** Null: nobody to ask any more. */
  use(refresh: Refresh | null): void;
  isGiven(): boolean;
  /** It has expired, and there is somebody to ask for another. */
  isOver(jwt: unknown): boolean;
  /** One call at a time; never rejects. */
  ask(userId: string | null): Promise<Answer>;
  /** This one was taken: asks for the next shortly before it expires. */
  watch(jwt: unknown): void;
  /** It went wrong: asks again, later and later. False where there is nobody to ask. */
  later(): boolean;
  stop(): void;
}

export interface FreshProofDeps {
  now(): number;
  random(): number;
  /** It is time, and the page is seen. */
  onDue(): void;
}

/** The host's function has so long to answer. */
export const limitMs = 10_000;
/** So long before it expires, or a tenth of its life where that is less. */
const leadMs = 60_000;
/** Never sooner after the last one: a host that signs for seconds only, or two clocks that differ, make no loop. */
const soonestMs = 10_000;
/** Where nothing tells how long it lives: this clock says that it was over before it was given. */
const unknownLifeMs = 5 * 60_000;
const [firstRetryMs, lastRetryMs] = [5_000, 5 * 60_000];
/** What setTimeout holds. */
const longestMs = 2 ** 31 - 1;

export function createFreshProof({ now, random, onDue }: FreshProofDeps): FreshProof {
  let refresh: Refresh | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let dueAt: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let watched: unknown;

  async function call(userId: string | null): Promise<Answer> {
    let limit: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(() => reject(new Error(`it did not answer within ${limitMs / 1000} s`)), limitMs);
    });
    try {
      const token = await Promise.race([(async () => refresh?.(userId))(), late]);
      if (token === null || token === '') return { isSignedOut: true };
      if (typeof token === 'string') return { token };
      return { reason: `refresh_user_jwt answered with ${typeof token}; a token is wanted, or null where nobody is signed in.` };
    } catch (error) {
      return { reason: `refresh_user_jwt failed: ${error instanceof Error ? error.message : String(error)}` };
    } finally {
      clearTimeout(limit);
    }
  }

  function check(): void {
    clearTimeout(timer);
    if (dueAt === null || document.visibilityState === 'hidden') return;
    const left = dueAt - now();
    if (left > 0) return void (timer = setTimeout(check, Math.min(left, longestMs)));
    dueAt = null;
    onDue();
  }

  function schedule(at: number | null): void {
    dueAt = at;
    check();
  }

  function watch(jwt: unknown): void {
    watched = jwt;
    failures = 0;
    const lifeMs = lifeOf(jwt, now());
    schedule(refresh && lifeMs !== null ? now() + Math.max(soonestMs, lifeMs - Math.min(leadMs, lifeMs / 10)) : null);
  }

  document.addEventListener('visibilitychange', check);
  window.addEventListener('pageshow', check);

  return {
    use(next) {
      refresh = next;
      watch(watched);
    },
    isGiven: () => refresh !== null,
    isOver: (jwt) => refresh !== null && (claimsOf(jwt).exp ?? Infinity) * 1000 <= now(),
    ask(userId) {
      const turn = running.then(() => call(userId));
      running = turn;
      return turn;
    },
    watch,
    later() {
      if (refresh) schedule(now() + Math.min(lastRetryMs, firstRetryMs * 2 ** failures++) * (0.5 + random() / 2));
      return refresh !== null;
    },
    stop: () => watch(undefined),
  };
}

/** How long it holds from now, ms; null where it does not expire. By the token's own word where this clock must be wrong. */
function lifeOf(jwt: unknown, nowMs: number): number | null {
  const { exp, iat } = claimsOf(jwt);
  if (exp === undefined) return null;
  const left = exp * 1000 - nowMs;
  const life = iat === undefined ? left : (exp - iat) * 1000;
  const holds = left > 0 ? Math.min(left, life) : life;
  return holds > 0 ? holds : unknownLifeMs;
}

interface Claims {
  exp?: number;
  iat?: number;
  user_id?: unknown;
  sub?: unknown;
}

/** Read, not verified: that is the server's. Of what is no token: nothing. */
function claimsOf(jwt: unknown): Claims {
  try {
    const text = atob(String(jwt).split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'));
    const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))) as Claims | null;
    const seconds = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
    return { ...claims, exp: seconds(claims?.exp), iat: seconds(claims?.iat) };
  } catch {
    return {};
  }
}

/** The host's own id of the person. */
export function userOf({ user_id, user_jwt }: Attributes): string | null {
  const claims = claimsOf(user_jwt);
  const id = user_id ?? claims.user_id ?? claims.sub;
  return typeof id === 'string' || typeof id === 'number' ? String(id).trim() : null;
}

/** With a fresh proof. Where that names somebody else, nothing of the former person goes with it. */
export function withProof(attributes: Attributes, user_jwt: string): Attributes {
  const [was, is] = [userOf(attributes), userOf({ user_jwt })];
  return was !== null && is !== null && was !== is ? { user_jwt } : { ...attributes, user_jwt };
}
