// A server that keeps one flow in memory, and an editor on it, for tests of the flow editor.
import { vi } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { createFlowEditor } from '../../inbox/flows/editor.ts';
import type { FlowEditor } from '../../inbox/flows/editor.ts';
import { toDraft } from '../../inbox/flows/change.ts';
import { createToasts } from '../../inbox/state/toasts.ts';
import { createStorage } from '../../inbox/storage.ts';
import type { FlowReply, FunnelReply } from '../../shared/api.ts';
import type { FlowDraft } from '../../shared/bot/edit.ts';
import { createFakeFetch, doneChecklist, noon } from './scene.ts';

export const smallFlow: FlowDraft = {
  id: 'small',
  version: 1,
  name: 'Small',
  start: 'hello',
  steps: {
    hello: { type: 'say', text: 'Hi {{contact.name|there}}!', next: 'need' },
    need: {
      type: 'ask-choice',
      text: 'What brings you here?',
      choices: [
        { value: 'pricing', label: 'Pricing' },
        { value: 'support', label: 'Support' },
      ],
      next: 'email',
    },
    email: { type: 'ask-email', text: 'Your email?', next: 'points' },
    points: {
      type: 'score',
      rules: [{ points: 20, reason: 'Asks about pricing', when: { fact: 'answer.need', op: 'is', value: 'pricing' } }],
      next: 'bye',
    },
    bye: { type: 'handover', text: 'The team takes over.', reason: 'Wants an answer' },
  },
};

const iso = new Date(noon).toISOString();

export interface FakeFlows {
  request: typeof fetch;
  asked: ReturnType<typeof createFakeFetch>['asked'];
  /** Every saved body, in order. */
  saves: { rev: number; body: FlowDraft }[];
  reply(): FlowReply;
  /** The line is dead while true. */
  isDown: boolean;
  /** As if a colleague had saved. */
  saveElsewhere(body: FlowDraft): void;
  funnel: FunnelReply | null;
}

interface FakeState {
  rev: number;
  draft: FlowDraft;
  versions: FlowDraft[];
  active: boolean;
}

/** Behaves as the routes of flows say. */
export function createFakeFlows(first: FlowDraft = smallFlow, { published = true }: { published?: boolean } = {}): FakeFlows {
  const state: FakeState = { rev: 1, draft: first, versions: published ? [first] : [], active: published };
  const saves: FakeFlows['saves'] = [];
  const newest = (): FlowDraft | undefined => state.versions.at(-1);
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const reply = (): FlowReply => ({
    id: first.id,
    name: state.draft.name,
    active: state.active,
    published_version: state.versions.length || null,
    published_at: state.versions.length > 0 ? iso : null,
    draft_updated_at: iso,
    has_changes: !same(newest(), state.draft),
    draft: { rev: state.rev, body: state.draft, faults: [], updated_by: null },
    versions: state.versions.map((_, i) => ({ version: i + 1, published_at: iso, published_by: 'Ada Holm', note: null })).reverse(),
  });
  const problem = (status: number, code: string): { status: number; body: unknown } => ({ status, body: { code, detail: code, status } });
  const path = `/api/v1/flows/${first.id}`;
  const { request, asked } = createFakeFetch({
    'GET /api/v1/checklist': () => ({ body: doneChecklist }),
    'GET /api/v1/agents': () => ({ body: { data: [{ id: 7, name: 'Ada Holm', email: 'ada@team.example', avatar: null, online: true }] } }),
    'GET /api/v1/teams': () => ({ body: { data: [{ id: 3, name: 'Sales', members: [7] }] } }),
    'GET /api/v1/flows': () => ({ body: { data: [reply()] } }),
    'GET /api/v1/attributes': () => ({ body: { attributes: ['plan'], tags: ['vip'] } }),
    'GET /api/v1/settings/bot': () => ({ body: { bot: 'on', ask_policy: 'flow', consent: null, hours: null, score_rules: [] } }),
    [`GET ${path}`]: () => ({ body: reply() }),
    [`PUT ${path}/draft`]: (raw) => {
      const { rev, body } = raw as { rev: number; body: FlowDraft };
      if (rev !== state.rev) return problem(409, 'draft_conflict');
      saves.push({ rev, body });
      state.draft = body;
      state.rev += 1;
      return { body: { rev: state.rev, faults: [] } };
    },
    [`POST ${path}/publish`]: (raw) => {
      if ((raw as { rev: number }).rev !== state.rev) return problem(409, 'draft_conflict');
      state.versions.push(state.draft);
      return { body: reply() };
    },
    [`POST ${path}/rollback`]: (raw) => {
      const old = state.versions[(raw as { version: number }).version - 1];
      if (!old) return problem(404, 'not_found');
      state.versions.push(old);
      state.draft = old;
      state.rev += 1;
      return { body: reply() };
    },
    [`POST ${path}/activate`]: () => {
      state.active = true;
      return { body: reply() };
    },
    ...Object.fromEntries(
      [1, 2, 3, 4].map((n) => [
        `GET ${path}/versions/${n}`,
        () =>
          state.versions[n - 1]
            ? { body: { version: n, published_at: iso, published_by: null, note: null, body: state.versions[n - 1] } }
            : problem(404, 'not_found'),
      ]),
    ),
    [`GET ${path}/funnel`]: () => (fake.funnel ? { body: fake.funnel } : problem(500, 'internal')),
  });
  const fake: FakeFlows = {
    request: ((...args: Parameters<typeof fetch>) =>
      fake.isDown ? Promise.reject(new TypeError('Failed to fetch')) : request(...args)) as typeof fetch,
    asked,
    saves,
    reply,
    isDown: false,
    saveElsewhere(body) {
      state.draft = body;
      state.rev += 1;
    },
    funnel: null,
  };
  return fake;
}

export function startEditor(server = createFakeFlows(), { canEdit = true }: { canEdit?: boolean } = {}): FlowEditor {
  const reply = server.reply();
  const deps = { api: createApi(server.request), storage: createStorage(), toasts: createToasts(), canEdit };
  const body = toDraft(reply.draft.body);
  if (body === null) throw new Error('the test flow is none');
  return createFlowEditor(deps, reply, body);
}

/** happy-dom lays nothing out: the canvas has the size of a screen. */
export function layOut(): void {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({
    x: 0,
    y: 0,
    left: 0,
    top: 0,
    right: 1200,
    bottom: 800,
    width: 1200,
    height: 800,
    toJSON: () => ({}),
  });
}
