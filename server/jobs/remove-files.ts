// Files whose rows are gone are taken from the disk; one that is not there is no error.
import { finishJob } from '../store/jobs.ts';
import type { JobKind } from './kind.ts';

export const removeFilesJob: JobKind = {
  maxAttempts: 12,
  pauseMs: (attempts) => Math.min(1000 * 4 ** (attempts - 1), 3_600_000),
  async run(job, { deps, removeFile }) {
    const { files } = JSON.parse(job.payload) as { files: string[] };
    for (const file of files) await removeFile(file);
    await deps.store.in(job.workspaceId).write((tx) => finishJob(tx, job));
  },
};
