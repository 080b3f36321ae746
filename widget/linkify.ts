// Text to pieces of text and safe links. Never HTML: pieces become text nodes and <a href>.

export interface Piece {
  text: string;
  /** http, https or mailto only. */
  href?: string;
}

const pattern = /\bhttps?:\/\/[^\s<>"']+|\bwww\.[^\s<>"'.]+\.[^\s<>"']+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/gi;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const found = trimmed(match[0]);
    const href = hrefOf(found);
    if (!href) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: found, href });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** Where the lines of a long address may break: after its slashes, not inside its words. */
export const breakable = (address: string): string[] => address.match(/(?:^\w+:\/\/)?[^/?&-]+[/?&-]*|[/?&-]+/g) ?? [];

/** A sentence's own punctuation and an unopened bracket do not belong to the address. */
function trimmed(found: string): string {
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1]!;
    if (/[.,;:!?*_~\]}]/.test(last)) continue;
    if (last === ')' && !found.slice(0, end).includes('(')) continue;
    break;
  }
  return found.slice(0, end);
}

function hrefOf(found: string): string | null {
  const written = /^https?:/i.test(found) ? found : /^www\./i.test(found) ? `https://${found}` : `mailto:${found}`;
  try {
    const url = new URL(written);
    return url.protocol === 'mailto:' || url.hostname.includes('.') || url.hostname === 'localhost' ? url.href : null;
  } catch {
    return null;
  }
}
