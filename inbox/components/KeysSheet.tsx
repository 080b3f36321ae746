import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { keys } from '../keys.ts';
import type { Key } from '../keys.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { XIcon } from './icons.ts';

const groups: readonly Key['group'][] = ['Moving', 'Conversation', 'Everywhere'];

export function KeysSheet(): JSX.Element {
  const { isHelpOpen, setHelpOpen } = useInbox();
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else if (dialog.current?.open) dialog.current.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="keys-title"
      onClose={() => setHelpOpen(false)}
      onClick={(event) => event.target === dialog.current && setHelpOpen(false)}
    >
      {isOpen ? (
        <div class="sheet-body">
          <header class="sheet-head">
            <h2 id="keys-title">Keyboard shortcuts</h2>
            <button type="button" class="icon-button" aria-label="Close" onClick={() => setHelpOpen(false)}>
              <Icon of={XIcon} />
            </button>
          </header>
          {groups.map((group) => (
            <KeyGroup key={group} group={group} />
          ))}
          <p class="sheet-foot">
            In the composer <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> breaks the line, and <kbd>↑</kbd> in an empty one
            edits your last message.
          </p>
        </div>
      ) : null}
    </dialog>
  );
}

function KeyGroup({ group }: { group: Key['group'] }): JSX.Element {
  return (
    <section class="sheet-group">
      <h3>{group}</h3>
      <dl>
        {keys
          .filter((key) => key.group === group)
          .map(({ says, shown }) => (
            <div key={says}>
              <dt>{says}</dt>
              <dd>
                {shown.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
