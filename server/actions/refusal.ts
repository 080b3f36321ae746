import type { ErrorCode, Failure } from '../../shared/errors.ts';
import { failure } from '../../shared/errors.ts';

/** Thrown inside an action's transaction: rolls it back and becomes the reply. */
export class Refusal extends Error {
  readonly failure: Failure;
  constructor(code: ErrorCode, message?: string, more: Partial<Failure> = {}) {
    const value = failure(code, message, more);
    super(value.message);
    this.failure = value;
  }
}
