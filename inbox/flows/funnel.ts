// How far visitors came: numbers for the steps and edges of one published version.
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { FunnelReply, StepCount } from '../../shared/api.ts';
import type { Api, ApiFailure } from '../api.ts';

export interface Funnel {
  readonly isShown: ReadonlySignal<boolean>;
  /** Null: the newest. */
  readonly version: ReadonlySignal<number | null>;
  readonly days: ReadonlySignal<number>;
  readonly data: ReadonlySignal<FunnelReply | null>;
  readonly failure: ReadonlySignal<ApiFailure | null>;
  /** The most visitors any step has: what shares are of. */
  readonly most: ReadonlySignal<number>;
  toggle(): void;
  choose(choice: { version?: number | null; days?: number }): void;
  reload(): void;
}

export const funnelDays = [7, 30, 90, 365] as const;

export function createFunnel(api: Api, flow: string): Funnel {
  const isShown = signal(false);
  const version = signal<number | null>(null);
  const days = signal<number>(30);
  const data = signal<FunnelReply | null>(null);
  const failure = signal<ApiFailure | null>(null);
  const asked = signal(0);
  let latest = 0;
  effect(() => {
    if (!isShown.value || asked.value < 0) return;
    const ask = ++latest;
    const query = { days: days.value, ...(version.value !== null && { version: version.value }) };
    void api.call('GET /api/v1/flows/:flow/funnel', { params: { flow }, query }).then((result) => {
      if (ask !== latest) return;
      failure.value = result.ok ? null : result;
      data.value = result.ok ? result.data : null;
    });
  });
  return {
    isShown,
    version,
    days,
    data,
    failure,
    most: computed(() => Math.max(data.value?.conversations ?? 0, ...Object.values(data.value?.steps ?? {}).map(({ reached }) => reached))),
    toggle: () => void (isShown.value = !isShown.peek()),
    choose(choice) {
      if (choice.version !== undefined) version.value = choice.version;
      if (choice.days !== undefined) days.value = choice.days;
    },
    reload: () => void (asked.value += 1),
  };
}

export const noCount: StepCount = { reached: 0, answered: 0, dropped: 0, waiting: 0 };

/** "100 %", "7 %", "0.4 %". */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  return `${share > 0 && share < 1 ? share.toFixed(1) : Math.round(share)} %`;
}

/** A step where many leave: at least a fifth of those who reached it, and enough of them to tell. */
export function isLeak({ reached, dropped }: StepCount): boolean {
  return reached >= 5 && dropped / reached >= 0.2;
}
