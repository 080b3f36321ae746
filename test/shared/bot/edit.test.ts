import { describe, expect, it } from 'vitest';
import { diffFlows } from '../../../shared/bot/diff.ts';
import type { FlowDraft } from '../../../shared/bot/edit.ts';
import { newEntry, newStep, removeStep, renameStep, setTarget, targetsOf } from '../../../shared/bot/edit.ts';
import type { EditorField } from '../../../shared/bot/editor.ts';
import { fieldsOf } from '../../../shared/bot/editor.ts';
import { parseDraft, parseFlow } from '../../../shared/bot/flow.ts';
import type { StepTypeName } from '../../../shared/bot/steps/index.ts';
import { stepTypes } from '../../../shared/bot/steps/index.ts';

const types = Object.keys(stepTypes) as StepTypeName[];

function withInner(fields: readonly EditorField[]): EditorField[] {
  return fields.flatMap((field) => [field, ...withInner(field.fields ?? [])]);
}

describe('the form of a step', () => {
  it.each(types)('%s has a label for each field, and a title, a group and a sentence of help', (type) => {
    expect(withInner(fieldsOf(type)).filter(({ label }) => label === '')).toEqual([]);
    const { title, group, help } = stepTypes[type];
    expect([title !== '', ['say', 'ask', 'logic', 'contact', 'team'].includes(group), help.endsWith('.')]).toEqual([true, true, true]);
  });

  it.each(types)('%s has every field of its schema but where it is drawn', (type) => {
    const names = Object.keys(stepTypes[type].schema.shape).filter((name) => name !== 'type' && name !== 'at');
    expect(
      fieldsOf(type)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(names.toSorted());
  });

  it('is derived from the schema: controls, bounds, choices, defaults', () => {
    const field = (type: StepTypeName, name: string): EditorField | undefined => fieldsOf(type).find((each) => each.name === name);
    expect(field('ask-email', 'text')).toMatchObject({ control: 'long-text', required: true, isShown: true, maxLength: 2000 });
    expect(field('ask-email', 'retries')).toMatchObject({
      control: 'number',
      min: 0,
      max: 5,
      default: 2,
      required: false,
      isAdvanced: true,
    });
    expect(field('ask-email', 'next')).toMatchObject({ control: 'step', required: true });
    expect(field('ask-rating', 'style')).toMatchObject({
      control: 'select',
      options: [
        { value: 'stars', label: 'Stars' },
        { value: 'numbers', label: 'Numbers' },
        { value: 'faces', label: 'Faces' },
      ],
      default: 'stars',
    });
    expect(field('branch', 'cases')).toMatchObject({
      control: 'list',
      max: 50,
      fields: [{ name: 'label' }, { name: 'when', control: 'condition' }, { name: 'next', control: 'step' }],
    });
    expect(field('branch', 'default')).toMatchObject({ control: 'step', required: true });
    expect(field('call', 'headers')).toMatchObject({ control: 'map', required: false });
    expect(field('ask-choice', 'open')).toMatchObject({ control: 'flag' });
    expect(field('ask-file', 'accept')).toMatchObject({ control: 'words' });
    expect(field('set-attribute', 'value')).toMatchObject({ control: 'value', holdsVariables: true });
    expect([
      field('assign', 'team')?.control,
      field('assign', 'agent')?.control,
      field('jump', 'flow')?.control,
      field('tag', 'name')?.control,
    ]).toEqual(['team', 'agent', 'flow', 'tag']);
    expect([field('wait', 'ms')?.control, field('call', 'url')?.control, field('ask-date', 'min')?.control]).toEqual([
      'duration',
      'url',
      'date',
    ]);
  });

  it('folds away what is rarely needed, at the end', () => {
    for (const type of types) {
      const folded = fieldsOf(type).map(({ isAdvanced }) => isAdvanced === true);
      expect(folded.lastIndexOf(false)).toBeLessThan(folded.includes(true) ? folded.indexOf(true) : folded.length);
    }
  });
});

describe('a new step', () => {
  it.each(types)('of the kind %s is well formed, and each of its lists can grow', (type) => {
    const step = newStep(type);
    const draft = { id: 't', version: 0, name: '', start: 'a', steps: { a: step } };
    expect(parseDraft(draft)).toMatchObject({ ok: true });
    for (const field of fieldsOf(type).filter(({ control }) => control === 'list')) {
      const grown = { ...step, [field.name]: [newEntry(field.fields ?? [])] };
      expect(parseDraft({ ...draft, steps: { a: grown } })).toMatchObject({ ok: true });
    }
  });

  it('lacks only where to go, and what nobody can guess', () => {
    const guessed = types.filter((type) => type !== 'assign' && type !== 'call' && type !== 'jump');
    for (const type of guessed) {
      const step = targetsOf(newStep(type)).reduce((each, { name }) => setTarget(each, name, 'end'), newStep(type));
      // One after the other, so that each may be tried at the beginning.
      expect([
        type,
        parseFlow({
          id: 't',
          version: 0,
          name: '',
          start: 'a',
          steps: { a: step, ...(targetsOf(step).length > 0 && { end: { type: 'end' } }) },
        }),
      ]).toMatchObject([type, { ok: true }]);
    }
  });

  it('is a new one each time', () => {
    expect(newStep('ask-choice')['choices']).not.toBe(newStep('ask-choice')['choices']);
  });
});

describe('edges', () => {
  const branch = { type: 'branch', cases: [{ when: {}, next: 'a', label: 'Big' }, { next: '' }], default: 'c' };

  it('have names of their own', () => {
    expect(targetsOf(branch)).toEqual([
      { name: 'case 1', to: 'a', label: 'Big' },
      { name: 'case 2', to: '', label: 'case 2' },
      { name: 'default', to: 'c', label: 'default' },
    ]);
    expect(targetsOf({ type: 'call', next: 'a' })).toEqual([
      { name: 'next', to: 'a', label: 'next' },
      { name: 'failed', to: '', label: 'failed' },
    ]);
    expect([targetsOf({ type: 'end' }), targetsOf({ type: 'dance', next: 'a' }), targetsOf({})]).toEqual([[], [], []]);
  });

  it('are led elsewhere one at a time', () => {
    expect(setTarget(branch, 'case 2', 'b')).toEqual({ ...branch, cases: [branch.cases[0], { next: 'b' }] });
    expect(setTarget(branch, 'default', 'd')).toEqual({ ...branch, default: 'd' });
    expect(setTarget({ type: 'call', next: 'a' }, 'failed', 'f')).toEqual({ type: 'call', next: 'a', failed: 'f' });
    expect(setTarget({ type: 'say', next: 'a' }, 'failed', 'f')).toEqual({ type: 'say', next: 'a' });
    expect(branch.cases[1]).toEqual({ next: '' });
  });
});

const draft: FlowDraft = {
  id: 't',
  version: 1,
  name: 'T',
  start: 'need',
  human: { text: '{{answer.need}}!', collect: 'need', next: 'hand' },
  words: { hello: 'Hi {{ answer.need | you }}' },
  translations: { de: { 'need.text': 'Was? {{answer.need-2}}', 'human.text': '{{answer.need}}?' } },
  steps: {
    need: { type: 'ask-text', text: 'What?', next: 'fork' },
    'need-2': { type: 'ask-text', text: 'And?', next: 'need' },
    fork: { type: 'branch', cases: [{ when: { not: { and: [{ fact: 'answer.need', op: 'known' }] } }, next: 'need' }], default: 'said' },
    said: { type: 'say', text: 'So {{answer.need|that}}[[, {{answer.need-2}}]].', next: 'hand' },
    hand: { type: 'handover', text: 'Done.', reason: '{{answer.need}}' },
    broken: { type: 'dance', next: 'need' },
  },
};

describe('a step under another name', () => {
  const renamed = renameStep(draft, 'need', 'wish');

  it('takes with it all that speaks of it', () => {
    expect(renamed).toEqual({
      ...draft,
      start: 'wish',
      human: { text: '{{answer.wish}}!', collect: 'wish', next: 'hand' },
      words: { hello: 'Hi {{ answer.wish | you }}' },
      translations: { de: { 'wish.text': 'Was? {{answer.need-2}}', 'human.text': '{{answer.wish}}?' } },
      steps: {
        wish: { type: 'ask-text', text: 'What?', next: 'fork' },
        'need-2': { type: 'ask-text', text: 'And?', next: 'wish' },
        fork: {
          type: 'branch',
          cases: [{ when: { not: { and: [{ fact: 'answer.wish', op: 'known' }] } }, next: 'wish' }],
          default: 'said',
        },
        said: { type: 'say', text: 'So {{answer.wish|that}}[[, {{answer.need-2}}]].', next: 'hand' },
        hand: { type: 'handover', text: 'Done.', reason: '{{answer.wish}}' },
        broken: { type: 'dance', next: 'need' },
      },
    });
    expect(Object.keys(renamed.steps)).toEqual(['wish', 'need-2', 'fork', 'said', 'hand', 'broken']);
    expect(renameStep(renamed, 'wish', 'need')).toEqual(draft);
  });

  it('stays as it is where the name is taken or the step is not there', () => {
    expect(renameStep(draft, 'need', 'hand')).toBe(draft);
    expect(renameStep(draft, 'nothing', 'x')).toBe(draft);
  });
});

describe('a step taken out', () => {
  it('lets what led to it go on behind it', () => {
    const rest = removeStep(draft, 'said');
    expect(rest.steps['fork']).toMatchObject({ default: 'hand' });
    expect(Object.keys(rest.steps)).not.toContain('said');
  });

  it('with several ways on, or none, leaves the edges open, and takes its translations with it', () => {
    expect(removeStep(draft, 'fork').steps['need']).toMatchObject({ next: '' });
    const rest = removeStep(draft, 'need');
    expect(rest.human).toEqual({ text: '{{answer.need}}!', next: 'hand' });
    expect(rest.start).toBe('fork');
    expect(rest.translations).toEqual({ de: { 'human.text': '{{answer.need}}?' } });
    expect(removeStep(draft, 'nothing')).toBe(draft);
  });
});

describe('the differences between two versions', () => {
  it('are named by their place', () => {
    const after: FlowDraft = {
      ...draft,
      name: 'T2',
      version: 2,
      qualify: { minScore: 5 },
      steps: {
        ...draft.steps,
        need: { type: 'ask-text', text: 'What now?', next: 'fork', at: { x: 1, y: 2 } },
        fork: { type: 'branch', cases: [{ when: { fact: 'score', op: 'known' }, next: 'need' }], default: 'said' },
        menu: { type: 'ask-choice', text: 'x', choices: [], next: 'hand' },
      },
    };
    const { broken: _gone, ...steps } = after.steps;
    const differences = diffFlows(draft, { ...after, steps });
    expect(differences.map(({ kind, step, field }) => [kind, step, field])).toEqual([
      ['changed', null, 'name'],
      ['added', null, 'qualify'],
      ['changed', 'need', 'text'],
      ['changed', 'fork', 'cases.1.when'],
      ['added', 'menu', ''],
      ['removed', 'broken', ''],
    ]);
    expect(differences[2]).toMatchObject({ before: 'What?', after: 'What now?' });
    expect(diffFlows(draft, draft)).toEqual([]);
    expect(diffFlows(draft, JSON.parse(JSON.stringify(draft)) as FlowDraft)).toEqual([]);
  });

  it('tell choices apart by their values, wherever they stand', () => {
    const menu = (choices: unknown[]): FlowDraft => ({ ...draft, steps: { menu: { type: 'ask-choice', choices } } });
    const [a, b, c] = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
      { value: 'c', label: 'C' },
    ];
    expect(diffFlows(menu([a, b]), menu([a, c, { ...b, label: 'Bee' }])).map(({ kind, field }) => [kind, field])).toEqual([
      ['added', 'choices.c'],
      ['changed', 'choices.b.label'],
    ]);
    expect(diffFlows(menu([a, b]), menu([b, a])).map(({ kind, field }) => [kind, field])).toEqual([['changed', 'choices']]);
  });
});
