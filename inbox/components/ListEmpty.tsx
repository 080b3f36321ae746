// Why a list is empty, and what to do about it.
import type { JSX } from 'preact';
import type { ConversationFilter } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { filterLabels } from '../state/filters.ts';
import { useInbox } from './context.ts';

const reasons: Record<ConversationFilter, { title: string; words: string }> = {
  open: { title: 'Nothing open', words: 'Every conversation is closed. New ones appear here by themselves, the moment somebody writes.' },
  waiting: { title: 'Nobody waits', words: 'Everybody who wrote has an answer. Who waits longest will stand first here.' },
  mine: {
    title: 'Nothing assigned to you',
    words: 'Take a conversation over, or assign one to yourself, and it stays here until it is closed.',
  },
  unassigned: { title: 'Everything has its agent', words: 'Open conversations nobody has taken yet gather here.' },
  bot: {
    title: 'The bot is idle',
    words: 'While the bot asks its questions, the conversation is here. You can watch, and take over at any time.',
  },
  closed: {
    title: 'Nothing closed yet',
    words: 'Closed conversations stay here with their whole history. They open again when the person writes.',
  },
  all: { title: 'No conversations yet', words: 'They come in as soon as the widget is on your site and somebody writes.' },
};

export function ListEmpty(): JSX.Element {
  const { list, filter, counts } = useInbox();
  const words = list.search.value.trim();
  if (words !== '') return <NothingFound words={words} />;
  const isFirstRun = counts.value?.all === 0;
  const { title, words: why } = isFirstRun && filter.value === 'open' ? reasons.all : reasons[filter.value];
  return (
    <div class="empty">
      <h3>{title}</h3>
      <p>{why}</p>
      {isFirstRun || filter.value === 'open' || filter.value === 'all' ? null : (
        <a class="button button-quiet" href={inboxPath('open')}>
          Show open ones
        </a>
      )}
    </div>
  );
}

/** A search goes by words, and these are what words are made of. */
const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

function NothingFound({ words }: { words: string }): JSX.Element {
  const { filter, list } = useInbox();
  return (
    <div class="empty">
      <h3>Nothing found</h3>
      {hasWords(words) ? (
        <NotIn filter={filterLabels[filter.value]} words={words} />
      ) : (
        <p>Signs alone find nothing. Type letters or numbers.</p>
      )}
      {filter.value === 'all' ? (
        <button type="button" class="button button-quiet" onClick={() => list.setSearch('')}>
          Clear the search
        </button>
      ) : (
        <a class="button button-quiet" href={inboxPath('all')}>
          Search everything
        </a>
      )}
    </div>
  );
}

function NotIn({ filter, words }: { filter: string; words: string }): JSX.Element {
  const { list } = useInbox();
  if (list.isCut.value)
    return (
      <p>
        Very many conversations have words that begin with “{words}”. Among the newest of them, none is in “{filter}”: add a word.
      </p>
    );
  return (
    <p>
      No conversation in “{filter}” has words that begin with “{words}”, in the person’s name, email, phone, company or user id, or all of
      them in one message.
    </p>
  );
}
