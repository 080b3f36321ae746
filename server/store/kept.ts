// What the transaction that writes has read already, and what it writes at its end (identity map, unit of work). A batch of messages reads
// each contact and conversation once and saves it once. On PostgreSQL nothing outlives the transaction, for other nodes write, too; on
// SQLite this process is the only one, and what it read stays until something else changes those tables.
import type { ContactRow } from './contacts.ts';
import type { Conversation } from './conversations.ts';
import type { Said } from './said.ts';
import type { Query, SqlValue } from './query.ts';
import type { Session } from './sessions.ts';

/** A session and whether nobody was ever merged into its contact. */
export interface Acting {
  session: Session;
  isSole: boolean;
}

/** The last of what was said in a conversation, oldest first, without notes. */
export interface Tail {
  /** The head of its log. */
  seq: number;
  said: readonly Said[];
  /** Nothing was said before. */
  isWhole: boolean;
}

/** Rows as the transaction would read them. Keys begin with the workspace: `keyOf`. */
export interface Kept {
  /** Locked until the transaction ends. */
  readonly contacts: Map<string, ContactRow>;
  readonly conversations: Map<string, Conversation>;
  /** By hash of the token; null: there is none. */
  readonly sessions: Map<string, Acting | null>;
  /** The newest conversation that is not closed, of those that an unproved session began; null: there is none. */
  readonly currents: Map<string, number | null>;
  readonly tails: Map<string, Tail>;
  /** All cids of a contact's own messages, where all are known. */
  readonly cids: Map<string, Set<string>>;
  /** Contact and cid of messages that are surely not there. */
  readonly unsaid: Set<string>;
  /** Ids that nobody else takes, by table. */
  readonly ids: Map<IdTable, number[]>;
  clear(): void;
}

export type IdTable = 'messages' | 'conversations';

export const keyOf = (workspaceId: string, id: string | number): string => `${workspaceId}/${id}`;

/** Contacts, conversations and the rest, each: some 3 kB a contact that writes, 20 kB where it writes long texts. */
const mostKept = 2000;

/** Forgets what was set longest ago. */
class Bounded<K, V> extends Map<K, V> {
  override set(key: K, value: V): this {
    if (this.size >= mostKept && !this.has(key)) {
      let surplus = mostKept / 10;
      for (const old of this.keys()) {
        this.delete(old);
        if (--surplus <= 0) break;
      }
    }
    return super.set(key, value);
  }
}

function createKept(): Kept {
  const kept = {
    contacts: new Bounded<string, ContactRow>(),
    conversations: new Bounded<string, Conversation>(),
    sessions: new Bounded<string, Acting | null>(),
    currents: new Bounded<string, number | null>(),
    tails: new Bounded<string, Tail>(),
    cids: new Bounded<string, Set<string>>(),
    unsaid: new Set<string>(),
    ids: new Map<IdTable, number[]>(),
  };
  return {
    ...kept,
    clear() {
      for (const each of Object.values(kept)) each.clear();
    },
  };
}

/** Tables whose writes wait, or whose rows are kept, or on which those depend. */
const watched = ['contacts', 'conversations', 'sessions', 'messages', 'changes', 'contact_details', 'events', 'contact_merges'] as const;
export type WatchedTable = (typeof watched)[number];

export interface Touched {
  tables: readonly WatchedTable[];
  isRead: boolean;
}

const mentions = new RegExp(String.raw`\b(${watched.join('|')})\b`, 'g');
const changes = /^\s*(insert|update|delete|truncate)|\b(insert into|delete from)\b|\bupdate "/i;

/** Which of the watched tables a statement names. Nothing else changes them: no row of theirs goes with one of another table. */
export function touchedBy(sql: string): Touched {
  const isRead = !changes.test(sql);
  return { tables: [...new Set(sql.match(mentions))] as WatchedTable[], isRead };
}

export interface Later {
  query: Query<unknown, unknown>;
  params: Readonly<Record<string, SqlValue>>;
}

export interface UnitOfWork {
  readonly kept: Kept;
  /** Revs taken in this transaction, by workspace; stored once at its end. */
  readonly heads: Map<string, number>;
  /** Written before the transaction ends, and before anything that touches the table; once for what has the same key. */
  later<P extends Readonly<Record<string, SqlValue>>>(table: WatchedTable, query: Query<P, unknown>, params: P, key?: string): void;
  /** To be called before any other statement. */
  before(touched: Touched): void;
  /** Sends what still waits, of one table or of all. */
  flush(table?: WatchedTable): void;
  /** An id for a new row. */
  takeId(table: IdTable): Promise<number>;
  /** All of it was rolled back. */
  undone(): void;
}

export interface Through {
  /** Rows of one query, in the order in which they came. */
  send(query: Query<unknown, unknown>, rows: readonly Later['params'][]): void;
  /** So many ids, lowest first, which nobody else takes. */
  reserve(table: IdTable, n: number): Promise<number[]>;
}

const idsAtOnce = 64;

export function createUnitOfWork({ send, reserve }: Through): UnitOfWork {
  const kept = createKept();
  const heads = new Map<string, number>();
  // Written in this order: a message's conversation is there before it.
  const waiting = new Map<WatchedTable, { keyed: Map<string, Later>; rest: Later[] }>(
    watched.map((table) => [table, { keyed: new Map(), rest: [] }]),
  );
  const dirty = new Set<WatchedTable>();

  function flushTable(table: WatchedTable): void {
    if (!dirty.delete(table)) return;
    const lists = waiting.get(table);
    if (!lists) return;
    const all = [...lists.keyed.values(), ...lists.rest];
    lists.keyed.clear();
    lists.rest = [];
    for (let i = 0; i < all.length;) {
      const { query } = all[i] as Later;
      let end = i + 1;
      while (end < all.length && all[end]?.query === query) end++;
      send(
        query,
        all.slice(i, end).map(({ params }) => params),
      );
      i = end;
    }
  }

  function flush(table?: WatchedTable): void {
    if (table) flushTable(table);
    else if (dirty.size > 0) for (const table of watched) flushTable(table);
  }

  return {
    kept,
    heads,
    flush,
    async takeId(table) {
      let ids = kept.ids.get(table);
      if (!ids || ids.length === 0) {
        // The database knows only of those that are there.
        flushTable(table);
        ids = await reserve(table, idsAtOnce);
        kept.ids.set(table, ids);
      }
      return ids.shift() as number;
    },
    later(table, query, params, key) {
      const lists = waiting.get(table);
      if (!lists) return;
      const item: Later = { query, params };
      dirty.add(table);
      if (key === undefined) lists.rest.push(item);
      else {
        // What is written last is written last.
        const by = `${query.id} ${key}`;
        lists.keyed.delete(by);
        lists.keyed.set(by, item);
      }
    },
    before({ tables, isRead }) {
      if (dirty.size > 0) for (const table of tables) flushTable(table);
      if (isRead || tables.length === 0) return;
      flush();
      kept.clear();
    },
    undone() {
      kept.clear();
      heads.clear();
      dirty.clear();
      for (const lists of waiting.values()) {
        lists.keyed.clear();
        lists.rest = [];
      }
    },
  };
}
