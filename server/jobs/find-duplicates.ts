// Looks for contacts that may be the same person, once what identifies one of them changed.
import { findDuplicates } from '../actions/contact/duplicates.ts';
import type { JobKind } from './kind.ts';

export const findDuplicatesJob: JobKind = {
  maxAttempts: 8,
  pauseMs: (attempts) => Math.min(1000 * 4 ** (attempts - 1), 3_600_000),
  run: (job, { deps }) => findDuplicates(deps, job),
};
