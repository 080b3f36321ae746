// Somebody to merge with, found by name, email, phone, company or user id: a combobox over its list.
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { ContactCard, ContactSummary } from '../../shared/protocol.ts';
import { contactName } from '../words.ts';
import { Avatar } from './Avatar.tsx';
import { BlockedSign } from './BlockedMark.tsx';
import { useInbox } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { SearchIcon } from './icons.ts';
import { TypeBadge } from './TypeBadge.tsx';

const searchAfterMs = 180;
/** More cannot be looked over; who does not find theirs types on. */
const shownAtMost = 8;

/** `failed`: the server did not answer. */
type Found = readonly ContactSummary[] | 'failed' | null;

export function FindContactDialog({ contact, close }: { contact: ContactCard; close(): void }): JSX.Element {
  const { merging } = useInbox();
  const choose = (other: ContactSummary): void => {
    close();
    merging.compare(contact.id, other.id);
  };
  return (
    <Dialog name="find" title={`Merge ${contactName(contact)} with …`} close={close}>
      <Finder contact={contact} choose={choose} />
    </Dialog>
  );
}

function Finder({ contact, choose }: { contact: ContactCard; choose(other: ContactSummary): void }): JSX.Element {
  const id = useId();
  const [words, setWords] = useState('');
  const found = useFound(words, contact.id);
  const options = found === null || found === 'failed' ? [] : found;
  const [active, setActive] = useState(0);
  useEffect(() => setActive(0), [found]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const chosen = options[active];
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && chosen) choose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div class="find">
      <SearchField
        list={`${id}-list`}
        active={options.length > 0 ? `${id}-${active}` : null}
        words={words}
        write={setWords}
        onKeyDown={onKeyDown}
      />
      <ul class="find-list" role="listbox" id={`${id}-list`} aria-label="Contacts">
        {options.map((other, index) => (
          <Option key={other.id} id={`${id}-${index}`} contact={other} isActive={index === active} choose={choose} />
        ))}
      </ul>
      <Nothing found={found} words={words} />
    </div>
  );
}

interface SearchFieldProps {
  /** Id of the list. */
  list: string;
  /** Id of the option that Enter takes. */
  active: string | null;
  words: string;
  write(words: string): void;
  onKeyDown(event: KeyboardEvent): void;
}

function SearchField({ list, active, words, write, onKeyDown }: SearchFieldProps): JSX.Element {
  return (
    <div class="search find-search">
      <Icon of={SearchIcon} size={14} />
      <input
        autofocus
        type="text"
        role="combobox"
        aria-label="Find a contact"
        aria-expanded={active !== null}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active ?? undefined}
        placeholder="Name, email, phone, company or user id"
        autocomplete="off"
        value={words}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function Option({
  id,
  contact,
  isActive,
  choose,
}: {
  id: string;
  contact: ContactSummary;
  isActive: boolean;
  choose(other: ContactSummary): void;
}): JSX.Element {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      class={`find-option ${isActive ? 'is-active' : ''}`}
      // Before the field loses the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => choose(contact)}
    >
      <Avatar of={{ kind: 'contact', id: contact.id, name: contact.name ?? contact.email }} size={28} />
      <span class="person-words">
        <span class="person-name" dir="auto">
          {contactName(contact)}
        </span>
        {contact.name === null || contact.email === null ? null : <span class="person-email">{contact.email}</span>}
      </span>
      <TypeBadge type={contact.type} unverified={contact.unverified} />
      {contact.blocked ? <BlockedSign /> : null}
    </li>
  );
}

function Nothing({ found, words }: { found: Found; words: string }): JSX.Element | null {
  if (found === null) return <p class="form-hint is-late">Looking …</p>;
  if (found === 'failed')
    return (
      <p class="form-fault" role="alert">
        The server does not answer. Type on to try again.
      </p>
    );
  if (found.length > 0) return <p class="form-hint">You will see both beside each other before anything is merged.</p>;
  return (
    <p class="form-hint" role="status">
      {words.trim() === '' ? 'There is nobody else yet.' : 'Nobody by these words. Those who never wrote are not found here.'}
    </p>
  );
}

/** The newest ones at once, then what is typed for, a moment after the last letter. */
function useFound(words: string, except: string): Found {
  const { people } = useInbox();
  const [found, setFound] = useState<Found>(null);
  useEffect(() => {
    let isAsked = true;
    const look = async (): Promise<void> => {
      const all = await people.search(words);
      if (isAsked) setFound(all === null ? 'failed' : all.filter(({ id }) => id !== except).slice(0, shownAtMost));
    };
    const timer = setTimeout(() => void look(), words === '' ? 0 : searchAfterMs);
    return () => {
      isAsked = false;
      clearTimeout(timer);
    };
  }, [words, except]);
  return found;
}
