// Which sites may embed the widget, and which requests come from our own pages.

/** @param allowed origins, `https://*.example.com` for every host below; empty: all */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[], here: string): boolean {
  // Without the header it is no page of another origin that asks: a browser always sends it there.
  if (origin === undefined || allowed.length === 0 || isSameHost(origin, here)) return true;
  // `null` of sandboxed frames and files, or something that no browser sends.
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return false;
  return allowed.some((pattern) => {
    if (!pattern.includes('://*.')) return pattern === origin;
    const [scheme = '', host = ''] = pattern.split('://*');
    return origin.startsWith(`${scheme}://`) && origin.endsWith(host);
  });
}

/** The scheme is left out: a proxy in front may speak https where we hear http. */
export function isSameHost(origin: string, here: string): boolean {
  return URL.canParse(origin) && URL.canParse(here) && new URL(origin).host === new URL(here).host;
}
