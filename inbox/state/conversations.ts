// Every conversation this inbox knows: the server's last word by id, and over it what was just done here and is not
// answered yet.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { applyChange } from '../../shared/conversation.ts';
import type { ChangeBody } from '../../shared/conversation.ts';
import type { ContactSummary, ConversationSummary } from '../../shared/protocol.ts';

export interface Expectation {
  cid: string;
  conversation: number;
  change: ChangeBody;
  /** The log's seq of the change, once the server said it. */
  seq: number | null;
}

export interface Conversations {
  /** As it is shown: with what was just done here. */
  readonly byId: ReadonlySignal<ReadonlyMap<number, ConversationSummary>>;
  get(id: number): ConversationSummary | undefined;
  /** The contact's newest conversation of those known here. */
  newestOf(contact: string): number | null;
  /** The server's last word, without what is expected. */
  known(id: number): ConversationSummary | undefined;
  /** An older `rev` never overwrites a newer one. */
  put(summaries: readonly ConversationSummary[]): void;
  putContact(contact: ContactSummary, rev: number, mergedFrom?: string): void;
  expect(expectation: Omit<Expectation, 'seq'>): void;
  /** Answered: shown until the log has reached `seq`. */
  confirm(cid: string, seq: number): void;
  /** Refused: shown no longer. */
  withdraw(cid: string): void;
  markRead(id: number): void;
  drop(id: number): void;
  /** Drops these and all of this contact's; @returns what was known of them. */
  erase(ids: readonly number[], contact: string | undefined): ConversationSummary[];
  /** A contact as any row here tells of it. */
  contact(id: string): ContactSummary | undefined;
  /** All but the open one: it is shown, and can be written in, until the server has said it anew. */
  clear(open: number | null): void;
}

export function createConversations(): Conversations {
  const known = signal<ReadonlyMap<number, ConversationSummary>>(new Map());
  const expected = signal<readonly Expectation[]>([]);
  const contactRevs = new Map<string, number>();

  const byId = computed(() => {
    if (expected.value.length === 0) return known.value;
    const shown = new Map(known.value);
    for (const { conversation, change } of expected.value) {
      const summary = shown.get(conversation);
      if (summary) shown.set(conversation, withChange(summary, change));
    }
    return shown;
  });
  const settle = (): void => {
    const open = expected.value.filter((e) => e.seq === null || (known.value.get(e.conversation)?.head ?? Infinity) < e.seq);
    if (open.length < expected.value.length) expected.value = open;
  };

  return {
    byId,
    get: (id) => byId.value.get(id),
    newestOf: (contact) => newestOf(byId.value.values(), contact),
    known: (id) => known.peek().get(id),
    put(summaries) {
      const next = new Map(known.peek());
      for (const summary of summaries) {
        if ((next.get(summary.id)?.rev ?? -1) <= summary.rev) next.set(summary.id, summary);
      }
      known.value = next;
      settle();
    },
    putContact(contact, rev, mergedFrom) {
      if ((contactRevs.get(contact.id) ?? -1) > rev) return;
      contactRevs.set(contact.id, rev);
      const next = new Map(known.peek());
      for (const [id, summary] of next) {
        if (summary.contact.id === contact.id || summary.contact.id === mergedFrom) next.set(id, { ...summary, contact });
      }
      known.value = next;
    },
    expect: (expectation) => void (expected.value = [...expected.peek(), { ...expectation, seq: null }]),
    confirm(cid, seq) {
      expected.value = expected.peek().map((e) => (e.cid === cid ? { ...e, seq } : e));
      settle();
    },
    withdraw: (cid) => void (expected.value = expected.peek().filter((e) => e.cid !== cid)),
    markRead(id) {
      const summary = known.peek().get(id);
      if (summary && summary.agentUnread > 0) known.value = new Map(known.peek()).set(id, { ...summary, agentUnread: 0 });
    },
    drop(id) {
      const next = new Map(known.peek());
      if (next.delete(id)) known.value = next;
    },
    erase(ids, contact) {
      const all = [...known.peek().values()];
      const erased = all.filter((summary) => ids.includes(summary.id) || summary.contact.id === contact);
      if (erased.length > 0) known.value = new Map(all.filter((summary) => !erased.includes(summary)).map((s) => [s.id, s]));
      return erased;
    },
    contact: (id) => [...byId.value.values()].find((summary) => summary.contact.id === id)?.contact,
    clear(open) {
      const kept = open === null ? undefined : known.peek().get(open);
      // Whatever comes is newer, also from a log which begins anew.
      known.value = new Map(kept && [[kept.id, { ...kept, rev: -1 }]]);
      contactRevs.clear();
    },
  };
}

function newestOf(all: Iterable<ConversationSummary>, contact: string): number | null {
  let newest: ConversationSummary | null = null;
  for (const summary of all) {
    if (summary.contact.id === contact && summary.lastAt >= (newest?.lastAt ?? 0)) newest = summary;
  }
  return newest?.id ?? null;
}

function withChange(summary: ConversationSummary, change: ChangeBody): ConversationSummary {
  const next = applyChange(summary, { ...change, seq: summary.head, at: summary.lastAt });
  if (change.kind === 'team') return { ...next, team: change.team };
  return change.kind === 'status' && change.status === 'closed' ? { ...next, waitingSince: null } : next;
}
