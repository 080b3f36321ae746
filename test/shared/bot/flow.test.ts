import { describe, expect, it } from 'vitest';
import { parseDraft, parseFlow } from '../../../shared/bot/flow.ts';
import { qualify } from '../../../shared/bot/flows/qualify.ts';
import { render, parseTemplate } from '../../../shared/bot/template.ts';
import { validateFlow } from '../../../shared/bot/validate.ts';
import { flowOf } from './play.ts';

const end = { type: 'end' };
const choices = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];

function faultsOf(steps: Record<string, unknown>, rest: Record<string, unknown> = {}): [code: string, step: string | null][] {
  const parsed = parseFlow({ id: 'test', version: 1, name: 'Test', start: Object.keys(steps)[0] ?? '', steps, ...rest });
  return parsed.ok ? [] : parsed.faults.map(({ code, step }) => [code, step]);
}

describe('a flow is read', () => {
  it('the default flow has no fault and survives export and import', () => {
    const again = parseFlow(JSON.parse(JSON.stringify(qualify)));
    expect(again).toEqual({ ok: true, flow: qualify });
  });

  it.each([[null], ['flow'], [42], [[]], [{}], [undefined]])('%j is no flow, and says so', (raw) => {
    expect(parseFlow(raw).ok).toBe(false);
  });

  it('names the missing field, the wrong field and the field nobody knows', () => {
    expect(faultsOf({ a: { type: 'say', next: 'b' }, b: end })).toEqual([['missing-field', 'a']]);
    expect(faultsOf({ a: { type: 'say', text: 5, next: 'b' }, b: end })).toEqual([['bad-field', 'a']]);
    expect(faultsOf({ a: { type: 'say', text: 'x', nxt: 'b', next: 'b' }, b: end })).toEqual([['unknown-field', 'a']]);
  });

  it('names an unknown kind of step, also where it is named like a property of every object', () => {
    expect(faultsOf({ a: { type: 'dance' } })).toEqual([['unknown-type', 'a']]);
    expect(faultsOf({ a: { type: 'constructor' } })).toEqual([['unknown-type', 'a']]);
    expect(faultsOf({ a: {} })).toEqual([['unknown-type', 'a']]);
  });

  it('refuses ids that could not be told apart in a text or an address', () => {
    expect(faultsOf({ 'My step': end })).toEqual([['bad-id', 'My step']]);
  });

  it('lets an unfinished flow be edited, but not run', () => {
    const raw = { id: 't', version: 0, name: '', start: 'a', steps: { a: { type: 'say', text: '', next: '' } } };
    expect(parseDraft(raw).ok).toBe(true);
    expect(parseFlow(raw).ok).toBe(false);
  });
});

describe('faults of a flow are named', () => {
  it.each<[title: string, steps: Record<string, unknown>, expected: [string, string | null][], rest?: Record<string, unknown>]>([
    ['no start', { a: end }, [['no-start', null]], { start: 'z' }],
    ['a start named like a property of every object', { a: end }, [['no-start', null]], { start: 'constructor' }],
    ['a step that leads to none', { a: { type: 'say', text: 'x', next: 'z' } }, [['missing-target', 'a']]],
    ['a step that leads nowhere yet', { a: { type: 'say', text: 'x', next: '' } }, [['missing-target', 'a']]],
    ['a step nothing leads to', { a: end, b: { type: 'end', text: 'x' } }, [['unreachable', 'b']]],
    ['a step that leads to itself', { a: { type: 'say', text: 'x', next: 'a' } }, [['endless-loop', 'a']]],
    [
      'a loop in which nothing waits',
      {
        a: { type: 'say', text: 'x', next: 'b' },
        b: { type: 'branch', cases: [{ when: { fact: 'score', op: 'known' }, next: 'a' }], default: 'c' },
        c: end,
      },
      [['endless-loop', 'a']],
    ],
    [
      'a branch without a default',
      { a: { type: 'branch', cases: [{ when: { fact: 'score', op: 'known' }, next: 'b' }] }, b: end },
      [['no-default', 'a']],
    ],
    ['an empty text', { a: { type: 'say', text: ' ', next: 'b' }, b: end }, [['empty-text', 'a']]],
    [
      'an empty label',
      {
        a: {
          type: 'ask-choice',
          text: 'x',
          choices: [
            { value: 'a', label: '' },
            { value: 'b', label: 'B' },
          ],
          next: 'b',
        },
        b: end,
      },
      [['empty-text', 'a']],
    ],
    [
      'a choice with one choice',
      { a: { type: 'ask-choice', text: 'x', choices: choices.slice(1), next: 'b' }, b: end },
      [['too-few-choices', 'a']],
    ],
    [
      'two choices of one value',
      { a: { type: 'ask-choice', text: 'x', choices: [...choices, { value: 'a', label: 'C' }], next: 'b' }, b: end },
      [['duplicate', 'a']],
    ],
    [
      'two choices of one label',
      { a: { type: 'ask-choice', text: 'x', choices: [...choices, { value: 'c', label: 'a ' }], next: 'b' }, b: end },
      [['duplicate', 'a']],
    ],
    [
      'choices that share a number',
      {
        a: {
          type: 'ask-choice',
          text: 'x',
          choices: [
            { value: 'a', label: 'A', from: 1, to: 5 },
            { value: 'b', label: 'B', from: 5 },
          ],
          next: 'b',
        },
        b: end,
      },
      [['overlap', 'a']],
    ],
    ['a number that no number can be', { a: { type: 'ask-number', text: 'x', min: 5, max: 1, next: 'b' }, b: end }, [['overlap', 'a']]],
    ['a form without fields', { a: { type: 'form', text: 'x', fields: [], next: 'b' }, b: end }, [['missing-field', 'a']]],
    [
      'a condition on an unknown fact',
      { a: { type: 'branch', cases: [{ when: { fact: 'contact.shoe_size', op: 'known' }, next: 'b' }], default: 'b' }, b: end },
      [['unknown-fact', 'a']],
    ],
    [
      'a condition on the answer of no step',
      { a: { type: 'branch', cases: [{ when: { fact: 'answer.z', op: 'known' }, next: 'b' }], default: 'b' }, b: end },
      [['unknown-fact', 'a']],
    ],
    [
      'a variable for the answer of a step that asks nothing',
      { a: { type: 'say', text: '{{answer.b}}', next: 'b' }, b: end },
      [['unknown-fact', 'a']],
    ],
    ['a variable that is not closed', { a: { type: 'say', text: 'Hi {{contact.name', next: 'b' }, b: end }, [['bad-text', 'a']]],
    ['an optional part that is not closed', { a: { type: 'say', text: 'Hi [[{{contact.name}}', next: 'b' }, b: end }, [['bad-text', 'a']]],
    ['points without a reason', { a: { type: 'score', rules: [{ points: 5, reason: '' }], next: 'b' }, b: end }, [['empty-text', 'a']]],
    ['a way to a person that leads nowhere', { a: end }, [['missing-target', null]], { human: { next: 'z' } }],
    ['a way to a person that asks nothing', { a: end }, [['not-a-question', 'a']], { human: { collect: 'a', next: 'a' } }],
    ['an empty word of the bot', { a: end }, [['empty-text', null]], { words: { hello: '' } }],
  ])('%s', (_title, steps, expected, rest = {}) => {
    expect(faultsOf(steps, rest)).toEqual(expected);
  });

  it('several at once, each with words for the person who edits', () => {
    const parsed = parseFlow({ id: 't', version: 1, name: 'T', start: 'a', steps: { a: { type: 'say', text: '', next: 'z' }, b: end } });
    expect(parsed.ok ? [] : parsed.faults.map((fault) => fault.message)).toEqual([
      'Step “a” leads to “z”, but there is no such step.',
      'Step “a” says nothing: its text is empty.',
      'Nothing leads to step “b”, so no visitor will ever see it.',
    ]);
  });

  it('a loop through a question is none', () => {
    expect(faultsOf({ a: { type: 'say', text: 'x', next: 'b' }, b: { type: 'ask-text', text: 'y', next: 'a' } })).toEqual([]);
  });

  it('an attribute the flow itself sets, or the workspace has, is known', () => {
    const steps = {
      a: { type: 'set-attribute', name: 'plan', value: 'free', next: 'b' },
      b: { type: 'say', text: '{{contact.plan}} {{contact.seats}}', next: 'c' },
      c: end,
    };
    expect(faultsOf(steps)).toEqual([['unknown-fact', 'b']]);
    expect(parseFlow({ id: 't', version: 1, name: 'T', start: 'a', steps }, { attributes: ['seats'] }).ok).toBe(true);
  });

  it('a flow of a thousand steps is checked', () => {
    const steps = Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`s${i}`, i === 999 ? end : { type: 'say', text: 'x', next: `s${i + 1}` }]),
    );
    expect(validateFlow(flowOf(steps))).toEqual([]);
  });
});

describe('texts', () => {
  const facts = { 'contact.name': 'Ann', 'contact.email': null, 'contact.company': 'Acme {{contact.name}} [[x]]' };
  it.each([
    ['Hi {{contact.name|there}}!', 'Hi Ann!'],
    ['Hi {{ contact.email | there }}!', 'Hi there!'],
    ['Hi {{contact.email}}!', 'Hi !'],
    ['here[[ and by email at {{contact.email}}]].', 'here.'],
    ['here[[ for {{contact.name}}]].', 'here for Ann.'],
    ['[[{{contact.name}} at {{contact.email}}]]x', 'x'],
    ['what a visitor wrote is no template: {{contact.company}}', 'what a visitor wrote is no template: Acme {{contact.name}} [[x]]'],
    ['plain', 'plain'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(render(parseTemplate(text), facts, (_fact, value) => String(value))).toBe(expected);
  });

  it('cut a long answer that they quote', () => {
    expect(
      render(parseTemplate('{{contact.name}}'), { 'contact.name': 'x'.repeat(500) }, (_fact, value) => String(value)).length,
    ).toBeLessThan(200);
  });
});
