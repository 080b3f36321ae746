// A strip that scrolls sideways says at which of its ends there is more: `data-more` for its styles.
import { useEffect } from 'preact/hooks';
import type { RefObject } from 'preact';

export function useMoreBeside(strip: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const look = (): void => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      // Negative where it is written from right to left; a pixel is lost in rounding.
      const [before, after] = [Math.abs(scrollLeft), scrollWidth - clientWidth - Math.abs(scrollLeft)];
      element.dataset['more'] = [before > 1 ? 'before' : '', after > 1 ? 'after' : ''].join(' ').trim();
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(look);
    sizes?.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      sizes?.disconnect();
    };
  }, [strip]);
}
