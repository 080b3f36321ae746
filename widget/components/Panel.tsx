import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app.ts';
import { Composer } from './Composer.tsx';
import { Header, type Scrolled } from './Header.tsx';
import { lazy } from './lazy.tsx';
import { Thread } from './Thread.tsx';
import { useViewport } from './use-viewport.ts';
import { tracked } from './tracked.ts';

const ConversationList = lazy(() => import('./ConversationList.tsx'));

export const Panel = tracked(function Panel() {
  const { state, locale, settings, launcher } = useApp();
  const panel = useRef<HTMLElement>(null);
  const [scrolled, setScrolled] = useState<Scrolled>('top');
  const open = state.isOpen.value;
  const wasOpen = useRef(false);
  useViewport(panel, open);

  useEffect(() => {
    if (open) focusInside(panel.current);
  }, [open]);
  // Before the browser paints: what is inert has lost the focus by then.
  useLayoutEffect(() => {
    if (!open && wasOpen.current && panel.current?.contains(activeIn(panel.current))) launcher.focus({ preventScroll: true });
    wasOpen.current = open;
  }, [open]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) state.hide();
  }

  return (
    <section
      ref={panel}
      class={open ? 'panel open' : 'panel'}
      role="dialog"
      aria-label={locale.phrases.chatWith(settings.name)}
      tabIndex={-1}
      inert={!open}
      onKeyDown={onKeyDown}
    >
      <Header scrolled={scrolled} />
      {state.screen.value === 'list' ? (
        <ConversationList />
      ) : (
        <>
          <Thread onScrolled={setScrolled} />
          <Composer />
        </>
      )}
    </section>
  );
});

function activeIn(element: HTMLElement): Element | null {
  return (element.getRootNode() as ShadowRoot | Document).activeElement;
}

/** Where there is a mouse the visitor may type at once; elsewhere that would raise the keyboard unasked. */
function focusInside(panel: HTMLElement | null): void {
  const field = matchMedia('(hover: hover)').matches ? panel?.querySelector<HTMLElement>('textarea') : null;
  (field ?? panel)?.focus({ preventScroll: true });
}
