// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tokenPattern } from '../../shared/ids.ts';
import { createSession, type SessionDeps } from '../../widget/session.ts';

const key = 'foyer_app_test';
const onBlocked = vi.fn<() => void>();
const start = (more: Partial<SessionDeps> = {}) =>
  createSession({ appId: 'app_test', policy: 'on-act', consent: false, onBlocked, ...more });
const storedCookie = (): string | undefined => document.cookie.match(new RegExp(`${key}=([^;]+)`))?.[1];

/** A browser that takes no cookie, or one only for certain domains. */
function cookies(accepts: (domain: string | null) => boolean): string[] {
  const tried: string[] = [];
  let jar = '';
  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get: () => jar,
    set(text: string) {
      const domain = /Domain=([^;]+)/.exec(text)?.[1] ?? null;
      tried.push(domain ?? '(host)');
      if (accepts(domain)) jar = text.startsWith(`${key}=;`) ? '' : text.split(';')[0]!;
    },
  });
  return tried;
}

const forbid = (): never => {
  throw new DOMException('blocked', 'SecurityError');
};

beforeEach(() => {
  document.cookie = `${key}=; Max-Age=0; Path=/`;
  localStorage.clear();
  onBlocked.mockClear();
});
afterEach(() => {
  Reflect.deleteProperty(document, 'cookie');
  vi.unstubAllGlobals();
});

describe('before the visitor acts', () => {
  it('[M1] nothing is stored: no cookie, no localStorage, no sessionStorage', () => {
    const session = start();
    expect(session.token()).toBeNull();
    expect(document.cookie).toBe('');
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });
});

describe('the first act', () => {
  it('makes a token of 256 random bits and stores it before anything is sent', () => {
    const session = start();
    expect(session.ensure()).toBe(true);
    expect(session.token()).toMatch(tokenPattern);
    expect(storedCookie()).toBe(session.token());
    expect(session.ensure()).toBe(false);
  });

  it('is found again by the next page', () => {
    const first = start();
    first.ensure();
    const second = start();
    expect(second.token()).toBe(first.token());
    expect(second.ensure()).toBe(false);
  });

  it('takes the widest domain which the browser accepts, so that sister domains share a visitor', () => {
    vi.stubGlobal('location', { hostname: 'app.shop.example.co.uk', protocol: 'https:' });
    const tried = cookies((domain) => domain === 'example.co.uk');
    const session = start();
    session.ensure();
    expect(tried).toEqual(['co.uk', 'example.co.uk']);
    expect(session.place()).toBe('cookie');
  });

  it('falls back to localStorage where no cookie is taken', () => {
    cookies(() => false);
    const session = start();
    session.ensure();
    expect(session.place()).toBe('local');
    expect(localStorage.getItem(key)).toBe(session.token());
    expect(onBlocked).not.toHaveBeenCalled();
  });

  it('lives in memory where nothing can be stored, and says so once', () => {
    cookies(() => false);
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: forbid, removeItem: forbid });
    const session = start();
    session.ensure();
    expect(session.place()).toBe('memory');
    expect(session.token()).toMatch(tokenPattern);
    expect(onBlocked).toHaveBeenCalledTimes(1);
  });

  it('survives a page in which even reading is forbidden', () => {
    Object.defineProperty(document, 'cookie', { configurable: true, get: forbid, set: forbid });
    vi.stubGlobal('localStorage', { getItem: forbid, setItem: forbid, removeItem: forbid });
    const session = start();
    session.ensure();
    expect(session.place()).toBe('memory');
    expect(() => session.clear()).not.toThrow();
  });
});

describe('policies', () => {
  it('none: nothing is ever stored, and chat works from memory', () => {
    const session = start({ policy: 'none' });
    session.ensure();
    expect(session.mayStore()).toBe(false);
    expect(session.token()).toMatch(tokenPattern);
    expect(storedCookie()).toBeUndefined();
    expect(localStorage.length).toBe(0);
    expect(onBlocked).not.toHaveBeenCalled();
  });

  it('consented: stored only once the host says so, and forgotten again when consent is withdrawn', () => {
    const session = start({ policy: 'consented' });
    session.ensure();
    expect(storedCookie()).toBeUndefined();
    session.consent(true);
    expect(storedCookie()).toBe(session.token());
    session.consent(false);
    expect(storedCookie()).toBeUndefined();
    expect(session.token()).not.toBeNull();
  });
});

describe('the end', () => {
  it('[M16] clear leaves nothing behind', () => {
    const session = start();
    session.ensure();
    session.clear();
    expect(session.token()).toBeNull();
    expect(storedCookie()).toBeUndefined();
    expect(localStorage.length).toBe(0);
  });

  it('[M17] notices that another tab logged out or in', () => {
    const session = start();
    session.ensure();
    expect(session.changedElsewhere()).toBe(false);
    const other = start();
    other.adopt('b'.repeat(43));
    expect(session.changedElsewhere()).toBe(true);
    session.reread();
    expect(session.token()).toBe('b'.repeat(43));
    other.clear();
    expect(session.changedElsewhere()).toBe(true);
    session.reread();
    expect(session.token()).toBeNull();
  });

  it('what is stored but is no token is not sent to the server', () => {
    document.cookie = `${key}=tampered; Path=/`;
    expect(start().token()).toBeNull();
  });
});
