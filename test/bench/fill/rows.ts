// The rows of a workspace that has run for years, as the product makes them, from a seed: the same ones for both databases.
import { contactId } from '../../../shared/ids.ts';
import { previewOf } from '../../../shared/conversation.ts';
import { searchWords } from '../../../server/store/contact-words.ts';
import { wordsOf } from '../../../server/store/words.ts';
import { seeded } from '../conversations.ts';

export type Value = string | number | null;

/** Columns in the order of the values. */
export const columns = {
  contacts:
    'id workspace_id type user_id email email_grade name name_grade phone phone_grade company attributes lead_at identified_at verified blocked unsubscribed score points tags captured_at page_url page_title language search_text created_at last_seen_at',
  contact_words: 'id workspace_id contact_id words',
  sessions: 'token_hash workspace_id contact_id verified created_at last_seen_at',
  contact_details: 'workspace_id contact_id field value grade status source_kind conversation_id message_id flags created_at',
  conversations:
    'id workspace_id contact_id session_hash cid status assignee_id bot_active bot_state flow_id flow_version ask_policy captured_at qualified_at seq contact_read_seq agent_read_seq contact_unread agent_unread waiting_since preview last_author last_at created_at',
  messages: 'id workspace_id conversation_id seq side cid body_hash author_kind author_id author_name kind text created_at',
  message_words: 'id workspace_id conversation_id words',
  changes: 'conversation_id seq workspace_id kind body created_at',
  events: 'workspace_id rev type contact_id conversation_id seq data created_at',
} as const;

export type Table = keyof typeof columns;
export type Rows = Record<Table, Value[][]>;

export interface Plan {
  seed: number;
  workspaceId: string;
  messages: number;
  agents: readonly { id: number; name: string }[];
  flow: { id: string; version: number };
  /** Epoch ms of the newest row; the oldest is `spanMs` before. */
  now: number;
  spanMs: number;
  /** Ids and revs begin above these. */
  above: { message: number; conversation: number; contact: number; rev: number };
}

/** A word of one message in each block, one of every other message, and one that nobody said. */
export const searched = { rare: 'quokka', frequent: 'delivery', none: 'zyzzyva' };

const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zan ber cal dor'.split(' ');
const firstNames = 'ada luis chiara jürgen aoife mateusz priya noah élodie sanne kenji omar zofia tiago maya hannah'.split(' ');

interface Words {
  /** By how often they are said: the first ones in every other message. */
  pick(): string;
  name(): string;
}

function vocabulary(random: () => number): Words {
  const word = (): string =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)]).join('');
  const known = [...new Set([searched.frequent, ...Array.from({ length: 30_000 }, word)])];
  const lastNames = known.slice(-4000);
  // Zipf's law: the n-th word comes a n-th as often.
  const most = Math.log(known.length);
  return {
    pick: () => known[Math.floor(Math.exp(random() * most)) - 1] ?? searched.frequent,
    name: () => `${firstNames[Math.floor(random() * firstNames.length)]} ${lastNames[Math.floor(random() * lastNames.length)]}`,
  };
}

/** Contacts at a time, each with its conversations. */
const batchContacts = 2000;

/** Batches until there are as many messages as planned. */
// oxlint-disable-next-line max-lines-per-function -- the counters of all tables
export function* makeRows(plan: Plan): Generator<Rows> {
  const random = seeded(plan.seed);
  const words = vocabulary(random);
  const ws = plan.workspaceId;
  const { spanMs } = plan;
  const begin = plan.now - spanMs;
  // Five messages in a conversation, two conversations of a contact.
  const contacts = Math.ceil(plan.messages / 10);
  let { contact, conversation, message, rev } = plan.above;
  const last = message + plan.messages;
  const rareAt = last - Math.floor(plan.messages / 3);
  const hash = (n: number): string =>
    `h${n.toString(36).padStart(10, '0')}${Math.floor(random() * 2 ** 52)
      .toString(36)
      .padStart(16, 'x')}`.slice(0, 27);
  const cid = (at: number, n: number): string =>
    `${at
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})/, '$1-')}-7${(n % 4096).toString(16).padStart(3, '0')}-8000-${n.toString(16).padStart(12, '0')}`;

  while (message < last) {
    const rows = Object.fromEntries(Object.keys(columns).map((table) => [table, []])) as unknown as Rows;
    const event = (type: string, of: string, c: number | null, seq: number | null, data: string, at: number): void =>
      void rows.events.push([ws, ++rev, type, of, c, seq, data, at]);
    for (let n = 0; n < batchContacts && message < last; n++) {
      contact++;
      const first = Math.floor(begin + (spanMs * (contact - plan.above.contact)) / (contacts + 1));
      const id = contactId(first, Buffer.from(contact.toString(16).padStart(12, '0'), 'hex'));
      const session = hash(contact).padEnd(43, '0');
      const kind = random();
      const type = kind < 0.5 ? 'visitor' : kind < 0.85 ? 'lead' : 'user';
      const isKnown = type !== 'visitor';
      const name = isKnown ? words.name() : null;
      const email = isKnown ? `${wordsOf(name ?? '').replaceAll(' ', '.')}${contact}@${words.pick()}.example` : null;
      const phone = isKnown && random() < 0.3 ? `+4915${1_000_000_000 + (contact % 1_000_000_000)}` : null;
      const company = isKnown && random() < 0.3 ? words.pick() : null;
      const userId = type === 'user' ? `u-${contact}` : null;
      const found = searchWords({ name, email, userId, phone, company });
      event('contact.created', id, null, null, '{"type":"visitor"}', first);
      // One in ten thousand is a regular.
      const conversations = (contact - plan.above.contact) % 10_000 === 5000 ? 100 : 1 + Math.floor(random() * 3);
      let at = first;
      for (let c = 0; c < conversations && message < last; c++) {
        conversation++;
        const began = (at += 1000 + Math.floor(random() * 600_000));
        event('conversation.created', id, conversation, null, '{}', began);
        const length =
          (conversation - plan.above.conversation) % 100_000 === 7
            ? Math.ceil(Math.min(1500, plan.messages / 20))
            : 1 + Math.floor(random() ** 2 * 13);
        const age = plan.now - began;
        const fate = random();
        const isOpen = age < 20 * 86_400_000 ? fate < 0.6 : fate < 0.02;
        const hasAgent = length > 3 && random() < 0.6;
        const agent = hasAgent ? (plan.agents[Math.floor(random() * plan.agents.length)] ?? null) : null;
        const isBot = agent === null && random() < 0.7;
        let seq = 0;
        let text = '';
        let by = 'contact';
        let waits: number | null = null;
        for (let m = 0; m < length && message < last; m++) {
          message++;
          seq++;
          at += 2000 + Math.floor(random() * 40_000);
          by = m % 2 === 0 ? 'contact' : agent !== null && m > 2 ? 'agent' : 'bot';
          waits = by === 'contact' && !isBot ? (waits ?? at) : by === 'agent' ? null : waits;
          const said = Array.from({ length: 4 + Math.floor(random() * 11) }, words.pick);
          if (message === rareAt) said.push(searched.rare);
          text = said.join(' ');
          const author = by === 'agent' ? String(agent?.id) : by === 'contact' ? id : null;
          rows.messages.push([
            message,
            ws,
            conversation,
            seq,
            by === 'agent' ? author : by,
            cid(at, message),
            hash(message),
            by,
            author,
            by === 'agent' ? (agent?.name ?? null) : by === 'contact' ? name : null,
            'text',
            text,
            at,
          ]);
          const indexed = [...new Set(said)].join(' ');
          if (message % 5000 === 0 && indexed !== wordsOf(text)) throw new Error(`indexed as ${indexed}: ${text}`);
          rows.message_words.push([message, ws, conversation, indexed]);
          event(
            'message.created',
            id,
            conversation,
            seq,
            `{"message":${String(message).padStart(10, ' ')},"author":"${by}","kind":"text"}`,
            at,
          );
          if (m === 1 && c === 0 && isKnown) {
            for (const [field, value] of [
              ['email', email],
              ['name', name],
              ['phone', phone],
            ] as const)
              if (value !== null) {
                rows.contact_details.push([
                  ws,
                  id,
                  field,
                  value,
                  type === 'user' ? 'signed' : 'claimed',
                  'current',
                  type === 'user' ? 'identify' : 'message',
                  conversation,
                  type === 'user' ? null : message,
                  '[]',
                  at,
                ]);
                event('detail.captured', id, conversation, seq, `{"field":"${field}","message":${message}}`, at);
              }
            event('contact.promoted', id, conversation, null, `{"from":"visitor","to":"${type}"}`, at);
          }
        }
        const change = (kind: string, body: string, type: string, data: string): void => {
          rows.changes.push([conversation, ++seq, ws, kind, body, at]);
          event(type, id, conversation, seq, data, at);
        };
        if (agent !== null) {
          change(
            'assigned',
            `{"agent":{"kind":"agent","id":${agent.id},"name":"${agent.name}"},"by":{"kind":"bot","id":null,"name":null}}`,
            'conversation.assigned',
            `{"agent":${agent.id}}`,
          );
          change('read', `{"by":"agent","upTo":${seq}}`, 'conversation.read', `{"agent":${agent.id}}`);
        }
        if (!isOpen) change('status', '{"status":"closed","by":{"kind":"bot","id":null,"name":null}}', 'conversation.closed', '{}');
        const state = `{"flow":"${plan.flow.id}","version":${plan.flow.version},"step":${isBot ? '"size"' : 'null'},"retries":0,"asides":[],"detour":null,"policy":"flow","path":["hello","size","timing","email"],"answers":{},"passed":["size"],"score":0,"points":[],"outcome":null}`;
        const captured = isKnown && c === 0 ? began + 5000 : null;
        rows.conversations.push([
          conversation,
          ws,
          id,
          session,
          cid(began, conversation),
          isOpen ? 'open' : 'closed',
          agent?.id ?? null,
          isBot && isOpen ? 1 : 0,
          state,
          plan.flow.id,
          plan.flow.version,
          'flow',
          captured,
          captured !== null && random() < 0.4 ? captured : null,
          seq,
          seq,
          Math.max(seq - 1, 0),
          0,
          by === 'contact' ? 1 : 0,
          isOpen ? waits : null,
          previewOf(text),
          by,
          at,
          began,
        ]);
      }
      rows.contacts.push([
        id,
        ws,
        type,
        userId,
        email,
        email === null ? null : type === 'user' ? 'signed' : 'claimed',
        name,
        name === null ? null : 'claimed',
        phone,
        phone === null ? null : 'claimed',
        company,
        '{}',
        isKnown ? first : null,
        type === 'user' ? first : null,
        type === 'user' ? 1 : 0,
        0,
        0,
        isKnown ? 40 : 0,
        isKnown ? '[{"rule":"email","points":40}]' : '[]',
        '[]',
        isKnown ? first : null,
        'https://shop.example.org/pricing',
        'Pricing',
        'en-US',
        found,
        first,
        at,
      ]);
      if (found !== '') rows.contact_words.push([contact, ws, id, found]);
      rows.sessions.push([session, ws, id, type === 'user' ? 1 : 0, first, at]);
    }
    yield rows;
  }
}
