// One block of rows, made once, stands for all years: the others are the same rows under other ids, names and times, copied by the database
// itself, which is many times quicker than to make them.
import { columns } from './rows.ts';
import type { Table } from './rows.ts';

/** What lies between a block and the one before it. */
export interface Stride {
  messages: number;
  conversations: number;
  contacts: number;
  revs: number;
  ms: number;
}

const times = new Set('created_at last_at last_seen_at lead_at identified_at captured_at qualified_at waiting_since'.split(' '));
const contactIds: Partial<Record<Table, string>> = { contacts: 'id' };

/** The columns of `table`, as they are `back` blocks earlier; what was open then is closed by now, save one conversation in fifty. */
export function earlier(table: Table, back: number, stride: Stride): string[] {
  const names = columns[table].split(' ');
  if (back === 0) return names;
  const mark = `k${back}`;
  const hex = back.toString(16).padStart(2, '0');
  const lateOnly = (column: string, otherwise: string): string => `case when id % 50 = 0 then ${column} else ${otherwise} end`;
  const shift = (column: string, by: number): string => `${column} - ${back * by}`;
  const contact = (column: string): string => `substr(${column}, 1, 12) || '${hex}' || substr(${column}, 15)`;
  const one = (column: string): string => {
    if (column === contactIds[table] || column === 'contact_id') return contact(column);
    if (column === 'author_id') return `case when author_kind = 'contact' then ${contact(column)} else ${column} end`;
    if (column === 'token_hash' || column === 'session_hash') return `'${hex}' || substr(${column}, 3)`;
    if (column === 'message_id' || (column === 'id' && table.startsWith('message'))) return shift(column, stride.messages);
    if (column === 'conversation_id' || (column === 'id' && table === 'conversations')) return shift(column, stride.conversations);
    if (column === 'id' && table === 'contact_words') return shift(column, stride.contacts);
    if (column === 'rev') return shift(column, stride.revs);
    if (column === 'user_id') return `user_id || '-${mark}'`;
    if (column === 'email') return `'${mark}.' || email`;
    if (column === 'value') return `case when field = 'email' then '${mark}.' || value else value end`;
    // The words of the email and the user id just made.
    if (column === 'search_text') return `case when search_text = '' then '' else search_text || ' ${mark}' end`;
    if (column === 'words' && table === 'contact_words') return `words || ' ${mark}'`;
    if (column === 'status' && table === 'conversations') return lateOnly(column, `'closed'`);
    if (column === 'bot_active') return lateOnly(column, '0');
    if (column === 'waiting_since') return lateOnly(shift(column, stride.ms), 'null');
    if (column === 'data' && table === 'events')
      return `case when type = 'message.created' then '{"message":' || (cast(substr(data, 12, 10) as integer) - ${back * stride.messages}) || substr(data, 22) else data end`;
    return times.has(column) ? shift(column, stride.ms) : column;
  };
  return names.map(one);
}
