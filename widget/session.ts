// The browser's session token: where it is kept, and that nothing is kept before the visitor acts (M1).
import type { WidgetSettings } from '../shared/settings.ts';
import { tokenPattern } from '../shared/ids.ts';
import { newToken } from './random.ts';

export type StoragePolicy = WidgetSettings['storage'];
export type Place = 'none' | 'cookie' | 'local' | 'memory';

export interface SessionDeps {
  appId: string;
  policy: StoragePolicy;
  /** The host's consent, where the policy asks for it. */
  consent: boolean;
  /** Overrides the widest domain which the browser accepts. */
  cookieDomain?: string;
  /** Called once where the browser lets us keep nothing though the policy would. */
  onBlocked(): void;
}

export interface Session {
  token(): string | null;
  /** Makes and stores a token where there is none: the visitor acts. True where it is new. */
  ensure(): boolean;
  /** Goes on as somebody else (M8, M10). */
  adopt(token: string): void;
  clear(): void;
  consent(given: boolean): void;
  /** May anything be written to this browser? */
  mayStore(): boolean;
  /** Where the token is kept. */
  place(): Place;
  /** What is stored differs from what is used here: another tab logged out or in (M17). */
  changedElsewhere(): boolean;
  /** Takes over what another tab stored. */
  reread(): void;
}

const yearSeconds = 31_536_000;

export function createSession(deps: SessionDeps): Session {
  const key = `foyer_${deps.appId}`;
  let consented = deps.consent;
  let place: Place = 'none';
  let token = read();

  const mayStore = (): boolean => deps.policy !== 'none' && (deps.policy !== 'consented' || consented);

  function read(): string | null {
    const stored = readCookie(key) ?? readLocal(key);
    if (stored === null || !tokenPattern.test(stored)) return null;
    place = readCookie(key) === stored ? 'cookie' : 'local';
    return stored;
  }

  function store(value: string): void {
    token = value;
    if (!mayStore()) place = 'memory';
    else if (writeCookie(key, value, deps.cookieDomain)) place = 'cookie';
    else if (writeLocal(key, value)) place = 'local';
    else {
      place = 'memory';
      deps.onBlocked();
    }
  }

  function forget(): void {
    clearCookie(key, deps.cookieDomain);
    removeLocal(key);
  }

  return {
    token: () => token,
    ensure() {
      if (token !== null) return false;
      store(newToken());
      return true;
    },
    adopt: store,
    clear() {
      token = null;
      forget();
      place = 'none';
    },
    consent(given) {
      consented = given;
      if (given && token !== null) store(token);
      else if (!given && deps.policy === 'consented') {
        forget();
        if (token !== null) place = 'memory';
      }
    },
    mayStore,
    place: () => place,
    changedElsewhere: () => (place === 'cookie' || place === 'local') && (readCookie(key) ?? readLocal(key)) !== token,
    reread() {
      place = 'none';
      token = read();
    },
  };
}

/** The page's domain and its parents, widest first; then none, for localhost, addresses and public suffixes. */
function cookieDomains(wanted?: string): (string | undefined)[] {
  const { hostname } = location;
  if (/^[\d.]+$|:|^localhost$/.test(hostname)) return [undefined];
  const labels = hostname.split('.');
  const parents = labels.slice(0, -1).map((_, index) => labels.slice(labels.length - 2 - index).join('.'));
  return [...(wanted ? [wanted] : []), ...parents, undefined];
}

function cookieText(key: string, value: string, domain: string | undefined, maxAge: number): string {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  return `${key}=${value}; Path=/; Max-Age=${maxAge}; SameSite=Lax${secure}${domain ? `; Domain=${domain}` : ''}`;
}

/** A browser refuses a public suffix: the first domain it takes is the registrable one. */
function writeCookie(key: string, value: string, wanted?: string): boolean {
  try {
    for (const domain of cookieDomains(wanted)) {
      document.cookie = cookieText(key, value, domain, yearSeconds);
      if (readCookie(key) === value) return true;
    }
  } catch {
    // A sandboxed frame throws on document.cookie.
  }
  return false;
}

/** The browser does not tell on which domain it was set. */
function clearCookie(key: string, wanted?: string): void {
  try {
    for (const domain of cookieDomains(wanted)) document.cookie = cookieText(key, '', domain, 0);
  } catch {
    // Then there was none.
  }
}

function readCookie(key: string): string | null {
  try {
    return document.cookie.match(new RegExp(`(?:^|; )${key}=([^;]+)`))?.[1] ?? null;
  } catch {
    return null;
  }
}

function readLocal(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeLocal(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function removeLocal(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Blocked: then nothing was kept.
  }
}
