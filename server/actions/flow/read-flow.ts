// Flows as agents see them.
import type { FlowReply, FlowSummary, FlowVersionView } from '../../../shared/api.ts';
import { Refusal } from '../refusal.ts';
import type { Deps } from '../../deps.ts';
import { findAgent } from '../../store/agents.ts';
import type { Draft, FlowEntry } from '../../store/flow-drafts.ts';
import { findDraft, listFlows } from '../../store/flow-drafts.ts';
import type { FlowVersion, PublishedFlow } from '../../store/flows.ts';
import { findFlowBody, findPublished, listVersions } from '../../store/flows.ts';
import type { Tx } from '../../store/query.ts';
import { getWorkspace } from '../../store/workspaces.ts';
import type { Checks } from './faults.ts';
import { faultsOf } from './faults.ts';

const iso = (at: number): string => new Date(at).toISOString();

export async function readFlows(deps: Deps, workspaceId: string): Promise<FlowSummary[]> {
  return deps.store.in(workspaceId).read(async (tx) => {
    const active = (await getWorkspace(tx))?.flowId ?? null;
    return (await listFlows(tx)).map((entry) => summary(entry, active));
  });
}

function summary(entry: FlowEntry, active: string | null): FlowSummary {
  return {
    id: entry.id,
    name: entry.name,
    active: entry.id === active,
    published_version: entry.publishedVersion,
    published_at: entry.publishedAt === null ? null : iso(entry.publishedAt),
    draft_updated_at: iso(entry.draftUpdatedAt),
    has_changes: entry.hasChanges,
  };
}

/** @throws Refusal not_found */
export async function readFlow(checks: Checks, workspaceId: string, id: string): Promise<FlowReply> {
  const { draft, published, versions, active, updatedBy } = await checks.deps.store.in(workspaceId).read((tx) => loadFlow(tx, id));
  const body = JSON.parse(draft.body) as unknown;
  const entry: FlowEntry = {
    id,
    name: draft.name,
    publishedVersion: published?.version ?? null,
    publishedAt: published?.publishedAt ?? null,
    draftUpdatedAt: draft.updatedAt,
    hasChanges: published?.body !== draft.body,
  };
  return {
    ...summary(entry, active),
    draft: { rev: draft.rev, body, faults: await faultsOf(checks, workspaceId, id, body), updated_by: updatedBy },
    versions: versions.map(versionView),
  };
}

interface Loaded {
  draft: Draft;
  published: PublishedFlow | null;
  versions: FlowVersion[];
  active: string | null;
  updatedBy: string | null;
}

async function loadFlow(tx: Tx, id: string): Promise<Loaded> {
  const draft = await findDraft(tx, id);
  if (!draft) throw new Refusal('not_found');
  return {
    draft,
    published: await findPublished(tx, id),
    versions: await listVersions(tx, id),
    active: (await getWorkspace(tx))?.flowId ?? null,
    updatedBy: draft.updatedBy === null ? null : ((await findAgent(tx, draft.updatedBy))?.name ?? null),
  };
}

function versionView({ version, publishedAt, publishedBy, note }: FlowVersion): FlowVersionView {
  return { version, published_at: iso(publishedAt), published_by: publishedBy, note };
}

/** @throws Refusal not_found */
export async function readVersion(
  deps: Deps,
  workspaceId: string,
  id: string,
  version: number,
): Promise<FlowVersionView & { body: unknown }> {
  return deps.store.in(workspaceId).read(async (tx) => {
    const found = (await findDraft(tx, id)) && (await listVersions(tx, id)).find((v) => v.version === version);
    const body = found && (await findFlowBody(tx, id, version));
    if (!found || body === null || body === undefined) throw new Refusal('not_found');
    return { ...versionView(found), body: JSON.parse(body) as unknown };
  });
}
