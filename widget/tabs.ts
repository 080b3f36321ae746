// The same browser's other tabs (P11, M17): who may send now, and what they should know.
import type { OutboxNews } from './outbox.ts';

export type TabNews =
  | { kind: 'outbox'; news: OutboxNews }
  /** There is a session now, of this token, where there was none. */
  | { kind: 'session'; token: string }
  /** The same person goes on under another token. */
  | { kind: 'rotated' }
  /** Somebody else is here now. */
  | { kind: 'switched' }
  /** Of the session of this token. */
  | { kind: 'logout'; of: string | null }
  | { kind: 'consent'; given: boolean };

export interface Tabs {
  tell(news: TabNews): void;
  lock<T>(act: () => Promise<T>): Promise<T>;
}

export function createTabs(appId: string, hear: (news: TabNews) => void): Tabs {
  const name = `foyer_${appId}`;
  let channel: BroadcastChannel | null = null;

  function open(): void {
    try {
      channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }: MessageEvent<TabNews>) => hear(data);
    } catch {
      // There is none, or Firefox denies it with all storage.
    }
  }

  function close(): void {
    channel?.close();
    channel = null;
  }

  // A page that was left may be kept to be come back to; news would end that. What it misses it learns when it is back.
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', ({ persisted }) => persisted && open());
  open();
  return {
    tell: (news) => channel?.postMessage(news),
    // Without Web Locks (or where the browser denies them with all storage) two tabs may send the same item; the server dedupes by its cid.
    lock<T>(act: () => Promise<T>): Promise<T> {
      let running: Promise<T> | undefined;
      const once = (): Promise<T> => (running ??= act());
      return navigator.locks ? (navigator.locks.request(name, once) as Promise<T>).catch(once) : once();
    },
  };
}
