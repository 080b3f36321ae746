// The time of a flow's `wait` is over.
import { tellBot } from '../actions/bot-jobs.ts';
import type { WaitPayload } from '../actions/bot-jobs.ts';
import type { JobKind } from './kind.ts';

export const botWait: JobKind = {
  maxAttempts: 8,
  pauseMs: (attempts) => Math.min(1000 * 4 ** (attempts - 1), 3_600_000),
  async run(job, { deps }) {
    const payload = JSON.parse(job.payload) as WaitPayload;
    await tellBot(deps, job, payload, { kind: 'timer', step: payload.step });
  },
};
