import { useLayoutEffect, useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app.ts';
import { Ask, FileAsk } from '../messages/index.ts';
import type { Row } from '../rows.ts';
import { Faces } from './Avatar.tsx';
import { Chips } from './Chips.tsx';
import { Group } from './Group.tsx';
import type { Scrolled } from './Header.tsx';
import { Icon } from './Icon.tsx';
import { Presence } from './Presence.tsx';
import { TypingDots } from './TypingDots.tsx';
import { tracked } from './tracked.ts';

const nearPx = 60;
/** Where the top of the thread slides beneath the header, and where the name there has. */
const [beneathPx, compactPx] = [8, 80];

export const Thread = tracked(function Thread({ onScrolled }: { onScrolled(scrolled: Scrolled): void }) {
  const { state, locale } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const [missed, setMissed] = useState(0);
  const rows = state.rows.value;
  const loading = state.threadState.value === 'loading' || state.threadState.value === 'unloaded';
  usePinnedScroll(box, rows, setMissed);

  useEffect(() => state.loadThread(), [state.target.value, state.threadState.value, state.isOpen.value]);
  useEffect(() => state.markRead(), [rows, state.isOpen.value, state.atBottom.value]);

  useEffect(() => onScroll(), [loading, state.more.value]);

  function onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    state.atBottom.value = scrollHeight - scrollTop - clientHeight < nearPx;
    if (state.atBottom.value) setMissed(0);
    onScrolled(scrollTop > compactPx || state.more.value || loading ? 'compact' : scrollTop > beneathPx ? '' : 'top');
    if (scrollTop < 120 && state.more.value) void state.loadOlder();
  }

  function toBottom(): void {
    box.current!.scrollTo({ top: box.current!.scrollHeight, behavior: 'smooth' });
  }

  return (
    <div class="well">
      <div
        class="scroll"
        ref={box}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-live="polite"
        aria-label={locale.phrases.message}
        aria-busy={loading}
      >
        {!state.more.value && !loading && <Intro />}
        {loading && <Skeleton />}
        {state.threadState.value === 'failed' && <p class="note">{locale.phrases.loadFailed}</p>}
        <ol class="rows">
          {rows.map((row) => (
            <RowView key={row.key} row={row} />
          ))}
        </ol>
        <div class="after">
          {state.typist.value && <TypingDots typist={state.typist.value} />}
          <Question />
          <Chips />
        </div>
      </div>
      {missed > 0 && (
        <button type="button" class="jump" onClick={toBottom}>
          <Icon name="down" size={16} />
          {locale.phrases.newMessages}
        </button>
      )}
    </div>
  );
});

/** The control of a question, until it is answered; the visitor may always write instead. */
const Question = tracked(function Question() {
  const question = useApp().state.question.value;
  const ask = question?.ask;
  if (!ask) return null;
  return (
    <div class="question">
      {ask.kind === 'file' ? <FileAsk key={question.id} ask={ask} /> : <Ask key={question.id} message={question} ask={ask} />}
    </div>
  );
});

function RowView({ row }: { row: Row }) {
  const { formats, locale } = useApp();
  const { phrases } = locale;
  if (row.kind === 'group') return <Group row={row} />;
  if (row.kind === 'time') {
    return (
      <li class="time">
        <time>{row.day ? `${formats.day(row.at)} ${formats.time(row.at)}` : formats.time(row.at)}</time>
      </li>
    );
  }
  return <li class="note">{row.note === 'joined' ? phrases.joined(row.name ?? phrases.team) : phrases[row.note]}</li>;
}

/** Who will answer: the beginning of every thread. */
function Intro() {
  const { settings } = useApp();
  return (
    <div class="intro">
      <Faces size={48} />
      <h2>{settings.name}</h2>
      <Presence />
    </div>
  );
}

/** Shaped like what comes; seen only where it takes more than 150 ms (in the style sheet). */
function Skeleton() {
  const { locale } = useApp();
  return (
    <div class="skeleton">
      <span class="hidden">{locale.phrases.loading}</span>
      <i />
      <i />
      <i class="mine" />
      <i />
    </div>
  );
}

/** Stays at the newest message while the visitor is there, and where the visitor reads while older ones come in above. */
function usePinnedScroll(
  box: { current: HTMLDivElement | null },
  rows: readonly Row[],
  setMissed: (update: (n: number) => number) => void,
): void {
  const { state } = useApp();
  const before = useRef({ height: 0, first: '', last: '' });
  const typing = state.typist.value !== null;
  const chips = state.chips.value.length;
  const open = state.isOpen.value;

  useLayoutEffect(() => {
    const element = box.current!;
    const [first = '', last = ''] = [rows[0]?.key, lastKey(rows)];
    const was = before.current;
    if (state.atBottom.value) element.scrollTop = element.scrollHeight;
    else if (was.first !== first && was.last === last) element.scrollTop += element.scrollHeight - was.height;
    else if (was.last !== last && !isMine(rows)) setMissed((n) => n + 1);
    before.current = { height: element.scrollHeight, first, last };
  }, [rows, typing, chips, open]);

  useEffect(() => {
    if (typeof ResizeObserver !== 'function') return;
    const observer = new ResizeObserver(() => {
      if (state.atBottom.value && box.current) box.current.scrollTop = box.current.scrollHeight;
    });
    // Its parts too: what comes in a chunk of its own, a picture or a form grows after it is drawn.
    for (const element of [box.current!, ...box.current!.querySelectorAll('.rows, .after')]) observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

function lastKey(rows: readonly Row[]): string | undefined {
  const last = rows.at(-1);
  return last?.kind === 'group' ? last.bubbles.at(-1)!.key : last?.key;
}

function isMine(rows: readonly Row[]): boolean {
  const last = rows.at(-1);
  return last?.kind === 'group' && last.mine;
}
