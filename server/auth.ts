// Agents' passwords, their sessions in the cookie `foyer_agent`, the CSRF token bound to it, and the one-use set-up link.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { tokenPattern } from '../shared/ids.ts';
import { Refusal } from './actions/refusal.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import { hashToken, newToken } from './deps.ts';
import { createLoginLimits } from './login-limits.ts';
import type { LoginLimits } from './login-limits.ts';
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
  expiresAt: number;
  /** Its end was put off just now: the cookie's should be, too. */
  isProlonged: boolean;
}

/** A session just made; `token` goes into the cookie and nowhere else. */
export interface NewSession extends SignedIn {
  token: string;
}

export interface Auth {
  /** Whom a `Cookie` header speaks for: for requests and for the handshake of sockets. */
  agentFromCookie(header: string | undefined): Promise<SignedIn | null>;
  /** Looks the session up anew. */
  findSession(sessionHash: string): Promise<SignedIn | null>;
  /** @throws Refusal wrong_credentials, rate_limited */
  logIn(given: { email: string; password: string; caller: Caller }): Promise<NewSession>;
  logOut(sessionHash: string): Promise<void>;
  /** Makes a link's token for the first agent of a workspace. */
  createSetupToken(workspaceId: string): Promise<string>;
  isSetupTokenValid(token: string): Promise<boolean>;
  /** Makes the first agent and signs it in, in one transaction. @throws Refusal setup_link_invalid */
  setUp(given: { token: string; name: string; email: string; password: string }): Promise<NewSession>;
  isCsrfToken(signedIn: SignedIn, token: string | undefined): boolean;
  /** A `Set-Cookie` value; null takes the cookie away. */
  cookie(token: string | null): string;
  /** The `Set-Cookie` value which gives the session's cookie of this header its full life again. */
  renewedCookie(header: string | undefined): string;
}

export interface AuthOptions {
  /** The server is reached by https: the cookie never travels without. */
  isSecure: boolean;
  loginLimits?: LoginLimits;
}

/** Emails are compared in lower case. */
export function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function createAuth(deps: Deps, options: AuthOptions): Auth {
  const system = deps.store.in(systemScope);
  const limits = createLoginLimits(deps.limits, options.loginLimits);
  // What an unknown email is checked against, so that its answer takes as long as that of a known one.
  const nobodysHash = hash(newToken());
  nobodysHash.catch(() => {});

  const csrfOf = (sessionHash: string): string => createHmac('sha256', deps.secretKey).update(`csrf ${sessionHash}`).digest('base64url');
  const signedInAs = (agent: Agent, sessionHash: string, expiresAt: number, isProlonged = false): SignedIn => ({
    agent,
    sessionHash,
    csrfToken: csrfOf(sessionHash),
    expiresAt,
    isProlonged,
  });
  const touching = new Set<string>();

  /** Nobody waits for it, and it may fail: who only reads is let in while nothing can be written. */
  function prolong(sessionHash: string, now: number): void {
    if (touching.has(sessionHash)) return;
    touching.add(sessionHash);
    void system
      .write((tx) => touchAgentSession(tx, sessionHash, now, now + sessionMs))
      .catch((error: unknown) => deps.log.warn({ error }, 'a session was not prolonged'))
      .finally(() => touching.delete(sessionHash));
  }

  async function findSession(sessionHash: string): Promise<SignedIn | null> {
    const now = deps.now();
    const session = await system.read((tx) => findAgentSession(tx, sessionHash, now));
    if (!session) return null;
    const isProlonged = now - session.lastSeenAt >= touchMs;
    if (isProlonged) prolong(sessionHash, now);
    return signedInAs(session.agent, sessionHash, isProlonged ? now + sessionMs : session.expiresAt, isProlonged);
  }

  function freshSession(): { token: string; tokenHash: string; now: number; expiresAt: number } {
    const token = newToken((bytes) => deps.random(bytes));
    const now = deps.now();
    return { token, tokenHash: hashToken(token), now, expiresAt: now + sessionMs };
  }

  function cookie(token: string | null): string {
    const life = token === null ? 'Max-Age=0' : `Max-Age=${sessionMs / 1000}`;
    return `${agentCookie}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; ${life}${options.isSecure ? '; Secure' : ''}`;
  }

  return {
    async agentFromCookie(header) {
      const token = cookieValue(header, agentCookie);
      if (token === null || !tokenPattern.test(token)) return null;
      return findSession(hashToken(token));
    },
    findSession,

    async logIn({ email, password, caller }) {
      const folded = foldEmail(email);
      // Counted before the password is looked at, or many tries at once would all pass.
      await limits.count(caller, folded);
      const agent = await system.read((tx) => findAgentByEmail(tx, folded));
      const isRight = await verify(agent?.passwordHash ?? (await nobodysHash), password);
      if (!agent || !isRight) throw new Refusal('wrong_credentials');
      await limits.forgive(caller, folded);
      const { token, ...session } = freshSession();
      await deps.store.in(agent.workspaceId).write((tx) => insertAgentSession(tx, { ...session, agentId: agent.id }));
      return { ...signedInAs(agent, session.tokenHash, session.expiresAt), token };
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
      return { ...signedInAs(agent, session.tokenHash, session.expiresAt), token: sessionToken };
    },

    isCsrfToken: (signedIn, token) => token !== undefined && isSame(signedIn.csrfToken, token),

    cookie,
    renewedCookie: (header) => cookie(cookieValue(header, agentCookie)),
  };
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
