// What was promised to whom, and whether it was kept: every send, ack, screen and push of a run against the history that is there at
// its end. It knows nothing of Foyer but the contract, and is the only judge of all faults (I1–I8, I12). It is itself put to the test.

/** Whose it is: `v3` a visitor with all devices, `a1` an agent. */
export type Principal = string;

export interface Ack {
  id: number;
  conversation: number;
  seq: number;
}

/** One row of `messages`. */
export interface StoredMessage extends Ack {
  side: string;
  cid: string;
  text: string;
}

/** What is there in the end, by plain SQL. */
export interface FinalHistory {
  messages: readonly StoredMessage[];
  /** Every entry of every log, messages and other changes alike. */
  log: readonly { conversation: number; seq: number }[];
  /** Whose conversations they are. */
  owners: ReadonlyMap<number, Principal>;
}

export interface SendRecord {
  /** Of the run, once: sends are known again by it, also where the browser makes the cid. */
  text: string;
  cid?: string;
  who: Principal;
  /** What keeps an order of its own; the principal's only device unless told. */
  device?: string;
  /** Meant for agents alone. */
  isNote?: boolean;
}

/** A rendered line. */
export interface Line {
  mine: boolean;
  text: string;
  pending: boolean;
}

export interface ScreenRecord {
  /** Came in, whether it could be applied or not. */
  pushed(conversation: number, text: string | null): void;
  applied(conversation: number, seq: number, text: string | null): void;
  /** Forgot what it held: the log goes on after `from`. */
  reset(conversation: number, from: number): void;
  /** What stood in the browser's list at one moment. */
  rendered(lines: readonly Line[]): void;
  /** It is not looked at any more: nothing is missing on it. */
  close(): void;
}

export interface Verdict {
  sent: number;
  acked: number;
  /** Acknowledged, and not in the history as acknowledged (I1). */
  lost: number;
  /** Rows too many, an ack that changed, a line that stands twice (I2, P2). */
  doubled: number;
  /** A sender's messages not as typed, a sequence with holes, a screen that was no prefix (I3–I5). */
  misordered: number;
  /** In the history, and in the end not on a screen that should show it (I6). */
  missing: number;
  /** Came to somebody whose it is not (I12). */
  leaked: number;
  /** Neither acknowledged nor visibly failed (I7). */
  hanging: number;
  /** The first of each kind, in words. */
  problems: string[];
}

export interface Oracle {
  sent(send: SendRecord): void;
  /** @param text which send */
  acked(text: string, ack: Ack): void;
  /** Failed visibly, and for good. */
  refused(text: string, code: string): void;
  /** @param shows of a rendered list: whose conversation stands there */
  screen(name: string, who: Principal, options?: { sees?: 'own' | 'all'; shows?: Principal }): ScreenRecord;
  /** How many sends are acknowledged. */
  acks(): number;
  /**
   * The operator put an older history in place of it: what is not in that one is withdrawn, and what the screens hold must be forgotten
   * by them, or it counts as shown and not stored.
   */
  restored(isKept: (text: string) => boolean): void;
  verdict(history: FinalHistory): Verdict;
}

export const isClean = (v: Verdict): boolean => v.lost + v.doubled + v.misordered + v.missing + v.leaked + v.hanging === 0;

/** Says in a text whose conversation it belongs to: a visitor must never be given another's. */
export const markOf = (who: Principal): string => `‹${who}›`;
const marksIn = (text: string): Principal[] => [...text.matchAll(/‹([^›]*)›/g)].map((match) => match[1] ?? '');

interface Send extends Required<Omit<SendRecord, 'cid'>> {
  cid: string | null;
  acks: Ack[];
  /** Stood on its sender's screen as sent. */
  isShownSent: boolean;
  refused: string | null;
}

interface Held {
  from: number;
  entries: { seq: number; text: string | null }[];
}

interface Screen {
  name: string;
  who: Principal;
  sees: 'own' | 'all';
  shows: Principal | null;
  held: Map<number, Held>;
  /** What a screen held when it was told to forget it: that was a screen, too. */
  former: { conversation: number; held: Held }[];
  /** Conversations whose log was right until the history was put back. */
  excused: Set<number>;
  pushed: { conversation: number; text: string | null }[];
  rendered: Line[][];
  isClosed: boolean;
}

export function createOracle(): Oracle {
  const sends = new Map<string, Send>();
  const screens: Screen[] = [];
  let acks = 0;
  const isHanging = ({ acks, isShownSent, refused }: Send): boolean => acks.length === 0 && !isShownSent && refused === null;

  return {
    sent({ text, cid, who, device, isNote }) {
      if (sends.has(text)) throw new Error(`the harness says ${text} twice`);
      sends.set(text, {
        text,
        cid: cid ?? null,
        who,
        device: device ?? who,
        isNote: isNote ?? false,
        acks: [],
        isShownSent: false,
        refused: null,
      });
    },
    acked(text, { id, conversation, seq }) {
      const send = sends.get(text);
      if (send?.acks.length === 0) acks++;
      send?.acks.push({ id, conversation, seq });
    },
    refused(text, code) {
      const send = sends.get(text);
      if (send) send.refused = code;
    },
    screen(name, who, { sees = 'own', shows } = {}) {
      const screen: Screen = {
        name,
        who,
        sees,
        shows: shows ?? null,
        held: new Map(),
        former: [],
        excused: new Set(),
        pushed: [],
        rendered: [],
        isClosed: false,
      };
      screens.push(screen);
      return {
        pushed: (conversation, text) => void screen.pushed.push({ conversation, text }),
        applied(conversation, seq, text) {
          if (!screen.held.has(conversation)) screen.held.set(conversation, { from: 0, entries: [] });
          screen.held.get(conversation)?.entries.push({ seq, text });
        },
        reset(conversation, from) {
          const held = screen.held.get(conversation);
          if (held && !screen.excused.delete(conversation)) screen.former.push({ conversation, held });
          screen.held.set(conversation, { from, entries: [] });
        },
        rendered(lines) {
          screen.rendered.push([...lines]);
          for (const { mine, text, pending } of lines) {
            const send = mine && !pending ? sends.get(text) : undefined;
            if (send) send.isShownSent = true;
          }
        },
        close: () => void (screen.isClosed = true),
      };
    },
    acks: () => acks,
    restored(isKept) {
      for (const text of sends.keys()) if (!isKept(text)) sends.delete(text);
      for (const screen of screens) screen.excused = new Set(screen.held.keys());
    },
    verdict(history) {
      const verdict = { lost: 0, doubled: 0, misordered: 0, missing: 0, leaked: 0, hanging: 0 };
      const problems: string[] = [];
      const court: Court = {
        history,
        sends,
        rows: history.messages.toSorted((a, b) => a.conversation - b.conversation || a.seq - b.seq),
        at: new Map(history.messages.map((row) => [`${row.conversation}/${row.seq}`, row])),
        find(kind, words, count = 1) {
          // The first few of a kind tell what happened, the numbers how often.
          if (verdict[kind] < 3) problems.push(`${kind}: ${words}`);
          verdict[kind] += count;
        },
      };
      const all = [...sends.values()];
      judgeLogs(court);
      judgeSends(court, all);
      for (const send of all) if (isHanging(send)) court.find('hanging', `${send.text} is neither acknowledged nor refused`);
      for (const screen of screens) {
        judgePushes(court, screen);
        judgeHeld(court, screen);
        judgeRendered(court, screen);
      }
      return { sent: all.length, acked: all.filter((send) => send.acks.length > 0 || send.isShownSent).length, ...verdict, problems };
    },
  };
}

type Kind = 'lost' | 'doubled' | 'misordered' | 'missing' | 'leaked' | 'hanging';

interface Court {
  history: FinalHistory;
  sends: ReadonlyMap<string, Send>;
  /** By conversation and seq. */
  rows: readonly StoredMessage[];
  at: ReadonlyMap<string, StoredMessage>;
  find(kind: Kind, words: string, count?: number): void;
}

function headsOf({ log }: FinalHistory): Map<number, number> {
  const heads = new Map<number, number>();
  for (const { conversation, seq } of log) heads.set(conversation, Math.max(seq, heads.get(conversation) ?? 0));
  return heads;
}

/** I3: dense from 1, nothing twice. */
function judgeLogs({ history, find }: Court): void {
  const seqs = new Map<number, number[]>();
  for (const { conversation, seq } of history.log) seqs.set(conversation, [...(seqs.get(conversation) ?? []), seq]);
  for (const [conversation, list] of seqs) {
    const wrong = list.toSorted((a, b) => a - b).findIndex((seq, i) => seq !== i + 1);
    if (wrong !== -1) find('misordered', `the log of conversation ${conversation} is not 1…${list.length} at ${wrong + 1}`);
  }
}

/** I1, I2, I4, P2. */
function judgeSends({ rows, sends, find }: Court, all: readonly Send[]): void {
  const rowsOf = new Map<string, StoredMessage[]>();
  for (const row of rows) rowsOf.set(row.text, [...(rowsOf.get(row.text) ?? []), row]);
  for (const { text, cid, acks, isShownSent } of all) {
    const stored = rowsOf.get(text) ?? [];
    const row = stored[0];
    if (stored.length > 1) find('doubled', `${text} is stored ${stored.length} times`, stored.length - 1);
    if (!row && (acks.length > 0 || isShownSent)) find('lost', `${text} was acknowledged and is not there`);
    if (!row) continue;
    if (cid !== null && row.cid !== cid) find('doubled', `${text} is stored under the cid ${row.cid}, and was sent under ${cid}`);
    const other = acks.find((ack) => ack.id !== row.id || ack.conversation !== row.conversation || ack.seq !== row.seq);
    if (other) find('lost', `${text} was acknowledged as ${JSON.stringify(other)} and is stored as ${row.conversation}/${row.seq}`);
  }
  for (const row of rows) if (row.side !== 'bot' && !sends.has(row.text)) find('doubled', `${row.text} is stored, and nobody sent it`);
  judgeOrder(rows, all, find);
}

/** I4: what one device sent stands in each conversation as it was typed. */
function judgeOrder(rows: readonly StoredMessage[], all: readonly Send[], find: Court['find']): void {
  const typed = new Map(all.map(({ text, device }, i) => [text, { device, i }]));
  const last = new Map<string, number>();
  for (const { conversation, text } of rows) {
    const send = typed.get(text);
    if (!send) continue;
    const key = `${send.device} in ${conversation}`;
    if (send.i < (last.get(key) ?? -1)) find('misordered', `${text} stands after what ${key} typed later`);
    last.set(key, Math.max(send.i, last.get(key) ?? -1));
  }
}

/** I12. */
function judgePushes({ history, sends, find }: Court, { name, who, sees, pushed }: Screen): void {
  if (sees === 'all') return;
  for (const { conversation, text } of pushed) {
    const owner = history.owners.get(conversation);
    const other = marksIn(text ?? '').find((mark) => mark !== who);
    if (owner !== undefined && owner !== who) find('leaked', `${name} was told of conversation ${conversation}, which is ${owner}’s`);
    else if (other !== undefined) find('leaked', `${name} was given ${text}`);
    else if (text !== null && sends.get(text)?.isNote) find('leaked', `${name} was given the note ${text}`);
  }
}

/** I5, I6 of what the sockets brought. An agent has others' conversations as well, which are for another judge. */
function judgeHeld(court: Court, screen: Screen): void {
  const { history, find } = court;
  const { name, who, sees, held, former, isClosed, rendered } = screen;
  const all = [...former, ...[...held].map(([conversation, one]) => ({ conversation, held: one }))];
  const isOurs = (conversation: number): boolean => sees === 'own' || history.owners.has(conversation);
  for (const { conversation, held: one } of all) if (isOurs(conversation)) judgePrefix(court, screen, conversation, one);
  if (isClosed || (rendered.length > 0 && held.size === 0)) return;
  for (const [conversation, head] of headsOf(history)) {
    if (sees === 'own' && history.owners.get(conversation) !== who) continue;
    const one = held.get(conversation);
    const last = one?.entries.at(-1)?.seq ?? one?.from ?? 0;
    if (last < head) find('missing', `${name} has ${last} of ${head} in conversation ${conversation}`, head - last);
  }
}

function judgePrefix({ at, sends, find }: Court, { name, sees }: Screen, conversation: number, { from, entries }: Held): void {
  entries.forEach(({ seq, text }, i) => {
    const where = `${name}, conversation ${conversation}, seq ${seq}`;
    const row = at.get(`${conversation}/${seq}`);
    if (seq !== from + i + 1) find('misordered', `${where} was applied as entry ${from + i + 1}`);
    else if (text !== null && row?.text !== text) find('misordered', `${where} shows ${text}; stored is ${row?.text ?? 'no message'}`);
    // Of notes visitors see that there is something, and nothing of it.
    else if (text === null && row && !(sees === 'own' && sends.get(row.text)?.isNote))
      find('missing', `${where} does not show ${row.text}`);
  });
}

/** I5, I6 of what stood in the browser. */
function judgeRendered(court: Court, screen: Screen): void {
  const { history, rows, sends, find } = court;
  const { name, who, shows, rendered, isClosed } = screen;
  if (rendered.length === 0) return;
  const [conversation] = [...history.owners].filter(([, owner]) => owner === (shows ?? who)).map(([id]) => id);
  const stored = rows.filter((row) => row.conversation === conversation && !(screen.sees === 'own' && sends.get(row.text)?.isNote));
  const isMine = (row: StoredMessage): boolean => (row.side === 'contact') === (screen.sees === 'own');
  const [ours, theirs] = [true, false].map((mine) => stored.filter((row) => isMine(row) === mine).map(({ text }) => text)) as [
    string[],
    string[],
  ];
  const isAlone = new Set([...sends.values()].filter((send) => send.who === who).map(({ device }) => device)).size <= 1;
  const seen = new Set<string>();
  for (const lines of rendered) {
    const key = JSON.stringify(lines);
    if (seen.has(key)) continue;
    seen.add(key);
    judgeMoment(court, screen, lines, { ours, theirs, isAlone });
  }
  if (isClosed) return;
  const shown = rendered.at(-1)?.map(({ text }) => text) ?? [];
  const missing = stored.filter(({ text }) => !shown.includes(text));
  if (missing[0]) find('missing', `${name} does not show ${missing[0].text}`, missing.length);
  else if (stored.some(({ text }, i) => shown[i] !== text)) find('misordered', `${name} shows in the end ${JSON.stringify(shown)}`);
}

function judgeMoment(
  { find }: Court,
  { name, who, sees }: Screen,
  lines: readonly Line[],
  { ours, theirs, isAlone }: { ours: string[]; theirs: string[]; isAlone: boolean },
): void {
  const texts = lines.map(({ text }) => text);
  const twice = texts.find((text, i) => texts.indexOf(text) !== i);
  if (twice !== undefined) find('doubled', `${name} showed ${twice} twice`);
  const foreign = sees === 'own' ? texts.find((text) => marksIn(text).some((mark) => mark !== who)) : undefined;
  if (foreign !== undefined) find('leaked', `${name} showed ${foreign}`);
  const others = lines.filter((line) => !line.mine).map(({ text }) => text);
  if (others.some((text, i) => theirs[i] !== text)) find('misordered', `${name} showed of others ${JSON.stringify(others)}`);
  const own = lines.filter((line) => line.mine);
  const mine = own.map(({ text }) => text);
  // A prefix of what is stored, and then what is pending, in its order. With several devices another one's may come between, later.
  const places = mine.map((text) => ours.indexOf(text)).filter((place) => place !== -1);
  const inOrder = places.every((place, i) => i === 0 || place > (places[i - 1] ?? -1));
  const isPrefix = own.filter(({ pending }) => !pending).every(({ text }, i) => ours[i] === text);
  if (!inOrder || (isAlone && !isPrefix)) find('misordered', `${name} showed of its own ${JSON.stringify(mine)}`);
}
