// Registry of all kinds of work, by the name they are stored under.
import { botCall } from './bot-call.ts';
import { botWait } from './bot-wait.ts';
import type { JobKind } from './kind.ts';

export const jobKinds: Readonly<Record<string, JobKind>> = { 'bot-wait': botWait, 'bot-call': botCall };
