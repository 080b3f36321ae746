// The one thing that cannot be undone: it says what goes, and asks twice.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ContactCard } from '../../shared/protocol.ts';
import type { ApiFailure } from '../api.ts';
import { conversationWords } from '../merge-words.ts';
import { contactName } from '../words.ts';
import { useInbox } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { EraseIcon, FailedIcon } from './icons.ts';

export function EraseDialog({ contact, close }: { contact: ContactCard; close(): void }): JSX.Element {
  const name = contactName(contact);
  return (
    <Dialog name="erase" title={`Erase ${name}?`} close={close}>
      <p class="sheet-lead">Nobody can undo this. What goes:</p>
      <ul class="erase-list">
        <li>{name}, with every detail, tag and point of the score</li>
        <li>
          {contact.conversations.length === 0
            ? 'all they ever wrote'
            : `${conversationWords(contact.conversations.length)}, with every message and file, and what your team answered`}
        </li>
        {contact.merges.length > 0 ? (
          <li>those who were merged into them: {contact.merges.map(({ from }) => contactName(from)).join(', ')}</li>
        ) : null}
        <li>their place on every device: whoever comes back begins as somebody new</li>
      </ul>
      <p class="form-hint">What stays is one line in the audit log: that somebody was erased, when, and by whom.</p>
      <EraseSteps contact={contact} close={close} />
    </Dialog>
  );
}

function EraseSteps({ contact, close }: { contact: ContactCard; close(): void }): JSX.Element {
  const { people } = useInbox();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const erase = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const failed = await people.erase(contact);
    setBusy(false);
    setFailure(failed);
    if (failed === null) close();
  };
  return (
    <>
      {failure ? (
        <p class="sheet-failure" role="alert">
          <Icon of={FailedIcon} size={14} /> {failure.message}
        </p>
      ) : null}
      {isAsked ? <ForGood isBusy={isBusy} erase={erase} close={close} /> : <FirstStep ask={() => setAsked(true)} close={close} />}
    </>
  );
}

function FirstStep({ ask, close }: { ask(): void; close(): void }): JSX.Element {
  return (
    <div class="sheet-actions">
      <button type="button" class="button" onClick={close}>
        Cancel
      </button>
      <button type="button" class="button button-danger" onClick={ask}>
        Erase …
      </button>
    </div>
  );
}

/** In the other order: a second press in the same place keeps them. */
function ForGood({ isBusy, erase, close }: { isBusy: boolean; erase(): Promise<void>; close(): void }): JSX.Element {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus(), []);
  return (
    <div class="sheet-actions">
      <p role="alert">For good?</p>
      <button type="button" class="button button-danger-solid" aria-disabled={isBusy} onClick={() => void erase()}>
        <Icon of={EraseIcon} size={14} /> {isBusy ? 'Erasing …' : 'Erase for good'}
      </button>
      <button ref={keep} type="button" class="button" onClick={close}>
        Keep them
      </button>
    </div>
  );
}
