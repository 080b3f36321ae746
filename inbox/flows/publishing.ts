// What visitors get: versions, the one in force, and the ways from one to the next.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { FlowReply } from '../../shared/api.ts';
import type { FlowDraft } from '../../shared/bot/edit.ts';
import type { Api, ApiFailure, ApiResult } from '../api.ts';
import { toDraft } from './change.ts';

export interface ViewedVersion {
  version: number;
  body: FlowDraft;
}

export interface Publishing {
  /** A version that is looked at in place of the draft. */
  readonly viewed: ReadonlySignal<ViewedVersion | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  publish(note: string): Promise<ApiFailure | null>;
  rollBack(version: number): Promise<ApiFailure | null>;
  activate(): Promise<ApiFailure | null>;
  /** The body of a published version; each is fetched once. */
  bodyOf(version: number): Promise<ApiResult<FlowDraft>>;
  view(version: number | null): Promise<ApiFailure | null>;
}

interface Deps {
  api: Api;
  flow: string;
  /** Saves what is not saved; the revision the server then has, null where it could not be. */
  settle(): Promise<number | null>;
  /** What the server said of the flow after a change. */
  take(reply: FlowReply, isDraftNew: boolean): void;
}

const notSaved: ApiFailure = {
  ok: false,
  code: 'not_saved',
  message: 'The last changes are not saved yet, so nothing was published. Try again once they are.',
  fields: {},
};

export function createPublishing({ api, flow, settle, take }: Deps): Publishing {
  const viewed = signal<ViewedVersion | null>(null);
  const isBusy = signal(false);
  const bodies = new Map<number, FlowDraft>();
  const params = { flow };

  async function doing(work: () => Promise<ApiResult<FlowReply>>, isDraftNew: boolean): Promise<ApiFailure | null> {
    isBusy.value = true;
    const result = await work();
    isBusy.value = false;
    if (!result.ok) return result;
    viewed.value = null;
    take(result.data, isDraftNew);
    return null;
  }

  async function bodyOf(version: number): Promise<ApiResult<FlowDraft>> {
    const known = bodies.get(version);
    if (known) return { ok: true, data: known };
    const result = await api.call('GET /api/v1/flows/:flow/versions/:version', { params: { flow, version } });
    if (!result.ok) return result;
    const body = toDraft(result.data.body);
    if (body === null) return { ok: false, code: 'not_a_flow', message: 'This version cannot be read.', fields: {} };
    bodies.set(version, body);
    return { ok: true, data: body };
  }

  return {
    viewed,
    isBusy,
    bodyOf,
    publish: (note) =>
      doing(async () => {
        const rev = await settle();
        if (rev === null) return notSaved;
        const words = note.trim();
        return api.call('POST /api/v1/flows/:flow/publish', { params, body: { rev, ...(words !== '' && { note: words }) } });
      }, false),
    rollBack: (version) =>
      doing(async () => {
        if ((await settle()) === null) return notSaved;
        return api.call('POST /api/v1/flows/:flow/rollback', { params, body: { version } });
      }, true),
    activate: () => doing(() => api.call('POST /api/v1/flows/:flow/activate', { params, body: {} }), false),
    async view(version) {
      if (version === null) {
        viewed.value = null;
        return null;
      }
      const result = await bodyOf(version);
      if (!result.ok) return result;
      viewed.value = { version, body: result.data };
      return null;
    },
  };
}
