// Funnel and capture rates, counted in pieces between which everybody else is served, and kept for a moment.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CaptureReport, FunnelReply } from '../../../shared/api.ts';
import { countInto, emptyFunnel } from '../../../shared/report.ts';
import { Refusal } from '../refusal.ts';
import type { Deps } from '../../deps.ts';
import { findDraft, flowNames } from '../../store/flow-drafts.ts';
import { findFlowBody, findPublished, listFlowKeys } from '../../store/flows.ts';
import { createKept } from './kept.ts';
import type { CaptureCount, Place } from '../../store/reports.ts';
import { beganAfter, countCaptures, fromNewest, readFunnelPage } from '../../store/reports.ts';
import type { Tx } from '../../store/query.ts';

const dayMs = 86_400_000;
const keptMs = 15_000;

export interface ReportLimits {
  /** Conversations of a funnel read in one piece. */
  funnelPiece: number;
  /** Of more than these, the newest tell enough. */
  funnelMost: number;
  /** Conversations whose captures are counted in one statement. */
  capturePiece: number;
}

const reportLimits: ReportLimits = { funnelPiece: 500, funnelMost: 20_000, capturePiece: 2000 };

export interface Reports {
  /** Of the newest version where none is named. @throws Refusal not_found */
  funnel(workspaceId: string, flow: string, wish: { version?: number | undefined; days?: number | undefined }): Promise<FunnelReply>;
  captures(workspaceId: string, wish: { days?: number | undefined }): Promise<CaptureReport>;
}

export function createReports(deps: Deps, limits: ReportLimits = reportLimits): Reports {
  const kept = createKept(deps.now, keptMs);
  return {
    async funnel(workspaceId, id, { version: wished, days = 30 }) {
      const version = await deps.store.in(workspaceId).read((tx) => versionOf(tx, id, wished));
      return kept.get(`funnel ${workspaceId} ${id} ${version.number} ${days}`, () =>
        funnel({ deps, limits, workspaceId }, { id, ...version }, days),
      );
    },
    captures: (workspaceId, { days = 30 }) =>
      kept.get(`captures ${workspaceId} ${days}`, () => captures({ deps, limits, workspaceId }, days)),
  };
}

interface Version {
  number: number;
  steps: string[];
}

async function versionOf(tx: Tx, id: string, wished: number | undefined): Promise<Version> {
  if (!(await findDraft(tx, id))) throw new Refusal('not_found');
  const newest = await findPublished(tx, id);
  const number = wished ?? newest?.version;
  const body = number === undefined ? null : number === newest?.version ? newest.body : await findFlowBody(tx, id, number);
  if (number === undefined || body === null) throw new Refusal('not_found', 'This version was never published.');
  return { number, steps: Object.keys((JSON.parse(body) as { steps: object }).steps) };
}

interface Count {
  deps: Deps;
  limits: ReportLimits;
  workspaceId: string;
}

async function funnel({ deps, limits, workspaceId }: Count, flow: { id: string } & Version, days: number): Promise<FunnelReply> {
  const now = deps.now();
  const since = now - days * dayMs;
  const counted = emptyFunnel(flow.steps);
  const key = { id: flow.id, version: flow.number };
  let from: Place | null = fromNewest;
  while (from !== null && counted.conversations < limits.funnelMost) {
    const place: Place = from;
    const read = await deps.store.in(workspaceId).read((tx) => readFunnelPage(tx, key, { since, from: place, limit: limits.funnelPiece }));
    for (const conversation of read.conversations) countInto(counted, key, conversation, now);
    from = read.next;
    await nextTurn();
  }
  return { flow: flow.id, version: flow.number, since: new Date(since).toISOString(), ...counted, sampled: from !== null };
}

async function captures({ deps, limits, workspaceId }: Count, days: number): Promise<CaptureReport> {
  const since = deps.now() - days * dayMs;
  const store = deps.store.in(workspaceId);
  const { keys, names } = await store.read(async (tx) => ({ keys: await listFlowKeys(tx), names: await flowNames(tx) }));
  const rows: CaptureReport['rows'] = [];
  for (const key of keys) {
    const counts = new Map<string, CaptureCount>();
    for (let from: number | null = since; from !== null;) {
      const start: number = from;
      const piece = await store.read((tx) => readPiece(tx, key, start, limits.capturePiece));
      for (const count of piece.counts) counts.set(count.policy, sum(counts.get(count.policy), count));
      from = piece.next;
      await nextTurn();
    }
    const flow = { flow: key.id, flow_name: names.get(key.id) ?? key.id, version: key.version };
    rows.push(...[...counts.values()].map((count) => ({ ...flow, ...count })));
  }
  return { since: new Date(since).toISOString(), rows };
}

/** Up to where so many more began: pieces end between milliseconds, so that none is counted twice. */
async function readPiece(
  tx: Tx,
  key: { id: string; version: number },
  from: number,
  most: number,
): Promise<{ counts: CaptureCount[]; next: number | null }> {
  const end = await beganAfter(tx, key, from, most);
  const next = end === null ? null : Math.max(end, from + 1);
  return { counts: await countCaptures(tx, key, from, next ?? Number.MAX_SAFE_INTEGER), next };
}

function sum(before: CaptureCount | undefined, count: CaptureCount): CaptureCount {
  if (!before) return count;
  return {
    policy: count.policy,
    conversations: before.conversations + count.conversations,
    leads: before.leads + count.leads,
    qualified: before.qualified + count.qualified,
  };
}
