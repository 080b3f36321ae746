// In the place of what only owners see.
import type { JSX } from 'preact';
import { Icon } from '../components/Icon.tsx';
import { NoteIcon } from '../components/icons.ts';

export function OwnersOnly({ what }: { what: string }): JSX.Element {
  return (
    <div class="empty owners-only">
      <Icon of={NoteIcon} size={20} />
      <h2>For owners</h2>
      <p>{what} Ask an owner of this workspace if you need it.</p>
    </div>
  );
}
