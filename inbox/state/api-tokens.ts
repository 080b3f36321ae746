// The workspace's API tokens. One that was just made is handed to whoever made it and kept nowhere.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ApiTokenView, RouteBody, RouteReply } from '../../shared/api.ts';
import type { Api, ApiFailure, ApiResult } from '../api.ts';

export interface ApiTokens {
  /** Null until loaded. */
  readonly list: ReadonlySignal<readonly ApiTokenView[] | null>;
  readonly failure: ReadonlySignal<ApiFailure | null>;
  load(): Promise<void>;
  create(wish: RouteBody<'POST /api/v1/tokens'>): Promise<ApiResult<RouteReply<'POST /api/v1/tokens'>>>;
  revoke(id: number): Promise<ApiFailure | null>;
}

export function createApiTokens(api: Api): ApiTokens {
  const list = signal<readonly ApiTokenView[] | null>(null);
  const failure = signal<ApiFailure | null>(null);
  async function load(): Promise<void> {
    failure.value = null;
    const result = await api.call('GET /api/v1/tokens');
    if (result.ok) list.value = result.data.data;
    else if (list.peek() === null) failure.value = result;
  }
  return {
    list,
    failure,
    load,
    async create(wish) {
      const result = await api.call('POST /api/v1/tokens', { body: wish });
      if (result.ok) {
        const { token: _, ...view } = result.data;
        list.value = [view, ...(list.peek() ?? [])];
      }
      return result;
    },
    async revoke(id) {
      const result = await api.call('DELETE /api/v1/tokens/:token', { params: { token: id } });
      if (result.ok) list.value = (list.peek() ?? []).map((each) => (each.id === id ? result.data : each));
      // Somebody else was quicker.
      else if (result.code === 'not_found') await load();
      return result.ok || result.code === 'not_found' ? null : result;
    },
  };
}
