import { describe, expect, it } from 'vitest';
import { factsInTemplate, parseTemplate, render } from '../../../../shared/bot/template.ts';
import type { Facts } from '../../../../shared/bot/types.ts';
import { intentOf } from '../../../../shared/bot/understand/intents.ts';
import { fold } from '../../../../shared/bot/understand/fold.ts';
import { languages } from '../../../../shared/bot/understand/languages.ts';
import { defaultWords, wordIn } from '../../../../shared/bot/words.ts';
import type { Word } from '../../../../shared/bot/words.ts';

const words = Object.keys(defaultWords) as Word[];
const others = languages.filter((language) => language !== 'en');
const cases = others.flatMap((language) => words.map((word) => [language, word] as const));

function filled(text: string, facts: Facts): string {
  return render(parseTemplate(text), facts, (_fact, value) => String(value));
}

describe('the bot’s own words', () => {
  it.each(cases)('in %s, “%s” says something of its own with the same variables', (language, word) => {
    const text = wordIn(language, word);
    expect(text.trim()).toBe(text);
    expect(text).not.toBe('');
    expect(text).not.toBe(defaultWords[word]);
    expect(parseTemplate(text).fault).toBeNull();
    expect(factsInTemplate(parseTemplate(text)).sort()).toEqual(factsInTemplate(parseTemplate(defaultWords[word])).sort());
  });

  it.each(languages)('in %s, no email is promised where no address is known', (language) => {
    const without = filled(wordIn(language, 'handover'), {});
    expect(without).not.toMatch(/[[{\]}]|mail|почт|Mail|メール|邮箱|이메일|ईमेल|البريد/);
    expect(without).not.toMatch(/ {2}| [.,。]/);
    expect(filled(wordIn(language, 'handover'), { 'contact.email': 'ann@acme.com' })).toContain('ann@acme.com');
  });

  it.each(languages)('in %s, the word to write instead of a file is understood as a refusal', (language) => {
    const word = /[“„«‘「]\s?(.+?)\s?[”“»’」]/u.exec(wordIn(language, 'retryFile'))?.[1] ?? '';
    expect(intentOf(word, fold(word))).toEqual({ kind: 'refusal', strength: 'whole' });
  });

  it.each([
    ['de', 'Hallo!'],
    ['de-AT', 'Hallo!'],
    ['DE_at', 'Hallo!'],
    ['zh-Hant-TW', '您好！'],
    ['sv', 'Hello!'],
    ['constructor', 'Hello!'],
    ['', 'Hello!'],
    [null, 'Hello!'],
  ])('a visitor of “%s” is greeted with “%s”', (language, expected) => {
    expect(wordIn(language, 'hello')).toBe(expected);
  });
});
