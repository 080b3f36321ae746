// One message: whose it is, what it says, what became of it.
import type { JSX } from 'preact';
import type { MessageView } from '../../shared/conversation.ts';
import { isOwn } from '../state/entries.ts';
import type { MessageEntry } from '../state/entries.ts';
import { authorName, clockTime, fullTime } from '../words.ts';
import { Attachments } from './Attachments.tsx';
import { Avatar } from './Avatar.tsx';
import { Captured, capturedIn, isStillTheirs } from './Captured.tsx';
import { useInbox } from './context.ts';
import { EditField } from './EditField.tsx';
import { Icon } from './Icon.tsx';
import { CheckIcon, NoteIcon, SeenIcon } from './icons.ts';
import { MessageActions, Tombstone } from './MessageActions.tsx';
import { FormAnswers, Offered } from './Offered.tsx';
import { RichText } from './RichText.tsx';
import { Unsent } from './Unsent.tsx';

export function Message({ entry }: { entry: MessageEntry }): JSX.Element {
  const { selected, me } = useInbox();
  const { message, isFirst, isLast, outgoing } = entry;
  const { author, kind } = message;
  const contact = selected.value?.contact ?? null;
  const name = authorName(author, contact, me.agent.id);
  const side = author.kind === 'contact' ? 'theirs' : 'ours';
  const classes = [
    'message',
    `is-${side}`,
    `by-${author.kind}`,
    kind === 'note' ? 'is-note' : '',
    isFirst ? 'is-first' : '',
    isLast ? 'is-last' : '',
    outgoing ? 'is-outgoing' : '',
  ];
  return (
    <article
      class={classes.join(' ')}
      data-message={message.id || undefined}
      tabIndex={-1}
      aria-label={`${name}, ${clockTime(message.at)}${kind === 'note' ? ', note' : ''}`}
    >
      <span class="message-face">{isLast ? <Avatar of={faceOf(entry, contact)} size={26} /> : null}</span>
      <div class="message-body">
        {isFirst ? <MessageHead name={name} message={message} /> : null}
        <Bubble entry={entry} />
        {outgoing ? <Unsent item={outgoing} /> : <ReadMark entry={entry} />}
      </div>
    </article>
  );
}

function MessageHead({ name, message }: { name: string; message: MessageView }): JSX.Element {
  return (
    <p class="message-head">
      <span class="message-name">{name}</span>
      {message.kind === 'note' ? (
        <span class="message-note">
          <Icon of={NoteIcon} size={12} /> Note, for the team only
        </span>
      ) : null}
      <time dateTime={new Date(message.at).toISOString()} title={fullTime(message.at)}>
        {clockTime(message.at)}
      </time>
    </p>
  );
}

function faceOf(
  entry: MessageEntry,
  contact: { id: string; name: string | null; email: string | null } | null,
): { kind: 'contact' | 'agent' | 'bot'; id: string | number | null; name: string | null } {
  const { author } = entry.message;
  return author.kind === 'contact' && contact ? { kind: 'contact', id: contact.id, name: contact.name ?? contact.email } : author;
}

function Bubble({ entry }: { entry: MessageEntry }): JSX.Element {
  const { reading, editor, me } = useInbox();
  const { message } = entry;
  const captured = capturedIn(message, reading.captured.value.get(message.id) ?? []);
  const editing = editor.editing.value;
  if (message.deleted) return <Tombstone message={message.id} canUndo={entry.canUndo} />;
  if (editing && editing.message === message.id) return <EditField message={message} text={editing.text} />;
  return (
    <>
      {isOnlyFiles(message) ? null : (
        <div class="bubble-line">
          <div class="bubble" title={entry.isFirst ? undefined : fullTime(message.at)}>
            <RichText text={message.text} captured={captured.filter(isStillTheirs).map((detail) => detail.value)} />
            {message.editedAt ? <span class="bubble-edited"> (edited)</span> : null}
            {message.form ? <FormAnswers message={message} /> : null}
          </div>
          {isOwn(entry, me.agent.id) ? <MessageActions message={message} /> : null}
        </div>
      )}
      {message.files && message.files.length > 0 ? <Attachments files={message.files} /> : null}
      <Offered entry={entry} />
      {captured.length > 0 ? <Captured details={captured} /> : null}
    </>
  );
}

/** Sent with no words but their names, which stand on the files themselves. */
function isOnlyFiles({ files, text }: MessageEntry['message']): boolean {
  return files !== undefined && files.length > 0 && files.map(({ name }) => name).join(', ') === text;
}

function ReadMark({ entry }: { entry: MessageEntry }): JSX.Element | null {
  const { selected } = useInbox();
  const { message, seq, isLast } = entry;
  if (!isLast || message.kind === 'note' || message.author.kind !== 'agent' || seq === null || message.deleted) return null;
  const isRead = (selected.value?.contactReadSeq ?? 0) >= seq;
  return (
    <p class={`read-mark ${isRead ? 'is-read' : ''}`}>
      <Icon of={isRead ? SeenIcon : CheckIcon} size={13} /> {isRead ? 'Read' : 'Sent'}
    </p>
  );
}
