// What every kind of request is read with.
import type { Request } from 'express';
import type { z } from 'zod';
import { Refusal } from '../actions/refusal.ts';
import { callerOf } from '../caller.ts';
import type { Caller } from '../caller.ts';

/** Where this server was reached, as an origin. */
export function hereOf(req: Request): string {
  return `${req.protocol}://${req.host}`;
}

/** Whom tries are counted by. */
export function callerOfRequest(req: Request): Caller {
  const peer = req.socket.remoteAddress ?? '';
  return callerOf(peer, req.ip ?? peer, req.get('x-forwarded-for'));
}

/** @throws Refusal bad_request, with a pointer to everything that does not fit */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, message: issue.message }));
  throw new Refusal('bad_request', undefined, { errors: mistakes });
}
