import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phoneWords } from '../../inbox/phone.ts';

test.each([
  ['+4915123456789', '+49 151 23456789'],
  ['+14155552671', '+1 415 555 2671'],
  ['+79123456789', '+7 912 3456789'],
  ['+33612345678', '+33 612 345678'],
  ['+358401234567', '+358 401 234567'],
  ['+85261234567', '+852 612 34567'],
  ['+3906123456789', '+39 061 23456789'],
  ['+49301234567890', '+49 301 23456 7890'],
  ['+247123456', '+247 123456'],
  ['+493012345;ext=42', '+49 301 2345 ext. 42'],
  ['+14155552671;ext=12', '+1 415 555 2671 ext. 12'],
])('%s reads %s', (phone, words) => expect(phoneWords(phone)).toBe(words));

test.each(['', '030 123456', '+49 151 234', 'call me'])('what is no E.164 number stays as it is: %s', (phone) =>
  expect(phoneWords(phone)).toBe(phone),
);

test('a number keeps every digit in its order, in groups of one to eight', () => {
  const number = fc.stringMatching(/^\+[1-9]\d{6,14}$/);
  fc.assert(
    fc.property(number, (phone) => {
      const words = phoneWords(phone);
      expect(words.replaceAll(' ', '')).toBe(phone);
      expect(
        words
          .slice(1)
          .split(' ')
          .every((group) => group.length >= 1 && group.length <= 8),
      ).toBe(true);
    }),
  );
});
