import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * On a phone the panel fills what the keyboard leaves: iOS does not shrink fixed boxes when it comes up. Meanwhile the page
 * behind must not scroll.
 */
export function useViewport(panel: RefObject<HTMLElement | null>, open: boolean): void {
  useEffect(() => {
    const { visualViewport: viewport } = window;
    if (!open || !matchMedia('(max-width: 480px)').matches) return;
    const { style } = document.documentElement;
    const before = style.overflow;
    style.overflow = 'hidden';
    function fit(): void {
      if (!viewport || !panel.current) return;
      panel.current.style.setProperty('--view-height', `${viewport.height}px`);
      panel.current.style.setProperty('--view-top', `${viewport.offsetTop}px`);
    }
    fit();
    viewport?.addEventListener('resize', fit);
    viewport?.addEventListener('scroll', fit);
    return () => {
      style.overflow = before;
      viewport?.removeEventListener('resize', fit);
      viewport?.removeEventListener('scroll', fit);
    };
  }, [open]);
}
