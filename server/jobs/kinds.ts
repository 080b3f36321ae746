// Registry of all kinds of work, by the name they are stored under.
import { botCall } from './bot-call.ts';
import { botWait } from './bot-wait.ts';
import { findDuplicatesJob } from './find-duplicates.ts';
import { mailJob } from './mail.ts';
import { removeFilesJob } from './remove-files.ts';
import type { JobKind } from './kind.ts';

export const jobKinds: Readonly<Record<string, JobKind>> = {
  'bot-wait': botWait,
  'bot-call': botCall,
  'find-duplicates': findDuplicatesJob,
  mail: mailJob,
  'remove-files': removeFilesJob,
};
