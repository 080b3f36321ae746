// Who goes on in this tab when the session ends or passes on: here, in another tab, on a sister domain or on the server (M10, M16, M17).
import type { Signal } from '@preact/signals';
import type { ErrorCode } from '../shared/errors.ts';
import type { VisitorEvents, VisitorSyncReply } from '../shared/protocol.ts';
import type { Connection } from './connection.ts';
import type { Identity } from './identity.ts';
import type { Outbox } from './outbox.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import type { TabNews, Tabs } from './tabs.ts';
import type { Threads } from './threads.ts';

export interface SuccessionDeps {
  session: Session;
  state: State;
  tabs: Tabs;
  resuming: Signal<boolean>;
  connection: Connection;
  threads: Threads;
  outbox: Outbox;
  identity: Identity;
}

export interface Succession {
  /** This session is over by our own doing: what was stored is cleared already. */
  forget(): void;
  /** Goes on as somebody else; resolves with how many unsent messages of the former person were discarded. */
  switched(token: string): Promise<number>;
  /** The same person goes on under this token. */
  rotated(token: string): void;
  hear(news: TabNews): void;
  ended(reason: Parameters<VisitorEvents['session.ended']>[0]['reason']): void;
  /** The server refused: where it is the session that it does not know any more, finds out what follows. */
  refused(code: ErrorCode): void;
  /** Takes over what another tab, maybe of a sister domain, has stored meanwhile. True where there was something. */
  follow(): boolean;
  /** The server said who this is: where that is somebody else than before, nothing of before is shown or sent. */
  check(reply: VisitorSyncReply): void;
  /** Nothing may be sent: the server does not know this session any more, and what follows it is not known yet. */
  isOver(): boolean;
  /** No identify waits for its answer any more. */
  answered(): void;
}

/** How long another tab has to store the token it was given. */
const rotationMs = 3000;

export function createSuccession(deps: SuccessionDeps): Succession {
  const { session, state, tabs, resuming, connection, threads, outbox, identity } = deps;
  let rotationTimer: ReturnType<typeof setTimeout> | undefined;
  let isInDoubt = false;
  let isOver = false;

  /** Shows nothing of before, and speaks to the server under the present token, if any. */
  function restart(): void {
    settle();
    threads.reset();
    state.reset();
    if (session.token() !== null || state.isOpen.value) connection.reopen();
    else connection.close();
  }

  function settle(isSame = true): void {
    clearTimeout(rotationTimer);
    rotationTimer = undefined;
    isInDoubt = !isSame;
    isOver = false;
  }

  function report(unsent: number): number {
    if (unsent > 0) console.error(`[Foyer] ${unsent} unsent messages of the former visitor were discarded.`);
    return unsent;
  }

  function forget(): void {
    identity.reset();
    restart();
  }

  /** It ended elsewhere. */
  function lapse(): void {
    // First what is in the database; the session's end deletes that.
    void outbox.leave().then(report);
    session.leave();
    forget();
  }

  /** Another tab's doing: somebody else is here now, and what the host of this page asks for goes on under them. */
  function giveWay(): void {
    session.reread();
    hide();
    restart();
  }

  function hide(): void {
    void outbox.leave().then(report);
    identity.leave();
    threads.reset();
    state.reset();
  }

  async function switched(token: string): Promise<number> {
    const unsent = report(await outbox.drain(0));
    session.adopt(token);
    restart();
    tabs.tell({ kind: 'switched' });
    return unsent;
  }

  /** What waits to be sent is kept beside the token it belongs to. */
  function adopt(token: string): void {
    session.adopt(token);
    void outbox.move();
  }

  function rotated(token: string): void {
    settle();
    adopt(token);
    tabs.tell({ kind: 'rotated' });
  }

  /** @param isSame the person is known to be the same; otherwise the next sync tells */
  function follow(isSame = false): boolean {
    if (!session.changedElsewhere()) return false;
    session.reread();
    if (session.token() === null) lapse();
    else {
      settle(isSame);
      connection.reopen();
    }
    return true;
  }

  /** The tab that was given the next token will have stored it in a moment. */
  function awaitToken(isSame: boolean): void {
    if (follow(isSame)) return;
    clearTimeout(rotationTimer);
    rotationTimer = setTimeout(() => follow(isSame) || lapse(), rotationMs);
  }

  function heardOfLogout(of: string | null): void {
    // Late news: this tab has gone on to what followed. Where nothing is stored each tab has a session of its own, of the same person.
    if (session.token() === of || session.place() === 'memory') lapse();
    else if (session.changedElsewhere()) giveWay();
  }

  function heardOfSession(other: string): void {
    const mine = session.token();
    // Where nothing is stored each tab has a session of its own.
    if (mine === other || session.place() === 'memory') return;
    if (mine !== null && identity.me.value.contact_id !== null) return void follow();
    if (mine === null) session.reread();
    // Both tabs have begun at once, and the server knows neither: each comes to the same end.
    else adopt(other < mine ? other : mine);
    if (session.token() !== mine) connection.reopen();
  }

  return {
    forget,
    switched,
    rotated,
    follow: () => follow(),
    isOver: () => isOver,
    hear(news) {
      if (news.kind === 'logout') heardOfLogout(news.of);
      else if (news.kind === 'switched') giveWay();
      else if (news.kind === 'rotated') follow(true);
      else if (news.kind === 'session') heardOfSession(news.token);
      else if (news.kind === 'outbox' && session.token() !== null) outbox.hear(news.news);
    },
    ended(reason) {
      if (reason === 'rotated') return awaitToken(true);
      if (reason !== 'identity_changed') return lapse();
      hide();
      awaitToken(true);
    },
    refused(code) {
      resuming.value = false;
      if (code !== 'session_revoked' || session.token() === null || rotationTimer !== undefined || follow()) return;
      // The answer of an identify was lost with the line: its repeat is answered as it was.
      if (identity.isAsking()) isOver = true;
      else lapse();
    },
    check({ me, conversations }) {
      const held = threads.views.value.filter((one) => one.head > 0);
      const goesOn = held.length > 0 && held.every(({ id }) => conversations.some((other) => other.id === id));
      if (isInDoubt && me.contact_id !== identity.me.value.contact_id && !goesOn) hide();
      isInDoubt = isOver = false;
    },
    answered() {
      if (isOver && !follow()) lapse();
    },
  };
}
