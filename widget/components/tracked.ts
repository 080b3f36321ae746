import { effect } from '@preact/signals-core';
import type { ComponentChild } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';

/**
 * A component which is drawn anew when a signal it read changes. Twenty lines in place of @preact/signals' own tie to Preact,
 * which is 1.3 kB and does more than is used here.
 */
export function tracked<P>(View: (props: P) => ComponentChild): (props: P) => ComponentChild {
  return (props) => {
    const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
    const stop = useRef(() => {});
    useEffect(() => () => stop.current(), []);
    stop.current();
    let shown: ComponentChild;
    let isFirst = true;
    stop.current = effect(() => {
      if (isFirst) shown = View(props);
      else redraw();
      isFirst = false;
    });
    return shown;
  };
}
