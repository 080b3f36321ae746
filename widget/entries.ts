// From a log of changes to what a thread shows: messages in their present form, and notes about what happened.
import type { Change, MessageView } from '../shared/conversation.ts';

export type Entry =
  | { kind: 'message'; seq: number; at: number; message: MessageView }
  | { kind: 'note'; seq: number; at: number; note: 'joined' | 'closed' | 'reopened'; name: string | null };

export function foldChanges(changes: readonly Change[]): Entry[] {
  return addChanges([], changes);
}

export function addChanges(entries: readonly Entry[], changes: readonly Change[]): Entry[] {
  let next = [...entries];
  for (const change of changes) next = addChange(next, change);
  return next;
}

function addChange(entries: Entry[], change: Change): Entry[] {
  const { seq, at } = change;
  switch (change.kind) {
    case 'message':
      if (change.message.kind !== 'note') entries.push({ kind: 'message', seq, at, message: change.message });
      return entries;
    case 'edited':
      return alter(entries, change.message, { text: change.text, editedAt: at });
    case 'deleted':
      return alter(entries, change.message, { text: '', deleted: true });
    case 'answered':
      return alter(entries, change.message, { answer: change.values });
    case 'detail':
      return answerDetail(entries, change);
    case 'status':
      if (change.status === 'closed') entries.push({ kind: 'note', seq, at, note: 'closed', name: change.by.name });
      // The visitor's own next message says it better.
      if (change.status === 'open' && change.by.kind !== 'contact')
        entries.push({ kind: 'note', seq, at, note: 'reopened', name: change.by.name });
      return entries;
    case 'assigned':
      return change.agent ? joined(entries, seq, at, change.agent.name) : entries;
    default:
      return entries;
  }
}

/** Said once, not at every hand to and fro. */
function joined(entries: Entry[], seq: number, at: number, name: string | null): Entry[] {
  const before = entries.findLast((entry) => entry.kind === 'note' && entry.note === 'joined');
  if (before?.kind === 'note' && before.name === name) return entries;
  entries.push({ kind: 'note', seq, at, note: 'joined', name });
  return entries;
}

function alter(entries: Entry[], id: number, more: Partial<MessageView>): Entry[] {
  return entries.map((entry) =>
    entry.kind === 'message' && entry.message.id === id ? { ...entry, message: { ...entry.message, ...more } } : entry,
  );
}

function answerDetail(entries: Entry[], { message, field, value, status }: Change & { kind: 'detail' }): Entry[] {
  const before = entries.find((entry) => entry.kind === 'message' && entry.message.id === message);
  if (before?.kind !== 'message') return entries;
  const captured = before.message.captured?.map((one) => (one.field === field ? { ...one, value: value ?? one.value, status } : one));
  return alter(entries, message, { captured });
}
