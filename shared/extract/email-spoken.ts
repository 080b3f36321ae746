// Addresses spelt out: "john at acme dot com", "k.ito [at] hinode [dot] co [dot] jp", "anna собака yandex точка ru".
import { validDomain, type EmailFound } from './email-scan.ts';
import { lower } from './text.ts';
import { wordDigits } from './phone-scan.ts';
import { vocabulary } from './vocabulary.ts';

/** Why an address is likely: it was asked for, or is announced; so a bare "at" with a plain domain is one ("jean at stuff.co.uk"). */
export interface Expects {
  asked: boolean;
  /** Asked for, or spoken of in the message. */
  announced: boolean;
}

interface Signs {
  at: RegExp;
  dot: RegExp;
}

const escape = (s: string): string => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s');
const longestFirst = (list: readonly string[]): string[] => [...list].sort((a, b) => b.length - a.length);

/** In scripts without spaces and after them the sign may touch its neighbours; Latin and Cyrillic words need an edge. */
const EDGE_BEFORE = "(?<![\\p{L}\\p{N}'])";
const EDGE_AFTER = '(?![\\p{L}\\p{N}])';

let signs: Signs | undefined;

function compiledSigns(): Signs {
  if (signs) return signs;
  const { at, dot } = vocabulary();
  const word = (list: readonly string[]): string => longestFirst(list).map(escape).join('|');
  const bracketed = (list: string): string => `\\s{0,2}[\\[({<]\\s{0,2}(?:${list})\\s{0,2}[\\])}>]\\s{0,2}`;
  signs = {
    at: new RegExp(
      `${bracketed(`@|${word(at)}`)}|\\s{0,2}[-_*]\\s?(?:at|@)\\s?[-_*]\\s{0,2}|\\s{0,3}${EDGE_BEFORE}(?:${word(at)})${EDGE_AFTER}\\s{0,3}|\\s{0,3}@\\s{0,3}`,
      'gu',
    ),
    dot: new RegExp(
      `${bracketed(`\\.|${word(dot)}`)}|\\s{0,2}[-_*]\\s?dot\\s?[-_*]\\s{0,2}|\\s{1,3}${EDGE_BEFORE}(?:${word(dot)})${EDGE_AFTER}\\s{1,3}|\\s{1,3}\\.\\s{1,3}|\\s\\.(?=\\p{L})`,
      'gu',
    ),
  };
  return signs;
}

const JOINS: readonly [RegExp, string][] = [
  [
    /(?<=^\s{0,3}(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|gmx|web|mail|naver|yandex))\s{1,2}(?=(?:com|net|org|de|fr|es|it|ru|me|co\.uk)(?![\p{L}\p{N}]))/gu,
    '.',
  ],
  [/\s{0,2}(?:닷컴|ドットコム)/gu, '.com'],
  [/\s{0,2}(?:닷넷|ドットネット)/gu, '.net'],
  [
    /\s{0,2}\b(?:underscore|under score|guion bajo|guión bajo|barra baja|tiret (?:du )?(?:bas|8)|souligné|traço baixo|sublinhado|alttan çizgi|unterstrich|underline|sottolineato|trattino basso|podkreślnik|podkreślenie|liggend streepje|alt çizgi|нижнее подчеркивание|нижнее подчёркивание|podtržítko|underscor)(?!\p{L})\s{0,2}/gu,
    '_',
  ],
  [
    /\s{1,2}(?:dash|hyphen|minus|guion|guión|tiret|bindestrich|trattino|hífen|traço|myślnik|koppelteken|streepje|tire|дефис|тире|pomlčka)(?!\p{L})\s{1,2}/gu,
    '-',
  ],
  [/\s{1,2}plus\s{1,2}/gu, '+'],
];

const LABEL = '[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_-]{0,62}';
const LOCAL_END = /[\p{L}\p{N}_+-][\p{L}\p{M}\p{N}._+%-]{0,63}$/u;
const DOMAIN_START = new RegExp(`^${LABEL}(?:\\.${LABEL}){1,5}`, 'u');

/** Words that stand before "at" in prose and so are no mailbox. */
const PROSE = new Set(
  `me us him her them it you look looking looked meet met class arrive arrives arriving start starts be is are was were am here there available email mail e-mail contact contacted reach reached write
wrote call called working works work study stay staying live living sell sold buy bought found find one is support everyone people someone team guys chat order ordered booking
table name firstname lastname surname username user open close closed dinner lunch breakfast party person address site page website account`.split(
    /\s+/,
  ),
);

interface Piece {
  text: string;
  /** For each unit of `text`, the offset it came from. */
  map: number[];
}

/** Replaces what `pattern` matches, keeping track of where every unit came from. */
function replaceMapped(piece: Piece, pattern: RegExp, replacement: string | ((match: string) => string)): Piece {
  let text = '';
  const map: number[] = [];
  let last = 0;
  for (const match of piece.text.matchAll(pattern)) {
    text += piece.text.slice(last, match.index);
    map.push(...piece.map.slice(last, match.index));
    const by = typeof replacement === 'string' ? replacement : replacement(match[0]);
    text += by;
    map.push(...Array.from(by, () => piece.map[match.index] ?? 0));
    last = match.index + match[0].length;
  }
  return { text: text + piece.text.slice(last), map: [...map, ...piece.map.slice(last)] };
}

function window(folded: string, from: number, to: number): Piece {
  const start = Math.max(0, from);
  const text = lower(folded.slice(start, to));
  return { text, map: Array.from(text, (_, i) => start + i) };
}

function joined(piece: Piece): Piece {
  let out = replaceMapped(piece, compiledSigns().dot, '.');
  for (const [pattern, by] of JOINS) out = replaceMapped(out, pattern, by);
  return out;
}

const SPELT = new RegExp(`(?<!\\p{L})(?:${Object.keys(wordDigits).join('|')})(?!\\p{L})`, 'gu');
const AS_IN = /(?<!\p{L})\p{L}\s(?:as in|like in|for|wie|come|comme|como)\s\p{L}{2,12}(?!\p{L})/gu;
const NO_GAPS =
  /(?:all )?(?:in )?(?:one|1) word|no spaces?|todo junto|tudo junto|tout attaché|alles zusammen|zusammengeschrieben|tutto attaccato|aan elkaar|слитно/;
/** What leads up to a dictated mailbox in the languages that have no stop word for it here. */
const LEADS = new Set(
  'es é est ist è jest to это is mi mio mia meu mon mein mijn mój correo mail e-mail email adres address adresse sure yes'.split(' '),
);

/** "blue sky travel" at …: what was dictated before the sign, without its gaps, from the words that lead up to it. */
function dictated(left: Piece, asked: boolean): { mailbox: string; start: number } | null {
  const spelt = replaceMapped(
    replaceMapped(left, AS_IN, (m) => m[0] ?? ''),
    SPELT,
    (m) => wordDigits[m] ?? m,
  );
  const gapless = NO_GAPS.exec(spelt.text);
  const from = gapless ? gapless.index + gapless[0].length : 0;
  const words = [...spelt.text.slice(from).matchAll(/[\p{L}\p{N}'._+-]+|[^\s\p{L}\p{N}]/gu)];
  const english = vocabulary().tongues.get('en')?.stop;
  let first = words.length;
  while (first > 0) {
    const word = words[first - 1]?.[0] ?? '';
    if (!/^[\p{L}\p{N}._+-]+$/u.test(word) || (!gapless && (english?.has(word) || LEADS.has(word) || PROSE.has(word)))) break;
    first--;
  }
  const parts = words.slice(first);
  const [head] = parts;
  // Only a question makes the whole of a message the address; else something has to lead up to it.
  if (first === 0 && !asked && !gapless) return null;
  if (!parts.every((w) => /^[\x00-\x7f]+$/.test(w[0])) && !parts.every((w) => /^\p{Script=Cyrillic}+$/u.test(w[0]))) return null;
  if (!head || parts.length < 2 || parts.length > 8 || (parts.length > 4 && !gapless && parts.some((w) => w[0].length > 2))) return null;
  return { mailbox: parts.map((w) => w[0]).join(''), start: spelt.map[from + head.index] ?? 0 };
}

interface Reading {
  email: EmailFound;
  /** A dot was spelt too, or the sign is not an ordinary word: hardly anything but an address. */
  sure: boolean;
  localWord: string;
}

/** "ann.lee at acme.com" and no more. */
const isWhole = (folded: string, start: number, end: number): boolean =>
  folded.slice(0, start).trim() === '' &&
  /^[\s.!]*$/.test(folded.slice(end)) &&
  /[._\d]/.test(folded.slice(start, start + 40).split(/\s/)[0] ?? '');

/** One sign at `[from, to)`: what is before it as a mailbox, what is after as a domain. */
function readSign(folded: string, [from, to]: readonly [number, number], sign: string, expects: Expects): Reading | null {
  const left = joined(window(folded, from - 80, from));
  const right = joined(window(folded, to, to + 120));
  const local = LOCAL_END.exec(left.text.trimEnd())?.[0].replace(/^[._+%-]+|[.]+$/g, '') ?? '';
  const domainRun = DOMAIN_START.exec(right.text.trimStart())?.[0] ?? '';
  if (!local || !domainRun) return null;
  const letters = local.length === 1 ? /(?:^|\s)((?:[\p{L}\p{N}]\s){2,40}[\p{L}\p{N}])$/u.exec(left.text.trimEnd())?.[1] : undefined;
  const labels = domainRun.split('.');
  for (let n = labels.length; n >= 2; n--) {
    const domain = labels.slice(0, n).join('.');
    if (!validDomain(domain)) continue;
    const indent = right.text.length - right.text.trimStart().length;
    const end = (right.map[indent + domain.length - 1] ?? to) + 1;
    const spelt = /\p{L}|[[({<]/u.test(sign);
    const dotSpelt = !folded.slice(to, end).includes('.') || /[[({<]/.test(folded.slice(to, end));
    const plainWord = /^\s*(?:at|et|ät|эт)\s*$/u.test(sign);
    const whole = expects.announced && dotSpelt && spelt && !letters ? dictated(left, expects.asked) : null;
    const start = whole?.start ?? left.map[left.text.trimEnd().length - (letters ?? local).length] ?? from;
    const mailbox = whole?.mailbox ?? letters?.replace(/\s/g, '') ?? local;
    return {
      email: { start, end, value: `${mailbox}@${domain}`, spoken: true },
      sure: (spelt && !plainWord) || dotSpelt || /^\s*AT\s*$/.test(folded.slice(from, to)) || isWhole(folded, start, end),
      localWord: mailbox,
    };
  }
  return null;
}

export function scanSpokenEmails(folded: string, expects: Expects): EmailFound[] {
  const low = lower(folded);
  const pattern = compiledSigns().at;
  const found: EmailFound[] = [];
  let tried = 0;
  for (const match of low.matchAll(pattern)) {
    if (++tried > 40) break;
    const reading = readSign(folded, [match.index, match.index + match[0].length], match[0], expects);
    if (!reading || PROSE.has(reading.localWord)) continue;
    if (!reading.sure && !expects.announced) continue;
    found.push(reading.email);
  }
  return found;
}
