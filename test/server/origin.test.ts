import { describe, expect, it } from 'vitest';
import { isOriginAllowed } from '../../server/origin.ts';

describe('an origin', () => {
  it.each([
    ['https://shop.example', ['https://shop.example'], true],
    ['https://shop.example', [], true],
    [undefined, ['https://shop.example'], true],
    ['http://shop.example', ['https://shop.example'], false],
    ['https://shop.example:8443', ['https://shop.example'], false],
    ['https://www.shop.example', ['https://*.shop.example'], true],
    ['https://a.b.shop.example', ['https://*.shop.example'], true],
    ['https://shop.example', ['https://*.shop.example'], false],
    ['https://evilshop.example', ['https://*.shop.example'], false],
    ['https://shop.example.evil.test', ['https://*.shop.example'], false],
    ['https://evil.test/.shop.example', ['https://*.shop.example'], false],
    ['null', ['https://shop.example'], false],
    ['http://localhost:3000', ['https://shop.example'], true],
    ['https://localhost:3000', ['https://shop.example'], true],
  ] as const)('%s against %j: %s', (origin, allowed, isAllowed) => {
    expect(isOriginAllowed(origin, allowed, 'http://localhost:3000')).toBe(isAllowed);
  });
});
