// Names and values, like the headers of a call.
import type { JSX } from 'preact';
import { Icon } from '../../components/Icon.tsx';
import { PlusIcon, XIcon } from '../../components/icons.ts';
import { isJson } from '../change.ts';
import type { ControlProps } from './types.ts';

export function MapControl({ field, value, onChange, id, isReadOnly }: ControlProps): JSX.Element {
  const rows = Object.entries(isJson(value) ? value : {}).map(([name, text]) => [name, String(text)] as const);
  const put = (next: readonly (readonly [string, string])[]): void =>
    onChange(next.length === 0 && !field.required ? undefined : Object.fromEntries(next));
  return (
    <div class="flow-map" role="group" aria-labelledby={`${id}-label`}>
      {rows.map(([name, text], index) => (
        <div class="flow-map-row" key={index}>
          <input
            class="input input-small"
            aria-label="Name"
            disabled={isReadOnly}
            value={name}
            onInput={(event) => put(rows.toSpliced(index, 1, [event.currentTarget.value, text]))}
          />
          <input
            class="input input-small"
            aria-label={`Value of ${name}`}
            disabled={isReadOnly}
            value={text}
            onInput={(event) => put(rows.toSpliced(index, 1, [name, event.currentTarget.value]))}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${name}`}
            disabled={isReadOnly}
            onClick={() => put(rows.toSpliced(index, 1))}
          >
            <Icon of={XIcon} size={14} />
          </button>
        </div>
      ))}
      {isReadOnly ? null : (
        <button type="button" class="button button-quiet button-small flow-add" onClick={() => put([...rows, [freeName(rows), '']])}>
          <Icon of={PlusIcon} size={14} /> Add a line
        </button>
      )}
    </div>
  );
}

function freeName(rows: readonly (readonly [string, string])[]): string {
  for (let n = 1; ; n += 1) if (!rows.some(([name]) => name === `Name-${n}`)) return `Name-${n}`;
}
