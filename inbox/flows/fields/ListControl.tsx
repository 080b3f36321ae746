// Entries in order: added, put elsewhere, taken away. Each is a small form of its own.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { EditorField } from '../../../shared/bot/editor.ts';
import { Icon } from '../../components/Icon.tsx';
import { DownIcon, PlusIcon, XIcon } from '../../components/icons.ts';
import { withField } from '../change.ts';
import { useFlow } from '../context.ts';
import { entriesOf, isAnswerSpokenOf, isFolded, keyOf, moveEntry, newEntry, relabel, textOf } from '../entries.ts';
import type { Entry } from '../entries.ts';
import { MoreIcon, UpIcon } from '../icons.ts';
import type { ControlProps } from './types.ts';

/** What one entry is called on the button that adds one. */
const oneOf: Readonly<Record<string, string>> = {
  choices: 'a choice',
  cases: 'a case',
  rules: 'a rule',
  fields: 'a field',
  options: 'a choice',
  mapping: 'a value',
};

export function ListControl({ field, value, onChange, id, isReadOnly, step, Field }: ControlProps): JSX.Element {
  const fields = field.fields ?? [];
  const entries = entriesOf(value);
  const box = useRef<HTMLDivElement>(null);
  const focusNew = useFocusNew(box, entries.length);
  const isFull = field.max !== undefined && entries.length >= field.max;
  const put = (next: readonly Entry[]): void => onChange(next.length === 0 && !field.required ? undefined : next);
  return (
    <div class="flow-list" role="group" aria-labelledby={`${id}-label`} ref={box}>
      <ol>
        {entries.map((entry, index) => (
          <EntryForm
            key={index}
            step={step}
            Field={Field}
            list={field.name}
            fields={fields}
            entry={entry}
            others={entries.toSpliced(index, 1)}
            at={index}
            count={entries.length}
            change={(next) => put(entries.toSpliced(index, 1, next))}
            move={(to) => put(moveEntry(entries, index, to))}
            remove={() => put(entries.toSpliced(index, 1))}
          />
        ))}
      </ol>
      {isReadOnly || isFull ? null : (
        <button
          type="button"
          class="button button-small flow-add"
          onClick={() => {
            focusNew();
            put([...entries, newEntry(fields, entries)]);
          }}
        >
          <Icon of={PlusIcon} size={14} /> Add {oneOf[field.name] ?? 'an entry'}
        </button>
      )}
    </div>
  );
}

interface EntryProps extends Pick<ControlProps, 'step' | 'Field'> {
  list: string;
  fields: readonly EditorField[];
  entry: Entry;
  others: readonly Entry[];
  at: number;
  count: number;
  change(entry: Entry): void;
  move(to: number): void;
  remove(): void;
}

function EntryForm({ step, Field, list, fields, entry, others, at, count, change, move, remove }: EntryProps): JSX.Element {
  const { editor } = useFlow();
  const [isUnfolded, setUnfolded] = useState(false);
  const isReadOnly = editor.isReadOnly.value;
  const folded = fields.filter((field) => isFolded(field, fields));
  const set = (field: EditorField, value: unknown): void => {
    const isLabel = field.name === 'label' && typeof value === 'string';
    const isFixed = isLabel && list === 'choices' && isAnswerSpokenOf(editor.draft.peek(), step);
    change(isLabel ? relabel(entry, value, keyOf(fields), others, isFixed) : withField(entry, field.name, value));
  };
  const view = (field: EditorField): JSX.Element | null =>
    // Choices are of the field's kind "Choice" alone.
    field.name === 'options' && entry['kind'] !== 'choice' ? null : (
      <Field
        key={field.name}
        step={step}
        field={field.control === 'step' ? { ...field, name: `case ${at + 1}` } : field}
        value={entry[field.name]}
        onChange={(value) => set(field, value)}
        isInner
      />
    );
  const name = textOf(entry['label']) || textOf(entry['reason']) || String(at + 1);
  return (
    <li class={`flow-entry entry-of-${list}`}>
      <div class="flow-entry-fields">
        {fields.filter((field) => !isFolded(field, fields)).map(view)}
        {isUnfolded ? folded.map(view) : null}
      </div>
      <div class="flow-entry-tools">
        {folded.length > 0 ? (
          <button
            type="button"
            class="icon-button"
            aria-label={`More about ${name}`}
            aria-expanded={isUnfolded}
            title="More"
            onClick={() => setUnfolded(!isUnfolded)}
          >
            <Icon of={MoreIcon} size={14} />
          </button>
        ) : null}
        {isReadOnly ? null : (
          <>
            <button
              type="button"
              class="icon-button"
              aria-label={`Move ${name} up`}
              title="Up"
              disabled={at === 0}
              onClick={() => move(at - 1)}
            >
              <Icon of={UpIcon} size={14} />
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={`Move ${name} down`}
              title="Down"
              disabled={at === count - 1}
              onClick={() => move(at + 1)}
            >
              <Icon of={DownIcon} size={14} />
            </button>
            <button type="button" class="icon-button" aria-label={`Remove ${name}`} title="Remove" onClick={remove}>
              <Icon of={XIcon} size={14} />
            </button>
          </>
        )}
      </div>
    </li>
  );
}

/** The first field of an entry that was just added. */
function useFocusNew(box: { current: HTMLDivElement | null }, count: number): () => void {
  const isWanted = useRef(false);
  useEffect(() => {
    if (!isWanted.current) return;
    isWanted.current = false;
    const fields = box.current?.querySelector(':scope > ol > li:last-child')?.querySelector<HTMLInputElement>('input, select, textarea');
    fields?.focus();
    fields?.select?.();
  }, [count]);
  return () => void (isWanted.current = true);
}
