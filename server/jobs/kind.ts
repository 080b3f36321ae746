// What a kind of work is.
import type { Deps } from '../deps.ts';
import type { SendMail } from '../mail.ts';
import type { Outbound } from '../outbound.ts';
import type { Leased } from '../store/jobs.ts';

export interface JobTools {
  deps: Deps;
  outbound: Outbound;
  sendMail: SendMail;
  /** From the disk. */
  removeFile(id: string): Promise<void>;
  /** Aborted where the server stops: the job then goes back as if it had not been begun. */
  signal: AbortSignal;
}

export interface JobKind {
  maxAttempts: number;
  /** From a failed attempt to the next; `attempts` begins with 1. */
  pauseMs(attempts: number): number;
  /**
   * Does the work and ends the job, in one transaction with its effect (`finishJob`).
   * @throws where it is to be tried again
   */
  run(job: Leased, tools: JobTools): Promise<void>;
  /** Ends the job in place of burying it, after its last attempt. */
  giveUp?(job: Leased, tools: JobTools, why: string): Promise<void>;
}
