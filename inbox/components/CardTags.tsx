// Tags of the contact: the ones there, and a field that suggests those in use.
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isSameTag, maxTag } from '../state/tags.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { PlusIcon, XIcon } from './icons.ts';

export function CardTags(): JSX.Element {
  const { tags } = useInbox();
  const [isAdding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const shown = tags.shown.value;
  const close = (): void => {
    setAdding(false);
    add.current?.focus();
  };
  return (
    <section class="card-section" aria-labelledby="card-tags">
      <h3 id="card-tags">Tags</h3>
      <ul class="tags">
        {shown.map((tag) => (
          <li key={tag} class="tag">
            <span>{tag}</span>
            <button
              type="button"
              class="tag-remove"
              aria-label={`Take off the tag ${tag}`}
              title="Take off"
              onClick={() => tags.remove(tag)}
            >
              <Icon of={XIcon} size={12} />
            </button>
          </li>
        ))}
        {isAdding ? (
          <li>
            <TagField close={close} />
          </li>
        ) : null}
        <li class={isAdding ? 'hidden' : ''}>
          <button
            ref={add}
            type="button"
            class="tag-add"
            aria-label="Add a tag"
            tabIndex={isAdding ? -1 : 0}
            onClick={() => setAdding(true)}
          >
            <Icon of={PlusIcon} size={13} /> {shown.length === 0 ? 'Add a tag' : 'Add'}
          </button>
        </li>
      </ul>
    </section>
  );
}

/** Enter takes the tag and stays for the next; Escape, or leaving it empty, ends. */
function TagField({ close }: { close(): void }): JSX.Element {
  const { tags, vocabulary } = useInbox();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    vocabulary.refresh();
  }, []);
  const take = (): boolean => {
    const isTaken = tags.add(field.current?.value ?? '');
    if (field.current) field.current.value = '';
    return isTaken;
  };
  const suggestions = vocabulary.tags.value.filter((tag) => !tags.shown.value.some((here) => isSameTag(here, tag)));
  return (
    <>
      <input
        ref={field}
        class="tag-field"
        aria-label="New tag"
        placeholder="Tag"
        autocomplete="off"
        list={id}
        maxLength={maxTag}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') {
            if (!take()) close();
          } else if (event.key === 'Escape') {
            // Leaving the field would take what stands in it.
            event.currentTarget.value = '';
            close();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onBlur={() => {
          take();
          close();
        }}
      />
      <datalist id={id}>
        {suggestions.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </>
  );
}
