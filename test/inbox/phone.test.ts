import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phoneWords } from '../../inbox/phone.ts';

test.each([
  ['+4915123456789', '+49 151 2345 6789'],
  ['+49402840690', '+49 402 840 690'],
  ['+4740123', '+47 40123'],
  ['+14155552671', '+1 415 555 2671'],
  ['+79123456789', '+7 912 345 6789'],
  ['+33612345678', '+33 612 345 678'],
  ['+358401234567', '+358 401 234 567'],
  ['+85261234567', '+852 6123 4567'],
  ['+3906123456789', '+39 061 2345 6789'],
  ['+49301234567890', '+49 301 234 567 890'],
  ['+247123456', '+247 123 456'],
  ['+493012345;ext=42', '+49 301 2345 ext. 42'],
  ['+14155552671;ext=12', '+1 415 555 2671 ext. 12'],
])('%s reads %s', (phone, words) => expect(phoneWords(phone)).toBe(words));

test.each(['', '030 123456', '+49 151 234', 'call me'])('what is no E.164 number stays as it is: %s', (phone) =>
  expect(phoneWords(phone)).toBe(phone),
);

test('a number keeps every digit in its order, in blocks of three or four where it is long enough', () => {
  const number = fc.stringMatching(/^\+[1-9]\d{6,14}$/);
  fc.assert(
    fc.property(number, (phone) => {
      const words = phoneWords(phone);
      expect(words.replaceAll(' ', '')).toBe(phone);
      expect(
        words
          .split(' ')
          .slice(1)
          .every((group, _, all) => group.length === 3 || group.length === 4 || (all.length === 1 && group.length <= 5)),
      ).toBe(true);
    }),
  );
});
