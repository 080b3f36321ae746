// How good something was, as people say it: “4”, “4/5”, “★★★★”, “great”, “no me gustó”.
import type { Folded } from './fold.ts';
import type { Phrasebook } from './languages.ts';
import { allPhrases } from './languages.ts';
import { findNumber } from './number.ts';
import { createPhrases } from './phrases.ts';

/** From the worst to the best. */
const grades: readonly Phrasebook[] = [
  {
    en: 'terrible, awful, horrible, very bad, worst, the worst, hated it, useless',
    es: 'pésimo, pésima, terrible, horrible, muy mal, muy malo, muy mala, fatal',
    pt: 'péssimo, péssima, terrível, horrível, muito ruim, muito mau',
    fr: 'nul, nulle, horrible, affreux, très mauvais, très mal, catastrophique',
    de: 'furchtbar, schrecklich, katastrophal, sehr schlecht, miserabel, ungenügend',
    it: 'pessimo, pessima, terribile, orribile, malissimo',
    nl: 'verschrikkelijk, vreselijk, heel slecht, zeer slecht, waardeloos',
    pl: 'okropnie, okropny, strasznie, tragicznie, fatalnie, bardzo źle',
    tr: 'berbat, çok kötü, rezalet, korkunç',
    ru: 'ужасно, ужасный, отвратительно, очень плохо, кошмар',
    ar: 'سيئ جدا, سيء جدا, فظيع, مروع',
    hi: 'बहुत बुरा, बहुत खराब, भयानक, बेकार',
    ja: '最悪, とても悪い, ひどい',
    zh: '糟糕透, 很差, 非常差, 太差, 很糟',
    ko: '최악, 끔찍, 아주 나빠, 매우 나쁨',
  },
  {
    en: 'bad, poor, not good, not great, disappointing, didn’t like it',
    es: 'mal, malo, mala, no me gustó, regular tirando a mal',
    pt: 'ruim, mau, má, mal, não gostei',
    fr: 'mauvais, mauvaise, mal, pas bien, pas terrible, décevant',
    de: 'schlecht, nicht gut, mangelhaft, enttäuschend',
    it: 'male, cattivo, cattiva, scarso, non mi è piaciuto, deludente',
    nl: 'slecht, niet goed, matig tot slecht, tegenvallend',
    pl: 'źle, zły, słabo, niedobrze',
    tr: 'kötü, iyi değil, beğenmedim',
    ru: 'плохо, плохой, не очень, не понравилось',
    ar: 'سيئ, سيء, ليس جيدا, مش كويس',
    hi: 'बुरा, खराब, अच्छा नहीं',
    ja: '悪い, よくない, 良くない, いまいち',
    zh: '不好, 差, 不太好, 不满意',
    ko: '나빠, 나쁨, 별로, 안 좋',
  },
  {
    en: 'ok, okay, fine, average, so so, meh, alright, neutral, not bad, medium',
    es: 'regular, normal, más o menos, así así, neutral',
    pt: 'regular, normal, mais ou menos, razoável, médio',
    fr: 'moyen, moyenne, correct, bof, comme ci comme ça, passable',
    de: 'okay, mittel, geht so, in ordnung, durchschnittlich, mittelmäßig, befriedigend, na ja',
    it: 'così così, normale, discreto, nella media, sufficiente',
    nl: 'gemiddeld, oké, gaat wel, redelijk, matig, neutraal',
    pl: 'średnio, przeciętnie, może być, tak sobie',
    tr: 'orta, fena değil, idare eder, eh işte, normal',
    ru: 'нормально, средне, так себе, неплохо, удовлетворительно',
    ar: 'عادي, متوسط, مقبول, لا بأس',
    hi: 'ठीक, ठीक ठाक, औसत, ठीक है',
    ja: '普通, まあまあ, ふつう',
    zh: '一般, 还行, 还可以, 普通, 马马虎虎',
    ko: '보통, 그저 그래, 괜찮아요, 무난',
  },
  {
    en: 'good, nice, well, pretty good, liked it, satisfied',
    es: 'bien, bueno, buena, me gustó, satisfecho',
    pt: 'bom, boa, bem, gostei',
    fr: 'bien, bon, bonne, satisfait, satisfaite',
    de: 'gut, schön, zufrieden',
    it: 'bene, buono, buona, mi è piaciuto',
    nl: 'goed, fijn, tevreden, leuk',
    pl: 'dobrze, dobry, fajnie',
    tr: 'iyi, güzel, beğendim, memnunum',
    ru: 'хорошо, хороший, понравилось, доволен, довольна',
    ar: 'جيد, كويس, حسن',
    hi: 'अच्छा, बढ़िया',
    ja: '良い, よい, いい, 良かった, よかった',
    zh: '好, 不错, 挺好, 满意',
    ko: '좋아, 좋음, 좋았, 만족',
  },
  {
    en: 'great, excellent, perfect, amazing, awesome, fantastic, very good, brilliant, wonderful, outstanding, superb, loved it, love it, best, the best',
    es: 'excelente, perfecto, perfecta, genial, muy bien, muy bueno, muy buena, fantástico, increíble, estupendo',
    pt: 'excelente, ótimo, ótima, perfeito, perfeita, muito bom, muito boa, muito bem, fantástico, maravilhoso',
    fr: 'excellent, excellente, parfait, parfaite, génial, super, très bien, très bon, formidable',
    de: 'super, toll, sehr gut, ausgezeichnet, perfekt, hervorragend, klasse, spitze, großartig',
    it: 'ottimo, ottima, eccellente, perfetto, perfetta, fantastico, benissimo, molto bene, bravissimi',
    nl: 'uitstekend, geweldig, perfect, heel goed, zeer goed, top, super, fantastisch',
    pl: 'świetnie, doskonale, super, bardzo dobrze, znakomicie, rewelacja',
    tr: 'harika, mükemmel, çok iyi, süper, muhteşem, çok güzel',
    ru: 'отлично, прекрасно, великолепно, супер, очень хорошо, замечательно, превосходно',
    ar: 'ممتاز, رائع, جيد جدا, عظيم',
    hi: 'बहुत अच्छा, शानदार, उत्कृष्ट, बहुत बढ़िया',
    ja: '最高, 素晴らしい, すばらしい, とても良い, とてもよい, 完璧',
    zh: '很好, 非常好, 太棒, 完美, 优秀, 很棒, 非常满意',
    ko: '최고, 훌륭, 아주 좋아, 매우 좋음, 완벽, 매우 만족',
  },
];
const words = createPhrases(grades.flatMap((book, grade) => allPhrases(book).map((phrase) => [phrase, grade] as const)));

const star = /⭐|★|🌟/gu;
const faces: readonly RegExp[] = [/😡|😠|🤬|😭|😤/u, /🙁|☹|😞|😕|👎|😒|😟/u, /😐|😑|🤷|😶/u, /🙂|😊|👍|😀|☺/u, /😍|🤩|😁|😄|🥰|❤|💯|🎉/u];
const outOf = /(?<![\d.,])(\d{1,3})(?:\s?\/\s?|\s(?:out of|of|von|de|sur|su|van|z|из|von maximal|üzerinden)\s)(\d{1,3})(?![\d.,])/u;
/** A longer message tells a story; a grade in it is about something else. */
const maxWords = 8;
const maxScanned = 200;

/** From 1 to `max`; `attempt`: a rating, but of another scale. */
export function findRating(raw: string, folded: Folded, max: number): number | 'attempt' | 'none' {
  const head = raw.length > maxScanned ? raw.slice(0, maxScanned) : raw;
  const stars = head.match(star)?.length ?? 0;
  if (stars > 1 || (stars === 1 && !/\d/.test(head))) return within(stars, max);
  const ratio = outOf.exec(folded.text.slice(0, maxScanned));
  if (ratio !== null) return Number(ratio[2]) === max ? within(Number(ratio[1]), max) : 'attempt';
  const number = findNumber(folded);
  if (number !== null) return folded.words.length > maxWords ? 'none' : within(number, max);
  const face = faces.findLastIndex((pattern) => pattern.test(head));
  if (face >= 0) return graded(face, max);
  if (folded.words.length > maxWords) return 'none';
  const grade = words.find(folded)?.value ?? null;
  return grade === null ? 'none' : graded(grade, max);
}

function within(value: number, max: number): number | 'attempt' {
  return Number.isInteger(value) && value >= 1 && value <= max ? value : 'attempt';
}

function graded(grade: number, max: number): number {
  return 1 + Math.round((grade / (grades.length - 1)) * (max - 1));
}
