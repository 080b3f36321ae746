import { describe, expect, it } from 'vitest';
import { startFlow } from '../../../shared/bot/engine.ts';
import { fold } from '../../../shared/bot/understand/fold.ts';
import { readDate } from '../../../shared/bot/understand/date.ts';
import { defaultWords } from '../../../shared/bot/words.ts';
import { end, flowOf, play, say, single, stranger, textsOf } from './play.ts';

/** A Tuesday. */
const today = '2026-11-24';
const facts = { ...stranger, 'now.date': today };

describe('a date is read', () => {
  it.each([
    ['2026-12-03', 'en', '2026-12-03'],
    ['2026/12/3', 'en', '2026-12-03'],
    ['3.12.2026', 'en', '2026-12-03'],
    ['3.12.', 'de', '2026-12-03'],
    ['1.5.71', 'de', '1971-05-01'],
    ['12/3/2026', 'en', '2026-12-03'],
    ['12/3/2026', 'en-US', '2026-12-03'],
    ['12/3/2026', 'en-GB', '2026-03-12'],
    ['12/3/2026', 'de', '2026-03-12'],
    ['25/3/2026', 'en', '2026-03-25'],
    ['3/25/2026', 'fr', '2026-03-25'],
    ['3rd of December', 'en', '2026-12-03'],
    ['December 3rd, 2027', 'en', '2027-12-03'],
    ['december 3 at 5pm', 'en', '2026-12-03'],
    ['29 Feb', 'en', '2028-02-29'],
    ['the 15th', 'en', '2026-12-15'],
    ['I may come on may 4', 'en', '2027-05-04'],
    ['in two weeks', 'en', '2026-12-08'],
    ['in 3 days', 'en', '2026-11-27'],
    ['next friday', 'en', '2026-12-04'],
    ['friday at 3', 'en', '2026-11-27'],
    ['Tuesday', 'en', '2026-12-01'],
    ['last friday', 'en', '2026-11-20'],
    ['yesterday', 'en', '2026-11-23'],
  ])('%s (%s) as %s', (text, language, expected) => {
    expect(readDate(fold(text), { today, language })).toBe(expected);
  });

  it.each<[language: string, texts: [today: string, tomorrow: string, friday: string, third: string]]>([
    ['en', ['today', 'tomorrow', 'on Friday', '3 December']],
    ['es', ['hoy', 'mañana', 'el viernes por la mañana', '3 de diciembre de 2026']],
    ['pt', ['hoje', 'amanhã', 'sexta-feira', '3 de dezembro']],
    ['fr', ['aujourd’hui', 'demain', 'vendredi', 'le 3 décembre']],
    ['de', ['heute', 'morgen', 'Freitag', 'am 3. Dezember']],
    ['it', ['oggi', 'domani', 'venerdì', '3 dicembre']],
    ['nl', ['vandaag', 'morgen', 'vrijdag', '3 december']],
    ['pl', ['dzisiaj', 'jutro', 'w piątek', '3 grudnia']],
    ['tr', ['bugün', 'yarın', 'Cuma', '3 Aralık']],
    ['ru', ['сегодня', 'завтра', 'в пятницу', '3 декабря']],
    ['ar', ['اليوم', 'غدا', 'الجمعة', '٣ ديسمبر']],
    ['hi', ['आज', 'कल', 'शुक्रवार', '3 दिसंबर']],
    ['ja', ['今日', '明日', '金曜日', '12月3日']],
    ['zh', ['今天', '明天', '周五', '十二月三日']],
    ['ko', ['오늘', '내일', '금요일', '12월 3일']],
  ])('in %s', (language, texts) => {
    const read = texts.map((text) => readDate(fold(text), { today, language }));
    expect(read).toEqual([today, '2026-11-25', '2026-11-27', '2026-12-03']);
  });

  it.each(['blue', 'next week', 'sometime', '12:30', '20 people', '31.2.2026', '+49 151 23456789', 'version 1.2.3', '', '2026-13-01'])(
    'is not in “%s”',
    (text) => {
      expect(readDate(fold(text), { today, language: 'en' })).toBe(null);
    },
  );

  it('counted from today only where today is known', () => {
    expect(readDate(fold('tomorrow'), { today: null, language: 'en' })).toBe(null);
    expect(readDate(fold('3 December'), { today: null, language: 'en' })).toBe(null);
    expect(readDate(fold('3.12.2026'), { today: null, language: 'en' })).toBe('2026-12-03');
  });

  it('at once, however long the text', () => {
    for (const unit of ['1/', '1.', '12 ', 'may ', 'in 3 ', '1月', 'next ', 'diciembre de ']) {
      const from = performance.now();
      readDate(fold(unit.repeat(8000 / unit.length)), { today, language: 'en' });
      expect(performance.now() - from).toBeLessThan(60);
    }
  });
});

describe('a question for a date', () => {
  const flow = single({ type: 'ask-date', min: 'today', max: 'today+3m', attribute: 'day' });

  it('opens a calendar with its bounds', () => {
    expect(startFlow(flow, facts).effects).toEqual([{ kind: 'say', text: 'Well?', ask: { kind: 'date', min: today, max: '2027-02-24' } }]);
    expect(startFlow(flow, stranger).effects).toEqual([{ kind: 'say', text: 'Well?', ask: { kind: 'date' } }]);
  });

  it('keeps the day, and quotes it as people write it', () => {
    const quoted = flowOf({
      ask: { type: 'ask-date', text: 'When?', next: 'said' },
      said: { type: 'say', text: 'So {{answer.ask}}.', next: 'end' },
      end,
    });
    expect(play(quoted, ['[2026-12-03]'], facts).lines[1]).toBe('B: So December 3, 2026.');
    expect(play(flow, ['tomorrow'], facts).lines.slice(1)).toEqual(['  day = 2026-11-25', 'B: Bye.', '  end']);
  });

  it('asks again for a day outside its bounds and for what is none, in its own words where it has them', () => {
    expect(play(flow, ['yesterday'], facts).lines[1]).toBe(`B: ${defaultWords.retryDate}`);
    expect(play(flow, ['dunno, blue'], facts).lines[1]).toBe(`B: ${defaultWords.retryDate}`);
    const own = single({ type: 'ask-date', retry: 'A day, please.', retries: 1 });
    expect(play(own, ['blue', 'green'], facts)).toMatchObject({
      lines: ['V: blue', 'B: A day, please.', 'V: green', 'B: No problem, let’s leave that. Bye.', '  end'],
      state: { answers: { ask: null }, outcome: 'end' },
    });
  });

  it('is skipped where the attribute is known, and left where the visitor would rather not', () => {
    expect(startFlow(flow, { ...facts, 'contact.day': '2026-12-01' }).state.outcome).toBe('end');
    const { state } = startFlow(flow, facts);
    expect(textsOf(say(flow, state, 'I would rather not', facts).effects)).toEqual(['No problem. Bye.']);
  });
});
