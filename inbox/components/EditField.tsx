// An own message while its words are changed, in the message's place.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { MessageView } from '../../shared/conversation.ts';
import { maxLength } from './Composer.tsx';
import { useInbox } from './context.ts';

export function EditField({ message: { text: before }, text }: { message: MessageView; text: string }): JSX.Element {
  const { editor } = useInbox();
  const field = useEditField(text);
  const cannotSave = text.trim() === '' || text.trim().length > maxLength;
  const save = (): void => void (cannotSave || editor.save(before));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) save();
    else if (event.key === 'Escape') editor.cancel();
    else return;
    event.preventDefault();
  };
  return (
    <div class="edit">
      <textarea
        ref={field}
        rows={1}
        value={text}
        aria-label="Change your message"
        aria-describedby="edit-hint"
        onInput={(event) => editor.write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="edit-foot">
        <EditHint tooMany={text.trim().length - maxLength} />
        <button type="button" class="button button-small button-quiet" onClick={editor.cancel}>
          Cancel
        </button>
        <button type="button" class="button button-small button-primary" aria-disabled={cannotSave} onClick={save}>
          Save
        </button>
      </div>
    </div>
  );
}

function EditHint({ tooMany }: { tooMany: number }): JSX.Element {
  return (
    <span id="edit-hint" class={`edit-hint ${tooMany > 0 ? 'is-over' : ''}`} role="status">
      {tooMany > 0 ? (
        `${tooMany} too many`
      ) : (
        <>
          <kbd>Enter</kbd> saves, <kbd>Esc</kbd> cancels
        </>
      )}
    </span>
  );
}

/** Focused with the caret at the end, as high as its words; gives the focus back to the composer it came from, else to the message. */
function useEditField(text: string) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text]);
  useLayoutEffect(() => {
    const element = field.current;
    const from = document.activeElement;
    const back = from instanceof HTMLTextAreaElement ? from : element?.closest('article');
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
    return () => {
      if (element?.closest('.edit')?.contains(document.activeElement)) back?.focus({ preventScroll: true });
    };
  }, []);
  return field;
}
