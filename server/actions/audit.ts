// Who changed what people are taken for, and how that is proved: newest first, of the whole workspace.
import type { AuditEntry } from '../../shared/api.ts';
import type { Deps } from '../deps.ts';
import { findContact, followMerges } from '../store/contacts.ts';
import { listConversationIdsOf } from '../store/conversation-moves.ts';
import { listAudited } from '../store/events.ts';
import type { EventRow } from '../store/events.ts';
import { findNote } from '../store/merges.ts';
import type { Tx } from '../store/query.ts';
import { rfc3339 } from './contact/view.ts';
import { authorOfAgent } from './turn.ts';

interface Page {
  data: AuditEntry[];
  has_more: boolean;
  next_cursor: string | null;
}

export async function readAudit(
  deps: Deps,
  workspaceId: string,
  asked: { cursor?: number | undefined; limit?: number | undefined },
): Promise<Page> {
  const limit = asked.limit ?? 50;
  return deps.store.in(workspaceId).read(async (tx) => {
    const rows = await listAudited(tx, asked.cursor ?? Number.MAX_SAFE_INTEGER, limit + 1);
    const data: AuditEntry[] = [];
    for (const row of rows.slice(0, limit)) data.push(await eventToEntry(tx, row));
    const more = rows.length > limit;
    return { data, has_more: more, next_cursor: more ? String(data.at(-1)?.rev) : null };
  });
}

async function eventToEntry(tx: Tx, event: EventRow): Promise<AuditEntry> {
  const { rev, type, at, contactId, data } = event;
  const people: AuditEntry['people'] = [];
  // Whom it happened to, and the other one of a merge or of two that are not the same.
  for (const id of new Set([contactId, data['from'], data['other']])) {
    const person = typeof id === 'string' ? await personOf(tx, id) : null;
    if (person) people.push(person);
  }
  const note = await findNote(tx, event);
  const by = await whoDid(tx, data);
  return { rev, type, at: rfc3339(at), by, contact_id: contactId, people, data: { ...data }, ...(note !== null && { note }) };
}

async function personOf(tx: Tx, id: string): Promise<AuditEntry['people'][number] | null> {
  const contact = await findContact(tx, id);
  if (!contact || contact.erasedAt !== null) return null;
  const now = await followMerges(tx, contact);
  return { id, name: contact.name, email: contact.email, conversation_id: (await listConversationIdsOf(tx, now.id)).at(-1) ?? null };
}

async function whoDid(tx: Tx, { agent, token, token_name: name, operator }: EventRow['data']): Promise<AuditEntry['by']> {
  if (typeof token === 'number') return { kind: 'token', id: token, name: typeof name === 'string' ? name : null };
  if (operator === true) return { kind: 'operator', id: null, name: null };
  if (typeof agent !== 'number') return null;
  return { kind: 'agent', id: agent, name: (await authorOfAgent(tx, agent))?.name ?? null };
}
