import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { durationUnits, unitOf } from '../duration.ts';
import type { DurationUnit } from '../duration.ts';
import type { ControlProps } from './types.ts';

export function DurationControl({ field, value, onChange, id, isReadOnly, isWrong, describedBy }: ControlProps): JSX.Element {
  const ms = typeof value === 'number' ? value : typeof field.default === 'number' ? field.default : 0;
  const [unit, setUnit] = useState<DurationUnit>(unitOf(ms));
  const set = (count: number, next: DurationUnit): void => {
    setUnit(next);
    onChange(Number.isFinite(count) ? Math.round(count * durationUnits[next]) : undefined);
  };
  return (
    <span class="flow-duration" role="group" aria-labelledby={`${id}-label`}>
      <input
        class="input input-number"
        type="number"
        min="0"
        step="any"
        aria-label={`${field.label}, how many`}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        disabled={isReadOnly}
        value={typeof value === 'number' || field.default !== undefined ? String(ms / durationUnits[unit]) : ''}
        onInput={(event) => set(event.currentTarget.valueAsNumber, unit)}
      />
      <select
        class="select"
        aria-label={`${field.label}, unit`}
        disabled={isReadOnly}
        value={unit}
        onChange={(event) => set(ms / durationUnits[unit], event.currentTarget.value as DurationUnit)}
      >
        {Object.keys(durationUnits).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
