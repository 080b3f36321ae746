// What the oracle holds against the history: logs, sends, pushes, what screens held and what they showed.
import type { Ack, FinalHistory, Line, Principal, SendRecord, StoredMessage } from './oracle.ts';

const marksIn = (text: string): Principal[] => [...text.matchAll(/‹([^›]*)›/g)].map((match) => match[1] ?? '');

export interface Send extends Required<Omit<SendRecord, 'cid'>> {
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

export interface Screen {
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

type Kind = 'lost' | 'doubled' | 'misordered' | 'missing' | 'leaked' | 'hanging';

export interface Court {
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
export function judgeLogs({ history, find }: Court): void {
  const seqs = new Map<number, number[]>();
  for (const { conversation, seq } of history.log) seqs.set(conversation, [...(seqs.get(conversation) ?? []), seq]);
  for (const [conversation, list] of seqs) {
    const wrong = list.toSorted((a, b) => a - b).findIndex((seq, i) => seq !== i + 1);
    if (wrong !== -1) find('misordered', `the log of conversation ${conversation} is not 1…${list.length} at ${wrong + 1}`);
  }
}

/** I1, I2, I4, P2. */
export function judgeSends({ rows, sends, find }: Court, all: readonly Send[]): void {
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
export function judgePushes({ history, sends, find }: Court, { name, who, sees, pushed }: Screen): void {
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
export function judgeHeld(court: Court, screen: Screen): void {
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
export function judgeRendered(court: Court, screen: Screen): void {
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
