// One first-party cookie, on the widest domain which the browser takes, so that sister domains share it.

/** The page's domain and its parents, widest first; then none, for localhost, addresses and public suffixes. */
function cookieDomains(wanted?: string): (string | undefined)[] {
  const { hostname } = location;
  if (/^[\d.]+$|:|^localhost$/.test(hostname)) return [undefined];
  const labels = hostname.split('.');
  const parents = labels.slice(0, -1).map((_, index) => labels.slice(labels.length - 2 - index).join('.'));
  return [...(wanted ? [wanted] : []), ...parents, undefined];
}

function cookieText(key: string, value: string, domain: string | undefined, forMs: number): string {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  return `${key}=${value}; Path=/; Max-Age=${Math.ceil(forMs / 1000)}; SameSite=Lax${secure}${domain ? `; Domain=${domain}` : ''}`;
}

/** A browser refuses a public suffix: the first domain it takes is the registrable one. */
export function writeCookie(key: string, value: string, forMs: number, wanted?: string): boolean {
  try {
    for (const domain of cookieDomains(wanted)) {
      document.cookie = cookieText(key, value, domain, forMs);
      if (readCookie(key) === value) return true;
    }
  } catch {
    // A sandboxed frame throws on document.cookie.
  }
  return false;
}

/** The browser does not tell on which domain it was set. */
export function clearCookie(key: string, wanted?: string): void {
  try {
    for (const domain of cookieDomains(wanted)) document.cookie = cookieText(key, '', domain, 0);
  } catch {
    // Then there was none.
  }
}

export function readCookie(key: string): string | null {
  try {
    return document.cookie.match(new RegExp(`(?:^|; )${key}=([^;]+)`))?.[1] ?? null;
  } catch {
    return null;
  }
}
