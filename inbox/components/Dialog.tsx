// A dialog over everything: closed by its button, Escape, or a click beside it.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { XIcon } from './icons.ts';

interface DialogProps {
  name: string;
  title: string;
  /** Another class, for a look of its own. */
  look?: string;
  /** Something was typed in it: a click beside it does not throw that away. */
  isKept?: boolean;
  close(): void;
  children: ComponentChildren;
}

export function Dialog({ name, title, look = '', isKept = false, close, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const back = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    // The browser's own choice is the first button.
    dialog.current?.querySelector<HTMLElement>('[autofocus]')?.focus();
    return () => back?.isConnected && back.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`sheet ${look} sheet-${name}`}
      aria-labelledby={`${name}-title`}
      onClose={close}
      onPointerDown={(event) => event.target === dialog.current && !isKept && close()}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <h2 id={`${name}-title`}>{title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={close}>
            <Icon of={XIcon} />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
