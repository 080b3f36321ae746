// The audit log by page, newest first.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AuditEntry } from '../../shared/api.ts';
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
}

const pageSize = 50;

export function createAudit(api: Api): Audit {
  const entries = signal<readonly AuditEntry[] | null>(null);
  const cursor = signal<string | null>(null);
  const hasOlder = signal(false);
  const isLoading = signal(false);
  const failure = signal<ApiFailure | null>(null);
  let asked = 0;
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
  return {
    entries,
    hasOlder,
    isLoading,
    failure,
    load: () => page(null),
    async loadOlder() {
      if (!isLoading.peek() && cursor.peek() !== null) await page(cursor.peek());
    },
  };
}
