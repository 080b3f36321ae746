// The contact card: what is known, and where each came from.
import type { ConsentView, ContactCard, DetailView, MergeView } from '../../shared/protocol.ts';
import type { Grade } from '../../shared/contact.ts';
import { undoMs } from '../../shared/merge.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import type { ContactRow } from '../store/contacts.ts';
import { listDetails } from '../store/details.ts';
import type { DetailRow } from '../store/details.ts';
import { listMergesInto } from '../store/merges.ts';
import type { Merge } from '../store/merges.ts';
import { listConsents } from '../store/consents.ts';
import { listConversationsOfContact } from '../store/conversations.ts';
import type { Tx } from '../store/query.ts';
import { readDuplicates } from './contact/duplicates.ts';
import { liveContact } from './contact/find.ts';
import { authorOfAgent, contactToSummary } from './turn.ts';

export interface Presence {
  isOnline(contactId: string): boolean;
  pageOf(contactId: string): ContactCard['page'];
}

export async function readContactCard(deps: Deps, agent: Agent, contactId: string, presence: Presence): Promise<{ contact: ContactCard }> {
  return deps.store.in(agent.workspaceId).read(async (tx) => {
    const contact = await liveContact(tx, contactId);
    const details = (await listDetails(tx, contact.id)).map(rowToDetail);
    const conversations = (await listConversationsOfContact(tx, contact.id)).map((c) => ({
      id: c.id,
      status: c.status,
      preview: c.preview,
      lastAt: c.lastAt,
    }));
    const card: ContactCard = {
      ...contactToSummary(contact),
      phone: contact.phone,
      userId: contact.userId,
      claimedUserId: contact.claimedUserId,
      avatar: contact.avatar,
      company: contact.company,
      ...(contact.signedUpAt !== null && { signedUpAt: contact.signedUpAt }),
      attributes: contact.attributes,
      ...(contact.signedFields.length > 0 && { signedFields: contact.signedFields }),
      details,
      score: contact.score,
      points: contact.points,
      tags: contact.tags,
      consents: (await listConsents(tx, contact.id)).map(rowToConsent),
      page: presence.pageOf(contact.id) ?? (contact.pageUrl === null ? null : { url: contact.pageUrl, title: contact.pageTitle }),
      language: contact.language,
      online: presence.isOnline(contact.id),
      conversations,
      duplicates: await readDuplicates(tx, contact),
      merges: await readMerges(tx, contact, deps.now()),
      blocked: contact.blocked,
      unsubscribed: contact.unsubscribed,
      archivedAt: contact.archivedAt,
      firstTouch: contact.firstTouch,
      createdAt: contact.createdAt,
      lastSeenAt: contact.lastSeenAt,
    };
    return { contact: card };
  });
}

/** Those that can still be undone. */
async function readMerges(tx: Tx, contact: ContactRow, now: number): Promise<MergeView[]> {
  const merges = await listMergesInto(tx, contact.id, now - undoMs);
  const views: MergeView[] = [];
  for (const merge of merges) views.push(await mergeToView(tx, merge));
  return views;
}

async function mergeToView(tx: Tx, { id, snapshot, reason, agentId, at }: Merge): Promise<MergeView> {
  const { id: from, type, name, email, unverified } = contactToSummary(snapshot.absorbed);
  return {
    id,
    from: { id: from, type, name, email, unverified },
    reason,
    by: await authorOfAgent(tx, agentId),
    note: snapshot.note ?? null,
    at,
    undoUntil: at + undoMs,
  };
}

function rowToConsent({ version, text, how, conversationId, at }: Awaited<ReturnType<typeof listConsents>>[number]): ConsentView {
  return { version, text, how, conversation: conversationId, at };
}

function rowToDetail(row: DetailRow): DetailView {
  return {
    field: row.field,
    value: row.value,
    grade: row.grade as Grade,
    status: row.status as DetailView['status'],
    source: { kind: row.source_kind as DetailView['source']['kind'], conversation: row.conversation_id, message: row.message_id },
    flags: JSON.parse(row.flags) as string[],
    suggestion: row.suggestion,
    at: row.created_at,
  };
}
