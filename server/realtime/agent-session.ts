// P16: an agent's socket is authorised by the session's row and not by having been let in once.
import type { Server, Socket } from 'socket.io';
import { Refusal } from '../actions/refusal.ts';
import type { Auth } from '../auth.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { endAgentSession } from './shared.ts';

/** A command trusts a look at the row for this long. */
const freshMs = 2000;
/** A socket that only listens is looked after this often, and where its session expires. */
const idleMs = 30_000;
const soonestMs = 500;

export interface AgentSession {
  /** As the row says it now. */
  agent: Agent;
  sessionHash: string;
  expiresAt: number;
}

export interface SessionGuard {
  /** @throws Refusal unauthorized; then all sockets of the session are told and closed */
  assertAlive(options?: { fresh: boolean }): Promise<void>;
  /** To be called after the rooms are joined: what ended until then is found here, what ends later closes the rooms' sockets. */
  start(): void;
}

export function createSessionGuard(
  io: Server,
  { now, log }: Pick<Deps, 'now' | 'log'>,
  auth: Auth,
  socket: Socket,
  session: AgentSession,
): SessionGuard {
  let lookedAt = now();
  let looking: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function look(): Promise<boolean> {
    const at = now();
    looking ??= lookUp(io, auth, session)
      .then((isAlive) => {
        if (isAlive) lookedAt = at;
        return isAlive;
      })
      .finally(() => (looking = null));
    return looking;
  }
  function isFresh(): boolean {
    const age = now() - lookedAt;
    return age >= 0 && age < freshMs && now() < session.expiresAt;
  }
  async function watch(): Promise<void> {
    try {
      if (!(await look())) return;
    } catch (error) {
      log.warn({ error }, 'an agent’s session could not be looked up');
    }
    if (!socket.connected) return;
    timer = setTimeout(() => void watch(), Math.max(soonestMs, Math.min(idleMs, session.expiresAt - now())));
    timer.unref();
  }
  return {
    async assertAlive({ fresh } = { fresh: false }) {
      if ((fresh || !isFresh()) && !(await look())) throw new Refusal('unauthorized', 'This session has ended. Sign in again.');
    },
    start() {
      void watch();
      socket.on('disconnect', () => clearTimeout(timer));
    },
  };
}

/** @returns false where the session ended; then its sockets are told and closed */
async function lookUp(io: Server, auth: Auth, session: AgentSession): Promise<boolean> {
  const found = await auth.findSession(session.sessionHash);
  if (found) Object.assign(session, { agent: found.agent, expiresAt: found.expiresAt } satisfies Partial<AgentSession>);
  // The refusal of the command that found it out leaves first.
  else setImmediate(() => endAgentSession(io, session.sessionHash, 'revoked'));
  return found !== null;
}
