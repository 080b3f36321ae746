import { z } from 'zod';
import type { AskingStep, FieldMeta } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs, shownField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('ask-file'),
  ...askFields,
  text: shownField('Question', { start: 'Could you send us a file?' }),
  accept: z
    .array(z.string().regex(/^[a-z]+\/(?:\*|[a-z0-9][a-z0-9.+-]{0,80})$/))
    .max(30)
    .meta({
      label: 'Kinds of files',
      control: 'words',
      help: 'MIME types or groups such as image/*, one per line; without any, all kinds.',
      placeholder: 'image/*',
    } satisfies FieldMeta)
    .optional(),
  maxMb: z
    .number()
    .positive()
    .max(100)
    .default(10)
    .meta({ label: 'At most, in MB', isAdvanced: true } satisfies FieldMeta),
  attribute: attributeField.optional(),
});
type AskFile = z.infer<typeof schema>;

/** The answer is the names of the files; the files themselves stand in the conversation. */
export const askFile: AskingStep<AskFile> = {
  ...asking,
  title: 'Ask for a file',
  help: 'Takes one file or several; the visitor may go on without.',
  schema,
  retryWord: 'retryFile',
  namesControl: true,
  known: knownAs,
  ask: (step, context, text) => ({
    kind: 'say',
    text: context.render(text),
    ask: { kind: 'file', accept: step.accept ?? [], maxMb: step.maxMb },
  }),
  take: (_step, { files }) => (files === undefined || files.length === 0 ? { kind: 'none' } : { kind: 'exact', value: files.join(', ') }),
  keeps: keepAs,
};
