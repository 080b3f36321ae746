// Seven days, each closed or with its shifts.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Shift } from '../../shared/hours.ts';
import { Icon } from '../components/Icon.tsx';
import { CopyToIcon, PlusIcon, XIcon } from '../components/icons.ts';
import { Menu } from '../components/Menu.tsx';
import { copyDay, dayNames, minutesOf, nextShift, shiftsFault, timeOf, usualShift, withDay } from '../hours.ts';
import type { Week } from '../hours.ts';

const maxShifts = 6;
const weekdays = [0, 1, 2, 3, 4];
const wholeWeek = [...weekdays, 5, 6];

export function WeekGrid({ week, onChange }: { week: Week; onChange(week: Week): void }): JSX.Element {
  return (
    <ul class="week" aria-label="Week">
      {week.map((shifts, day) => (
        <DayRow
          key={day}
          day={day}
          shifts={shifts}
          onChange={(next) => onChange(withDay(week, day, next))}
          copyTo={(days) => onChange(copyDay(week, day, days))}
        />
      ))}
    </ul>
  );
}

interface DayProps {
  day: number;
  shifts: readonly Shift[];
  onChange(shifts: Shift[]): void;
  copyTo(days: readonly number[]): void;
}

function DayRow({ day, shifts, onChange, copyTo }: DayProps): JSX.Element {
  const name = dayNames[day] ?? '';
  const isOpen = shifts.length > 0;
  return (
    <li class={`day-row ${isOpen ? '' : 'is-closed'}`}>
      <label class="switch day-switch">
        <input
          type="checkbox"
          role="switch"
          aria-label={`Open on ${name}`}
          checked={isOpen}
          onChange={(event) => onChange(event.currentTarget.checked ? [{ ...usualShift }] : [])}
        />
        <span>{name}</span>
      </label>
      {isOpen ? <Shifts of={name} shifts={shifts} onChange={onChange} /> : <span class="day-closed">Closed</span>}
      <Menu
        class="icon-button day-copy"
        label={`Copy ${name} to other days`}
        align="end"
        items={[
          { key: 'weekdays', label: 'Copy to Monday to Friday', run: () => copyTo(weekdays) },
          { key: 'all', label: 'Copy to every day', run: () => copyTo(wholeWeek) },
        ]}
      >
        <Icon of={CopyToIcon} size={14} />
        <span class="hidden">Copy {name} to other days</span>
      </Menu>
    </li>
  );
}

export function Shifts({ of, shifts, onChange }: { of: string; shifts: readonly Shift[]; onChange(shifts: Shift[]): void }): JSX.Element {
  const id = useId();
  const fault = shiftsFault(shifts);
  const set = (index: number, end: 'from' | 'to', time: string): void => {
    const old = shifts[index];
    if (old) onChange(shifts.with(index, { ...old, [end]: minutesOf(time, end) }));
  };
  return (
    <div class="shifts">
      {shifts.map((shift, index) => (
        <span class="shift" key={index}>
          <TimeField
            of={of}
            end="from"
            shift={shift}
            index={index}
            isOne={shifts.length === 1}
            faultId={fault === null ? null : id}
            set={set}
          />
          <span class="shift-to" aria-hidden="true">
            –
          </span>
          <TimeField
            of={of}
            end="to"
            shift={shift}
            index={index}
            isOne={shifts.length === 1}
            faultId={fault === null ? null : id}
            set={set}
          />
          {shifts.length > 1 ? (
            <button
              type="button"
              class="icon-button"
              aria-label={`Remove shift ${index + 1} of ${of}`}
              onClick={() => onChange(shifts.toSpliced(index, 1))}
            >
              <Icon of={XIcon} size={13} />
            </button>
          ) : null}
        </span>
      ))}
      {shifts.length < maxShifts ? (
        <button
          type="button"
          class="icon-button"
          aria-label={`Add a shift on ${of}`}
          title="Add a shift"
          onClick={() => onChange([...shifts, nextShift(shifts)])}
        >
          <Icon of={PlusIcon} size={14} />
        </button>
      ) : null}
      {fault === null ? null : (
        <p class="form-fault" id={id} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface TimeProps {
  of: string;
  end: 'from' | 'to';
  shift: Shift;
  index: number;
  isOne: boolean;
  /** Of the words that say what is wrong. */
  faultId: string | null;
  set(index: number, end: 'from' | 'to', time: string): void;
}

function TimeField({ of, end, shift, index, isOne, faultId, set }: TimeProps): JSX.Element {
  return (
    <input
      class="input input-small"
      type="time"
      aria-label={`${of}, ${isOne ? '' : `shift ${index + 1}, `}${end === 'from' ? 'from' : 'until'}`}
      aria-invalid={faultId !== null || undefined}
      aria-describedby={faultId ?? undefined}
      value={Number.isFinite(shift[end]) ? timeOf(shift[end]) : ''}
      onInput={(event) => set(index, end, event.currentTarget.value)}
    />
  );
}
