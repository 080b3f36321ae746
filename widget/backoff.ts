/** Full jitter (P10): anything up to 0.5 s at first, up to 10 s from the sixth try on: all must be sent 30 s after healing (I7). */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(10_000, 500 * 2 ** attempt));
}
