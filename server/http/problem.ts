// Refusals as RFC 9457 problems.
import type { Response } from 'express';
import type { Problem } from '../../shared/api.ts';
import type { Failure } from '../../shared/errors.ts';
import { errors, failure } from '../../shared/errors.ts';
import { Refusal } from '../actions/refusal.ts';
import { BusyError, UnavailableError } from '../store/writer.ts';

/** What an error says to the outside; null for one that nobody foresaw. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof BusyError) return failure('busy', undefined, { retryAfterMs: error.retryAfterMs });
  if (error instanceof UnavailableError) return failure('unavailable');
  // Express's body parser: too large, no JSON, a charset nobody speaks, a client that went away.
  const { type, status, limit } = (error ?? {}) as { type?: unknown; status?: unknown; limit?: unknown };
  if (type === 'entity.too.large') return failure('too_large', `The body is larger than ${Number(limit) / 1024} kB.`);
  if (type === 'entity.parse.failed') return failure('bad_request', 'The body is no valid JSON.');
  if (typeof status === 'number' && status >= 400 && status < 500) return failure('bad_request');
  return null;
}

export function sendProblem(res: Response, refusal: Failure, requestId: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const kind = errors[refusal.code];
  const problem: Problem = {
    type: `urn:foyer:problem:${refusal.code}`,
    title: kind.message,
    status: kind.status || 400,
    code: refusal.code,
    detail: refusal.message,
    request_id: requestId,
    ...(refusal.errors && { errors: refusal.errors }),
  };
  if (refusal.retryAfterMs !== undefined) res.setHeader('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)));
  if (refusal.movedTo !== undefined) res.setHeader('Link', `</api/v1/contacts/${refusal.movedTo}>; rel="successor-version"`);
  res.setHeader('Cache-Control', 'no-store');
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
