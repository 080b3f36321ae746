import { splitPhrases } from '../understand/languages.ts';
import { createPhrases } from '../understand/phrases.ts';
import { fold } from '../understand/fold.ts';
import type { Phrase } from './index.ts';

// A name: up to four words that begin with a capital, the first also with a digit, joined by & or small particles.
const letters = String.raw`(?:[.'’&+-]{0,2}[\p{L}\p{N}]){0,30}`;
const name = String.raw`([\p{Lu}\p{N}]${letters}(?: (?:& |and |of |de )?\p{Lu}${letters}){0,3})`;
/** These say it plainly. */
const plain = new RegExp(
  String.raw`(?:\b(?:(?<!used to )[Ww]ork(?:ing)? (?:at|for|with)|[Oo]ur company is|[Mm]y company is|[Cc]ompany(?: name)?(?: is|:)|[Tt]rabajo (?:en|para)|[Mm]i empresa es|[Tt]rabalho (?:na|no|em|para)|[Mm]inha empresa é|[Jj]e travaille (?:chez|pour)|[Aa]rbeite (?:bei|für)|[Ff]irma|[Ll]avoro (?:per|in|da)|[Ww]erk (?:bij|voor)|[Pp]racuję w) )${name}`,
  'u',
);
/** “I'm Ann from Acme”, “Ann, CTO at Acme here”: counts only shortly after somebody was introduced, so that “from Monday” is none. */
const belonging = new RegExp(String.raw`\b(?:[Ff]rom|[Aa]t|[Ww]ith|[Vv]on|[Vv]om|[Bb]ei|[Cc]hez) ${name}`, 'gu');
const leadIn =
  /^(?:it['’]?s called|it is called|it['’]?s|it is|we are|we['’]re|i['’]?m (?:from|at|with)|i am (?:from|at|with)|i work (?:at|for)|i['’]m working (?:at|for)|from|at|for|my company is|our company is|the company is|the company|company|called|the name is|wir sind|ich bin von|ich arbeite (?:bei|für)|bei|firma|somos|trabajo (?:en|para)|la empresa es|nous sommes|je travaille (?:chez|pour)|chez|siamo|lavoro (?:per|in)|wij zijn|ik werk bij)\s*:?\s+(?:the company )?/iu;

/** Places, months and days that follow "from" just as companies do. */
const notCompanies = createPhrases(
  'afghanistan africa albania algeria america argentina armenia asia australia austria azerbaijan bahrain bangladesh belarus belgium bolivia bosnia brazil bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus czechia denmark dubai ecuador egypt england estonia ethiopia europe finland france georgia germany ghana greece guatemala hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kuwait latvia lebanon lithuania luxembourg malaysia malta mexico moldova morocco nepal netherlands nigeria norway oman pakistan panama paraguay peru philippines poland portugal qatar romania russia scotland serbia singapore slovakia slovenia spain sweden switzerland syria taiwan tanzania thailand tunisia turkey uganda uk ukraine uruguay us usa venezuela vietnam wales yemen zambia zimbabwe deutschland osterreich schweiz frankreich italien spanien espana mexico brasil francia alemania allemagne espagne italie suisse belgique italia germania polska turkiye nederland belgie london paris berlin madrid rome milan vienna zurich geneva amsterdam brussels lisbon dublin munich hamburg cologne frankfurt barcelona warsaw prague budapest moscow istanbul ankara cairo lagos nairobi delhi mumbai bangalore chennai tokyo osaka seoul beijing shanghai shenzhen sydney melbourne toronto montreal vancouver boston chicago seattle austin dallas houston denver atlanta miami california texas florida january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday google twitter linkedin facebook reddit youtube instagram'
    .split(' ')
    .concat(
      splitPhrases(
        'new york, san francisco, los angeles, new zealand, south africa, saudi arabia, united states, united kingdom, hong kong, sri lanka, costa rica, puerto rico, czech republic, dominican republic, el salvador, abu dhabi, mexico city, sao paulo, buenos aires, rio de janeiro, product hunt, hacker news',
      ),
    )
    .map((place) => [place, true] as const),
);
const introduction =
  /\b(?:i['’]?m|i am|this is|my name|name['’]?s|we['’]re|we are|soy|mi nombre|me llamo|sou|meu nome|je suis|je m['’]appelle|ich bin|mein name|ich heiße|sono|mi chiamo|ik ben|mijn naam|jestem)\b/iu;
// A story, not an introduction: “I'm Ann and I have a booking at …”, “originally from …”.
const notIntroduced =
  /[!?;:]|\.\s|\b(?:and|to|i|is|am|have|had|has|was|were|be|will|would|want|wanted|need|love|like|got|originally|born|leaving|moving|coming|back|now|right|interested|looking|based|living|visiting|using|here|about|trying|thinking|view|dinner|booking|reservation|order)\b/iu;
const timeOrNumber = /^\d+(?::\d+)?\s?(?:am|pm|h|uhr)?$/iu;
const capital = /\p{Lu}/u;
/** So much may stand between the person and where they are from. */
const maxGap = 40;
/** As it stands, a company's name is not longer. */
const maxLength = 80;
const maxScanned = 1000;

export function company(phrase: Phrase, asked: boolean): string | null {
  const text = phrase.raw.length > maxScanned ? phrase.raw.slice(0, maxScanned) : phrase.raw;
  const said = nameOf(plain.exec(text)) ?? afterIntroduction(phrase, text);
  if (said !== null || !asked) return said;
  const rest = text
    .trim()
    .replace(leadIn, '')
    .replace(/^["'“”„«»\s]+|["'“”„«»\s.!,;]+$/gu, '');
  return rest !== '' && rest.length <= maxLength && rest !== text.trim() ? rest : null;
}

function afterIntroduction(phrase: Phrase, text: string): string | null {
  belonging.lastIndex = 0;
  for (let match = belonging.exec(text); match !== null; match = belonging.exec(text)) {
    const end = match.index + match[0].length;
    const from = match.index;
    if (phrase.details.some((detail) => detail.start < end && from < detail.end)) continue;
    if (!isIntroduced(phrase, text, from)) continue;
    const found = nameOf(match);
    if (found !== null) return found;
  }
  return null;
}

/** A name or “I'm” stands shortly before, and nothing between says otherwise. */
function isIntroduced(phrase: Phrase, text: string, at: number): boolean {
  const named = phrase.details.findLast((detail) => detail.field === 'name' && detail.end <= at);
  if (named !== undefined && at - named.end <= maxGap) return !notIntroduced.test(text.slice(named.end, at));
  const before = text.slice(Math.max(0, at - maxGap), at);
  const said = introduction.exec(before);
  const between = said === null ? '' : before.slice(said.index + said[0].length);
  // “I'm at University” tells where somebody is, “I'm Ann at Acme” and “I'm from Acme” whose they are.
  const mere = /^at\b/i.test(text.slice(at)) && !capital.test(between);
  return said !== null && !mere && !notIntroduced.test(between);
}

function nameOf(match: RegExpExecArray | null): string | null {
  const found = match?.[1]?.replace(/[.'’&+-]+$/u, '').trim();
  if (found === undefined || found === '' || timeOrNumber.test(found)) return null;
  return notCompanies.find(fold(found))?.at === 0 ? null : found;
}
