// Whether the bot answers, what is read out of visitors' words, when the bot asks how to reach them, and what it says giving an address means.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CaptureReport } from '../../shared/api.ts';
import { askPolicies } from '../../shared/bot/types.ts';
import type { AskPolicy } from '../../shared/bot/types.ts';
import { byPolicy, percent, rateOf } from '../capture-report.ts';
import type { Tally } from '../capture-report.ts';
import { useInbox } from '../components/context.ts';
import { policyWords } from '../policy-words.ts';
import type { BotSettingsState } from '../state/bot-settings.ts';
import type { Draft } from '../state/draft.ts';
import { ConsentCard } from './ConsentCard.tsx';
import { SavedWords } from './SaveBar.tsx';
import { SettingsCard } from './SettingsCard.tsx';

/** Long enough for a site with few visitors to have a rate. */
const ratesOverDays = 90;

export function CaptureSection({ settings, canEdit }: { settings: BotSettingsState; canEdit: boolean }): JSX.Element {
  return (
    <>
      <BotCard settings={settings} canEdit={canEdit} />
      <ExtractionCard settings={settings} canEdit={canEdit} />
      <PolicyCard settings={settings} canEdit={canEdit} />
      <ConsentCard settings={settings} canEdit={canEdit} />
    </>
  );
}

interface PartProps {
  settings: BotSettingsState;
  canEdit: boolean;
}

function BotCard({ settings: { bot }, canEdit }: PartProps): JSX.Element {
  return (
    <SwitchCard
      title="Bot"
      label="The bot answers first"
      draft={bot}
      positions={['on', 'off']}
      leads={[
        'The bot greets visitors, asks the questions of the flow and hands over to you. It says that it is a bot.',
        'Off: new conversations go straight to you, and nothing is asked.',
      ]}
      canEdit={canEdit}
    />
  );
}

function ExtractionCard({ settings: { extraction }, canEdit }: PartProps): JSX.Element {
  return (
    <SwitchCard
      title="Details in what visitors write"
      label="Read details out of what visitors write"
      draft={extraction}
      positions={['all', 'asked']}
      leads={[
        'An email, name or phone number that falls in the conversation goes to the contact, and the visitor sees that it was understood.',
        'Off: only the answer to a question of the bot is taken. Whatever else visitors write stays in the conversation.',
      ]}
      canEdit={canEdit}
    />
  );
}

interface SwitchProps<T extends string> {
  title: string;
  label: string;
  draft: Draft<T>;
  /** On and off, and what to say of each. */
  positions: readonly [T, T];
  leads: readonly [string, string];
  canEdit: boolean;
}

function SwitchCard<T extends string>({ title, label, draft, positions, leads, canEdit }: SwitchProps<T>): JSX.Element {
  const isOn = draft.value.value === positions[0];
  return (
    <SettingsCard
      title={title}
      lead={leads[isOn ? 0 : 1]}
      control={
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-label={label}
            checked={isOn}
            disabled={!canEdit}
            onChange={(event) => void draft.choose(positions[event.currentTarget.checked ? 0 : 1])}
          />
          <span>{isOn ? 'On' : 'Off'}</span>
        </label>
      }
    >
      <SavedWords draft={draft} />
    </SettingsCard>
  );
}

function PolicyCard({ settings: { policy, bot, extraction }, canEdit }: PartProps): JSX.Element {
  const { report, isMissing } = useCaptureReport();
  const rates = byPolicy(report?.rows ?? []);
  return (
    <SettingsCard
      title="When the bot asks how to reach a visitor"
      lead={
        bot.value.value === 'off'
          ? 'The bot is off: nothing is asked at all.'
          : 'Holds for every new conversation, also for those begun by a trigger. Rates are of the last 90 days.'
      }
    >
      <fieldset class="choice-cards" disabled={!canEdit}>
        <legend class="hidden">When the bot asks</legend>
        {askPolicies.map((name) => (
          <PolicyChoice
            key={name}
            name={name}
            isChosen={policy.value.value === name}
            readsUnasked={extraction.value.value === 'all'}
            tally={report ? (rates.get(name) ?? null) : undefined}
            choose={() => void policy.choose(name)}
          />
        ))}
      </fieldset>
      {isMissing ? <p class="form-hint">The rates so far could not be loaded. The choice works without them.</p> : null}
      <SavedWords draft={policy} />
    </SettingsCard>
  );
}

interface PolicyChoiceProps {
  name: AskPolicy;
  isChosen: boolean;
  /** Details are read out of what visitors write unasked. */
  readsUnasked: boolean;
  /** Null: nothing happened under it; undefined: not known yet. */
  tally: Tally | null | undefined;
  choose(): void;
}

function PolicyChoice({ name, isChosen, readsUnasked, tally, choose }: PolicyChoiceProps): JSX.Element {
  const { label, meaning, unread } = policyWords[name];
  return (
    <label class={`choice-card ${isChosen ? 'is-chosen' : ''}`}>
      <input type="radio" name="ask-policy" value={name} checked={isChosen} onChange={choose} />
      <span class="choice-words">
        <span class="choice-label">{label}</span>
        <span class="choice-meaning">{readsUnasked ? meaning : (unread ?? meaning)}</span>
      </span>
      {tally === undefined ? null : <Rate tally={tally} />}
    </label>
  );
}

function Rate({ tally }: { tally: Tally | null }): JSX.Element {
  const rate = tally && rateOf(tally);
  if (tally === null || rate === null) return <span class="choice-rate is-none">Not used yet</span>;
  return (
    <span class="choice-rate">
      <strong>{percent(rate)}</strong> <span class="hidden">became leads:</span>{' '}
      <span class="choice-of">
        {tally.leads} of {tally.conversations}
      </span>
      <span class="choice-bar" style={{ '--share': String(rate) }} aria-hidden="true" />
    </span>
  );
}

function useCaptureReport(): { report: CaptureReport | null; isMissing: boolean } {
  const { api } = useInbox();
  const [report, setReport] = useState<CaptureReport | null>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let isHere = true;
    void api.call('GET /api/v1/reports/capture', { query: { days: ratesOverDays } }).then((result) => {
      if (!isHere) return;
      if (result.ok) setReport(result.data);
      else setMissing(true);
    });
    return () => void (isHere = false);
  }, [api]);
  return { report, isMissing };
}
