import { describe, expect, it } from 'vitest';
import { breakable, linkify } from '../../widget/linkify.ts';

const links = (text: string): string[] =>
  linkify(text)
    .filter((piece) => piece.href)
    .map((piece) => `${piece.text} → ${piece.href}`);

describe('links in a message', () => {
  it.each([
    ['see https://example.com/a?b=1#c now', 'https://example.com/a?b=1#c → https://example.com/a?b=1#c'],
    ['www.example.org', 'www.example.org → https://www.example.org/'],
    ['mail jo.reyes+x@mail.example.com!', 'jo.reyes+x@mail.example.com → mailto:jo.reyes+x@mail.example.com'],
    ['(https://example.com/page).', 'https://example.com/page → https://example.com/page'],
    [
      'https://en.wikipedia.org/wiki/Chat_(disambiguation)',
      'https://en.wikipedia.org/wiki/Chat_(disambiguation) → https://en.wikipedia.org/wiki/Chat_(disambiguation)',
    ],
    ['Is it http://localhost:3000/demo?', 'http://localhost:3000/demo → http://localhost:3000/demo'],
    ['https://münchen.example/straße', 'https://münchen.example/straße → https://xn--mnchen-3ya.example/stra%C3%9Fe'],
  ])('%s', (text, expected) => expect(links(text)).toEqual([expected]));

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'https://',
    'http://x',
    'a@b',
    'no link here',
    'JaVaScRiPt://www',
  ])('%s is no link', (text) => expect(links(text)).toEqual([]));

  it.each([
    ['https://example.com/a/b?c=1&d=2', ['https://example.com/', 'a/', 'b?', 'c=1&', 'd=2']],
    ['www.my-shop.example/spring-sale/', ['www.my-', 'shop.example/', 'spring-', 'sale/']],
    ['jo@example.com', ['jo@example.com']],
    ['http://localhost:3000', ['http://localhost:3000']],
  ])('%s may break after its slashes and not inside its words', (address, parts) => expect(breakable(address)).toEqual(parts));

  it('nothing of the text is lost or added', () => {
    for (const text of [
      '',
      'a https://x.example b www.y.example. c@d.example,',
      '<b>https://x.example/"onclick=</b>',
      '👋 https://x.example 🎉',
    ]) {
      expect(
        linkify(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('the longest message in the worst shape is read in an instant', () => {
    for (const text of ['a.'.repeat(4000), 'www.'.repeat(2000), 'https://'.repeat(1000), `${'a'.repeat(7990)}@`, '@a.'.repeat(2600)]) {
      const start = performance.now();
      linkify(text);
      expect(performance.now() - start).toBeLessThan(200);
    }
  });
});
