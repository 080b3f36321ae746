import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addStep,
  branchByAnswer,
  caseOf,
  choicesOf,
  connect,
  duplicateStep,
  freeId,
  leadChoice,
  moveStep,
  setField,
  tidy,
  toDraft,
} from '../../inbox/flows/change.ts';
import { diffGroups, diffSummary } from '../../inbox/flows/diff-words.ts';
import { durationWords, unitOf } from '../../inbox/flows/duration.ts';
import { isAnswerSpokenOf, moveEntry, newEntry, relabel, slugOf } from '../../inbox/flows/entries.ts';
import { fieldOfFault, shortFault } from '../../inbox/flows/field-faults.ts';
import { fileText, readFlowFile } from '../../inbox/flows/files.ts';
import { flowFacts } from '../../inbox/flows/facts.ts';
import { contentOf, linesOf, plainText } from '../../inbox/flows/node-content.ts';
import { noNames } from '../../inbox/flows/names.ts';
import { addLanguage, missingIn, removeLanguage, setTranslation, translatable } from '../../inbox/flows/texts.ts';
import { diffFlows } from '../../shared/bot/diff.ts';
import { newStep, targetsOf } from '../../shared/bot/edit.ts';
import type { FlowDraft } from '../../shared/bot/edit.ts';
import { fieldsOf } from '../../shared/bot/editor.ts';
import { parseFlow } from '../../shared/bot/flow.ts';
import { readyFlows } from '../../shared/bot/flows/index.ts';
import { stepTypes } from '../../shared/bot/steps/index.ts';
import type { StepTypeName } from '../../shared/bot/steps/index.ts';
import { smallFlow } from './flow-scene.ts';

const types = Object.keys(stepTypes) as StepTypeName[];

describe('changes to a draft', () => {
  it('a step added on an edge goes in between, and its name is free', () => {
    const { flow, id } = addStep(smallFlow, 'say', { step: 'hello', edge: 'next' });
    expect(id).toBe('say');
    expect([flow.steps['hello']?.['next'], flow.steps['say']?.['next']]).toEqual(['say', 'need']);
    expect(addStep(flow, 'say', null).id).toBe('say-2');
  });

  it('a step that leads nowhere takes the end of the edge', () => {
    const { flow, id } = addStep(smallFlow, 'end', { step: 'email', edge: 'next' });
    expect(flow.steps['email']?.['next']).toBe(id);
    expect(smallFlow.steps['email']?.['next']).toBe('points');
  });

  it('the first step of an empty flow is its start', () => {
    const empty: FlowDraft = { id: 'e', version: 0, name: '', start: '', steps: {} };
    expect(addStep(empty, 'say', null).flow.start).toBe('say');
  });

  it('whatever is added wherever, no edge is lost: all that was reached is reached still', () => {
    const outlets = Object.entries(smallFlow.steps).flatMap(([step, json]) => targetsOf(json).map(({ name }) => ({ step, edge: name })));
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.constantFrom(...outlets), (type, after) => {
        const { flow, id } = addStep(smallFlow, type, after);
        const onward = targetsOf(flow.steps[id] ?? {}).some(({ name }) => name === 'next' || name === 'default');
        const reached = targetsOf(flow.steps[id] ?? {}).map(({ to }) => to);
        const before = targetsOf(smallFlow.steps[after.step] ?? {}).find(({ name }) => name === after.edge)?.to ?? '';
        expect(targetsOf(flow.steps[after.step] ?? {}).find(({ name }) => name === after.edge)?.to).toBe(id);
        if (onward) expect(reached).toContain(before);
      }),
    );
  });

  it('a choice led elsewhere makes a branch, and the other answers go on as before', () => {
    const pricing = choicesOf(smallFlow.steps['need'])[0]!;
    const flow = leadChoice(smallFlow, 'need', pricing, 'bye');
    expect(flow.steps['need']?.['next']).toBe('by-need');
    expect(flow.steps['by-need']).toEqual({
      type: 'branch',
      cases: [{ when: { fact: 'answer.need', op: 'is', value: 'pricing' }, next: 'bye', label: 'Pricing' }],
      default: 'email',
    });
    expect(caseOf(flow.steps['by-need'], 'need', 'pricing')).toBe(0);
    expect(parseFlow(flow).ok).toBe(true);
  });

  it('a choice led elsewhere again changes its case and adds none', () => {
    const pricing = choicesOf(smallFlow.steps['need'])[0]!;
    const again = leadChoice(leadChoice(smallFlow, 'need', pricing, 'bye'), 'need', pricing, 'points');
    expect(targetsOf(again.steps['by-need'] ?? {}).map(({ to }) => to)).toEqual(['points', 'email']);
  });

  it('branching by answer gives each answer a way, once', () => {
    const made = branchByAnswer(smallFlow, 'need')!;
    expect(targetsOf(made.flow.steps[made.id] ?? {}).map(({ label, to }) => [label, to])).toEqual([
      ['Pricing', 'email'],
      ['Support', 'email'],
      ['default', 'email'],
    ]);
    expect(branchByAnswer(made.flow, 'need')).toBeNull();
  });

  it('a place given by hand is kept until the flow is tidied', () => {
    const moved = moveStep(smallFlow, 'need', { x: 10.4, y: -3.6 });
    expect(moved.steps['need']?.['at']).toEqual({ x: 10, y: -4 });
    expect(tidy(moved)).toEqual(smallFlow);
    expect(tidy(smallFlow)).toBe(smallFlow);
  });

  it('setting what is set already changes nothing; undefined takes a field away', () => {
    expect(setField(smallFlow, 'hello', 'text', 'Hi {{contact.name|there}}!')).toBe(smallFlow);
    expect(Object.keys(setField(smallFlow, 'hello', 'next', undefined).steps['hello'] ?? {})).toEqual(['type', 'text']);
    expect(connect(smallFlow, { step: 'hello', edge: 'next' }, 'need')).toBe(smallFlow);
  });

  it('a copy has a name of its own and nothing leads to it', () => {
    const { flow, id } = duplicateStep(smallFlow, 'email')!;
    expect(id).toBe('email-2');
    expect(Object.values(flow.steps).some((step) => targetsOf(step).some(({ to }) => to === id))).toBe(false);
  });

  it('names are made of what can be read, however odd the wish', () => {
    expect(freeId(smallFlow, 'Größe & Team')).toBe('grosse-team');
    expect(freeId(smallFlow, '日本')).toBe('step');
    fc.assert(fc.property(fc.string(), (wish) => /^[a-z][a-z0-9-]{0,63}$/.test(freeId(smallFlow, wish))));
  });

  it('only what has steps is a draft; odd steps are left out and never throw', () => {
    expect(toDraft(null)).toBeNull();
    expect(toDraft({ steps: [] })).toBeNull();
    expect(toDraft({ steps: { a: 1, b: { type: 'say' } } })?.steps).toEqual({ b: { type: 'say' } });
    fc.assert(fc.property(fc.jsonValue(), (raw) => void toDraft({ steps: raw })));
  });
});

describe('what a card says', () => {
  const deps = { facts: flowFacts(smallFlow, []), names: noNames };

  it('every kind of step has a card with a way on for each of its edges', () => {
    for (const type of types) {
      const step = newStep(type);
      const content = contentOf('x', step, deps);
      expect(content.height).toBeGreaterThanOrEqual(48);
      expect(content.ports.filter(({ kind }) => kind !== 'choice').map(({ name }) => name)).toEqual(
        targetsOf(step).map(({ name }) => name),
      );
      expect(content.ports.every(({ y }) => y > 0 && y < content.height)).toBe(true);
    }
  });

  it('variables read as what they stand for', () => {
    expect(plainText('Hi[[ {{contact.first_name}}]], about {{answer.need|that}}?')).toBe('Hi ‹first name›, about ‹need›?');
  });

  it('long texts are cut into lines, never into none', () => {
    expect(linesOf('short')).toBe(1);
    expect(linesOf('a'.repeat(200))).toBeGreaterThan(4);
    expect(linesOf('字'.repeat(40))).toBeGreaterThan(1);
  });

  it('half a condition does not break its branch', () => {
    const content = contentOf('b', { type: 'branch', cases: [{ when: { op: 'is' }, next: '' }, { next: '' }], default: '' }, deps);
    expect(content.ports).toHaveLength(3);
  });
});

describe('entries of a list', () => {
  const fields = fieldsOf('ask-choice').find(({ name }) => name === 'choices')!.fields!;
  const key = fields.find(({ name }) => name === 'value')!;

  it('a new choice has a value of its own', () => {
    const one = newEntry(fields, []);
    expect(newEntry(fields, [one])['value']).not.toBe(one['value']);
  });

  it('a value follows its label until something speaks of it', () => {
    const entry = relabel({ value: 'a', label: 'One answer' }, 'See pricing', key, [], false);
    expect(entry).toEqual({ value: 'see-pricing', label: 'See pricing' });
    expect(relabel(entry, 'Prices', key, [], true)['value']).toBe('see-pricing');
    expect(relabel(entry, 'Prices', key, [{ value: 'prices' }], false)['value']).toBe('see-pricing');
    expect(relabel({ value: 'own', label: 'X' }, 'Y', key, [], false)['value']).toBe('own');
  });

  it('knows whether a condition or a translation speaks of an answer', () => {
    expect(isAnswerSpokenOf(smallFlow, 'need')).toBe(true);
    expect(isAnswerSpokenOf(smallFlow, 'email')).toBe(false);
    expect(isAnswerSpokenOf({ ...smallFlow, translations: { de: { 'email.choices.a.label': 'A' } } }, 'email')).toBe(true);
  });

  it('moves within its bounds', () => {
    expect(moveEntry(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moveEntry(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });

  it('slugs read like their words', () => {
    expect(slugOf('Über 200 Leute!')).toBe('uber-200-leute');
    expect(slugOf('Team size', '_')).toBe('team_size');
  });
});

describe('faults', () => {
  it.each([
    ['missing-target', 'Step “hello” leads nowhere. Choose the step that comes next.', 'say', 'next'],
    ['empty-text', 'Step “hello” says nothing: its text is empty.', 'say', 'text'],
    ['empty-text', 'Step “email” has an empty “again”.', 'ask-email', 'again'],
    ['no-default', 'Step “b” does not say where to go when no case fits. Give it a default.', 'branch', 'default'],
    ['missing-target', 'Step “c” leads nowhere at “failed”. Choose the step that comes next.', 'call', 'failed'],
    ['bad-field', 'Step “n”: “choices › 0 › label” is not right (too long).', 'ask-choice', 'choices'],
    ['unreachable', 'Nothing leads to step “x”, so no visitor will ever see it.', 'say', ''],
  ] as const)('%s: %s', (code, message, type, field) => {
    expect(fieldOfFault({ code, step: 'x', message }, fieldsOf(type))).toBe(field);
  });

  it('every fault of every new step finds a field or the step as a whole', () => {
    for (const type of types) {
      const flow = addStep(smallFlow, type, { step: 'hello', edge: 'next' }).flow;
      const parsed = parseFlow(flow);
      for (const fault of parsed.ok ? [] : parsed.faults) expect(shortFault(fault)).not.toMatch(/^Step “/);
    }
  });
});

describe('what changed, in words', () => {
  const facts = flowFacts(smallFlow, []);
  const groupsOf = (before: FlowDraft, after: FlowDraft) => diffGroups(diffFlows(before, after), { before, after, facts });

  it('names the step, the field by its label, before and after', () => {
    const after = setField(smallFlow, 'need', 'text', 'What can we do?');
    expect(groupsOf(smallFlow, after)).toEqual([
      {
        step: 'need',
        title: 'need · Ask to choose',
        kind: 'changed',
        lines: [{ kind: 'changed', place: 'Question', before: 'What brings you here?', after: 'What can we do?' }],
      },
    ]);
  });

  it('says a choice by its value and a condition in words', () => {
    const choices = [...choicesOf(smallFlow.steps['need']), { value: 'demo', label: 'Demo' }];
    const rules = [{ points: 20, reason: 'Asks about pricing', when: { fact: 'contact.email', op: 'known' } }];
    const after = setField(setField(smallFlow, 'need', 'choices', choices), 'points', 'rules', rules);
    const lines = groupsOf(smallFlow, after).flatMap((group) => group.lines);
    expect(lines).toContainEqual({ kind: 'added', place: 'Choices › demo', before: null, after: 'Demo' });
    expect(lines.at(-1)).toMatchObject({
      place: 'Rules › Asks about pricing › If',
      before: 'Answer to “need” is Pricing',
      after: 'Email is known',
    });
  });

  it('sums it up; a step that only stands elsewhere is no change', () => {
    const { flow } = addStep({ ...smallFlow, name: 'Other' }, 'say', { step: 'hello', edge: 'next' });
    expect(diffSummary(groupsOf(smallFlow, flow))).toBe('1 step added, 1 changed, settings of the flow changed.');
    expect(diffSummary(groupsOf(smallFlow, moveStep(smallFlow, 'need', { x: 1, y: 2 })))).toBe('Nothing changed.');
  });
});

describe('translations', () => {
  it('counts what is missing, and nothing once it is there', () => {
    let flow = addLanguage(smallFlow, 'de');
    const all = translatable(flow);
    expect(missingIn(flow, 'de')).toHaveLength(all.length);
    for (const { key } of all) flow = setTranslation(flow, 'de', key, `de ${key}`);
    expect(missingIn(flow, 'de')).toEqual([]);
    expect(parseFlow(flow).ok).toBe(true);
    expect(missingIn(setTranslation(flow, 'de', 'hello.text', ''), 'de').map(({ key }) => key)).toEqual(['hello.text']);
    expect('translations' in removeLanguage(flow, 'de')).toBe(false);
  });
});

describe('files', () => {
  it('what is exported is imported as the same flow', () => {
    for (const { flow } of readyFlows) {
      const read = readFlowFile(fileText(flow));
      expect(read.ok && toDraft(read.body)).toEqual(flow);
    }
  });

  it('says in words why a file is not taken', () => {
    expect(readFlowFile('nonsense')).toMatchObject({ ok: false, message: expect.stringContaining('not JSON') });
    expect(readFlowFile('[]')).toMatchObject({ ok: false, message: expect.stringContaining('no flow') });
    expect(readFlowFile(`"${'x'.repeat(600_000)}"`)).toMatchObject({ ok: false, message: expect.stringContaining('512 kB') });
  });
});

it('durations are said in their largest whole unit', () => {
  expect([60_000, 7_200_000, 86_400_000, 90_000, 1500].map(durationWords)).toEqual([
    '1 minute',
    '2 hours',
    '1 day',
    '90 seconds',
    '1.5 seconds',
  ]);
  expect(unitOf(0)).toBe('seconds');
});
