// Which page and campaign first brought somebody, read from the page's address.
import type { FirstTouch } from './contact.ts';

const campaignKeys = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;
const longest = 200;

/** What stands in the address beside the campaign may be anything (a token, a search): it is left out. */
export function touchOf(page: { url: string; title: string | null; referrer?: string | null | undefined }): FirstTouch {
  const [path = '', query = ''] = page.url.replace(/#.*$/s, '').split('?', 2);
  const given = new Map(query.split('&').map((pair) => pair.split('=', 2) as [string, string | undefined]));
  const utm = campaignKeys.flatMap((key): [string, string][] => {
    const value = decoded(given.get(key) ?? '').slice(0, longest);
    return value === '' ? [] : [[key, value]];
  });
  return { url: path, title: page.title, referrer: withoutQuery(page.referrer ?? null), utm: Object.fromEntries(utm) };
}

function withoutQuery(referrer: string | null): string | null {
  const plain = referrer?.replace(/[?#].*$/s, '') ?? '';
  return plain === '' ? null : plain;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
