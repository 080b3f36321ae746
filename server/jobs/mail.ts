// Mail that an action left to be sent: written when it goes, tried for hours, given up at once where the mail server refuses for good (P15).
import { composeVerification } from '../actions/contact/verification-mail.ts';
import type { VerificationPayload } from '../actions/contact/verification-mail.ts';
import type { Deps } from '../deps.ts';
import { MailError } from '../mail.ts';
import type { Mail } from '../mail.ts';
import { buryJob, finishJob } from '../store/jobs.ts';
import type { JobKind } from './kind.ts';

type MailPayload = VerificationPayload;

/** By what the payload calls it; null where it is not to be sent any more. */
const composers: { [K in MailPayload['mail']]: (deps: Deps, workspaceId: string, payload: MailPayload) => Promise<Mail | null> } = {
  verification: composeVerification,
};

export const mailJob: JobKind = {
  // Half a minute, two, eight, half an hour, two hours, then every four: 14 hours in all, well within a link's day.
  maxAttempts: 9,
  pauseMs: (attempts) => Math.min(30_000 * 4 ** (attempts - 1), 4 * 3_600_000),
  async run(job, { deps, sendMail, signal }) {
    const payload = JSON.parse(job.payload) as MailPayload;
    const mail = await composers[payload.mail](deps, job.workspaceId, payload);
    const store = deps.store.in(job.workspaceId);
    try {
      if (mail !== null) await sendMail(mail, signal);
    } catch (error) {
      if (!(error instanceof MailError) || error.retryable) throw error;
      deps.log.error({ job: job.id, mail: payload.mail, why: error.message }, 'a mail was refused and is given up');
      return store.write((tx) => buryJob(tx, job, deps.now(), error.message.slice(0, 500)));
    }
    // Were the process to die before this, it would be sent a second time, under the same Message-ID.
    await store.write((tx) => finishJob(tx, job));
  },
};
