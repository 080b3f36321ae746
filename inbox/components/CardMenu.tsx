// What can be done to the contact: changed, merged, blocked, put away, erased.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ContactCard } from '../../shared/protocol.ts';
import { contactName } from '../words.ts';
import { useInbox } from './context.ts';
import { EditContactDialog } from './EditContactDialog.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import { FindContactDialog } from './FindContactDialog.tsx';
import { Icon } from './Icon.tsx';
import { BlockedIcon, CheckIcon, CloseIcon, EditIcon, EraseIcon, MergeIcon, MoreIcon, ReopenIcon } from './icons.ts';
import { Menu } from './Menu.tsx';
import type { MenuItem } from './Menu.tsx';

type DialogName = 'edit' | 'find' | 'erase';

export function CardMenu({ contact }: { contact: ContactCard }): JSX.Element {
  // About whom it was opened: the card may go on as another one meanwhile.
  const [opened, setOpened] = useState<{ name: DialogName; of: ContactCard } | null>(null);
  const close = (): void => setOpened(null);
  return (
    <div class="card-menu">
      <Menu
        class="icon-button"
        label={`More about ${contactName(contact)}`}
        items={useItems(contact, (name) => setOpened({ name, of: contact }))}
        align="end"
      >
        <Icon of={MoreIcon} />
      </Menu>
      {opened?.name === 'edit' ? <EditContactDialog contact={opened.of.id} close={close} /> : null}
      {opened?.name === 'find' ? <FindContactDialog contact={opened.of} close={close} /> : null}
      {opened?.name === 'erase' ? <EraseDialog contact={opened.of} close={close} /> : null}
    </div>
  );
}

function useItems(contact: ContactCard, open: (dialog: DialogName) => void): MenuItem[] {
  const { people, me } = useInbox();
  const { blocked, archivedAt } = contact;
  const isArchived = archivedAt !== null;
  const items: MenuItem[] = [
    { key: 'edit', label: 'Edit details …', icon: EditIcon, run: () => open('edit') },
    { key: 'merge', label: 'Merge with …', icon: MergeIcon, run: () => open('find') },
    {
      key: 'block',
      label: blocked ? 'Unblock' : 'Block',
      icon: blocked ? CheckIcon : BlockedIcon,
      isGroupStart: true,
      run: () => void people.block(contact, !blocked),
    },
    {
      key: 'archive',
      label: isArchived ? 'Bring back' : 'Archive',
      icon: isArchived ? ReopenIcon : CloseIcon,
      run: () => void people.archive(contact, !isArchived),
    },
  ];
  if (me.role !== 'agent')
    items.push({ key: 'erase', label: 'Erase …', icon: EraseIcon, isGroupStart: true, isDanger: true, run: () => open('erase') });
  return items;
}
