// One of the inbox's own dialogs: its name is the state that opens it.
import type { ComponentChildren, JSX } from 'preact';
import type { SheetName } from '../state/inbox.ts';
import { useInbox } from './context.ts';
import { Dialog } from './Dialog.tsx';

interface SheetProps {
  name: SheetName;
  title: string;
  children: ComponentChildren;
}

export function Sheet({ name, title, children }: SheetProps): JSX.Element | null {
  const { sheet, openSheet } = useInbox();
  if (sheet.value !== name) return null;
  return (
    <Dialog name={name} title={title} close={() => openSheet(null)}>
      {children}
    </Dialog>
  );
}
