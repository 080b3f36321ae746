// The same browser's other tabs (P11, M17): who may send now, and what they should know.
import type { OutboxNews } from './outbox.ts';

export type TabNews = { kind: 'outbox'; news: OutboxNews } | { kind: 'session' } | { kind: 'rotated' } | { kind: 'logout' };

export interface Tabs {
  tell(news: TabNews): void;
  lock<T>(act: () => Promise<T>): Promise<T>;
  close(): void;
}

export function createTabs(appId: string, hear: (news: TabNews) => void): Tabs {
  const name = `foyer_${appId}`;
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : null;
  if (channel) channel.onmessage = ({ data }: MessageEvent<TabNews>) => hear(data);
  return {
    tell: (news) => channel?.postMessage(news),
    // Without Web Locks two tabs may send the same item; the server dedupes by its cid.
    lock: (act) => (navigator.locks ? (navigator.locks.request(name, act) as ReturnType<typeof act>) : act()),
    close: () => channel?.close(),
  };
}
