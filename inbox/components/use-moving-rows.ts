// Rows that change places glide there, once, so that the eye can follow.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

const glideMs = 220;

/** `ids` in the order shown; with another `scope` (filter, search) nothing moves, for it is another list. */
export function useMovingRows(ids: readonly number[], scope: string): RefObject<HTMLUListElement | null> {
  const box = useRef<HTMLUListElement>(null);
  const before = useRef<{ places: Map<number, number>; scope: string }>({ places: new Map(), scope: '' });
  const order = ids.join(' ');
  useLayoutEffect(() => {
    const { places, scope: oldScope } = before.current;
    before.current = { places: new Map(ids.map((id, index) => [id, index])), scope };
    if (oldScope !== scope || places.size === 0 || !box.current || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const [index, id] of ids.entries()) glide(box.current.children[index], index, places.get(id));
  }, [order, scope]);
  return box;
}

function glide(row: Element | undefined, index: number, was: number | undefined): void {
  if (!(row instanceof HTMLElement) || was === index || typeof row.animate !== 'function') return;
  const easing = 'cubic-bezier(0.2, 0.7, 0.2, 1)';
  if (was === undefined) row.animate([{ opacity: 0 }, { opacity: 1 }], { duration: glideMs, easing });
  else
    row.animate([{ transform: `translateY(${(was - index) * row.offsetHeight}px)` }, { transform: 'none' }], { duration: glideMs, easing });
}
