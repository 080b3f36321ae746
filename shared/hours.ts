// Business hours: when the team answers, in its own time zone, with split shifts and holidays.

/** Minutes after midnight, `from` < `to` ≤ 1440. */
export interface Shift {
  from: number;
  to: number;
}

export interface Hours {
  /** IANA name. */
  timeZone: string;
  /** Monday first; no shifts: closed that day. */
  week: readonly [Shift[], Shift[], Shift[], Shift[], Shift[], Shift[], Shift[]];
  /** ISO dates in the time zone; no shifts: closed the whole day. */
  holidays: readonly { date: string; name?: string | undefined; shifts?: Shift[] | undefined }[];
}
