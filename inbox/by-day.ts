import { startOfDay } from './words.ts';

export interface DayOf<T> {
  /** Its first moment. */
  day: number;
  items: T[];
}

/** Of a list by time: neighbours are of one day, or the next one begins. */
export function byDay<T>(items: readonly T[], timeOf: (item: T) => number): DayOf<T>[] {
  const days: DayOf<T>[] = [];
  for (const item of items) {
    const day = startOfDay(timeOf(item));
    if (days.at(-1)?.day === day) days.at(-1)?.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}
