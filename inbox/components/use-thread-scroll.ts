// Where a thread stands: glued to its end, or still while things change above and below.
import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../state/entries.ts';
import type { Reading } from '../state/reading.ts';

const nearEnd = 48;
const nearTop = 240;

export interface ThreadScroll {
  box: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  /** Messages that came below while the agent read above. */
  missed: number;
  toEnd(): void;
  onScroll(): void;
}

export function useThreadScroll(entries: readonly Entry[], reading: Reading): ThreadScroll {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const glued = useRef(true);
  const seenKey = useRef<string | null>(null);
  const jump = (): void => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  const lastTop = useRef(0);
  const onScroll = useCallback(() => {
    if (!box.current) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    // Only moving up lets go: content that grows below in the same frame must not.
    if (scrollHeight - scrollTop - clientHeight < nearEnd) glued.current = true;
    else if (scrollTop < lastTop.current) glued.current = false;
    lastTop.current = scrollTop;
    setAtEnd(glued.current);
    if (scrollTop < nearTop) reading.loadOlder();
  }, [reading]);
  useKeepPlace(box, entries, glued, jump);
  useEffect(() => {
    // The field below grows, an image loads: the end stays where it is looked at.
    const observer = new ResizeObserver(() => {
      if (glued.current) jump();
    });
    if (box.current) observer.observe(box.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, []);
  useMarked(box, entries, reading, glued);
  if (isAtEnd) seenKey.current = entries.at(-1)?.key ?? null;
  return {
    box,
    content,
    isAtEnd,
    missed: messagesAfter(entries, seenKey.current),
    toEnd: () => box.current?.scrollTo({ top: box.current.scrollHeight, behavior: isCalm() ? 'auto' : 'smooth' }),
    onScroll,
  };
}

/** New ones below: glued stays glued, and an own message always shows itself. Older ones above: the eye's line stays. */
function useKeepPlace(
  box: RefObject<HTMLDivElement | null>,
  entries: readonly Entry[],
  glued: { current: boolean },
  jump: () => void,
): void {
  const before = useRef<{ first: string; last: string; height: number }>({ first: '', last: '', height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const firstMessage = entries.find((entry) => entry.kind !== 'day')?.key ?? '';
    const last = entries.at(-1);
    const { first, last: lastKey, height } = before.current;
    const isOwnNew = last?.key !== lastKey && last?.kind === 'message' && last.outgoing !== null;
    if (glued.current || isOwnNew) jump();
    else if (first !== '' && first !== firstMessage) element.scrollTop += element.scrollHeight - height;
    before.current = { first: firstMessage, last: last?.key ?? '', height: element.scrollHeight };
  }, [entries]);
}

/** Brings the marked message to the middle and lights it up once. */
function useMarked(box: RefObject<HTMLDivElement | null>, entries: readonly Entry[], reading: Reading, glued: { current: boolean }): void {
  const marked = reading.marked.value;
  const done = useRef(0);
  useEffect(() => {
    if (!marked || done.current === marked.nonce) return;
    const element = box.current?.querySelector<HTMLElement>(`[data-message="${marked.message}"]`);
    if (!element) return;
    done.current = marked.nonce;
    glued.current = false;
    element.scrollIntoView({ block: 'center', behavior: isCalm() ? 'auto' : 'smooth' });
    element.classList.remove('is-marked');
    // Reading the width lets the animation begin anew.
    void element.offsetWidth;
    element.classList.add('is-marked');
  }, [marked, entries]);
}

function messagesAfter(entries: readonly Entry[], key: string | null): number {
  const seen = entries.findIndex((entry) => entry.key === key);
  return seen === -1 ? 0 : entries.slice(seen + 1).filter((entry) => entry.kind === 'message').length;
}

function isCalm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
