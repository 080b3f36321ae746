// An entry of the audit log as a sentence: the one of the contact's history, with the names the log brings along.
import type { AuditEntry } from '../shared/api.ts';
import { eventStory } from './event-words.ts';
import type { Story } from './event-words.ts';
import { contactName } from './words.ts';

export const auditTime = ({ at }: AuditEntry): number => Date.parse(at);

export function auditStory(entry: AuditEntry): Story {
  const { rev, type, by, people, data } = entry;
  return eventStory(
    {
      rev,
      type,
      at: auditTime(entry),
      conversation: null,
      message: null,
      // Of a token the data tell.
      by: by?.kind === 'agent' ? { kind: 'agent', id: by.id, name: by.name } : null,
      data,
    },
    (id) => {
      const person = people.find((each) => each.id === id);
      return person ? contactName(person) : null;
    },
  );
}
