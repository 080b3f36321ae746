// The browser's session token: where it is kept, for how long, and that nothing is kept before the visitor acts (M1).
import type { WidgetSettings } from '../shared/settings.ts';
import { tokenPattern } from '../shared/ids.ts';
import { clearCookie, readCookie, writeCookie } from './cookie.ts';
import { newToken } from './random.ts';

export type StoragePolicy = WidgetSettings['storage'];
export type Place = 'none' | 'cookie' | 'local' | 'memory';

/** What the workspace and the host's `boot` say about storing. */
export interface Terms {
  policy: StoragePolicy;
  /** The host's word: `false` forbids storing under any policy; `consented` waits for `true`. */
  consent?: boolean;
  /** Overrides the widest domain which the browser accepts. */
  cookieDomain?: string;
  /** Ends the session so long after the page was last looked at; a year after it began where it is no positive number. */
  durationMs?: number;
}

export interface SessionDeps extends Terms {
  appId: string;
  /** The token that lies beside what an earlier page left unsent, from `unsentToken`. */
  left?: string | null;
  /** Called once where the browser lets us keep nothing though the policy would. */
  onBlocked(): void;
}

export interface Session {
  token(): string | null;
  /** The token and the time of its end, as they are kept. */
  record(): string;
  /** Takes or makes a token where there is none: the visitor acts. True where this page had none. */
  ensure(): boolean;
  /** It was made on this page. */
  isNew(): boolean;
  /** Goes on as somebody else (M8, M10). */
  adopt(token: string): void;
  clear(): void;
  /** It ended elsewhere: forgets it, and stores nothing anew over what has followed it. */
  leave(): void;
  /** The host says it otherwise from now on: stores or clears at once. */
  permit(terms: Partial<Terms>): void;
  /** May anything be written to this browser? */
  mayStore(): boolean;
  /** The policy stores from the first look at the page on. */
  keepsAlways(): boolean;
  /** Where the token is kept. */
  place(): Place;
  /** What is stored differs from what is used here: another tab logged out or in (M17). */
  changedElsewhere(): boolean;
  /** Takes over what another tab stored. */
  reread(): void;
  /** The page is looked at: the duration begins anew. */
  renew(): void;
}

const yearMs = 31_536_000_000;

export function createSession({ appId, onBlocked, left, ...given }: SessionDeps): Session {
  const key = `foyer_${appId}`;
  let terms: Terms = given;
  let place: Place = 'none';
  let wasBlocked = false;
  let token: string | null = null;
  let isNew = false;

  const isForbidden = (): boolean => terms.policy === 'none' || terms.consent === false;
  const mayStore = (): boolean => !isForbidden() && (terms.policy !== 'consented' || terms.consent === true);

  const stored = (): string | null => storedToken(key);
  const isLimited = (): boolean => terms.durationMs! > 0;
  const forMs = (): number => (isLimited() ? terms.durationMs! : yearMs);
  const record = (): string => `${token}.${Date.now() + forMs()}`;

  function read(): string | null {
    const value = stored();
    if (value === null || !tokenPattern.test(value)) return null;
    place = readCookie(key) === null ? 'local' : 'cookie';
    return value;
  }

  function store(value: string): void {
    token = value;
    if (!mayStore()) toMemory();
    // A cookie is taken where it reads as written: one that is renewed must not read as before.
    else if (writeCookie(key, isLimited() ? record() : value, forMs(), terms.cookieDomain)) place = 'cookie';
    else if (writeLocal(key, record())) place = 'local';
    else {
      toMemory();
      if (!wasBlocked) onBlocked();
      wasBlocked = true;
    }
  }

  // All that may be kept under our names: docs/privacy.md lists them.
  function forgetToken(): void {
    clearCookie(key, terms.cookieDomain);
    removeLocal(key);
  }

  function forgetUnsent(): void {
    removeLocal(`${key}_outbox`);
    try {
      indexedDB.deleteDatabase(key);
    } catch {
      // Blocked: then nothing was kept there.
    }
  }

  /** What is stored, if anything, is not what is used any more. */
  function toMemory(): void {
    forgetToken();
    if (token === null || isForbidden()) forgetUnsent();
    place = token === null ? 'none' : 'memory';
  }

  const changedElsewhere = (): boolean => (place === 'cookie' || place === 'local') && stored() !== token;

  function reread(): void {
    place = 'none';
    token = read();
  }

  function clear(): void {
    token = null;
    toMemory();
  }

  reread();
  // A browser that was killed may have written down what waits to be sent, and not yet the cookie.
  if (token === null && left) store(left);
  if (token !== null && isForbidden()) toMemory();
  return {
    token: () => token,
    record,
    ensure() {
      if (token !== null) return false;
      // Another tab may have been first.
      token = read();
      if (token !== null) return true;
      store(newToken());
      isNew = true;
      return true;
    },
    isNew: () => isNew,
    adopt: store,
    clear,
    leave() {
      if (changedElsewhere()) reread();
      else token = null;
      if (token === null) clear();
    },
    permit(changed) {
      terms = { ...terms, ...changed };
      if (isForbidden()) toMemory();
      else if (token !== null && mayStore() && !changedElsewhere()) store(token);
    },
    mayStore,
    keepsAlways: () => terms.policy === 'always' && mayStore(),
    place: () => place,
    changedElsewhere,
    reread,
    renew() {
      if (isLimited() && token !== null && place !== 'memory' && !changedElsewhere()) store(token);
    },
  };
}

/** What a cookie or localStorage holds of a session that has not ended. */
export const storedToken = (key: string): string | null => inForce(readCookie(key) ?? readLocal(key));

/** Beside the token may stand when it ends: localStorage has no expiry of its own. */
export function inForce(kept: string | null): string | null {
  const [value, until] = (kept ?? '').split('.');
  return value && !(Number(until) < Date.now()) ? value : null;
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
