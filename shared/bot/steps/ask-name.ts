import { z } from 'zod';
import type { AskingStep } from '../step.ts';
import { askFields, shownField } from '../step.ts';
import { askDetail } from './ask-detail.ts';

const schema = z.strictObject({ type: z.literal('ask-name'), ...askFields, text: shownField('Question', { start: 'What’s your name?' }) });
type AskName = z.infer<typeof schema>;

export const askName: AskingStep<AskName> = {
  title: 'Ask for the name',
  help: 'Asks who the visitor is; skipped where it is known. The ask policy may move it.',
  schema,
  ...askDetail<AskName>({ field: 'name', input: 'text', retryWord: 'retry', attempted: () => false }),
};
