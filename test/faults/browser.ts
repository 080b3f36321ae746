// Real browsers in a run: what stands in their list goes to the oracle at every change, so that it outlives the page.
import type { BrowserContext, Page } from 'playwright-core';
import { visitorSide } from '../journeys/stage.ts';
import type { VisitorSide } from '../journeys/stage.ts';
import type { House } from './house.ts';
import { createOracle } from './oracle.ts';
import type { FinalHistory, Line, Oracle, SendRecord } from './oracle.ts';

export interface Filmed {
  /** Of every moment, on whichever page of this screen. */
  moments: Line[][];
}

/** To be called before the context's first page. */
export async function film(context: BrowserContext, pageName: (page: Page) => Filmed): Promise<void> {
  await context.exposeBinding('foyerShown', ({ page }, lines: Line[]) => void pageName(page).moments.push(lines));
  await context.addInitScript(watchList);
}

// Runs in the page.
function watchList(): void {
  type Reporting = Window & { foyerShown?: (lines: unknown) => void };
  let last = '';
  let watched: ShadowRoot | null = null;
  const look = (): void => {
    const root = document.querySelector('foyer-chat')?.shadowRoot ?? null;
    if (root && root !== watched) {
      watched = root;
      new MutationObserver(look).observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
    }
    const lines = [...(root?.querySelectorAll('.rows .line') ?? [])].map((line) => ({
      mine: line.closest('.group.mine') !== null,
      text: line.querySelector('.bubble')?.textContent ?? '',
      pending: line.matches('.pending, .failed'),
    }));
    const key = JSON.stringify(lines);
    if (key === last || lines.length === 0) return;
    last = key;
    (window as Reporting).foyerShown?.(lines);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/** [I7] and some for a browser that has to be started. */
export const healingMs = 30_000;
export const desk = { locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 900, height: 700 } } as const;

/** It stands there, and not as one that is still on its way. */
export async function isSettled(side: VisitorSide, text: string): Promise<boolean> {
  const shown = await side.shown().catch(() => []);
  return shown.some((line) => line.text === text && !line.isPending);
}

export async function openChat(page: Page, url: string): Promise<VisitorSide> {
  await page.goto(url);
  const side = visitorSide(page);
  await side.openChat();
  return side;
}

/** Whose a conversation is stands in its visitor's texts: browsers keep their tokens to themselves. */
export async function historyByMarks(house: House, oursOnly: ReadonlySet<string>): Promise<FinalHistory> {
  const rows = await house.rows<{ conversation: number; seq: number; id: number; side: string; cid: string; text: string }>(
    'select conversation_id as conversation, seq, id, side, cid, text from messages order by conversation_id, seq',
  );
  const changes = await house.rows<{ conversation: number; seq: number }>('select conversation_id as conversation, seq from changes');
  const owners = new Map<number, string>();
  for (const { conversation, side, text } of rows) {
    const who = /^‹([^›]*)›/.exec(text)?.[1];
    if (side === 'contact' && who !== undefined && oursOnly.has(who)) owners.set(conversation, who);
  }
  const isOurs = ({ conversation }: { conversation: number }): boolean => owners.has(conversation);
  return { messages: rows.filter(isOurs), log: [...rows, ...changes].filter(isOurs), owners };
}

/** Puts what was filmed before the judge. */
export function oracleOf(
  sends: readonly SendRecord[],
  screens: readonly { name: string; who: string; filmed: Filmed; isClosed?: boolean }[],
): Oracle {
  const oracle = createOracle();
  for (const send of sends) oracle.sent(send);
  for (const { name, who, filmed, isClosed = false } of screens) {
    const screen = oracle.screen(name, who);
    for (const moment of filmed.moments) screen.rendered(moment);
    if (isClosed) screen.close();
  }
  return oracle;
}
