import { z } from 'zod';
import type { AskingStep } from '../step.ts';
import { askFields } from '../step.ts';
import { askDetail } from './ask-detail.ts';

const schema = z.strictObject({ type: z.literal('ask-email'), ...askFields });
type AskEmail = z.infer<typeof schema>;

export const askEmail: AskingStep<AskEmail> = {
  title: 'Ask for the email address',
  schema,
  ...askDetail<AskEmail>({ field: 'email', input: 'email', retryWord: 'retryEmail', attempted: (heard) => heard.raw.includes('@') }),
};
