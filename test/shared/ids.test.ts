import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidPattern, contactId, tokenPattern, uuidV7 } from '../../shared/ids.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const bytes = (n: number) => fc.uint8Array({ minLength: n, maxLength: n });

describe('ids', () => {
  it('a uuid is one of version 7 (RFC 9562), holds its time, and is a valid cid', () => {
    fc.assert(
      fc.property(time, bytes(10), (at, random) => {
        const id = uuidV7(at, random);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
        expect(id).toMatch(cidPattern);
      }),
    );
  });

  it('a later uuid sorts after an earlier one', () => {
    fc.assert(
      fc.property(time, time, bytes(10), bytes(10), (a, b, left, right) => {
        fc.pre(a < b);
        expect(uuidV7(a, left) < uuidV7(b, right)).toBe(true);
      }),
    );
  });

  it('a contact’s id is 24 hex digits, time first', () => {
    fc.assert(
      fc.property(time, bytes(6), (at, random) => {
        const id = contactId(at, random);
        expect(id).toMatch(/^[0-9a-f]{24}$/);
        expect(Number.parseInt(id.slice(0, 12), 16)).toBe(at);
      }),
    );
  });

  it('too little randomness is an error and no shorter id', () => {
    expect(() => uuidV7(1, new Uint8Array(9))).toThrow('9');
    expect(() => contactId(1, new Uint8Array(5))).toThrow('5');
  });

  it.each(['1234567', 'a'.repeat(37), 'with space', 'semi;colon', 'ümlaut-12', '', '12345678\n'])('%j is no cid', (id) =>
    expect(id).not.toMatch(cidPattern),
  );
  it.each(['a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(42)}+`])('%j is no session token', (token) =>
    expect(token).not.toMatch(tokenPattern),
  );
});
