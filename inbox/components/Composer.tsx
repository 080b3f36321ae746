// Where answers and notes are written.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ContactSummary, ConversationSummary } from '../../shared/protocol.ts';
import type { ComposerMode } from '../state/composer.ts';
import { lastOwn } from '../state/entries.ts';
import { contactName } from '../words.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { BlockedIcon, BotIcon, CloseIcon, NoteIcon, ReplyIcon, SendIcon } from './icons.ts';
import type { IconNode } from './icons.ts';

/** The contract's bound of one message, in UTF-16 units. */
export const maxLength = 8000;
const warnFrom = 7500;

export function Composer({ conversation }: { conversation: ConversationSummary }): JSX.Element {
  const { composer } = useInbox();
  const mode = composer.mode.value;
  const text = composer.text.value;
  const isTooLong = text.trim().length > maxLength;
  const send = (): void => {
    if (!isTooLong) composer.send();
  };
  return (
    <footer class={`composer is-${mode}`}>
      {conversation.contact.blocked ? <BlockedBar contact={conversation.contact} /> : null}
      <StateBar conversation={conversation} />
      <div class="composer-box">
        <WritingField conversation={conversation} send={send} />
        <div class="composer-foot">
          <div class="composer-modes" role="group" aria-label="What you write">
            <ModeButton mode="reply" label="Reply" hint="R" icon={ReplyIcon} />
            <ModeButton mode="note" label="Note" hint="N" icon={NoteIcon} />
          </div>
          {text.length > warnFrom ? (
            <span class={`composer-length ${isTooLong ? 'is-over' : ''}`} role="status">
              {isTooLong ? `${text.trim().length - maxLength} too many` : `${maxLength - text.length} left`}
            </span>
          ) : null}
          <button
            type="button"
            class="button button-primary composer-send"
            aria-disabled={text.trim() === '' || isTooLong}
            title="Send (Enter)"
            onClick={send}
          >
            {mode === 'note' ? 'Add note' : 'Send'} <Icon of={SendIcon} size={14} />
          </button>
        </div>
      </div>
    </footer>
  );
}

function WritingField({ conversation, send }: { conversation: ConversationSummary; send(): void }): JSX.Element {
  const { composer, reading, editor, me } = useInbox();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = composer.text.value;
  const asked = composer.focusAsked.value;
  const askedBefore = useRef(asked);
  const name = contactName(conversation.contact);
  const isNote = composer.mode.value === 'note';
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (asked !== askedBefore.current) field.current?.focus();
    askedBefore.current = asked;
  }, [asked]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.shiftKey || event.isComposing) return;
    const own = event.key === 'ArrowUp' && text === '' ? lastOwn(reading.entries.peek(), me.agent.id) : null;
    if (own) editor.begin({ conversation: conversation.id, message: own.id, text: own.text });
    else if (event.key === 'Enter') send();
    else return;
    event.preventDefault();
  };
  return (
    <textarea
      ref={field}
      rows={1}
      value={text}
      placeholder={isNote ? 'Only your team sees this' : `Write to ${name}`}
      aria-label={isNote ? 'Note for the team' : `Reply to ${name}`}
      onInput={(event) => composer.write(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function ModeButton({ mode, label, hint, icon }: { mode: ComposerMode; label: string; hint: string; icon: IconNode }): JSX.Element {
  const { composer } = useInbox();
  const isOn = composer.mode.value === mode;
  return (
    <button type="button" class="composer-mode" aria-pressed={isOn} title={`${label} (${hint})`} onClick={() => composer.focus(mode)}>
      <Icon of={icon} size={14} /> {label}
    </button>
  );
}

/** The agent may write on; that nothing can come back is said before. */
function BlockedBar({ contact }: { contact: ContactSummary }): JSX.Element {
  const { people } = useInbox();
  return (
    <div class="state-bar is-blocked">
      <Icon of={BlockedIcon} />
      <span>{contactName(contact)} is blocked and cannot write. What you send still arrives.</span>
      <button type="button" class="button button-small" onClick={() => void people.block(contact, false)}>
        Unblock
      </button>
    </div>
  );
}

/** What stands between the agent and a plain answer: the bot, or a closed conversation. */
function StateBar({ conversation }: { conversation: ConversationSummary }): JSX.Element | null {
  const { actions } = useInbox();
  const { id, status, botActive } = conversation;
  if (status === 'closed') {
    return (
      <div class="state-bar">
        <Icon of={CloseIcon} />
        <span>This conversation is closed.</span>
        <button type="button" class="button button-small" onClick={() => actions.reopen(id)}>
          Reopen <kbd>E</kbd>
        </button>
      </div>
    );
  }
  if (!botActive) return null;
  return (
    <div class="state-bar is-bot">
      <Icon of={BotIcon} />
      <span>The bot is answering.</span>
      <button type="button" class="button button-small" onClick={() => actions.takeOver(id)}>
        Take over <kbd>T</kbd>
      </button>
    </div>
  );
}
