// Names announced by plainer words, which need more of the message to say that it is about a name.
import { isBoundary, isGiven, readName } from './name-read.ts';
import { foundFrom, isFiller, type NameFound, type NameScene } from './name-scene.ts';
import type { Token } from './text.ts';

/** Talk of a booking. */
export const BOOKING = /\b(?:booking|booked|reservation|reserved|table|party|listed|appointment|room)\b/;

/** Plain phrases that announce a name only in a message about one: "… the name is wrong, change it to …", "my booking is for …", "… under …". */
const INDIRECT: readonly { after: RegExp; needs: RegExp }[] = [
  {
    after: /\b(?:change|correct|update|fix|amend|changed|corrected|updated|rename)(?: (?:it|that|this))? to:? $/,
    needs: /\b(?:my|the) (?:\w+ )?name\b(?! of)/,
  },
  { after: /\b(?:booking|reservation|table|appointment)\b[^.!?\d]{0,24}\bis for $/, needs: BOOKING },
  { after: /\bunder $/, needs: BOOKING },
];

export function nameIndirectly(scene: NameScene): NameFound | null {
  const { low } = scene;
  if (!/\b(?:to|for|under) /.test(low)) return null;
  let tried = 0;
  for (let i = 1; i < scene.tokens.length && tried < 12; i++) {
    const token = scene.tokens[i] as Token;
    const before = scene.tokens[i - 1]?.lower;
    if (!token.capital || (before !== 'to' && before !== 'for' && before !== 'under')) continue;
    tried++;
    const left = low.slice(Math.max(0, token.start - 60), token.start);
    if (!INDIRECT.some((p) => p.after.test(left) && (p.needs.test(low.slice(0, token.start)) || (before === 'under' && scene.asked.name))))
      continue;
    const span = readName(scene.tokens, i, { tongues: scene.tongues, strict: true, max: 4 });
    if (span && (span.last > span.first || span.titled || before === 'to' || scene.asked.name)) return foundFrom(scene, span, true);
  }
  return null;
}

const RESPELLED =
  /(?:\bspel(?:led|t|ling is)|schreibt (?:man )?sich|s'écrit|se escribe|si scrive|se escreve|schrijf je als|pisze się|пишется)(?: (?:as|like|with))?[\s:"“]{1,3}/u;
const SAID_BEFORE = /\bi (?:already |just )?(?:said|told you)[\s,:"“]{1,3}(?:it'?s |it was |my name is )?/u;
const MINE = /\b(?:mine(?:'s| is)|it should (?:read|say|be))[\s:"“]{1,3}/u;

/** "It's spelled Kirsten Olsen", of a name that is known; "I already said Odette", asked again; "what's your name? Mine's Kendra". */
export function nameRespelled(scene: NameScene): NameFound | null {
  const respells = scene.input.known.name !== null || scene.asked.name !== null;
  const match =
    (respells ? RESPELLED.exec(scene.low) : null) ??
    (scene.asked.name ? SAID_BEFORE.exec(scene.low) : null) ??
    (scene.asked.name !== null || scene.low.includes('name') ? MINE.exec(scene.low) : null);
  if (!match) return null;
  const at = scene.tokens.findIndex((t) => t.start >= match.index + match[0].length);
  const span = at < 0 ? null : readName(scene.tokens, at, { tongues: scene.tongues, strict: true, max: 4 });
  const head = span ? scene.tokens[span.first] : undefined;
  return span && head?.capital && head.raw.length > 2 ? foundFrom(scene, span, true) : null;
}

/** "Priyanka from accounts" */
const DEPARTMENT =
  /^(?:the )?(?:accounts|accounting|sales|hr|it|marketing|finance|support|reception|purchasing|procurement|logistics|legal|operations|front desk|einkauf|vertrieb|buchhaltung|ventas|compras|contabilidad|comptabilité|contabilità|boekhouding)(?!\p{L})/u;

const OF_FIRM =
  /^(?:from|at|von(?: der firma)?|aus|van|de la (?:société|empresa|compañía|mairie)|de (?:chez|l'entreprise)|da empresa|della ditta|z firmy|из|firmasından) /u;

const ROLE =
  /^(?:(?:i'?m |the |your |an? |der |die |el |la |le |il |o |a )?(?:[\p{L}&-]+ ){0,3}?(?:head|manager|director|owner|co-?owner|founder|co-?founder|c[efot]o|vp|president|officer|engineer|developer|designer|architect|assistant|coordinator|lead|leader|buyer|procurement|purchasing|sales|marketing|accountant|accounts|finance|hr|it|consultant|administrator|admin|secretary|partner|specialist|analyst|editor|producer|teacher|professor|nurse|chef|planner|supervisor|representative|principal|librarian|geschäftsführer(?:in)?|leiter(?:in)?|leitung|einkauf|einkäufer(?:in)?|inhaber(?:in)?|vertrieb|assistenz|buchhaltung|direct(?:ora?|eur|rice)|gerente|gérante?|responsable|encargad[oa]|jef[ea]|dueñ[oa]|propiet?ari[oa]|compras|ventas|diretora?|sóci[oa]|titolare|direttore|direttrice|responsabile|eigenaar|inkoper|inkoop|kierownik|dyrektor|właściciel(?:ka)?|директор|менеджер|руководитель|müdürü?|office|branch|team|department|dept|desk)(?!\p{L})|(?:from|at|of|with) \p{L})/u;

/** "Hello there - Imani Okafor, head of IT", "… that's sorted. Imogen Hartley, Leeds office": a full name with what its owner does. */
function nameWithRole(scene: NameScene, from: number): NameFound | null {
  const { tokens, tongues } = scene;
  const span = readName(tokens, from, { tongues, strict: true, max: 4 });
  const mark = span && span.first === from && span.last > from ? tokens[span.last + 1] : undefined;
  if (!span || !mark || !/^[,(|–-]$/.test(mark.raw) || !tokens[from]?.capital || !tokens[span.last]?.capital) return null;
  const line = scene.low.slice(mark.end, mark.end + 60).trimStart();
  return ROLE.test(line) && !/^[^.!\n]*\?/.test(line) ? foundFrom(scene, span, false) : null;
}

/** Where the last sentence begins. */
function lastSentence({ tokens }: NameScene): number {
  for (let i = tokens.length - 2; i > 0 && tokens.length - i < 14; i--) if (/^[.!?\n]$/.test(tokens[i]?.raw ?? '')) return i + 1;
  return -1;
}

/** "Hey, Wesley from Parkside Dental. …" */
export function nameWithFirm(scene: NameScene): NameFound | null {
  const { tokens, tongues } = scene;
  const from = tokens.findIndex((t, i) => i < 8 && t.kind === 'word' && !isFiller(t, tongues));
  const head = tokens[from];
  if (from < 0 || !tokens.slice(0, from).every((t) => t.kind === 'word' || /^[,.!\-–—¡]$/u.test(t.raw))) return null;
  const last = lastSentence(scene);
  const role =
    (from > 0 || (tokens[0] && isGiven(tokens[0], tongues)) ? nameWithRole(scene, from) : null) ??
    (last > from && tokens[last] && isGiven(tokens[last], tongues) ? nameWithRole(scene, last) : null);
  if (role) return role;
  if (!head?.capital || !isGiven(head, tongues)) return null;
  const span = readName(tokens, from, { tongues, strict: true, max: 2 });
  const of = span ? tokens[span.last + 1] : undefined;
  const match = of ? OF_FIRM.exec(scene.low.slice(of.start, of.start + 30)) : null;
  if (!span || !of || !match) return null;
  const rest = scene.low.slice(of.start + match[0].length, of.start + 60);
  if (DEPARTMENT.test(rest) && !/^[^.!\n]*\?/.test(rest)) return foundFrom(scene, span, false);
  const begin = tokens.findIndex((t) => t.start >= of.start + match[0].length);
  let i = begin;
  while (i >= 0 && tokens[i]?.capital && i - begin < 6) i++;
  return i > begin && isBoundary(tokens[i]) && tokens[i]?.raw !== '?' ? foundFrom(scene, span, false) : null;
}
