// The settings of bot, capture, hours and score as the server has them, and a draft over each part. They outlive the page:
// what was typed and not saved is still there when the agent comes back to it.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { BotSettings, RouteBody } from '../../shared/api.ts';
import type { Hours } from '../../shared/hours.ts';
import type { ScoreRule } from '../../shared/score.ts';
import type { Api, ApiFailure } from '../api.ts';
import { createDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { warnOfUnsaved } from './unsaved.ts';

/** What is edited of a consent text; its version is the server's. */
export type ConsentDraft = { text: string; translations: Readonly<Record<string, string>> } | null;

export interface BotSettingsState {
  /** Null until loaded. */
  readonly saved: ReadonlySignal<BotSettings | null>;
  /** Why it could not be loaded. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  readonly bot: Draft<BotSettings['bot']>;
  readonly extraction: Draft<BotSettings['extraction']>;
  readonly policy: Draft<BotSettings['ask_policy']>;
  readonly consent: Draft<ConsentDraft>;
  readonly hours: Draft<Hours | null>;
  readonly rules: Draft<readonly ScoreRule[]>;
  /** Something was changed here and is not saved. */
  readonly isChanged: ReadonlySignal<boolean>;
  load(): Promise<void>;
  stop(): void;
}

type Patch = RouteBody<'PATCH /api/v1/settings/bot'>;

export function createBotSettings(api: Api): BotSettingsState {
  const saved = signal<BotSettings | null>(null);
  const failure = signal<ApiFailure | null>(null);
  function part<T>(read: (settings: BotSettings) => T, write: (value: T) => Patch): Draft<T> {
    return createDraft<T>({
      saved: computed(() => (saved.value === null ? undefined : read(saved.value))),
      async send(value) {
        const result = await api.call('PATCH /api/v1/settings/bot', { body: write(value) });
        if (result.ok) saved.value = result.data;
        return result.ok ? null : result;
      },
    });
  }
  const parts = {
    bot: part<BotSettings['bot']>(
      (settings) => settings.bot,
      (bot) => ({ bot }),
    ),
    extraction: part<BotSettings['extraction']>(
      (settings) => settings.extraction,
      (extraction) => ({ extraction }),
    ),
    policy: part<BotSettings['ask_policy']>(
      (settings) => settings.ask_policy,
      (ask_policy) => ({ ask_policy }),
    ),
    consent: part<ConsentDraft>(
      ({ consent }) => consent && { text: consent.text, translations: consent.translations },
      (consent) => ({ consent }),
    ),
    hours: part<Hours | null>(
      (settings) => settings.hours,
      (hours) => ({ hours: hours as Patch['hours'] }),
    ),
    rules: part<readonly ScoreRule[]>(
      (settings) => settings.score_rules,
      (rules) => ({ score_rules: [...rules] }),
    ),
  };
  const isChanged = computed(() => Object.values(parts).some((each) => each.isChanged.value));
  return {
    saved,
    failure,
    ...parts,
    isChanged,
    async load() {
      failure.value = null;
      const result = await api.call('GET /api/v1/settings/bot');
      if (result.ok) saved.value = result.data;
      else failure.value = result;
    },
    stop: warnOfUnsaved(isChanged),
  };
}
