// P16: the one place where what a socket says is parsed, limited, caught and answered.
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Failure, Reply } from '../../shared/errors.ts';
import { failure } from '../../shared/errors.ts';
import { maxTextLength } from '../../shared/protocol.ts';
import type { Limiter } from '../limits.ts';
import { Refusal } from '../actions/refusal.ts';
import type { Deps } from '../deps.ts';
import { BusyError, UnavailableError } from '../store/writer.ts';

export type CommandTable = Record<string, { body: z.ZodType; reply: unknown }>;

/** One handler per command of the table: a missing one does not compile. */
export type Handlers<T extends CommandTable, C> = { [K in keyof T]: (context: C, body: z.output<T[K]['body']>) => Promise<T[K]['reply']> };

export interface ServeOptions<C> {
  context: C;
  log: Deps['log'];
  /** Buckets a command is taken from; the first empty one refuses. */
  limits: () => { limiter: Limiter; key: string }[];
}

/** After it another person may speak on this socket, and its proof takes a while to check: what follows waits until it is done. */
const alone = 'identify';

export function serveCommands<T extends CommandTable, C>(
  socket: Socket,
  table: T,
  handlers: Handlers<T, C>,
  options: ServeOptions<C>,
): void {
  const commands = new Map(Object.entries(table));
  // I4: all commands take the same way to the queue of writes, so they enter it in the order they came.
  let before: Promise<void> | null = null;
  socket.onAny((name: unknown, ...args: unknown[]) => {
    const ack = args.findLast((a) => typeof a === 'function') as ((reply: unknown) => void) | undefined;
    const body = typeof args[0] === 'function' ? undefined : args[0];
    const command = typeof name === 'string' ? commands.get(name) : undefined;
    const earlier = before;
    const now = (parsed: unknown): Promise<unknown> => handlers[name as keyof T](options.context, parsed as never);
    const handle = earlier ? (parsed: unknown) => earlier.then(() => now(parsed)) : now;
    const done = run(name, command, handle, body, options).then((reply) => ack?.(reply));
    if (name !== alone) return;
    before = done;
    void done.then(() => before === done && (before = null));
  });
}

async function run<C>(
  name: unknown,
  command: CommandTable[string] | undefined,
  handle: (body: unknown) => Promise<unknown>,
  body: unknown,
  options: ServeOptions<C>,
): Promise<Reply<unknown>> {
  try {
    for (const { limiter, key } of options.limits()) await limiter.consume(key);
    if (!command) return failure('unknown_command', `There is no command ${JSON.stringify(String(name).slice(0, 60))} in this namespace.`);
    const parsed = command.body.safeParse(body ?? {});
    if (!parsed.success) return refuseBody(parsed.error);
    return { ok: true, ...((await handle(parsed.data)) as object) };
  } catch (error) {
    return errorToFailure(error, options.log);
  }
}

function refuseBody(error: z.ZodError): Failure {
  const errors = error.issues.slice(0, 20).map((issue) => ({ pointer: `/${issue.path.map(String).join('/')}`, message: issue.message }));
  const isLong = error.issues.some((issue) => issue.code === 'too_big' && issue.path[0] === 'text' && issue.maximum === maxTextLength);
  return failure(isLong ? 'text_too_long' : 'bad_request', undefined, { errors });
}

export function errorToFailure(error: unknown, log: Deps['log']): Failure {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof BusyError) return failure('busy', undefined, { retryAfterMs: error.retryAfterMs });
  if (error instanceof RateLimiterRes) return failure('rate_limited', undefined, { retryAfterMs: Math.max(100, error.msBeforeNext) });
  if (error instanceof UnavailableError) {
    log.warn({ error: error.cause ?? error }, 'the database did not answer');
    return failure('unavailable', undefined, { retryAfterMs: 1000 });
  }
  log.error({ error }, 'a command failed');
  return failure('internal');
}
