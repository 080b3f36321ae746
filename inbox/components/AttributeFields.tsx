// The workspace's own attributes of a contact: changed, taken off, added under a name that is in use or a new one.
import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { FactValue } from '../../shared/bot/types.ts';
import type { ApiFailure } from '../api.ts';
import { faultOf, kindOf } from '../contact-form.ts';
import type { AttributeRow } from '../contact-form.ts';
import { attributeLabel, factWords } from '../words.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { FailedIcon, PlusIcon, SignedIcon, XIcon } from './icons.ts';

interface AttributeFieldsProps {
  rows: readonly AttributeRow[];
  failure: ApiFailure | null;
  change(rows: readonly AttributeRow[]): void;
}

export function AttributeFields({ rows, failure, change }: AttributeFieldsProps): JSX.Element {
  const { vocabulary } = useInbox();
  const names = useId();
  useEffect(() => vocabulary.refresh(), []);
  const suggested = vocabulary.attributes.value.filter((name) => !rows.some((row) => row.name === name));
  const put = (at: number, more: Partial<AttributeRow>): void =>
    change(rows.map((row, index) => (index === at ? { ...row, ...more } : row)));
  return (
    <fieldset class="edit-attributes">
      <legend class="form-label">Attributes</legend>
      {rows.map((row, index) => (
        <AttributeField
          key={row.before === undefined ? `new ${index}` : row.name}
          row={row}
          names={names}
          wrong={faultOf(row, rows) ?? failure?.fields[`custom_attributes/${row.name}`] ?? null}
          put={(more) => put(index, more)}
          remove={() => change(rows.filter((each) => each !== row))}
        />
      ))}
      <datalist id={names}>
        {suggested.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button
        type="button"
        class="button button-small button-quiet edit-add"
        onClick={() => change([...rows, { name: '', value: '', before: undefined }])}
      >
        <Icon of={PlusIcon} size={13} /> Add an attribute
      </button>
    </fieldset>
  );
}

interface AttributeFieldProps {
  row: AttributeRow;
  /** Id of the names to suggest. */
  names: string;
  wrong: string | null;
  put(more: Partial<AttributeRow>): void;
  remove(): void;
}

function AttributeField({ row, names, wrong, put, remove }: AttributeFieldProps): JSX.Element {
  const isNew = row.before === undefined;
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (row.name === '') name.current?.focus();
  }, []);
  const label = isNew ? 'the new attribute' : attributeLabel(row.name);
  return (
    <div class="edit-attribute">
      {isNew ? (
        <input
          class="input"
          ref={name}
          aria-label="Name of the new attribute"
          placeholder="Name"
          autocomplete="off"
          maxLength={64}
          list={names}
          value={row.name}
          onInput={(event) => put({ name: event.currentTarget.value })}
        />
      ) : (
        <span class="edit-attribute-name" title={row.name}>
          {label}
        </span>
      )}
      {row.isLocked ? <Vouched value={row.before ?? null} /> : <AttributeValue row={row} label={label} put={put} />}
      {row.isLocked ? null : (
        <button type="button" class="icon-button" aria-label={`Remove ${label.toLowerCase()}`} title="Remove" onClick={remove}>
          <Icon of={XIcon} size={14} />
        </button>
      )}
      {wrong === null ? null : (
        <p class="form-fault">
          <Icon of={FailedIcon} size={13} /> {wrong}
        </p>
      )}
    </div>
  );
}

function Vouched({ value }: { value: FactValue }): JSX.Element {
  return (
    <p class="edit-locked" dir="auto">
      {factWords(value)}
      <span class="edit-why">
        <Icon of={SignedIcon} size={13} /> Signed by your app
      </span>
    </p>
  );
}

function AttributeValue({ row, label, put }: Pick<AttributeFieldProps, 'row' | 'put'> & { label: string }): JSX.Element {
  const [{ value, before }, kind] = [row, kindOf(row)];
  if (kind === 'boolean') {
    return (
      <select class="select" aria-label={label} value={value} onChange={(event) => put({ value: event.currentTarget.value })}>
        <option value="true">Yes</option>
        <option value="false">No</option>
      </select>
    );
  }
  return (
    <input
      class="input"
      aria-label={before === undefined ? 'Value of the new attribute' : label}
      placeholder={before === undefined ? 'Value' : undefined}
      dir="auto"
      autocomplete="off"
      maxLength={2000}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      value={value}
      onInput={(event) => put({ value: event.currentTarget.value })}
    />
  );
}
