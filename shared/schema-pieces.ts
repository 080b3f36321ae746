// Pieces of the schemas which sockets and REST share.
import { z } from 'zod';

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text that every database can hold, and gives back as it was pushed: no U+0000, no half of a surrogate pair. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0'), 'the character U+0000 cannot be stored')
    .overwrite((value) => value.replace(loneSurrogate, '\uFFFD'));

/** The keys are counted before any is parsed: checking a hundred thousand of them would hold up everybody. */
export const fewKeys = <T>(max: number) =>
  z.custom<Record<string, T>>((v) => typeof v === 'object' && v !== null && !Array.isArray(v) && Object.keys(v).length <= max, {
    error: `an object of at most ${max} values`,
    abort: true,
  });
