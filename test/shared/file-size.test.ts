import { expect, it } from 'vitest';
import { sizeInWords } from '../../shared/file-size.ts';

it.each([
  [0, 'en', '0 bytes'],
  [1, 'en', '1 byte'],
  [999, 'en', '999 bytes'],
  [1000, 'en', '1 kB'],
  [1_250_000, 'en', '1.3 MB'],
  [1_250_000, 'de', '1,3 MB'],
  [20_000_000_000, 'en', '20 GB'],
])('%d bytes in %s are %s', (bytes, language, words) => expect(sizeInWords(bytes, language)).toBe(words));
