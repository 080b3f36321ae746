import { effect } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';

/**
 * A component which is drawn anew when a signal it read changes. In place of @preact/signals' own tie to Preact, which is
 * 1.3 kB and does more than is used here: vite.config.ts leaves that out of the widget and takes its core alone.
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
