// Contacts as REST shows them, and a server that answers for two of them, for tests of merging and editing.
import { createApi } from '../../inbox/api.ts';
import type { Api } from '../../inbox/api.ts';
import type { ContactView, MergePreview, MergeReply } from '../../shared/api.ts';
import type { MergeField } from '../../shared/merge.ts';
import type { ContactSummary } from '../../shared/protocol.ts';
import { createFakeFetch, doneChecklist, noon } from './scene.ts';

type Routes = Parameters<typeof createFakeFetch>[0];

const rfc3339 = (at: number): string => new Date(at).toISOString();

export function viewOf({ id, type, name, email, verified }: ContactSummary, more: Partial<ContactView> = {}): ContactView {
  return {
    id,
    type,
    user_id: null,
    claimed_user_id: null,
    verified,
    email,
    email_grade: email === null ? null : 'claimed',
    name,
    name_grade: name === null ? null : 'claimed',
    phone: null,
    phone_grade: null,
    avatar: null,
    company: null,
    signed_up_at: null,
    custom_attributes: {},
    signed_fields: [],
    tags: [],
    score: 0,
    blocked: false,
    unsubscribed: false,
    archived_at: null,
    language: null,
    first_touch: null,
    created_at: rfc3339(noon),
    last_seen_at: rfc3339(noon),
    ...more,
  };
}

export function previewOf(into: ContactView, from: ContactView, fields: MergeField[] = [], more: Partial<MergePreview> = {}): MergePreview {
  const side = ({ id, type, name, email }: ContactView): MergePreview['into'] => ({ id, type, name, email });
  return { into: side(into), from: side(from), fields, conversations: { moved: 2, kept: 1 }, needs_force: false, ...more };
}

export function mergeReply(preview: MergePreview, contact: ContactView): MergeReply {
  return { id: 41, from: preview.from.id, into: preview.into.id, undo_until: rfc3339(noon + 30 * 86_400_000), contact };
}

export const problem = (status: number, code: string, detail: string, errors?: { pointer: string; message: string }[]) => ({
  status,
  body: { type: 'about:blank', title: detail, status, code, detail, request_id: 'r1', errors },
});

export interface FakeServer {
  api: Api;
  asked: { route: string; body: unknown }[];
  askedOf(route: string): unknown[];
  /** Replaces how routes are answered. */
  answer(routes: Routes): void;
}

export function contactServer(routes: Routes): FakeServer {
  const all: Routes = {
    'GET /api/v1/checklist': () => ({ body: doneChecklist }),
    'GET /api/v1/attributes': () => ({ body: { attributes: ['plan'], tags: [] } }),
    ...routes,
  };
  const { request, asked } = createFakeFetch(all);
  return {
    api: createApi(request),
    asked,
    askedOf: (route) => asked.filter((each) => each.route === route).map((each) => each.body),
    answer: (more) => void Object.assign(all, more),
  };
}
