import { z } from 'zod';
import type { AskingStep } from '../step.ts';
import { askFields, shownField } from '../step.ts';
import { askDetail } from './ask-detail.ts';

const schema = z.strictObject({
  type: z.literal('ask-phone'),
  ...askFields,
  text: shownField('Question', { start: 'What number may we call?' }),
});
type AskPhone = z.infer<typeof schema>;

/** So many digits are meant as a number. */
const digits = /(?:\d[^\d\p{L}]{0,3}){5}/u;

export const askPhone: AskingStep<AskPhone> = {
  title: 'Ask for the phone number',
  help: 'Asks for a number to call; skipped where it is known. The ask policy may move it.',
  schema,
  ...askDetail<AskPhone>({ field: 'phone', input: 'tel', retryWord: 'retryPhone', attempted: (heard) => digits.test(heard.raw) }),
};
