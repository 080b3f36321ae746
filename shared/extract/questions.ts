// What the turn before asks the visitor for.
import { numberAsked, numberSpokenOf } from './number-asked.ts';
import { lower, fold } from './text.ts';
import type { ExtractInput, Turn } from './types.ts';
import { vocabulary } from './vocabulary.ts';

export type NamePart = 'full' | 'first' | 'last';

export interface Asked {
  email: boolean;
  phone: boolean;
  name: NamePart | null;
  /** Something else is asked for too, or instead: an order number, a postcode, a date. */
  other: boolean;
  /** Visitor messages between the question and this one. */
  age: number;
  /** The turn read a value back: "I have mel@gmail.com, correct?" */
  confirms: boolean;
  /** "What's the number?", of whatever was spoken of before. */
  bareNumber: boolean;
  /** The text of the question, lower case. */
  text: string;
}

const NOTHING: Asked = { email: false, phone: false, name: null, other: false, confirms: false, age: 0, bareNumber: false, text: '' };
/** A turn that only hands the word back: the question before it still stands. */
const GO_AHEAD =
  /^(?:great|ok(?:ay)?|sure|perfect|thanks?|thank you|good|nice|alright|please)?[\s,.!:]*(?:(?:please )?go ahead|please do|please|i'?m listening|take your time|no (?:problem|rush|worries)|whenever you'?re ready)?[\s.!…]*$/;
const OTHER_ASK =
  /\b(?:account|booking|confirmation|reservation|order|ticket|reference|policy|claim|card|flight|serial|tracking|invoice|customer|member(?:ship)?|case|license|licence|routing|bank)(?: (?:number|no|id|code|ref(?:erence)?|numbers|level))?\b|\bssn\b|\bpin\b|\bid\b|\bzip|postcode|postal|password|passcode|username|\bdate\b|\bbirth|\baddress\b(?<!mail address)|\bcompany\b|\bcode\b|\bamount\b|\bdetails\b|\bcity\b|\bhow many\b|\bwhat time\b|\bwhich day\b|\bwhat day\b|\bhow much\b/;
const REQUEST =
  /[?？؟]|please|share|provide|could|can i|may i|give|tell|leave|enter|need|let me|let us|bitte|por favor|merci de|veuillez|proszę|podaj|podać|prosím|пожалуйста|представьтесь|оставьте|подскажите|скажите|дайте|залиште|скажіть|聞か|伺|いただ|ください|^\s*(?:and |so |ok |okay |hi |hello |great |first )?(?:what|who|which|how)(?:'?s|\b)|укажите|напишите|будь ласка|lütfen|请|請|留|教え|お願い|주세요|부탁|tolong|mohon|vui lòng|कृपया|बताएं|يرجى|من فضلك|בבקשה|indica|dime|mándame|graag|per favore|prego|^\s*(?:e-?mail|phone|name|full name|first name|last name)\s*:?\s*$/u;

/** Sentences of a question, so that "Your name is on the list. What is your email?" asks for the email alone. */
const sentences = (text: string): string[] => text.split(/(?<=[.!])\s+(?=\S)|(?<=[。！\n])\s*(?=\S)/u);

const OWN_WORDS =
  /\b(?:my name|i'?m|this is|i am|our (?:number|email|phone|e-mail|support)|(?:call|email|reach|contact) us|their (?:phone|number|email)|(?:phone )?number is|phone number of|email confirmation|confirmation email|by email|via email|name(?:d)? (?:is|was))\b/;

const MAX_SEEN = 500;
/** Questions read so far: a pure function's memory. A bot asks the same ones of everybody. */
const seen = new Map<string, Readonly<Asked>>();

function askedBy(turn: string): Readonly<Asked> {
  const text = turn.slice(0, 2000);
  const known = seen.get(text);
  if (known) return known;
  const asked = readQuestion(text);
  // The oldest goes first; a bot's questions come back by themselves.
  if (seen.size >= MAX_SEEN) seen.delete(seen.keys().next().value ?? '');
  seen.set(text, asked);
  return asked;
}

function readQuestion(text: string): Asked {
  const { asks } = vocabulary();
  const found: Asked = { ...NOTHING };
  for (const part of sentences(lower(fold(text)))) {
    if (!REQUEST.test(part)) continue;
    // An address or number read back for confirmation asks for it again.
    if (part.includes('?') && /\S@\S+\.\S/.test(part)) found.email = found.confirms = true;
    if (part.includes('?') && /(?:\d[ ().-]{0,2}){7,}/.test(part)) found.phone = found.confirms = true;
    const own = OWN_WORDS.test(part) && !part.includes('?');
    if (own) continue;
    found.email ||= asks.email.test(part);
    const number = numberAsked(part);
    found.phone ||= number.phone;
    found.other ||= number.other || OTHER_ASK.test(part);
    found.bareNumber ||= number.bare;
    const partAsked = namePart(part);
    if (partAsked) found.name = found.name && found.name !== partAsked ? 'full' : partAsked;
    found.text += part;
  }
  return found;
}

function namePart(part: string): NamePart | null {
  const { asks } = vocabulary();
  const first = asks.firstName.test(part);
  const last = asks.lastName.test(part);
  if (!asks.name.test(part) && !first && !last) return null;
  if (/maiden|\bpet\b|username|user name/.test(part) && !/\byour (?:full |first |last )?name\b/.test(part)) return null;
  return first === last ? 'full' : first ? 'first' : 'last';
}

const isSpeaker = (turn: Turn): boolean => turn.role !== 'visitor';

/** Index just past the last run of bot or agent turns, or 0. */
function endOfOtherSide(turns: readonly Turn[], from: number): number {
  let i = from;
  while (i > 0 && !isSpeaker(turns[i - 1] as Turn)) i--;
  return i;
}

/** The question before still stands: a mere "go ahead", or the reply to the visitor's own question ("why?" "So that …"). */
function handsBack(text: string, before: Turn | undefined): boolean {
  if (GO_AHEAD.test(lower(text)) || !/\p{L}{2}/u.test(text)) return true;
  return !/[?？؟]/.test(text) && /[?？؟]\s*$/.test(before?.text ?? '');
}

function resolveBareNumber(asked: Asked, turns: readonly Turn[]): void {
  const talk = turns.slice(-4).map((t) => t.text.slice(0, 400));
  const meant = numberSpokenOf(lower(fold(talk.join('\n'))));
  asked.phone ||= meant === 'phone';
  asked.other ||= meant === 'other';
}

export function askedBefore(input: ExtractInput): Asked {
  const turns = input.previous;
  let end = endOfOtherSide(turns, turns.length);
  const age = turns.length - end;
  let found: Readonly<Asked> = NOTHING;
  for (let looked = 0; end > 0 && looked < 3; looked++) {
    let begin = end;
    while (begin > 0 && isSpeaker(turns[begin - 1] as Turn)) begin--;
    const text = turns
      .slice(begin, end)
      .map((t) => t.text)
      .join('\n');
    found = askedBy(text);
    if (found.email || found.phone || found.name || !handsBack(text, turns[begin - 1])) break;
    end = endOfOtherSide(turns, begin);
  }
  const asked = { ...found, age };
  if (asked.bareNumber) resolveBareNumber(asked, turns.slice(0, end));
  if (input.asked === 'email') asked.email = true;
  if (input.asked === 'phone') asked.phone = true;
  if (input.asked === 'name') asked.name ??= 'full';
  if (input.asked) asked.age = 0;
  return asked;
}
