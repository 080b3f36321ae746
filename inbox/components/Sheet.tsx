// A dialog over everything: closed by its button, Escape, or a click beside it.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SheetName } from '../state/inbox.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { XIcon } from './icons.ts';

interface SheetProps {
  name: SheetName;
  title: string;
  children: ComponentChildren;
}

export function Sheet({ name, title, children }: SheetProps): JSX.Element {
  const { sheet, openSheet } = useInbox();
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = sheet.value === name;
  const close = (): void => openSheet(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else if (dialog.current?.open) dialog.current.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class={`sheet sheet-${name}`}
      aria-labelledby={`${name}-title`}
      onClose={() => isOpen && close()}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {isOpen ? (
        <div class="sheet-body">
          <header class="sheet-head">
            <h2 id={`${name}-title`}>{title}</h2>
            <button type="button" class="icon-button" aria-label="Close" onClick={close}>
              <Icon of={XIcon} />
            </button>
          </header>
          {children}
        </div>
      ) : null}
    </dialog>
  );
}
