// Which number a question asks for: a telephone's, or that of an order, an account, a parcel.
import { vocabulary } from './vocabulary.ts';

/** A telephone in so many words, or what one does with it; a question with one of these is about a phone whatever else it names. */
const PHONE_WORD =
  /phone|\bmobile|\bcell\b|\bcall(?:ing|s|ed|back)?\b|\bring (?:you|me|back)|\btext(?:ing)? you|\breach(?:ed)?\b|whats ?app|\b(?:contact|callback|daytime) (?:number|no)\b|telef|telep|teléf|téléph|tele(?:fon|móvel)|móvil|movil|celular|cellulare|\bcel\b|\bzap\b|llam|localiz|\bligar?\b|handy|mobil|mobiel|\bgsm\b|(?:zurück|an)ruf|rückruf|rufnummer|erreich|bereik|portable|joindre|rappel|appeler|(?:ri)?chiam|komórk|zadzwoni|oddzwoni|\bcep\b|\barayabil|ulaş|телефон|мобильн|мобільн|позвон|перезвон|подзвон|зателефон|связаться|зв'язатися|puhelin|soitta|numeroon|numerosi|(?<!\p{L})ring[ae]|zavola|điện thoại|số đt|\bgọi\b|liên (?:hệ|lạc)|\bhp\b|\bwa\b|hubungi|电话|電話|手机|手機|联系方式|聯絡|携帯|전화|연락|휴대폰|핸드폰|هاتف|جوال|موبايل|واتس|للتواصل|تواصل|الاتصال|טלפון|נייד|להתקשר|ליצירת קשר|לחזור אליך|फोन|फ़ोन|मोबाइल|संपर्क|व्हाट्सएप/u;
const NUMBER =
  /number|digits|n[uú]mero|numéro|nummer|numer|numara|номер|čísl|nomor|رقم|מספר|नंबर|नम्बर|番号|番號|号|號|번호|(?<!\p{L})(?:số|mã)(?!\p{L})/u;
/** "the number for your order", "your number on the invoice" */
const NUMBER_OF_THING =
  /\b(?:number|digits) (?:for|of|on|from) (?:the |your |that |this |my )?(?:order|invoice|account|parcel|package|ticket|booking|reservation|policy|claim|card|shipment|tracking|receipt|contract|case|confirmation|bill|label|statement|e-?mail)\b/;
/** Between two things asked for at once. */
const AND = /,|、|，| (?:and|or|und|oder|y|o|e|ou|et|en|of|i|oraz|и|або|та|ve|dan|và) |(?<=号|号码|電話)(?:和|と)/u;
/** The number and nothing about what it is of. */
const BARE =
  /^\W*(?:(?:and|so|ok|okay|sure|great|right|perfect|thanks)[\s,.!-]+){0,2}(?:what'?s|what is|what was|(?:can|may|could) (?:i|we) (?:have|get)|(?:could|can|would) you (?:give|tell|send) (?:me|us)|(?:please )?(?:give|send|tell) (?:me|us))? ?(?:the |a )?(?:best )?number(?: please| pls| then)?\W*$|^\W*(?:¿?\s?y )?¿?(?:cuál|cual|qué|que) (?:es )?(?:el )?número\W*$|^\W*(?:e )?qual (?:é )?(?:o )?número\W*$|^\W*(?:et )?quel est (?:le )?numéro\W*$|^\W*(?:e )?qual è il numero\W*$|^\W*(?:und )?wie (?:ist|lautet) die nummer\W*$|^\W*(?:en )?wat is het nummer\W*$|^\W*(?:a )?jaki (?:to|jest) numer\W*$|^\W*(?:а )?какой номер\W*$|^\W*(?:а )?який номер\W*$|^\W*(?:peki )?numara nedir\W*$|^\W*nomornya(?: berapa)?\W*$|^\s*(?:その)?番号(?:は|を教えてください|をお願いします|を教えて下さい)?[。？?！!\s]*$|^\s*(?:请问)?号码(?:是(?:多少|什么))?[。？?！!\s]*$|^\s*번호(?:가|는|를)?\s?(?:어떻게 되세요|뭐예요|몇 번이에요|알려주세요|말씀해 ?주세요)?[.？?！!\s]*$|^\W*(?:ما (?:هو )?)?الرقم\W*$|^\W*מה המספר\W*$/u;

export interface NumberAsked {
  phone: boolean;
  /** A number of something else. */
  other: boolean;
  /** "What's the number?": only what was spoken of before tells. */
  bare: boolean;
}

/** `part`: one sentence of the question, in lower case. */
export function numberAsked(part: string): NumberAsked {
  const { asks, otherThing } = vocabulary();
  if (BARE.test(part)) return { phone: false, other: false, bare: true };
  const numbers = NUMBER.test(part) ? part.split(AND).filter((p) => NUMBER.test(p)) : [];
  const others = numbers.filter((p) => NUMBER_OF_THING.test(p) || otherThing.test(p)).length;
  const phone = asks.phone.test(part) && (others === 0 || others < numbers.length || PHONE_WORD.test(part));
  return { phone, other: others > 0, bare: false };
}

const ORDERED =
  /\b(?:order|invoice|ticket|tracking|account|card|policy|claim|booking|reservation|confirmation|reference|parcel|package|shipment|delivery|serial|receipt|contract|member(?:ship)?|refund|return)(?:s|ed)?\b/;

function lastIn(pattern: RegExp, text: string): number {
  let last = -1;
  for (const match of text.matchAll(new RegExp(pattern, 'gu'))) last = match.index;
  return last;
}

const MAX_TALK = 600;

/** Whose number is meant by what was last spoken of: a call, or an order; neither where nothing tells. */
export function numberSpokenOf(talk: string): 'phone' | 'other' | null {
  const recent = talk.slice(-MAX_TALK);
  const phone = Math.max(lastIn(PHONE_WORD, recent), lastIn(/\bcontact\b|\b(?:your|full) name\b|\be-?mail address\b/, recent));
  const other = Math.max(lastIn(ORDERED, recent), lastIn(vocabulary().otherThing, recent));
  return phone < 0 && other < 0 ? null : phone > other ? 'phone' : 'other';
}
