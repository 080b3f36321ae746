// The audit log by page, newest first; live while it is looked at.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AuditEntry } from '../../shared/api.ts';
import { auditedTypes } from '../../shared/events.ts';
import type { EventType } from '../../shared/events.ts';
import type { FeedItem } from '../../shared/protocol.ts';
import type { Api, ApiFailure } from '../api.ts';

export interface Audit {
  /** Null until loaded. */
  readonly entries: ReadonlySignal<readonly AuditEntry[] | null>;
  readonly hasOlder: ReadonlySignal<boolean>;
  readonly isLoading: ReadonlySignal<boolean>;
  /** Why the last page that was asked for did not come. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  /** The newest page, in the place of all that is shown. */
  load(): Promise<void>;
  loadOlder(): Promise<void>;
  /** Loads it, and follows what happens until what it returns is called. */
  watch(): () => void;
  /** Feed items, in order. */
  take(items: readonly FeedItem[]): void;
  /** Asks for the newest, soon and once for many reasons, where somebody looks. */
  refresh(): void;
}

const pageSize = 50;
/** Waits for the end of a burst. */
const refreshAfterMs = 120;
const isAudited = new Set<EventType>(auditedTypes);

export function createAudit(api: Api): Audit {
  const entries = signal<readonly AuditEntry[] | null>(null);
  const cursor = signal<string | null>(null);
  const hasOlder = signal(false);
  const isLoading = signal(false);
  const failure = signal<ApiFailure | null>(null);
  let asked = 0;
  let looks = 0;
  let isWatched = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function page(after: string | null): Promise<void> {
    const ask = ++asked;
    isLoading.value = true;
    failure.value = null;
    const result = await api.call('GET /api/v1/audit', { query: { limit: pageSize, ...(after !== null && { cursor: after }) } });
    if (ask !== asked) return;
    isLoading.value = false;
    if (!result.ok) return void (failure.value = result);
    entries.value = after === null ? result.data.data : [...(entries.peek() ?? []), ...result.data.data];
    cursor.value = result.data.next_cursor;
    hasOlder.value = result.data.has_more;
  }
  /** What is new goes on top of what is shown; where it cannot be had, or is too much to join it, the next load brings it. */
  async function loadNewest(): Promise<void> {
    const known = entries.peek();
    if (isLoading.peek()) return refresh();
    if (known === null) return page(null);
    const [ask, look] = [asked, ++looks];
    const result = await api.call('GET /api/v1/audit', { query: { limit: pageSize } });
    // A later one knows more.
    if (look !== looks) return;
    // Pages came in between, to which this may not join.
    if (ask !== asked) return refresh();
    if (!result.ok) return;
    const { data } = result.data;
    const joint = data.findIndex((entry) => entry.rev === known[0]?.rev);
    if (joint !== -1) entries.value = [...data.slice(0, joint), ...known];
    else await page(null);
  }

  function refresh(): void {
    clearTimeout(timer);
    if (isWatched) timer = setTimeout(() => void loadNewest(), refreshAfterMs);
  }

  return {
    entries,
    hasOlder,
    isLoading,
    failure,
    load: () => page(null),
    watch() {
      isWatched = true;
      void page(null);
      return () => {
        isWatched = false;
        clearTimeout(timer);
      };
    },
    take: (items) => void (items.some(({ type }) => isAudited.has(type)) && refresh()),
    refresh,
    async loadOlder() {
      if (!isLoading.peek() && cursor.peek() !== null) await page(cursor.peek());
    },
  };
}
