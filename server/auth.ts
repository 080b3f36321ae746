// Agents' passwords, their sessions in the cookie `foyer_agent`, the CSRF token bound to it, and the one-use set-up link.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tokenPattern } from '../shared/ids.ts';
import { Refusal } from './actions/refusal.ts';
import type { Deps } from './deps.ts';
import { hashToken, newToken } from './deps.ts';
import {
  deleteAgentSession,
  findAgentByEmail,
  findAgentSession,
  findSetupToken,
  insertAgent,
  insertAgentSession,
  insertSetupToken,
  listAgents,
  touchAgentSession,
  useSetupToken,
} from './store/agents.ts';
import type { Agent } from './store/agents.ts';
import { systemScope } from './store/store.ts';

export const agentCookie = 'foyer_agent';
const sessionMs = 30 * 86_400_000;
/** A session's last use is written at most this often. */
const touchMs = 3_600_000;
const setupLinkMs = 3_600_000;

/** An agent with a valid session. */
export interface SignedIn {
  agent: Agent;
  /** Names the session without being its token. */
  sessionHash: string;
  csrfToken: string;
}

/** A session just made; `token` goes into the cookie and nowhere else. */
export interface NewSession extends SignedIn {
  token: string;
}

export interface Auth {
  /** Whom a `Cookie` header speaks for: for requests and for the handshake of sockets. */
  agentFromCookie(header: string | undefined): Promise<SignedIn | null>;
  /** @throws Refusal wrong_credentials, rate_limited */
  logIn(given: { email: string; password: string; address: string }): Promise<NewSession>;
  logOut(sessionHash: string): Promise<void>;
  /** Makes a link's token for the first agent of a workspace. */
  createSetupToken(workspaceId: string): Promise<string>;
  isSetupTokenValid(token: string): Promise<boolean>;
  /** Makes the first agent and signs it in, in one transaction. @throws Refusal setup_link_invalid */
  setUp(given: { token: string; name: string; email: string; password: string }): Promise<NewSession>;
  isCsrfToken(signedIn: SignedIn, token: string | undefined): boolean;
  /** A `Set-Cookie` value; null takes the cookie away. */
  cookie(token: string | null): string;
}

export interface AuthOptions {
  /** The server is reached by https: the cookie never travels without. */
  isSecure: boolean;
}

/** Emails are compared in lower case. */
export function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function createAuth(deps: Deps, options: AuthOptions): Auth {
  const system = deps.store.in(systemScope);
  // A colleague who mistypes is not locked out for long; one who guesses gets nowhere; nobody can lock out another address.
  const perAccount = new RateLimiterMemory({ points: 8, duration: 15 * 60 });
  const perAddress = new RateLimiterMemory({ points: 60, duration: 15 * 60 });
  // What an unknown email is checked against, so that its answer takes as long as that of a known one.
  const nobodysHash = hash(newToken());
  nobodysHash.catch(() => {});

  const csrfOf = (sessionHash: string): string => createHmac('sha256', deps.secretKey).update(`csrf ${sessionHash}`).digest('base64url');
  const signedInAs = (agent: Agent, sessionHash: string): SignedIn => ({ agent, sessionHash, csrfToken: csrfOf(sessionHash) });

  function freshSession(): { token: string; tokenHash: string; now: number; expiresAt: number } {
    const token = newToken((bytes) => deps.random(bytes));
    const now = deps.now();
    return { token, tokenHash: hashToken(token), now, expiresAt: now + sessionMs };
  }

  return {
    async agentFromCookie(header) {
      const token = cookieValue(header, agentCookie);
      if (token === null || !tokenPattern.test(token)) return null;
      const tokenHash = hashToken(token);
      const now = deps.now();
      const session = await system.read((tx) => findAgentSession(tx, tokenHash, now));
      if (!session) return null;
      if (now - session.lastSeenAt >= touchMs) await system.write((tx) => touchAgentSession(tx, tokenHash, now, now + sessionMs));
      return signedInAs(session.agent, tokenHash);
    },

    async logIn({ email, password, address }) {
      const folded = foldEmail(email);
      const account = `${address} ${folded}`;
      await consume(perAddress, address);
      await consume(perAccount, account);
      const agent = await system.read((tx) => findAgentByEmail(tx, folded));
      const isRight = await verify(agent?.passwordHash ?? (await nobodysHash), password);
      if (!agent || !isRight) throw new Refusal('wrong_credentials');
      await perAccount.delete(account);
      const { token, ...session } = freshSession();
      await deps.store.in(agent.workspaceId).write((tx) => insertAgentSession(tx, { ...session, agentId: agent.id }));
      return { ...signedInAs(agent, session.tokenHash), token };
    },

    async logOut(sessionHash) {
      await system.write((tx) => deleteAgentSession(tx, sessionHash));
    },

    async createSetupToken(workspaceId) {
      const token = newToken((bytes) => deps.random(bytes));
      const now = deps.now();
      await deps.store
        .in(workspaceId)
        .write((tx) => insertSetupToken(tx, { tokenHash: hashToken(token), now, expiresAt: now + setupLinkMs }));
      return token;
    },

    async isSetupTokenValid(token) {
      const workspaceId = await system.read((tx) => findSetupToken(tx, hashToken(token), deps.now()));
      // A second start prints a second link: the first agent ends both.
      return workspaceId !== null && (await deps.store.in(workspaceId).read(listAgents)).length === 0;
    },

    async setUp({ token, name, email, password }) {
      const setupHash = hashToken(token);
      const workspaceId = await system.read((tx) => findSetupToken(tx, setupHash, deps.now()));
      if (workspaceId === null) throw new Refusal('setup_link_invalid');
      const passwordHash = await hash(password);
      const { token: sessionToken, ...session } = freshSession();
      const agent = await deps.store.in(workspaceId).write(async (tx) => {
        if ((await listAgents(tx)).length > 0 || !(await useSetupToken(tx, setupHash, session.now)))
          throw new Refusal('setup_link_invalid');
        const made = await insertAgent(tx, { email: foldEmail(email), name: name.trim(), role: 'owner', passwordHash, now: session.now });
        await insertAgentSession(tx, { ...session, agentId: made.id });
        return made;
      });
      return { ...signedInAs(agent, session.tokenHash), token: sessionToken };
    },

    isCsrfToken: (signedIn, token) => token !== undefined && isSame(signedIn.csrfToken, token),

    cookie(token) {
      const life = token === null ? 'Max-Age=0' : `Max-Age=${sessionMs / 1000}`;
      return `${agentCookie}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; ${life}${options.isSecure ? '; Secure' : ''}`;
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new Refusal('rate_limited', 'Too many tries to sign in; wait a few minutes.', { retryAfterMs: error.msBeforeNext });
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The first cookie of this name in a `Cookie` header. */
function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
