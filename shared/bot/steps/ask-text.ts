import { z } from 'zod';
import type { AskingStep, FieldMeta } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs } from '../step.ts';
import { recogniseField, recognisers } from '../recognise/index.ts';
import { isOnlyDetails, withoutDetails } from '../understand/residue.ts';

const schema = z.strictObject({
  type: z.literal('ask-text'),
  ...askFields,
  open: z
    .boolean()
    .meta({ label: 'Any words will do', help: 'Also a question, as to “What can we help with?”.' } satisfies FieldMeta)
    .optional(),
  takesOpening: z
    .boolean()
    .meta({ label: 'Take the message that led here', help: 'If it says enough in words of its own, it is the answer.' } satisfies FieldMeta)
    .optional(),
  recognise: recogniseField.optional(),
  attribute: attributeField.optional(),
});
type AskText = z.infer<typeof schema>;

/** A message says enough with so many words of its own, or so many letters where words are not spaced. */
const minOpeningWords = 2;
const minOpeningLetters = 8;
const saysLittle = new Set(
  'i a an the my your me im we you it is am are to of for and with in on some any please hi hello hey there thanks can could would like do does have has got get need want help support problem issue question customer technical service talk'.split(
    ' ',
  ),
);
const letterOrDigit = /[\p{L}\p{N}]/u;

export const askText: AskingStep<AskText> = {
  ...asking,
  title: 'Ask for words',
  help: 'Takes an answer in the visitor’s own words.',
  schema,
  retryWord: 'retry',
  known: knownAs,
  early: (step, heard) => (step.recognise === undefined ? null : recognisers[step.recognise](heard, false)),
  opening(step, heard) {
    if (step.takesOpening !== true || heard.choice !== undefined || isOnlyDetails(heard.raw, heard.details)) return null;
    const { words, cjk, text } = heard.folded;
    return words.filter((word) => !saysLittle.has(word)).length >= minOpeningWords || (cjk && text.length >= minOpeningLetters)
      ? heard.raw.trim()
      : null;
  },
  ask: (_step, context, text) => ({ kind: 'say', text: context.render(text), input: 'text' }),
  take(step, heard) {
    if (!letterOrDigit.test(heard.raw) || isOnlyDetails(heard.raw, heard.details)) return { kind: 'none' };
    if (step.recognise === undefined) return { kind: 'words', value: heard.raw.trim() };
    return { kind: 'words', value: recognisers[step.recognise](heard, true) ?? withoutDetails(heard.raw, heard.details) };
  },
  keeps: keepAs,
};
