// A condition as a form: tests in groups, each test a fact, an operator and a value. Wholly by keyboard: every control is a
// native one, Enter in a value adds the next test, and the focus never falls on nothing.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Condition, Test } from '../../shared/conditions.ts';
import { findFact, fromGroup, isTest, modeWords, operatorWords, operatorsOf, testOf, toGroup } from '../conditions.ts';
import type { ConditionFact, Group, GroupMode } from '../conditions.ts';
import { ConditionValue } from './ConditionValue.tsx';
import { Icon } from './Icon.tsx';
import { PlusIcon, XIcon } from './icons.ts';

export interface ConditionFieldProps {
  value: Condition;
  onChange(value: Condition): void;
  facts: readonly ConditionFact[];
  /** Of the whole, for screen readers. */
  label?: string;
  /** Shown, not edited. */
  isReadOnly?: boolean;
  /** What is missing is marked. */
  showsFaults?: boolean;
}

/** Groups within groups are offered this deep; what is stored deeper is still shown. */
const offeredDepth = 2;

export function ConditionField({
  value,
  onChange,
  facts,
  label = 'Condition',
  isReadOnly = false,
  showsFaults = false,
}: ConditionFieldProps): JSX.Element {
  return (
    <fieldset class="condition" disabled={isReadOnly}>
      <legend class="hidden">{label}</legend>
      <GroupField group={toGroup(value)} onChange={(next) => onChange(fromGroup(next))} facts={facts} depth={0} showsFaults={showsFaults} />
    </fieldset>
  );
}

interface GroupProps {
  group: Group;
  onChange(group: Group): void;
  facts: readonly ConditionFact[];
  depth: number;
  showsFaults: boolean;
  remove?: () => void;
}

function GroupField({ group, onChange, facts, depth, showsFaults, remove }: GroupProps): JSX.Element {
  const { mode, of } = group;
  const { box, focusNext } = useFocusAfter(of.length);
  const replace = (index: number, ...by: Condition[]): void => onChange({ mode, of: of.toSpliced(index, 1, ...by) });
  const first = facts[0];
  const insert = (index: number): void => {
    if (!first) return;
    focusNext(index);
    onChange({ mode, of: of.toSpliced(index, 0, testOf(first, operatorsOf(first)[0] ?? 'known')) });
  };
  const removeAt = (index: number): void => {
    focusNext(Math.max(0, index - 1));
    replace(index);
  };
  return (
    <div class={`condition-group ${depth > 0 ? 'is-inner' : ''}`} role="group" aria-label={modeWords[mode].label} ref={box}>
      {of.length > 1 || depth > 0 || mode !== 'all' ? (
        <div class="condition-head">
          <ModeSelect mode={mode} onChange={(next) => onChange({ mode: next, of })} />
          {remove ? <RemoveButton label="Remove the group" run={remove} /> : null}
        </div>
      ) : null}
      {of.map((condition, index) => (
        <div class="condition-item" key={index} data-item>
          {isTest(condition) ? (
            <TestField
              test={condition}
              facts={facts}
              showsFaults={showsFaults}
              onChange={(next) => replace(index, next)}
              remove={of.length > 1 || depth > 0 ? () => removeAt(index) : undefined}
              addNext={() => insert(index + 1)}
            />
          ) : (
            <GroupField
              group={toGroup(condition)}
              facts={facts}
              depth={depth + 1}
              showsFaults={showsFaults}
              onChange={(next) => (next.of.length === 0 ? removeAt(index) : replace(index, asGroup(next)))}
              remove={() => removeAt(index)}
            />
          )}
        </div>
      ))}
      <div class="condition-foot">
        <button type="button" class="button button-quiet button-small" data-add onClick={() => insert(of.length)}>
          <Icon of={PlusIcon} size={14} /> Add condition
        </button>
        {depth < offeredDepth ? (
          <button type="button" class="button button-quiet button-small" onClick={() => addGroup(group, facts, onChange, focusNext)}>
            <Icon of={PlusIcon} size={14} /> Add group
          </button>
        ) : null}
      </div>
    </div>
  );
}

/** An inner group of one test must stay a group while it is edited. */
function asGroup(group: Group): Condition {
  return group.mode === 'all' ? { and: group.of } : fromGroup(group);
}

function addGroup(
  { mode, of }: Group,
  facts: readonly ConditionFact[],
  onChange: GroupProps['onChange'],
  focusNext: (index: number) => void,
): void {
  const [first] = facts;
  if (!first) return;
  const test = testOf(first, operatorsOf(first)[0] ?? 'known');
  // The other way round than the group around it: the same would say nothing new.
  focusNext(of.length);
  onChange({ mode, of: [...of, mode === 'any' ? { and: [test] } : { or: [test] }] });
}

function ModeSelect({ mode, onChange }: { mode: GroupMode; onChange(mode: GroupMode): void }): JSX.Element {
  const offered: readonly GroupMode[] = mode === 'not-all' ? ['all', 'any', 'none', 'not-all'] : ['all', 'any', 'none'];
  return (
    <select
      class="select select-small"
      aria-label="How the conditions go together"
      value={mode}
      onChange={(event) => onChange(event.currentTarget.value as GroupMode)}
    >
      {offered.map((name) => (
        <option key={name} value={name}>
          {modeWords[name].label}
        </option>
      ))}
    </select>
  );
}

interface TestProps {
  test: Test;
  facts: readonly ConditionFact[];
  showsFaults: boolean;
  onChange(test: Test): void;
  remove: (() => void) | undefined;
  addNext(): void;
}

function TestField({ test, facts, showsFaults, onChange, remove, addNext }: TestProps): JSX.Element {
  const fact = findFact(facts, test.fact);
  const operators = operatorsOf(fact);
  const choose = (name: string): void => {
    const next = findFact(facts, name);
    const op = operatorsOf(next).includes(test.op) ? test.op : (operatorsOf(next)[0] ?? 'known');
    onChange(testOf(next, op, test));
  };
  return (
    <div class="condition-test">
      <FactSelect facts={facts} fact={fact} onChange={choose} />
      <select
        class="select select-small"
        aria-label={`Comparison of ${fact.label}`}
        value={test.op}
        onChange={(event) => onChange(testOf(fact, event.currentTarget.value as Test['op'], test))}
      >
        {(operators.includes(test.op) ? operators : [...operators, test.op]).map((op) => (
          <option key={op} value={op}>
            {operatorWords[op]}
          </option>
        ))}
      </select>
      <ConditionValue test={test} fact={fact} showsFaults={showsFaults} onChange={onChange} onEnter={addNext} />
      {remove ? <RemoveButton label={`Remove the condition on ${fact.label}`} run={remove} /> : null}
    </div>
  );
}

function FactSelect({
  facts,
  fact,
  onChange,
}: {
  facts: readonly ConditionFact[];
  fact: ConditionFact;
  onChange(name: string): void;
}): JSX.Element {
  const isListed = facts.some(({ name }) => name === fact.name);
  const groups = [...new Set(facts.map(({ group }) => group ?? ''))];
  const optionsOf = (group: string): JSX.Element[] =>
    facts
      .filter((each) => (each.group ?? '') === group)
      .map(({ name, label }) => (
        <option key={name} value={name}>
          {label}
        </option>
      ));
  return (
    <select
      class="select select-small condition-fact"
      aria-label="Fact"
      value={fact.name}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {isListed ? null : <option value={fact.name}>{fact.label} (not in use)</option>}
      {groups.length < 2
        ? optionsOf(groups[0] ?? '')
        : groups.map((group) => (
            <optgroup key={group} label={group}>
              {optionsOf(group)}
            </optgroup>
          ))}
    </select>
  );
}

function RemoveButton({ label, run }: { label: string; run(): void }): JSX.Element {
  return (
    <button type="button" class="icon-button condition-remove" aria-label={label} title={label} onClick={run}>
      <Icon of={XIcon} size={14} />
    </button>
  );
}

/** After a test came or went the focus goes to the one named; where none is left, to the button that adds one. */
function useFocusAfter(count: number) {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const items = [...(box.current?.children ?? [])].filter((child) => child.hasAttribute('data-item'));
    const target =
      items[wanted.current]?.querySelector<HTMLElement>('.condition-fact') ?? box.current?.querySelector<HTMLElement>('[data-add]');
    wanted.current = null;
    target?.focus();
  }, [count]);
  return { box, focusNext: (index: number): void => void (wanted.current = index) };
}
