import { z } from 'zod';
import type { AskingStep } from '../step.ts';
import { askFields } from '../step.ts';
import { askDetail } from './ask-detail.ts';

const schema = z.strictObject({ type: z.literal('ask-phone'), ...askFields });
type AskPhone = z.infer<typeof schema>;

/** So many digits are meant as a number. */
const digits = /(?:\d[^\d\p{L}]{0,3}){5}/u;

export const askPhone: AskingStep<AskPhone> = {
  title: 'Ask for the phone number',
  schema,
  ...askDetail<AskPhone>({ field: 'phone', input: 'tel', retryWord: 'retryPhone', attempted: (heard) => digits.test(heard.raw) }),
};
