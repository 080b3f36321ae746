// Points that contacts have while a condition holds; every one is explained on their card.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScoreRule } from '../../shared/score.ts';
import { ConditionField } from '../components/ConditionField.tsx';
import { useInbox } from '../components/context.ts';
import { Icon } from '../components/Icon.tsx';
import { DeleteIcon, EditIcon, PlusIcon } from '../components/icons.ts';
import { conditionFacts, conditionFault, conditionWords } from '../conditions.ts';
import type { ConditionFact } from '../conditions.ts';
import type { BotSettingsState } from '../state/bot-settings.ts';
import { SaveBar } from './SaveBar.tsx';
import { SettingsCard } from './SettingsCard.tsx';

type Rules = readonly ScoreRule[];

const maxRules = 50;

/** One tap away, to show what a rule is. */
const proposals: Rules = [
  { points: 15, reason: 'Writes from a company address', when: { fact: 'contact.email_kind', op: 'is', value: 'work' } },
  { points: -20, reason: 'Throw-away address', when: { fact: 'contact.email_kind', op: 'is', value: 'disposable' } },
  { points: 10, reason: 'Left a phone number', when: { fact: 'contact.phone', op: 'known' } },
];

/** What keeps a rule from being saved; null where nothing does. */
export function ruleFault(rule: ScoreRule, rules: Rules): string | null {
  if (!Number.isInteger(rule.points) || Math.abs(rule.points) > 1000) return 'Points are a whole number from −1000 to 1000.';
  if (rule.points === 0) return 'No points: such a rule changes nothing.';
  if (rule.reason.trim() === '') return 'Say why: the reason stands on the contact’s card.';
  if (rules.some((other) => other !== rule && other.reason.trim() === rule.reason.trim()))
    return 'Two rules give this reason; each reason counts once.';
  return conditionFault(rule.when);
}

export function ScoreSection({ settings, canEdit }: { settings: BotSettingsState; canEdit: boolean }): JSX.Element {
  const { vocabulary } = useInbox();
  const { rules } = settings;
  const value = rules.value.value ?? [];
  const [open, setOpen] = useState<number | null>(null);
  const [showsFaults, setShowsFaults] = useState(false);
  useEffect(() => vocabulary.refresh(), [vocabulary]);
  useEffect(() => {
    if (rules.state.value === 'saved') setOpen(null);
    if (rules.state.value !== 'changed') setShowsFaults(false);
  }, [rules.state.value]);
  // A score made of scores would never come to rest.
  const facts = conditionFacts(['contact'], vocabulary.attributes.value).filter(({ name }) => name !== 'contact.score');
  const faults = value.map((rule) => ruleFault(rule, value));
  const firstFault = faults.findIndex((fault) => fault !== null);
  const add = (rule: ScoreRule): void => {
    rules.change([...value, rule]);
    setOpen(value.length);
  };
  const remove = (index: number): void => {
    rules.change(value.toSpliced(index, 1));
    setOpen(null);
  };
  const showFault = (): void => {
    setShowsFaults(true);
    setOpen(firstFault);
  };
  return (
    <SettingsCard
      title="Score rules"
      lead="A contact has these points while the condition holds, beside those a flow gives. Each is explained on the contact’s card."
    >
      {value.length === 0 ? <NoRules canEdit={canEdit} add={(rule) => rules.change([...value, rule])} /> : null}
      <ul class="rules" aria-label="Score rules">
        {value.map((rule, index) => (
          <RuleRow
            key={index}
            rule={rule}
            facts={facts}
            isOpen={canEdit && open === index}
            canEdit={canEdit}
            fault={showsFaults ? (faults[index] ?? null) : null}
            toggle={() => setOpen(open === index ? null : index)}
            onChange={(next) => rules.change(value.with(index, next))}
            remove={() => remove(index)}
          />
        ))}
      </ul>
      {canEdit && value.length < maxRules ? (
        <button
          type="button"
          class="button rules-add"
          onClick={() => add({ points: 10, reason: '', when: { fact: 'contact.email', op: 'known' } })}
        >
          <Icon of={PlusIcon} size={14} /> Add a rule
        </button>
      ) : null}
      {canEdit ? (
        <SaveBar
          draft={rules}
          fault={showsFaults && firstFault !== -1 ? 'One rule is not whole yet.' : null}
          onBlocked={firstFault === -1 ? undefined : showFault}
        />
      ) : null}
    </SettingsCard>
  );
}

function NoRules({ canEdit, add }: { canEdit: boolean; add(rule: ScoreRule): void }): JSX.Element {
  return (
    <div class="teach">
      <p>
        No rules yet. A rule is a number of points, a reason, and a condition: the better a lead fits, the higher it stands.
        {canEdit ? ' Begin with one of these:' : ''}
      </p>
      {canEdit ? (
        <ul class="teach-list">
          {proposals.map((rule) => (
            <li key={rule.reason}>
              <button type="button" class="button" onClick={() => add(rule)}>
                <Points points={rule.points} /> {rule.reason}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

interface RuleProps {
  rule: ScoreRule;
  facts: readonly ConditionFact[];
  isOpen: boolean;
  canEdit: boolean;
  fault: string | null;
  toggle(): void;
  onChange(rule: ScoreRule): void;
  remove(): void;
}

function RuleRow({ rule, facts, isOpen, canEdit, fault, toggle, onChange, remove }: RuleProps): JSX.Element {
  const name = rule.reason.trim() === '' ? 'New rule' : rule.reason;
  return (
    <li class={`rule ${isOpen ? 'is-open' : ''} ${fault === null ? '' : 'is-wrong'}`}>
      <div class="rule-head">
        <Points points={rule.points} />
        <span class="rule-words">
          <span class="rule-reason">{name}</span>
          {isOpen ? null : <span class="rule-when">{conditionWords(rule.when, facts)}</span>}
        </span>
        {canEdit ? (
          <>
            <button type="button" class="icon-button" aria-expanded={isOpen} aria-label={`Edit ${name}`} title="Edit" onClick={toggle}>
              <Icon of={EditIcon} size={14} />
            </button>
            <button type="button" class="icon-button" aria-label={`Remove ${name}`} title="Remove" onClick={remove}>
              <Icon of={DeleteIcon} size={14} />
            </button>
          </>
        ) : null}
      </div>
      {isOpen ? <RuleFields rule={rule} facts={facts} showsFaults={fault !== null} onChange={onChange} /> : null}
      {fault === null ? null : (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
    </li>
  );
}

function RuleFields({
  rule,
  facts,
  showsFaults,
  onChange,
}: Pick<RuleProps, 'rule' | 'facts' | 'onChange'> & { showsFaults: boolean }): JSX.Element {
  const reason = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (rule.reason === '') reason.current?.focus();
  }, []);
  return (
    <div class="rule-fields">
      <label class="rule-points">
        <span class="form-label">Points</span>
        <input
          class="input"
          type="number"
          min={-1000}
          max={1000}
          value={Number.isFinite(rule.points) ? rule.points : ''}
          onInput={(event) => onChange({ ...rule, points: event.currentTarget.valueAsNumber })}
        />
      </label>
      <label class="rule-why">
        <span class="form-label">Reason</span>
        <input
          ref={reason}
          class="input"
          type="text"
          maxLength={200}
          placeholder="As it stands on the card: Works at a company"
          value={rule.reason}
          onInput={(event) => onChange({ ...rule, reason: event.currentTarget.value })}
        />
      </label>
      <div class="rule-condition">
        <span class="form-label">While</span>
        <ConditionField
          value={rule.when}
          facts={facts}
          label="While"
          showsFaults={showsFaults}
          onChange={(when) => onChange({ ...rule, when })}
        />
      </div>
    </div>
  );
}

function Points({ points }: { points: number }): JSX.Element {
  const shown = Number.isFinite(points) ? points : 0;
  return <span class={`rule-score ${shown < 0 ? 'is-minus' : ''}`}>{shown > 0 ? `+${shown}` : `−${Math.abs(shown)}`}</span>;
}
