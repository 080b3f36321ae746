import { useEffect, useState } from 'preact/hooks';
import type { CaptureReport } from '../../shared/api.ts';
import type { Api, ApiFailure } from '../api.ts';
import { before, totalOf } from '../capture-report.ts';
import type { Tally } from '../capture-report.ts';

export interface Capture {
  days: number;
  rows: CaptureReport['rows'];
  /** Of the same time before; null where it could not be had. */
  before: Tally | null;
}

/** The report of the last days, and what it was in as many days before them. What was shown stays until the next is there. */
export function useCapture(api: Api, days: number): { capture: Capture | null; failure: ApiFailure | null; retry(): void } {
  const [capture, setCapture] = useState<Capture | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setFailure(null);
    const ask = (span: number) => api.call('GET /api/v1/reports/capture', { query: { days: span } });
    // The server counts back from now: the time before is what twice the time holds more.
    void Promise.all([ask(days), ask(days * 2)]).then(([recent, whole]) => {
      if (!isWanted) return;
      if (!recent.ok) return setFailure(recent);
      const { rows } = recent.data;
      setCapture({ days, rows, before: whole.ok ? before(totalOf(whole.data.rows), totalOf(rows)) : null });
    });
    return () => void (isWanted = false);
  }, [api, days, tries]);
  return { capture, failure, retry: () => setTries(tries + 1) };
}
