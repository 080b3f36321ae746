// Addresses written as addresses: every "@" is looked at once and read outward, so the work is linear in the text.
import { parse } from 'tldts';
import type { Span } from './text.ts';

export interface EmailFound extends Span {
  value: string;
  /** Written out ("at", "dot"), with gaps, or repaired; such a reading needs a better reason than a plain one. */
  spoken: boolean;
}

const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
const LOCAL = /[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_{|}~-]/u;
const LOCAL_EDGE = /^[^\p{L}\p{N}_+]+|[^\p{L}\p{M}\p{N}_+-]+$/gu;
const DOMAIN = /[\p{L}\p{M}\p{N}.-]/u;
const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** Domain ends people mistype; the address is kept as typed and a suggestion made. */
export const TLD_SLIPS: Readonly<Record<string, string>> = {
  con: 'com',
  cmo: 'com',
  ocm: 'com',
  comm: 'com',
  vom: 'com',
  xom: 'com',
  cpm: 'com',
  coom: 'com',
  clm: 'com',
  conm: 'com',
  com1: 'com',
  om: 'com',
  nte: 'net',
  ent: 'net',
  nett: 'net',
  ogr: 'org',
  rog: 'org',
  orgg: 'org',
  dee: 'de',
  ed: 'de',
  frr: 'fr',
  itt: 'it',
  eduu: 'edu',
};

/** The domain, if its ending exists or is a known slip. */
export function validDomain(domain: string): string | null {
  if (domain.length > MAX_DOMAIN || domain.length < 4 || !domain.includes('.')) return null;
  const labels = domain.split('.');
  if (labels.some((l) => l === '' || l.length > 63 || l.startsWith('-') || l.endsWith('-'))) return null;
  const end = labels[labels.length - 1] ?? '';
  if (/^\p{N}+$/u.test(end)) return null;
  const parsed = parse(domain, { validateHostname: false, detectIp: false });
  if (parsed.isIcann && parsed.domain) return domain;
  return TLD_SLIPS[end] ? domain : null;
}

/** The longest prefix of `run` that is a domain: "web.de.Danke" and "gmail.com." end where they should. */
function domainPrefix(run: string): string | null {
  let text = run.replace(/[.-]+$/, '').toLowerCase();
  for (let tries = 0; tries < 4 && text; tries++) {
    const valid = validDomain(text);
    if (valid) return valid;
    const cut = text.lastIndexOf('.');
    if (cut < 0) return null;
    text = text.slice(0, cut);
  }
  return null;
}

/** Han or kana before a Latin local part, or after a Latin domain, belong to the sentence ("邮箱chen@qinglan.cn"). */
function trimScript(run: string, fromEnd: boolean): string {
  const latin = /[A-Za-z0-9]/.test(run);
  if (!latin || !CJK.test(run)) return run;
  const parts = run.split(CJK);
  return (fromEnd ? parts[parts.length - 1] : parts[0]) ?? '';
}

function localBefore(text: string, at: number): string {
  let start = at;
  while (start > 0 && at - start < MAX_LOCAL + 40 && LOCAL.test(text[start - 1] ?? '')) start--;
  let local = trimScript(text.slice(start, at), true);
  const prefix = /(?:mailto|e-?mail|mail|correo|id)[:=]$/i.exec(text.slice(Math.max(0, at - local.length - 8), at - local.length));
  if (prefix) return local.replace(LOCAL_EDGE, '');
  // "nom/prénom/a@b.fr", "name=x" and "'quoted": what stands left of such a mark is not the address.
  local = local.slice(
    Math.max(local.lastIndexOf('/'), local.lastIndexOf('='), local.lastIndexOf('|'), local.lastIndexOf('?'), local.lastIndexOf('..')) + 1,
  );
  return local.replace(LOCAL_EDGE, '').replace(/\.{2,}/g, '.');
}

function domainAfter(text: string, at: number): string {
  let end = at + 1;
  while (end < text.length && end - at < MAX_DOMAIN && DOMAIN.test(text[end] ?? '')) end++;
  const run = text.slice(at + 1, end);
  const script = /^[\x00-\x7f]/.test(run) && /\.[a-z]{2,}/i.test(run) ? trimScript(run, false) : run;
  return script;
}

/** "sally@outlook,com": a comma where the dot belongs, glued on both sides and followed by a well-known ending. */
function commaDomain(text: string, at: number): { domain: string; length: number } | null {
  const match = /^@([a-z0-9-]{2,40}),(com|net|org|de|fr|es|it|co\.uk|pl|ru|nl|br|io)(?![a-z0-9])/i.exec(text.slice(at, at + 60));
  if (!match) return null;
  return { domain: `${match[1]}.${match[2]}`.toLowerCase(), length: match[0].length - 1 };
}

function readAt(text: string, at: number): EmailFound | null {
  const local = localBefore(text, text[at - 1] === '@' ? at - 1 : at);
  if (!local || local.length > MAX_LOCAL) return null;
  const run = domainAfter(text, at);
  // "sue@.home..nl": dots too many are dropped, where the rest is a domain.
  const tidy = /^\.|\.\./.test(run)
    ? run
        .replace(/\.{2,}/g, '.')
        .replace(/^\.|\.$/g, '')
        .toLowerCase()
    : null;
  if (tidy && validDomain(tidy))
    return { start: text.lastIndexOf(local, at), end: at + 1 + run.length, value: `${local}@${tidy}`.toLowerCase(), spoken: true };
  const domain = domainPrefix(run);
  const comma = domain ? null : commaDomain(text, at);
  const found = domain ?? comma?.domain;
  if (!found) return null;
  const end = at + 1 + (comma ? comma.length : found.length);
  // git@host:path, react@18.2.0, user:pass@host
  if (/^:[\w~/-]*\//.test(text.slice(end, end + 40))) return null;
  const localStart = text.lastIndexOf(local, at);
  return { start: localStart, end, value: `${local}@${found}`.toLowerCase(), spoken: comma !== null };
}

/** Text that only marks an address as protected from robots. */
const SPAM_TRAP = /(?:no[-_]?spam|remove[-_]?this|spam[-_]?free|remove[-_]?me)/i;

function withoutTrap(email: EmailFound): EmailFound {
  if (!SPAM_TRAP.test(email.value)) return email;
  const value = email.value.replace(new RegExp(`\\.?${SPAM_TRAP.source}\\.?`, 'i'), (m) =>
    m.startsWith('.') && m.endsWith('.') ? '.' : '',
  );
  const [local = '', domain = ''] = value.split('@');
  return local && validDomain(domain) ? { ...email, value } : email;
}

/** `links`: spans of web links; an "@" within one is no address. */
export function scanEmails(folded: string, links: readonly Span[]): EmailFound[] {
  const found: EmailFound[] = [];
  let tried = 0;
  for (let at = folded.indexOf('@'); at >= 0 && tried < 100; at = folded.indexOf('@', at + 1), tried++) {
    if (links.some((l) => at >= l.start && at < l.end)) continue;
    const email = readAt(folded, at);
    if (email && !found.some((f) => f.end > email.start)) found.push(withoutTrap(email));
  }
  return found;
}

const LINK = /(?:https?|ftp|ssh|wss?):\/\/[^\s<>"]{1,2000}|\bwww\.[^\s<>"]{1,500}/gi;

export function scanLinks(folded: string): Span[] {
  if (!folded.includes('://') && !/www\./i.test(folded)) return [];
  return [...folded.matchAll(LINK)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
}
