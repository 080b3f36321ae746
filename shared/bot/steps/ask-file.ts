import { z } from 'zod';
import type { AskingStep, FieldMeta } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs, shownField } from '../step.ts';
import type { SentFile } from '../types.ts';

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
  take(step, { files = [] }) {
    if (files.length === 0) return { kind: 'none' };
    const fitting = files.filter((file) => fits(step, file)).map((file) => (typeof file === 'string' ? file : file.name));
    return fitting.length === 0 ? { kind: 'attempt' } : { kind: 'exact', value: fitting.join(', ') };
  },
  keeps: keepAs,
};

function fits({ accept = [], maxMb }: AskFile, file: string | SentFile): boolean {
  if (typeof file === 'string') return true;
  if (file.size > maxMb * 2 ** 20) return false;
  return accept.length === 0 || accept.some((wished) => isOfKind(file.type, wished));
}

/** Bytes that look the same in many kinds of files: tables, old office documents, archives. */
const plain = /^(?:text\/.*|application\/(?:octet-stream|x-cfb|zip|gzip|xml|json))$/;
/** Kinds that are told by their first bytes. */
const told = /^(?:image|audio|video)\/(?!svg)|^application\/pdf$/;

function isOfKind(type: string, wished: string): boolean {
  if (wished.endsWith('/*') ? type.startsWith(wished.slice(0, -1)) : type === wished) return true;
  return plain.test(type) && !told.test(wished);
}
