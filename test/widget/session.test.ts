// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tokenPattern } from '../../shared/ids.ts';
import { createSession, type SessionDeps } from '../../widget/session.ts';

const key = 'foyer_app_test';
const onBlocked = vi.fn<() => void>();
const start = (more: Partial<SessionDeps> = {}) => createSession({ appId: 'app_test', policy: 'on-act', onBlocked, ...more });
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

function database(): { deleteDatabase: ReturnType<typeof vi.fn<(name: string) => void>> } {
  const deleteDatabase = vi.fn<(name: string) => void>();
  vi.stubGlobal('indexedDB', { deleteDatabase });
  return { deleteDatabase };
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
    expect(localStorage.getItem(key)?.split('.')[0]).toBe(session.token());
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
    session.permit({ consent: true });
    expect(storedCookie()).toBe(session.token());
    session.permit({ consent: false });
    expect(storedCookie()).toBeUndefined();
    expect(session.token()).not.toBeNull();
  });

  it('consented: what was stored with consent is used until the host has spoken, and is not touched', () => {
    start({ policy: 'consented', consent: true }).ensure();
    const before = storedCookie();
    const session = start({ policy: 'consented' });
    expect(session.token()).toBe(before);
    session.permit({ cookieDomain: 'example.com' });
    expect(storedCookie()).toBe(before);
  });

  it.each(['on-act', 'consented', 'always', 'none'] as const)(
    '%s: consent(false) clears all, keeps the chat in memory, and stores nothing from then on',
    (policy) => {
      const session = start({ policy, consent: true });
      session.ensure();
      localStorage.setItem(`${key}_outbox`, '[]');
      const { deleteDatabase } = database();
      const token = session.token();
      session.permit({ consent: false });
      expect([storedCookie(), localStorage.length, session.place()]).toEqual([undefined, 0, 'memory']);
      expect(deleteDatabase).toHaveBeenCalledWith(key);
      expect(session.token()).toBe(token);
      session.adopt('b'.repeat(43));
      session.permit({ policy: 'always' });
      session.renew();
      expect([storedCookie(), localStorage.length, session.mayStore()]).toEqual([undefined, 0, false]);
      session.permit({ policy, consent: true });
      expect(storedCookie()).toBe(policy === 'none' ? undefined : 'b'.repeat(43));
    },
  );

  it('a boot that says no, or a workspace that stores nothing any more, clears what lies there from before', () => {
    for (const more of [{ consent: false }, { policy: 'none' }] as const) {
      start().ensure();
      const before = storedCookie();
      const session = start(more);
      expect(session.token()).toBe(before);
      expect(storedCookie()).toBeUndefined();
      session.clear();
    }
  });

  it('always: stores from the first look on, unless the host forbids it', () => {
    expect(start({ policy: 'always' }).keepsAlways()).toBe(true);
    expect(start({ policy: 'always', consent: false }).keepsAlways()).toBe(false);
    expect(start().keepsAlways()).toBe(false);
  });
});

describe('session_duration', () => {
  const written = (): string[] => {
    const texts: string[] = [];
    let jar = '';
    Object.defineProperty(document, 'cookie', {
      configurable: true,
      get: () => jar,
      set(text: string) {
        texts.push(text);
        jar = /Max-Age=0/.test(text) ? '' : text.split(';')[0]!;
      },
    });
    return texts;
  };

  it('bounds the cookie: milliseconds, a year where none is given', () => {
    const texts = written();
    for (const durationMs of [5000, NaN, -1]) {
      const session = start({ durationMs });
      session.ensure();
      session.clear();
    }
    expect(texts.flatMap((text) => /Max-Age=([1-9]\d*)/.exec(text)?.[1] ?? [])).toEqual(['5', '31536000', '31536000']);
  });

  it('begins anew while the page is looked at, and never over what another tab has stored', () => {
    vi.useFakeTimers();
    const texts = written();
    const session = start({ durationMs: 60_000 });
    session.ensure();
    vi.advanceTimersByTime(30_000);
    session.renew();
    expect(texts.filter((text) => text.includes('Max-Age=60;'))).toHaveLength(2);
    expect(start().token()).toBe(session.token());
    expect(session.changedElsewhere()).toBe(false);
    document.cookie = `${key}=${'b'.repeat(43)}; Path=/; Max-Age=9`;
    session.renew();
    expect(storedCookie()).toBe('b'.repeat(43));
    vi.useRealTimers();
  });

  it('holds in localStorage too, which knows no expiry', () => {
    vi.useFakeTimers();
    cookies(() => false);
    const session = start({ durationMs: 60_000 });
    session.ensure();
    vi.advanceTimersByTime(59_000);
    expect(start().token()).toBe(session.token());
    vi.advanceTimersByTime(2_000);
    expect(start().token()).toBeNull();
    expect(session.changedElsewhere()).toBe(true);
    vi.useRealTimers();
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

  it('[M17] a session that ended elsewhere is forgotten, and what has followed it is left alone', () => {
    const [mine, same] = [start(), start()];
    mine.ensure();
    same.reread();
    mine.leave();
    expect([mine.token(), storedCookie()]).toEqual([null, undefined]);
    mine.adopt('b'.repeat(43));
    same.leave();
    expect(same.token()).toBe('b'.repeat(43));
    expect(storedCookie()).toBe('b'.repeat(43));
  });

  it('[I15] where another tab has made the session meanwhile, the first act of this one takes it', () => {
    const [mine, other] = [start(), start()];
    other.ensure();
    expect(mine.token()).toBeNull();
    expect(mine.ensure()).toBe(true);
    expect(mine.token()).toBe(other.token());
  });

  it('[M17] where nothing follows a session that ended elsewhere, all that it stored here goes, too', () => {
    const [mine, other] = [start(), start()];
    mine.ensure();
    other.reread();
    other.clear();
    localStorage.setItem(`${key}_outbox`, '[]');
    const { deleteDatabase } = database();
    mine.leave();
    expect([mine.token(), localStorage.length]).toEqual([null, 0]);
    expect(deleteDatabase).toHaveBeenCalledWith(key);
  });

  it('what is stored but is no token is not sent to the server', () => {
    document.cookie = `${key}=tampered; Path=/`;
    expect(start().token()).toBeNull();
  });
});
