// Names not written straight: last name first, first and last parted by a comma, or letter by letter.
import { isBoundary, isGivenWord, isState, readName, type NameSpan } from './name-read.ts';
import { foundFrom, isFiller, type NameFound, type NameScene } from './name-scene.ts';
import type { Token } from './text.ts';

/** Both halves of "Okafor, Chidi", with nothing but an end after them. */
function halves(scene: NameScene, at: number, whole: boolean): { before: NameSpan; after: NameSpan } | null {
  const { tokens, tongues } = scene;
  const options = { tongues, strict: true, max: 3 };
  const before = readName(tokens, at, options);
  if (!before || before.first !== at || tokens[before.last + 1]?.raw !== ',') return null;
  const after = readName(tokens, before.last + 2, options);
  if (!after || after.first !== before.last + 2 || after.titled) return null;
  const next = tokens[after.last + 1];
  const ends = next === undefined || next.kind === 'line' || (next.raw === '.' && tokens[after.last + 2] === undefined);
  return ends || (!whole && next.kind === 'opaque') ? { before, after } : null;
}

function inOrder(scene: NameScene, first: NameSpan, last: NameSpan, stated: boolean): NameFound {
  const [one, two] = [foundFrom(scene, first, stated), foundFrom(scene, last, stated)];
  return { ...one, value: `${one.value} ${two.value}`, start: Math.min(one.start, two.start), end: Math.max(one.end, two.end) };
}

const FIRST_AND_LAST =
  /\bfirst and (?:your )?(?:last|family|sur)|vor- und (?:nach|zu)name|nombre y apellidos?|nom et prénom|prénom et nom|nome e (?:sobrenome|cognome|apelido)|imię i nazwisko|имя и фамили|voor- en achternaam/;

/** Surnames that are also given names; before a comma and a given name they are the former. */
const SURNAMES = new Set(
  'lee kim park choi chen wang li zhang liu lin wu tran nguyen le singh kaur khan ali ahmed hassan james thomas martin lewis scott allen henry george gordon kelly grant ross murphy ryan harris nelson mitchell walter werner ernst hartmann jung otto simon david michel bernard robert richard garcia garcía santos martinez gonzalez perez silva vincent andrews stewart russell wallace arnold'.split(
    ' ',
  ),
);

/** `at`: where the answer, or what follows "name:", begins. `sure`: only a well-known given name second turns it. */
export function nameTurned(scene: NameScene, at: number, sure: boolean): NameFound | null {
  const parts = halves(scene, at, scene.asked.name !== null);
  if (!parts) return null;
  const [surname, given] = [scene.tokens[parts.before.first] as Token, scene.tokens[parts.after.first] as Token];
  if (surname.capital !== given.capital && !/\s/.test(scene.text.slice(surname.start, scene.tokens[parts.before.last]?.end))) return null;
  const listed = isGivenWord(given, scene.tongues);
  if (isGivenWord(surname, scene.tongues) && !(SURNAMES.has(surname.lower) && surname.capital && (listed || given.raw.includes('-')))) {
    const asked = FIRST_AND_LAST.test(scene.asked.text) && !listed && parts.before.last === parts.before.first;
    return asked ? inOrder(scene, parts.before, parts.after, false) : null;
  }
  if (isState({ ...surname, capital: false }, scene.tongues) || (!listed && isState({ ...given, capital: false }, scene.tongues)))
    return null;
  // "Zorvan, Berlin" may be somebody of somewhere, where a place was asked for too.
  if (!listed && (sure || !given.capital || scene.asked.other || /cit|town|where|ort\b|stadt|ciudad|ville/.test(scene.asked.text)))
    return null;
  return inOrder(scene, parts.after, parts.before, false);
}

const isLetter = (t: Token | undefined): boolean =>
  t !== undefined && /^\p{L}\.?$/u.test(t.raw) && /^\p{Script=Latin}|^\p{Script=Cyrillic}/u.test(t.raw);

/** Tokens of a word spelled with hyphens are one: "S-I-O-B-H-A-N". */
const HYPHENED = /^\p{L}(?:-\p{L}){2,19}$/u;

/** The letters from `at` on as one word, and the token after them. */
function letters(tokens: readonly Token[], at: number): { word: string; next: number } | null {
  const head = tokens[at];
  if (head && HYPHENED.test(head.raw)) return { word: head.raw.replaceAll('-', ''), next: at + 1 };
  let word = '';
  let i = at;
  for (; i < tokens.length && word.length < 24; i++) {
    const t = tokens[i];
    // Initials stand together as one token: "J.O.E."
    if (t && /^(?:\p{Lu}\.){2,}$/u.test(t.raw)) word += t.raw.replaceAll('.', '');
    else if (isLetter(t)) word += t?.raw.replace('.', '');
    else if (word === '' || t?.kind !== 'mark' || !/^[-,.–]$/.test(t.raw) || !isLetter(tokens[i + 1])) break;
  }
  return word.length >= 3 ? { word, next: i } : null;
}

const asWritten = (word: string): string => (word === word.toUpperCase() ? word.charAt(0) + word.slice(1).toLocaleLowerCase('en') : word);

/** "k a t e, kate", "S-I-O-B-H-A-N": the word itself where it is said too. */
export function nameSpelled(scene: NameScene): NameFound | null {
  const { tokens, asked, tongues } = scene;
  if (!asked.name || asked.age > 0) return null;
  let at = 0;
  while (at < tokens.length - 1 && !isLetter(tokens[at]) && (tokens[at]?.kind === 'mark' || isFiller(tokens[at] as Token, tongues))) at++;
  // "it's spelled S-I-…"
  const spelt = tokens.findIndex((t) => /^(?:spelled|spelt|spelling|spell|geschrieben|buchstabiert|deletreado|épelle)$/.test(t.lower));
  const run = letters(tokens, at) ?? (spelt < 0 ? null : letters(tokens, spelt + 1 + (tokens[spelt + 1]?.kind === 'mark' ? 1 : 0)));
  if (!run) return null;
  const from = tokens.findIndex((t) => t.lower === run.word.toLowerCase());
  if (from >= 0) return foundFrom(scene, { first: from, last: from, titled: false }, true);
  const rest = tokens[run.next];
  // "D-E-L-I-A Marsh"
  if (rest?.kind === 'word' && rest.capital && isBoundary(tokens[run.next + 1]) && HYPHENED.test(tokens[run.next - 1]?.raw ?? '')) {
    const whole = foundFrom(scene, { first: run.next - 1, last: run.next, titled: false }, true);
    return { ...whole, value: `${asWritten(run.word)} ${rest.raw}` };
  }
  if (!isBoundary(rest) || !/[aeiouyà-ÿаеёиоуыэюя]/i.test(run.word)) return null;
  const begin = tokens.findIndex((t) => HYPHENED.test(t.raw) || isLetter(t) || /^(?:\p{Lu}\.){2,}$/u.test(t.raw));
  const found = foundFrom(scene, { first: Math.max(0, begin), last: run.next - 1, titled: false }, true);
  return { ...found, value: asWritten(run.word) };
}
