// The list of conversations: search, rows, what to say where there are none.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { filterLabels } from '../state/filters.ts';
import { ConnectionLine } from './ConnectionLine.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { MenuIcon, SearchIcon, XIcon } from './icons.ts';
import { ListEmpty } from './ListEmpty.tsx';
import { Resizer } from './Resizer.tsx';
import { Row } from './Row.tsx';
import { useMovingRows } from './use-moving-rows.ts';

export function ListPane(): JSX.Element {
  const { filter, list, layout, counts } = useInbox();
  const count = counts.value?.[filter.value];
  return (
    <section class="list" aria-label="Conversations">
      <header class="list-head">
        <button type="button" class="icon-button list-menu" aria-label="Menu" onClick={() => layout.setNavOver(true)}>
          <Icon of={MenuIcon} />
        </button>
        <h2 class="list-title">
          {filterLabels[filter.value]}
          {count === undefined ? null : <span class="list-count">{count}</span>}
        </h2>
        <span class="list-connection" role="status">
          <ConnectionLine />
        </span>
      </header>
      <Search />
      {list.failure.value ? <ListFailure /> : <Rows />}
      <Resizer pane="list" label="Width of the list" />
    </section>
  );
}

function Search(): JSX.Element {
  const { list } = useInbox();
  const words = list.search.value;
  return (
    <div class="search" role="search">
      <Icon of={SearchIcon} size={14} />
      <input
        id="search"
        type="search"
        placeholder="Search people and messages"
        aria-label="Search conversations"
        autocomplete="off"
        value={words}
        onInput={(event) => list.setSearch(event.currentTarget.value)}
      />
      {words === '' ? <kbd>/</kbd> : null}
      {words === '' ? null : (
        <button type="button" class="icon-button" aria-label="Clear the search" onClick={() => list.setSearch('')}>
          <Icon of={XIcon} size={14} />
        </button>
      )}
    </div>
  );
}

function Rows(): JSX.Element {
  const { list, filter, selectedId, composer, presence } = useInbox();
  const rows = list.rows.value;
  const ids = rows?.map((row) => row.id) ?? [];
  const box = useMovingRows(ids, `${filter.value}\n${list.search.value}`);
  const hold = useHold(list.hold);
  if (!rows) return <Skeleton />;
  if (rows.length === 0) return <ListEmpty />;
  const tabStop = ids.includes(selectedId.value ?? 0) ? selectedId.value : ids[0];
  return (
    <div
      class="rows"
      onPointerMove={hold}
      onPointerLeave={() => list.hold(false)}
      onScroll={(event) => loadNearEnd(event.currentTarget, list.loadMore)}
    >
      <ul ref={box} aria-label="Conversations">
        {rows.map((row) => (
          <Row
            key={row.id}
            conversation={row}
            isSelected={row.id === selectedId.value}
            isTabStop={row.id === tabStop}
            isDrafted={composer.drafted.value.has(row.id)}
            isTyping={presence.typing.value.has(row.id)}
            isOnline={presence.contacts.value.get(row.contact.id)?.online ?? false}
          />
        ))}
      </ul>
      {list.hasMore.value ? (
        <button type="button" class="button button-quiet rows-more" onClick={list.loadMore}>
          Show older ones
        </button>
      ) : null}
      {list.isCut.value && !list.hasMore.value ? (
        <p class="rows-cut">Very many fit, so only the newest were looked through. Add a word to find older ones.</p>
      ) : null}
    </div>
  );
}

/** Rows keep their places while the pointer moves over them, and a little longer. */
const heldForMs = 1200;

function useHold(setHeld: (isHeld: boolean) => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return () => {
    setHeld(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(false), heldForMs);
  };
}

function loadNearEnd(box: HTMLElement, loadMore: () => void): void {
  if (box.scrollHeight - box.scrollTop - box.clientHeight < 400) loadMore();
}

function ListFailure(): JSX.Element {
  const { list } = useInbox();
  return (
    <div class="empty" role="alert">
      <h3>The list could not be loaded</h3>
      <p>{list.failure.value?.message}</p>
      <button type="button" class="button" onClick={list.retry}>
        Try again
      </button>
    </div>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="rows is-late" role="status" aria-label="Loading conversations">
      {[62, 48, 70, 55, 66, 44, 58].map((width, index) => (
        <div class="row-skeleton" key={index}>
          <span class="bone bone-face" />
          <span class="bone-lines">
            <span class="bone" style={{ width: `${width}%` }} />
            <span class="bone" style={{ width: `${width + 22}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
