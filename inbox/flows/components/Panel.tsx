// What stands beside the graph: a head with its name and a way to close it, and what it holds.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { XIcon } from '../../components/icons.ts';

interface PanelProps {
  title: string;
  name: string;
  icon?: JSX.Element;
  /** Takes the focus when it opens, so that a keyboard goes on from there. */
  takesFocus?: boolean;
  close(): void;
  /** Buttons in its head. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

export function PanelView({ title, name, icon, close, actions, children, takesFocus = false }: PanelProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section
      ref={box}
      class={`flow-panel flow-panel-${name}`}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <header class="flow-panel-head">
        {icon}
        <h2>{title}</h2>
        {actions}
        <button type="button" class="icon-button" aria-label="Close" title="Close (Esc)" onClick={close}>
          <Icon of={XIcon} />
        </button>
      </header>
      <div class="flow-panel-body">{children}</div>
    </section>
  );
}
