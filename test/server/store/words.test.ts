import { describe, expect, it } from 'vitest';
import { wordsAsked, wordsOf, wordsOfPhone } from '../../../server/store/words.ts';

describe('the words of a text', () => {
  it.each([
    ['Ada Lovelace, ada@example.com', 'ada lovelace example com'],
    ['  ', ''],
    ['?!… 🙂', ''],
    ['ÅSA Öberg, Straße, İstanbul', 'asa oberg straße istanbul'],
    ['don’t stop_now', 'don t stop now'],
    ['０１５１ ２３４', '151 234'],
    ['000 007 0', '0 7'],
    ['東京都', '東京 京都 都'],
    ['iPhone手机15', 'iphone 手机 机 15'],
    ['サーバー', 'サー ーハ ハー ー'],
    ['สวัสดี', 'สว วส สด ด'],
    ['안녕하세요 여러분', '안녕하세요 여러분'],
    ['Ada ada ADA', 'ada'],
    ['\u0000a\ud800b', 'a b'],
  ])('%j are %j', (text, words) => expect(wordsOf(text)).toBe(words));

  it('a word is known by its first 40 characters, a message by its first 500 words', () => {
    expect(wordsOf('x'.repeat(100))).toBe('x'.repeat(40));
    const book = Array.from({ length: 2000 }, (_, i) => `w${i}`).join(' ');
    expect(wordsOf(book).split(' ')).toHaveLength(500);
  });

  it('are letters and digits alone, whatever comes: they stand in the index’s own language unescaped', () => {
    const all = String.fromCodePoint(...Array.from({ length: 0x3000 }, (_, i) => i + 1));
    expect(wordsOf(all)).toMatch(/^[\p{L}\p{N} ]+$/u);
    for (const word of wordsAsked(all)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
  });
});

describe('the words of a phone number', () => {
  it('are its ends of four digits and more, without zeros before them', () => {
    expect(wordsOfPhone('+49 170 0012')).toBe('491700012 91700012 1700012 700012 12');
    expect(wordsOfPhone('112')).toBe('');
  });
});

describe('what is asked', () => {
  it.each([
    ['ada love', ['ada', 'love']],
    ['a ad ada', ['ada']],
    ['東', ['東']],
    ['東京都', ['東京', '京都']],
    ['+49 (0151) 234', ['49', '151', '234']],
    ['%_"\'', []],
  ])('%j is %j', (search, words) => expect(wordsAsked(search)).toEqual(words));

  it('at most ten words', () => {
    expect(wordsAsked('q w e r t z u i o p a s')).toHaveLength(10);
  });
});
