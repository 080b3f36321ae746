// The conversation in the middle: who it is and what can be done, the messages, the composer.
import type { JSX } from 'preact';
import { inboxPath } from '../router.ts';
import { Composer } from './Composer.tsx';
import { useInbox } from './context.ts';
import { EraseIcon } from './icons.ts';
import { FirstRun } from './FirstRun.tsx';
import { Icon } from './Icon.tsx';
import { Messages } from './Messages.tsx';
import { Resizer } from './Resizer.tsx';
import { ThreadHead } from './ThreadHead.tsx';

export function ThreadPane(): JSX.Element {
  const { selectedId, selected, reading } = useInbox();
  if (selectedId.value === null) return <NothingOpen />;
  const failure = reading.failure.value ?? reading.thread.value?.failure.value;
  if (failure?.code === 'contact_gone') return <ThreadErased />;
  if (failure)
    return (
      <ThreadFailure words={failure.code === 'not_found' ? 'This conversation does not exist here, or it was erased.' : failure.message} />
    );
  return (
    <section class="thread" aria-label="Conversation">
      {selected.value ? <ThreadHead conversation={selected.value} /> : <div class="thread-head" />}
      <Messages key={selectedId.value} />
      {selected.value ? <Composer conversation={selected.value} key={`c${selected.value.id}`} /> : null}
      <Resizer pane="card" label="Width of the contact card" />
    </section>
  );
}

/** The steps until everything works, then what to do next. */
function NothingOpen(): JSX.Element {
  const { checklist, counts, list, filter } = useInbox();
  if (checklist.steps.value && !checklist.isComplete.value) {
    return (
      <section class="thread thread-none" aria-label="Conversation">
        <FirstRun seen={checklist.steps.value} />
      </section>
    );
  }
  const waiting = counts.value?.waiting ?? 0;
  const first = list.rows.value?.[0];
  return (
    <section class="thread thread-none" aria-label="Conversation">
      <div class="empty">
        <h2>
          {waiting === 0 ? 'Nobody waits for an answer' : `${waiting} ${waiting === 1 ? 'person waits' : 'people wait'} for an answer`}
        </h2>
        <p>
          {first ? (
            <>
              Choose a conversation, or press <kbd>J</kbd> and <kbd>Enter</kbd>. <kbd>?</kbd> shows every key.
            </>
          ) : (
            'New conversations appear on the left by themselves.'
          )}
        </p>
        {waiting > 0 && filter.value !== 'waiting' ? (
          <a class="button" href={inboxPath('waiting')}>
            Show who waits
          </a>
        ) : null}
      </div>
    </section>
  );
}

function ThreadErased(): JSX.Element {
  const { openConversation } = useInbox();
  return (
    <section class="thread thread-none" aria-label="Conversation">
      <div class="empty" role="status">
        <Icon of={EraseIcon} size={22} />
        <h2>This conversation was erased</h2>
        <p>The contact was erased just now, for good: what they wrote, what was answered, and all that was known of them.</p>
        <button type="button" class="button" onClick={() => openConversation(null)}>
          Back to the list
        </button>
      </div>
    </section>
  );
}

function ThreadFailure({ words }: { words: string }): JSX.Element {
  const { reading, openConversation } = useInbox();
  return (
    <section class="thread thread-none" aria-label="Conversation">
      <div class="empty" role="alert">
        <h2>The conversation could not be opened</h2>
        <p>{words}</p>
        <div class="empty-actions">
          <button type="button" class="button" onClick={reading.retry}>
            Try again
          </button>
          <button type="button" class="button button-quiet" onClick={() => openConversation(null)}>
            Back to the list
          </button>
        </div>
      </div>
    </section>
  );
}
