import { z } from 'zod';
import type { AskingStep } from '../step.ts';
import { askFields } from '../step.ts';
import { askDetail } from './ask-detail.ts';

const schema = z.strictObject({ type: z.literal('ask-name'), ...askFields });
type AskName = z.infer<typeof schema>;

export const askName: AskingStep<AskName> = {
  title: 'Ask for the name',
  schema,
  ...askDetail<AskName>({ field: 'name', input: 'text', retryWord: 'retry', attempted: () => false }),
};
