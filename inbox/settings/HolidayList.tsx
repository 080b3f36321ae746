// Days on which the week does not hold: closed, or with hours of their own.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Hours, Shift } from '../../shared/hours.ts';
import { now } from '../clock.ts';
import { Icon } from '../components/Icon.tsx';
import { PlusIcon, XIcon } from '../components/icons.ts';
import { dateIn, dateWords, usualShift } from '../hours.ts';
import { Shifts } from './WeekGrid.tsx';

type Holidays = Hours['holidays'];
type Holiday = Holidays[number];

const maxHolidays = 200;

export function HolidayList({
  hours: { holidays, timeZone },
  onChange,
}: {
  hours: Hours;
  onChange(holidays: Holidays): void;
}): JSX.Element {
  const today = dateIn(timeZone, now.value);
  const past = holidays.filter(({ date }) => date !== '' && date < today).length;
  const [added, setAdded] = useState(-1);
  const add = (): void => {
    setAdded(holidays.length);
    onChange([...holidays, { date: '' }]);
  };
  return (
    <div class="holidays" role="group" aria-label="Holidays">
      <div class="holidays-head">
        <span class="form-label">Holidays</span>
        {past > 0 ? (
          <button
            type="button"
            class="button button-quiet button-small"
            onClick={() => onChange(holidays.filter(({ date }) => date === '' || date >= today))}
          >
            Remove {past} past
          </button>
        ) : null}
      </div>
      {holidays.length === 0 ? <p class="form-hint">On these days the team is closed, or has hours of its own.</p> : null}
      <ul class="holiday-list">
        {holidays.map((holiday, index) => (
          <HolidayRow
            key={index}
            holiday={holiday}
            isPast={holiday.date !== '' && holiday.date < today}
            isNew={index === added}
            onChange={(next) => onChange(holidays.map((old, at) => (at === index ? next : old)))}
            remove={() => onChange(holidays.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      {holidays.length < maxHolidays ? (
        <button type="button" class="button button-small holidays-add" onClick={add}>
          <Icon of={PlusIcon} size={14} /> Add a holiday
        </button>
      ) : null}
    </div>
  );
}

interface HolidayProps {
  holiday: Holiday;
  isPast: boolean;
  isNew: boolean;
  onChange(holiday: Holiday): void;
  remove(): void;
}

function HolidayRow({ holiday, isPast, isNew, onChange, remove }: HolidayProps): JSX.Element {
  const date = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNew) date.current?.focus();
  }, []);
  const name = holiday.date === '' ? 'the new holiday' : dateWords(holiday.date);
  const shifts: readonly Shift[] = holiday.shifts ?? [];
  const setShifts = (next: Shift[]): void => onChange({ ...holiday, shifts: next.length === 0 ? undefined : next });
  return (
    <li class={`holiday ${isPast ? 'is-past' : ''}`}>
      <input
        ref={date}
        class="input input-small"
        type="date"
        aria-label="Date"
        value={holiday.date}
        onInput={(event) => onChange({ ...holiday, date: event.currentTarget.value })}
      />
      <input
        class="input input-small holiday-name"
        type="text"
        aria-label={`Name of ${name}`}
        placeholder="Name, if you like"
        maxLength={80}
        value={holiday.name ?? ''}
        onInput={(event) => onChange({ ...holiday, name: event.currentTarget.value })}
      />
      <select
        class="select select-small"
        aria-label={`Hours on ${name}`}
        value={shifts.length === 0 ? 'closed' : 'open'}
        onChange={(event) => setShifts(event.currentTarget.value === 'closed' ? [] : [{ ...usualShift }])}
      >
        <option value="closed">Closed</option>
        <option value="open">Own hours</option>
      </select>
      <button type="button" class="icon-button" aria-label={`Remove ${name}`} title="Remove" onClick={remove}>
        <Icon of={XIcon} size={14} />
      </button>
      {shifts.length === 0 ? null : <Shifts of={name} shifts={shifts} onChange={setShifts} />}
    </li>
  );
}
