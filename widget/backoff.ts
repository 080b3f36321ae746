/** Full jitter (P10): anything up to 0.5 s at first, up to 30 s from the seventh try on. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(30_000, 500 * 2 ** attempt));
}
