// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { createFormats, presenceText } from '../../widget/format.ts';
import { loadLocale, spokenTag } from '../../widget/locales/index.ts';

const en = await loadLocale(['en']);
const at = (day: number, hour = 12): number => new Date(2026, 2, day, hour).getTime();

describe('days in words', () => {
  const { day, brief } = createFormats({ ...en, tag: 'en-GB' }, () => at(29, 23));
  it.each([
    [at(29, 0), 'Today'],
    [at(28, 23), 'Yesterday'],
    [at(23), 'Monday'],
    [at(10), 'Tue 10 March'],
  ])('%s', (when, expected) => expect(day(when).replace(',', '')).toBe(expected));

  it('a list shows the hour of today and the day of before', () => {
    expect(brief(at(29, 9))).toMatch(/9:00/);
    expect(brief(at(28))).toBe('Yesterday');
  });
});

describe('days to come in words', () => {
  const { dayAhead } = createFormats({ ...en, tag: 'en-GB' }, () => at(29, 23));
  it.each([
    [at(29, 23), 'today'],
    [at(30, 0), 'tomorrow'],
    [at(31), 'Tuesday'],
    [at(39), 'Wed 8 April'],
  ])('%s', (when, expected) => expect(dayAhead(when).replace(',', '')).toBe(expected));
});

describe('presence', () => {
  it.each([
    [true, null, 'We’re online'],
    [true, 1, 'Usually replies in about a minute'],
    [true, 4, 'Usually replies in about 4 minutes'],
    [false, 23, 'Usually replies in about 25 minutes'],
    [false, 70, 'Usually replies in about an hour'],
    [false, 3000, 'Usually replies within 2 days'],
  ] as const)('online %s, %s minutes', (online, minutes, expected) => expect(presenceText(online, minutes, en)).toBe(expected));

  it('nothing is promised where nobody is there and nothing is known', () => {
    expect(presenceText(false, null, en)).not.toMatch(/repl|minute|soon/i);
  });
});

describe('the language', () => {
  it('is the first wanted one that there is, else English', async () => {
    expect((await loadLocale(['tlh', undefined, 'en-US', 'en'])).phrases.send).toBe('Send');
    expect((await loadLocale(['tlh'])).tag).toBe('en');
  });

  it.each(['de', 'es', 'fr', 'pt'])('%s has every phrase, and none is left in English by mistake', async (tag) => {
    const { phrases } = await loadLocale([`${tag}-XX`]);
    const same = Object.entries(phrases).filter(
      ([key, phrase]) => typeof phrase === 'string' && phrase === en.phrases[key as keyof typeof phrases],
    );
    expect(same.map(([key]) => key).filter((key) => !['team', 'message', 'assistant'].includes(key))).toEqual([]);
    for (const count of [0, 1, 2, 12]) expect(phrases.unread(count)).toContain(String(count));
  });

  it('dates follow the visitor’s own region', async () => {
    vi.stubGlobal('navigator', { languages: ['en-GB', 'en'] });
    expect((await loadLocale(['en'])).tag).toBe('en-GB');
    vi.unstubAllGlobals();
  });

  it.each([
    ['de', ['en-GB', 'en'], 'de-GB'],
    ['en', ['fr', 'en', 'pt-BR'], 'en-BR'],
    ['en-US', ['en-GB'], 'en-US'],
    ['pt_BR', ['pt-PT'], 'pt-BR'],
    ['es-419', ['es-MX'], 'es-419'],
    ['de', ['es-419', 'de-AT'], 'de-AT'],
    ['zh-Hant', ['zh-Hant-TW'], 'zh-Hant-TW'],
    ['zh-Hant-HK', ['zh-Hans-CN'], 'zh-Hant-HK'],
    ['de-1996', ['de-CH'], 'de-CH-1996'],
    ['fr', ['fr'], 'fr'],
    ['', ['en-GB'], 'en-GB'],
    [undefined, [], 'en'],
  ])('of a page in %s read with a browser in %j is told to the server as %s', (page, browser, told) => {
    vi.stubGlobal('navigator', { languages: browser });
    expect(spokenTag([page, ...browser])).toBe(told);
    vi.unstubAllGlobals();
  });
});
