import { z } from 'zod';
import type { AskingStep } from '../step.ts';
import { askFields, shownField } from '../step.ts';
import { askDetail } from './ask-detail.ts';

const schema = z.strictObject({
  type: z.literal('ask-email'),
  ...askFields,
  text: shownField('Question', { start: 'What’s your email address?' }),
});
type AskEmail = z.infer<typeof schema>;

export const askEmail: AskingStep<AskEmail> = {
  title: 'Ask for the email address',
  help: 'Asks how to reach the visitor; skipped where it is known. The ask policy may move it.',
  schema,
  ...askDetail<AskEmail>({ field: 'email', input: 'email', retryWord: 'retryEmail', attempted: (heard) => heard.raw.includes('@') }),
};
