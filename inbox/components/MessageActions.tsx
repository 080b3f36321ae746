// What an agent can do to their own message: a quiet toolbar beside it, and the way back from a deletion.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { MessageView } from '../../shared/conversation.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { DeleteIcon, EditIcon, UndoIcon } from './icons.ts';

/** One tab stop per message; arrows move inside. */
export function MessageActions({ message: { id, text } }: { message: MessageView }): JSX.Element {
  const { editor, revisions, selectedId } = useInbox();
  const conversation = selectedId.value ?? 0;
  return (
    <div class="message-actions" role="toolbar" aria-label="Your message" onKeyDown={moveFocus}>
      <button
        type="button"
        class="icon-button"
        aria-label="Edit"
        title="Edit"
        onClick={() => editor.begin({ conversation, message: id, text })}
      >
        <Icon of={EditIcon} size={15} />
      </button>
      <button
        type="button"
        class="icon-button"
        tabIndex={-1}
        aria-label="Delete"
        title="Delete"
        onClick={() => revisions.remove(conversation, id)}
      >
        <Icon of={DeleteIcon} size={15} />
      </button>
    </div>
  );
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  buttons[event.key === 'ArrowLeft' ? 0 : 1]?.focus();
  event.preventDefault();
}

export function Tombstone({ message, canUndo }: { message: number; canUndo: boolean }): JSX.Element {
  return (
    <div class="bubble is-deleted" role={canUndo ? 'status' : undefined}>
      This message was deleted.
      {canUndo ? <UndoButton message={message} /> : null}
    </div>
  );
}

/** Takes the focus from the toolbar it replaces, and leaves it with the message when its time is over. */
function UndoButton({ message }: { message: number }): JSX.Element {
  const { revisions } = useInbox();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    const article = element?.closest('article');
    element?.focus({ preventScroll: true });
    return () => {
      if (document.activeElement === element) article?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <button ref={button} type="button" class="undo" onClick={() => revisions.undo(message)}>
      <Icon of={UndoIcon} size={13} /> Undo
    </button>
  );
}
