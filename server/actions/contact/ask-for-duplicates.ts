import { insertJob } from '../../store/jobs.ts';
import type { Tx } from '../../store/query.ts';

/**
 * [M3] Leaves the look for other contacts with the same email or user_id to a job: it costs the same whoever else is there. To be called
 * where one of them became another. @returns when the job is due
 */
export async function askForDuplicates(tx: Tx, contact: string, now: number): Promise<number> {
  await insertJob(tx, { kind: 'find-duplicates', key: contact, payload: { contact }, dueAt: now, now });
  return now;
}
