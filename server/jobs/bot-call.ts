// A flow's `call`: the request leaves, and what is answered comes back to the flow. Whatever happens, the flow goes on.
import { isJobAwaited, tellBot } from '../actions/bot-jobs.ts';
import type { CallPayload } from '../actions/bot-jobs.ts';
import { OutboundError } from '../outbound.ts';
import type { OutboundAnswer } from '../outbound.ts';
import { finishJob } from '../store/jobs.ts';
import type { Leased } from '../store/jobs.ts';
import type { JobKind, JobTools } from './kind.ts';

export const botCall: JobKind = {
  // A visitor waits for it.
  maxAttempts: 3,
  pauseMs: (attempts) => 1000 * 4 ** (attempts - 1),
  async run(job, tools) {
    const payload = JSON.parse(job.payload) as CallPayload;
    const { deps } = tools;
    if (!(await isJobAwaited(deps, job.workspaceId, payload)))
      return void (await deps.store.in(job.workspaceId).write((tx) => finishJob(tx, job)));
    let answer: OutboundAnswer;
    try {
      answer = await tools.outbound({ ...payload.request, headers: headersOf(job, payload) }, tools.signal);
      if (answer.status < 200 || answer.status > 299)
        throw new OutboundError(`answered with ${answer.status}`, answer.status === 429 || answer.status >= 500);
    } catch (error) {
      if (!(error instanceof OutboundError) || error.retryable) throw error;
      return fail(job, tools, payload, error.message);
    }
    await tellBot(deps, job, payload, { kind: 'called', step: payload.step, ok: true, json: parsed(answer.body) });
  },
  giveUp: (job, tools, why) => fail(job, tools, JSON.parse(job.payload) as CallPayload, why),
};

/** The same at every attempt, so that whoever is called does it once. */
function headersOf(job: Leased, { conversation, step, request }: CallPayload): Record<string, string> {
  const own = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'idempotency-key');
  return { ...Object.fromEntries(own), 'Idempotency-Key': `${conversation}-${step}-${job.id}` };
}

/** Null where it is no JSON: the call was taken all the same. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

async function fail(job: Leased, { deps }: JobTools, payload: CallPayload, why: string): Promise<void> {
  deps.log.warn({ conversation: payload.conversation, step: payload.step, why }, 'a call of a flow failed');
  await tellBot(deps, job, payload, { kind: 'called', step: payload.step, ok: false, json: null }, why);
}
