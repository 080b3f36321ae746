// The scrolled part of a thread: stays at the newest while it is there, keeps its place otherwise, loads older ones.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { authorName } from '../words.ts';
import { useInbox } from './context.ts';
import { DayEntry, LineEntry } from './EntryLines.tsx';
import { Icon } from './Icon.tsx';
import { DownIcon } from './icons.ts';
import { Message } from './Message.tsx';
import { useThreadScroll } from './use-thread-scroll.ts';

export function Messages(): JSX.Element {
  const { reading } = useInbox();
  const thread = reading.thread.value;
  const entries = reading.entries.value;
  const { box, content, isAtEnd, missed, toEnd, onScroll } = useThreadScroll(entries, reading);
  const isLoaded = thread?.isLoaded.value ?? false;
  useSeen(isAtEnd && isLoaded, reading.setSeen);
  return (
    <div class="messages-frame">
      <div class="messages" ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-label="Messages" aria-busy={!isLoaded}>
        <div class="messages-content" ref={content}>
          {thread?.hasOlder.value ? <OlderLine isLoading={thread.isLoadingOlder.value} load={reading.loadOlder} /> : null}
          {isLoaded || entries.length > 0 ? null : <Skeleton />}
          {entries.map((entry) => {
            if (entry.kind === 'day') return <DayEntry key={entry.key} at={entry.at} />;
            if (entry.kind === 'line') return <LineEntry key={entry.key} entry={entry} />;
            return <Message key={entry.key} entry={entry} />;
          })}
          <Typing />
        </div>
      </div>
      {isAtEnd || entries.length === 0 ? null : (
        <button type="button" class="to-newest" onClick={toEnd}>
          <Icon of={DownIcon} size={14} />
          {missed === 0 ? 'Newest' : `${missed} new ${missed === 1 ? 'message' : 'messages'}`}
        </button>
      )}
    </div>
  );
}

function OlderLine({ isLoading, load }: { isLoading: boolean; load(): void }): JSX.Element {
  return (
    <button type="button" class="older" onClick={load} aria-disabled={isLoading}>
      {isLoading ? 'Loading older messages…' : 'Older messages'}
    </button>
  );
}

function Typing(): JSX.Element | null {
  const { presence, selectedId, selected, me } = useInbox();
  const by = presence.typing.value.get(selectedId.value ?? 0);
  if (!by || by.id === me.agent.id) return null;
  return (
    <p class={`typing ${by.kind === 'contact' ? '' : 'is-ours'}`}>
      <span class="typing-dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      {authorName(by, selected.value?.contact ?? null, me.agent.id)} is typing
    </p>
  );
}

/** Read is what was on screen while somebody looked at the page. */
function useSeen(isAtEnd: boolean, setSeen: (isSeen: boolean) => void): void {
  useEffect(() => {
    const update = (): void => setSeen(isAtEnd && !document.hidden && document.hasFocus());
    update();
    window.addEventListener('focus', update);
    window.addEventListener('blur', update);
    document.addEventListener('visibilitychange', update);
    return () => {
      window.removeEventListener('focus', update);
      window.removeEventListener('blur', update);
      document.removeEventListener('visibilitychange', update);
      setSeen(false);
    };
  }, [isAtEnd]);
}

function Skeleton(): JSX.Element {
  return (
    <div class="is-late" role="status" aria-label="Loading messages">
      {[
        ['theirs', 46],
        ['theirs', 30],
        ['ours', 52],
        ['theirs', 38],
        ['ours', 34],
      ].map(([side, width], index) => (
        <div key={index} class={`bubble-skeleton is-${side}`}>
          <span class="bone" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
