import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../shared/bot/understand/fold.ts';
import { wantsHuman } from '../../../shared/bot/understand/human.ts';
import { intentOf } from '../../../shared/bot/understand/intents.ts';
import { isNear } from '../../../shared/bot/understand/near.ts';
import { findNumber } from '../../../shared/bot/understand/number.ts';
import { isOnlyDetails, withoutDetails } from '../../../shared/bot/understand/residue.ts';
import { detailsOf } from './play.ts';

const kindOf = (text: string): string | null => intentOf(text, fold(text))?.kind ?? null;

describe('a wish for a person is understood', () => {
  it.each([
    ['en', 'Can I talk to a human?'],
    ['en', 'I want to speak with a real person'],
    ['en', 'speak to someone please'],
    ['en', 'HUMAN!!!'],
    ['en', 'get me an actual human'],
    ['en', 'I need to talk to an agent about my invoice'],
    ['en', 'could somebody call me'],
    ['en', 'i dont want to talk to a bot'],
    ['es', 'Quiero hablar con una persona'],
    ['es', '¿puedo hablar con alguien?'],
    ['pt', 'Quero falar com um atendente'],
    ['pt', 'posso falar com uma pessoa de verdade?'],
    ['fr', 'Je voudrais parler à un conseiller'],
    ['fr', 'Puis-je parler à quelqu’un ?'],
    ['de', 'Ich möchte mit einem Menschen sprechen'],
    ['de', 'Kann ich mit jemandem reden?'],
    ['de', 'bitte mit einem Mitarbeiter verbinden'],
    ['it', 'Vorrei parlare con un operatore'],
    ['it', 'posso parlare con qualcuno?'],
    ['nl', 'Ik wil graag met een medewerker spreken'],
    ['nl', 'kan ik iemand spreken?'],
    ['pl', 'Chcę porozmawiać z człowiekiem'],
    ['pl', 'proszę połączyć mnie z konsultantem'],
    ['tr', 'Bir insanla konuşmak istiyorum'],
    ['tr', 'müşteri temsilcisine bağlanmak istiyorum'],
    ['ru', 'Хочу поговорить с человеком'],
    ['ru', 'соедините с оператором'],
    ['ar', 'أريد التحدث مع شخص حقيقي'],
    ['ar', 'اريد التحدث الى موظف'],
    ['hi', 'मुझे किसी इंसान से बात करनी है'],
    ['hi', 'mujhe kisi insaan se baat karni hai'],
    ['ja', '人と話したいです'],
    ['ja', '担当者につないでください'],
    ['zh', '我要转人工'],
    ['zh', '我想和真人说话'],
    ['ko', '상담원 연결해 주세요'],
    ['ko', '사람과 이야기하고 싶어요'],
  ])('[%s] %s', (_language, text) => {
    expect(wantsHuman(fold(text))).toBe(true);
  });

  it.each([
    'We need a chat tool for our support team',
    'I want to chat with people on my website',
    'How many agents can I have?',
    'my agents talk to customers all day',
    'I talked to someone yesterday and my order is still missing',
    'I don’t want to talk to a person',
    'I need a manager account',
    'we want an app that lets staff answer customers',
    'Is there a person limit on the plan?',
    'contact details',
    'Ann Person',
    'I am an agent of an insurance company',
    'Wir suchen ein Tool für unsere Mitarbeiter',
    'ich bin Mitarbeiter bei Acme und will Preise',
    'nous sommes 20 personnes',
    'somos 20 personas',
    'somos una empresa de 20 personas',
    'нас 20 человек',
    '我们有二十个人',
    '20人です',
  ])('and “%s” is none', (text) => {
    expect(wantsHuman(fold(text))).toBe(false);
  });
});

describe('a refusal is understood', () => {
  it.each([
    ['no'],
    ['No thanks!'],
    ["I'd rather not"],
    ['id rather not say'],
    ['skip'],
    ['skip this one please'],
    ["I don't want to give you my email"],
    ['none of your business'],
    ['nope, sorry'],
    ['no gracias'],
    ['prefiero no decirlo'],
    ['não, obrigado'],
    ['prefiro não informar'],
    ['non merci'],
    ['je préfère ne pas le donner'],
    ['nein'],
    ['möchte ich lieber nicht angeben'],
    ['preferisco di no'],
    ['non voglio dare la mia mail'],
    ['liever niet'],
    ['nee, dank je'],
    ['nie chcę podawać'],
    ['wolę nie'],
    ['hayır'],
    ['vermek istemiyorum'],
    ['нет'],
    ['не хочу говорить'],
    ['لا'],
    ['لا أريد'],
    ['नहीं'],
    ['नहीं बताना चाहता'],
    ['いいえ'],
    ['教えたくないです'],
    ['不用了'],
    ['不想告诉你'],
    ['아니요'],
    ['알려주고 싶지 않아요'],
  ])('%s', (text) => {
    expect(kindOf(text)).toBe('refusal');
  });

  it.each([
    'no problem, it’s below',
    'Nobel Industries',
    'North',
    'Noah',
    'Skipper & Sons',
    'We have none of those yet in Berlin but two in Rome',
  ])('and “%s” is none', (text) => {
    expect(kindOf(text)).not.toBe('refusal');
  });
});

describe('“what do you need it for?” is understood', () => {
  it.each([
    ['why?'],
    ['Why do you need my email?'],
    ['what for'],
    ['and what will you do with it?'],
    ['¿por qué?'],
    ['¿para qué lo necesitas?'],
    ['por que você precisa disso?'],
    ['pourquoi ?'],
    ['pourquoi avez-vous besoin de mon email'],
    ['warum?'],
    ['Wofür brauchen Sie das?'],
    ['perché?'],
    ['a cosa vi serve?'],
    ['waarom?'],
    ['waarvoor is dat?'],
    ['dlaczego?'],
    ['po co wam mój email?'],
    ['neden?'],
    ['neden istiyorsunuz?'],
    ['зачем?'],
    ['зачем вам моя почта?'],
    ['لماذا؟'],
    ['لماذا تحتاج بريدي'],
    ['क्यों?'],
    ['यह क्यों चाहिए?'],
    ['なぜですか？'],
    ['何に使うんですか'],
    ['为什么？'],
    ['为什么需要我的邮箱'],
    ['왜요?'],
    ['왜 필요한가요?'],
  ])('%s', (text) => {
    expect(kindOf(text)).toBe('why');
  });
});

describe('a question is told from an answer', () => {
  it.each([
    'How much does it cost?',
    'do you have an API',
    'what about GDPR',
    '¿tienen descuentos',
    'combien ça coûte',
    'wie funktioniert das',
    '料金はいくらですか',
    '多少钱',
    '얼마인가요',
    'сколько стоит',
    'هل لديكم تطبيق',
  ])('%s', (text) => {
    expect(kindOf(text)).toBe('question');
  });

  it.each(['Will Smith', 'Can Pack S.A.', 'Acme', '20 people', 'next month'])('and “%s” is none', (text) => {
    expect(kindOf(text)).toBe(null);
  });
});

describe('greetings and nods', () => {
  it.each(['Hi', 'hello!', 'Guten Tag', 'bonjour', 'こんにちは', '안녕하세요', 'السلام عليكم', 'नमस्ते', 'привет'])('“%s” greets', (text) => {
    expect(kindOf(text)).toBe('hello');
  });
  it.each(['ok', 'Yes please', 'danke', 'はい', '好的', 'да'])('“%s” nods', (text) => {
    expect(kindOf(text)).toBe('nod');
  });
});

describe('folding', () => {
  it.each([
    ['Ça m’est égal', 'ca m est egal'],
    ["I'm DON'T", 'im dont'],
    ['İSTANBUL Ilık', 'istanbul ilik'],
    ['Straße', 'strasse'],
    ['２０人', '20人'],
    ['٢٠ موظفًا', '20 موظفا'],
    ['५ लोग', '5 लोग'],
    ['ёлка', 'елка'],
  ])('%s reads as %s', (raw, words) => {
    expect(fold(raw).words.join(' ')).toBe(words);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(text).words).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    ['20', 20],
    ['about 1,200 or so', 1200],
    ['1.200', 1200],
    ['1 200', 1200],
    ['2.5', 2.5],
    ['2k', 2000],
    ['２０', 20],
    ['twenty', 20],
    ['zwanzig', 20],
    ['none', null],
    ['12345678901234567890', null],
  ])('“%s” is %s', (text, expected) => {
    expect(findNumber(fold(text))).toBe(expected);
  });
});

describe('one slip of the finger', () => {
  it.each([
    ['pricng', 'pricing', true],
    ['pircing', 'pricing', true],
    ['prricing', 'pricing', true],
    ['pricinx', 'pricing', true],
    ['pricing', 'pricing', true],
    ['racing', 'pricing', false],
    ['support', 'suport', true],
    ['spots', 'ports', false],
  ])('%s ~ %s: %s', (a, b, expected) => {
    expect(isNear(a, b)).toBe(expected);
  });
});

describe('what is left once the details are out', () => {
  it.each([
    ['Acme, ann@acme.com', 'Acme', false],
    ['no wait, my email is ann@acme.com', 'no wait, my email is', true],
    ["Hi, I'm Ann and you can reach me at ann@acme.com", "Hi, I'm and you can reach me at", true],
    ['just words', 'just words', false],
  ])('%s', (text, rest, only) => {
    expect(withoutDetails(text, detailsOf(text))).toBe(rest);
    expect(isOnlyDetails(text, detailsOf(text))).toBe(only);
  });
});
