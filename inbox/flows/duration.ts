// Milliseconds as minutes, hours and days.

export const durationUnits = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type DurationUnit = keyof typeof durationUnits;

/** The largest unit in which it is a whole number. */
export function unitOf(ms: number): DurationUnit {
  const units = Object.entries(durationUnits).toReversed() as [DurationUnit, number][];
  return units.find(([, unitMs]) => ms >= unitMs && ms % unitMs === 0)?.[0] ?? 'seconds';
}

/** "2 hours", "1 day", "1.5 seconds". */
export function durationWords(ms: number): string {
  const unit = unitOf(ms);
  const count = ms / durationUnits[unit];
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}
