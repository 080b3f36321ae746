// When the team answers: its time zone, its week, its holidays, and what that means right now.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Hours } from '../../shared/hours.ts';
import { browserZone, defaultHours, hoursFault, tidy } from '../hours.ts';
import type { BotSettingsState } from '../state/bot-settings.ts';
import { HolidayList } from './HolidayList.tsx';
import { OpenNow } from './OpenNow.tsx';
import { SaveBar } from './SaveBar.tsx';
import { SettingsCard } from './SettingsCard.tsx';
import { WeekGrid } from './WeekGrid.tsx';
import { ZonePicker } from './ZonePicker.tsx';

export function HoursSection({ settings: { hours }, canEdit }: { settings: BotSettingsState; canEdit: boolean }): JSX.Element {
  const value = hours.value.value ?? null;
  // Switched off and on again, the week is as it was.
  const last = useRef<Hours | null>(null);
  if (value !== null) last.current = value;
  const fault = hoursFault(value);
  const toggle = (isOn: boolean): void => hours.change(isOn ? (last.current ?? defaultHours(browserZone())) : null);
  return (
    <SettingsCard
      title="Business hours"
      lead={
        value === null
          ? 'Off: whoever is online answers, and no visitor is told when the team is back.'
          : 'Outside of them visitors are told, in their own time, when the team is back.'
      }
      control={
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-label="Keep business hours"
            checked={value !== null}
            disabled={!canEdit}
            onChange={(event) => toggle(event.currentTarget.checked)}
          />
          <span>{value === null ? 'Off' : 'On'}</span>
        </label>
      }
    >
      {value === null ? null : (
        <fieldset class="hours" disabled={!canEdit}>
          <legend class="hidden">Business hours</legend>
          <OpenNow hours={value} hasFault={fault !== null} />
          <ZonePicker value={value.timeZone} onChange={(timeZone) => hours.change({ ...value, timeZone })} />
          <WeekGrid week={value.week} onChange={(week) => hours.change({ ...value, week })} />
          <HolidayList hours={value} onChange={(holidays) => hours.change({ ...value, holidays })} />
        </fieldset>
      )}
      {canEdit ? <SaveBar draft={{ ...hours, save: () => saveTidy(hours) }} fault={fault} /> : null}
    </SettingsCard>
  );
}

/** Sorted as it is saved, so that what comes back is what is shown. */
function saveTidy(hours: BotSettingsState['hours']): Promise<boolean> {
  const value = hours.value.peek();
  if (value) hours.change(tidy(value));
  return hours.save();
}
