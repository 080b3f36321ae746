// Whether a message takes back what was said before.

const PHRASES = String.raw`no,? wait|wait,? no|wait,|sorry|actually|correction|i mean[t]?|i mistyped|typo|oops|whoops|instead|not that|wrong (?:one|number|e-?mail|name)|should (?:be|have been)|change (?:it|that) to|make that|scratch that|my bad|new (?:e-?mail|number|phone)|perdón|perdon|mejor dicho|quise decir|en realidad|corrijo|corrección|me equivoqué|desculpa|desculpe|na verdade|quis dizer|corrigindo|aliás|pardon|désolée?|plutôt|en fait|je voulais dire|erreur|scusa|scusi|anzi|in realtà|volevo dire|mi sono sbagliat[oa]|entschuldigung|sorry|moment|ich meinte|korrektur|eigentlich|falsch|tippfehler|ik bedoel(?:de)?|eigenlijk|foutje|przepraszam|raczej|pomyłka|miało być|poprawka|pardon|yani|düzeltme|yanlış|извините|ошибся|ошиблась|точнее|вернее|ой|упс|исправляю|вибачте|помилився|точніше|maaf|maksud saya|ralat|xin lỗi|nhầm|عفوا|آسف|أقصد|סליחה|התכוונתי|माफ़|गलत|不对|不對|错了|抱歉|更正|应该是|すみません|間違え|訂正|아니|죄송|정정|잘못`;
const NO = String.raw`(?:no|nein|non|não|nee|nie|hayır|нет|ні|不|いいえ)\s*[,.!:、，]`;

const CORRECTION = new RegExp(String.raw`(?:^|[^\p{L}])(?:${PHRASES})(?!\p{L})|^\s*${NO}|^\s*\*\s?\p{L}`, 'u');
const OPENING = new RegExp(
  String.raw`^[^\p{L}*]{0,8}(?:(?:${PHRASES})(?!\p{L})|${NO}|\*)[\s,.!:;–—-]{0,4}(?:(?:${PHRASES})(?!\p{L})[\s,.!:;–—-]{0,4})?(?:it'?s |c'est |ist |è |é |es )?`,
  'u',
);

export function isCorrection(low: string): boolean {
  return CORRECTION.test(low);
}

/** Where the words that open a message by taking something back end, with the marks after them; 0 where it opens otherwise. */
export function correctionEnd(low: string): number {
  return OPENING.exec(low)?.[0].length ?? 0;
}
