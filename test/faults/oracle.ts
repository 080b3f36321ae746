// What was promised to whom, and whether it was kept: every send, ack, screen and push of a run against the history that is there at
// its end. It knows nothing of Foyer but the contract, and is the only judge of all faults (I1–I8, I12). It is itself put to the test.
import { judgeHeld, judgeLogs, judgePushes, judgeRendered, judgeSends } from './judges.ts';
import type { Court, Screen, Send } from './judges.ts';

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
