// Whether a message asks something: its mark, or the words a question begins with, in fifteen languages.
import { createPhrases } from './phrases.ts';
import { fold } from './fold.ts';
import type { Folded } from './fold.ts';
import type { Phrasebook } from './languages.ts';
import { allPhrases } from './languages.ts';

/** At the head of a message. Auxiliary verbs stand with their pronoun, so that a name such as “Will” or “Can” is none. */
const openings: Phrasebook = {
  en: 'what, whats, how, hows, when, where, which, who, whose, why, do you, do i, do we, does it, does your, does the, does this, is it, is there, is this, is your, is that, are you, are there, are your, can you, can i, can we, can it, could you, could i, could we, will it, will you, will there, would you, would it, should i, should we, have you, has it, did you, am i, may i, any chance',
  es: 'qué, cuál, cuáles, cuánto, cuánta, cuántos, cómo, cuándo, dónde, quién, puedo, puedes, pueden, podría, podrían, tienen, hay, es posible, ofrecen',
  pt: 'qual, quais, quanto, quantos, como, quando, onde, quem, o que, posso, você pode, vocês têm, vocês tem, tem como, é possível',
  fr: 'quel, quelle, quels, quelles, combien, comment, quand, où, qui, est ce, est-ce, qu’est, pouvez vous, puis je, avez vous, peut on, y a t il',
  de: 'was, wie, wieviel, wann, wo, welche, welcher, welches, wer, kann ich, können sie, könnt ihr, kannst du, haben sie, habt ihr, gibt es, ist es, ist das, bietet ihr, bieten sie',
  it: 'quale, quali, quanto, quanti, come, quando, dove, chi, che cosa, cosa, posso, potete, puoi, avete, è possibile, c’è',
  nl: 'wat, hoe, hoeveel, wanneer, waar, welke, wie, kan ik, kun je, kunt u, kunnen jullie, hebben jullie, is er, is het, zijn er',
  pl: 'co, jak, ile, kiedy, gdzie, który, która, jaki, jaka, jakie, kto, czy',
  tr: 'ne, ne kadar, nasıl, kaç, ne zaman, nerede, hangi, kim',
  ru: 'что, как, сколько, когда, где, какой, какая, какие, кто, можно ли, есть ли, а можно, а есть',
  ar: 'ما هو, ما هي, ما, ماذا, كيف, كم, متى, أين, هل, من هو',
  hi: 'क्या, कैसे, कितना, कितने, कितनी, कब, कहाँ, कहां, कौन, kya, kitna, kaise',
  ja: '',
  zh: '',
  ko: '',
};

// Without a mark, these say it: sentence-final particles and question words.
const cjkQuestion =
  /ですか|ますか|でしょうか|ませんか|いくら|吗|嗎|呢|什么|什麼|多少|怎么|怎麼|几个|哪个|哪里|나요|까요|가요|인가요|습니까|얼마|무엇|뭐예요|뭔가요|언제|어떻게/;
const mark = /[?？؟]/;

const phrases = createPhrases(allPhrases(openings).map((phrase) => [phrase, true] as const));

/** A sentence of at least so many words that ends in a question mark is asked, whatever else the message answers. */
const minAsked = 4;
const sentenceEnd = /(?<=[.!?？؟。\n])/;

/** True where a message that holds an answer asks something as well; `from` is where its details end. */
export function asksBeside(raw: string, from: number): boolean {
  if (!mark.test(raw)) return false;
  let at = 0;
  for (const sentence of raw.split(sentenceEnd)) {
    const begin = at;
    at += sentence.length;
    if (begin < from || !mark.test(sentence)) continue;
    const { words, cjk, text } = fold(sentence);
    if (words.length >= minAsked || (cjk && text.length > minAsked)) return true;
  }
  return false;
}

export function isQuestion(raw: string, folded: Folded): boolean {
  if (mark.test(raw)) return true;
  if (folded.cjk && cjkQuestion.test(folded.text)) return true;
  return folded.words.length > 1 && phrases.find({ ...folded, words: folded.words.slice(0, 3) })?.at === 0;
}
