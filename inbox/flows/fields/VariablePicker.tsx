// What a text may speak of, to be put in: found by typing, chosen by arrows and Enter.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConditionFact } from '../../conditions.ts';
import { useFlow } from '../context.ts';

/** What stands in its place while it is unknown. */
const fallbacks: Readonly<Record<string, string>> = { 'contact.name': 'there', 'contact.first_name': 'there' };

/** `{{contact.name|there}}` */
export function variableFor(fact: string): string {
  const fallback = fallbacks[fact];
  return fallback === undefined ? `{{${fact}}}` : `{{${fact}|${fallback}}}`;
}

export function VariablePicker({ insert, label }: { insert(variable: string): void; label: string }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span class="variables" ref={root}>
      <button
        ref={button}
        type="button"
        class="variables-button"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-label={`Put a variable into ${label}`}
        title="Put in a variable, like the visitor’s name"
        onClick={() => setOpen(!isOpen)}
      >
        {'{ }'}
      </button>
      {isOpen ? (
        <VariableList
          close={close}
          choose={(fact) => {
            setOpen(false);
            insert(variableFor(fact));
          }}
        />
      ) : null}
    </span>
  );
}

function VariableList({ close, choose }: { close(): void; choose(fact: string): void }): JSX.Element {
  const { editor } = useFlow();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const found = findFacts(editor.drawing.facts.value, words);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' }), [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const fact = found[chosen];
    if (move !== 0) setAt((chosen + move + found.length) % Math.max(1, found.length));
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && fact !== undefined) choose(fact.name);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="variables-list" onKeyDown={onKeyDown}>
      <input
        ref={field}
        class="input input-small"
        role="combobox"
        aria-label="Search variables"
        aria-expanded="true"
        aria-controls="variables"
        aria-activedescendant={found[chosen] ? `variable-${chosen}` : undefined}
        placeholder="Name, email, answer …"
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
      />
      <div role="listbox" id="variables" aria-label="Variables" ref={list}>
        {found.map((fact, index) => (
          <div
            key={fact.name}
            id={`variable-${index}`}
            class="variable"
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => index !== chosen && setAt(index)}
            onClick={() => choose(fact.name)}
          >
            <span>{fact.label}</span>
            <code>{fact.name}</code>
          </div>
        ))}
      </div>
    </div>
  );
}

export function findFacts(facts: readonly ConditionFact[], words: string): ConditionFact[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return facts.filter(({ name, label, group = '' }) => wanted.every((word) => `${name} ${label} ${group}`.toLowerCase().includes(word)));
}
