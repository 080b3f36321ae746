// Random flows without a fault, for the properties of the engine.
import * as fc from 'fast-check';
import type { Flow } from '../../../shared/bot/flow.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';

type Raw = Record<string, unknown>;

const chips = [
  { value: 'a', label: 'Yes', synonyms: ['sure'] },
  { value: 'b', label: 'No' },
  { value: 'c', label: 'Perhaps' },
];
const ranges = [
  { value: 's', label: 'Few', to: 10 },
  { value: 'l', label: 'Many', from: 10.5 },
];
const fields = [
  { name: 'email', label: 'Email', kind: 'email', required: true },
  { name: 'seats', label: 'Seats', kind: 'number', required: false },
];

const retries = fc.integer({ min: 0, max: 2 });
const questions: fc.Arbitrary<Raw>[] = [
  fc.record({ type: fc.constant('ask-email'), text: fc.constant('Email of {{contact.first_name|you}}?'), retries }),
  fc.record({ type: fc.constant('ask-name'), text: fc.constant('Name?'), why: fc.constant('To greet you.'), retries }),
  fc.record({ type: fc.constant('ask-phone'), text: fc.constant('Phone[[ of {{contact.name}}]]?'), retries }),
  fc.record({
    type: fc.constant('ask-text'),
    text: fc.constant('Company?'),
    recognise: fc.constant('company'),
    attribute: fc.constant('company'),
    retries,
  }),
  fc.record({ type: fc.constant('ask-text'), text: fc.constant('Tell me.'), open: fc.boolean(), takesOpening: fc.boolean(), retries }),
  fc.record({
    type: fc.constant('ask-number'),
    text: fc.constant('How many?'),
    recognise: fc.constant('team-size'),
    min: fc.constant(1),
    retries,
  }),
  fc.record({
    type: fc.constant('ask-choice'),
    text: fc.constant('Which?'),
    choices: fc.constant(chips),
    otherwise: fc.boolean(),
    open: fc.boolean(),
    retries,
  }),
  fc.record({
    type: fc.constant('ask-choice'),
    text: fc.constant('When?'),
    choices: fc.constant(ranges),
    recognise: fc.constant('timing'),
    retries,
  }),
  fc.record({ type: fc.constant('ask-date'), text: fc.constant('What day?'), min: fc.constantFrom(undefined, 'today'), retries }),
  fc.record({
    type: fc.constant('ask-choices'),
    text: fc.constant('Which ones?'),
    choices: fc.constant(chips),
    min: fc.integer({ min: 0, max: 2 }),
    retries,
  }),
  fc.record({
    type: fc.constant('ask-rating'),
    text: fc.constant('How was it?'),
    max: fc.constantFrom(5, 10),
    attribute: fc.constant('rating'),
    retries,
  }),
  fc.record({ type: fc.constant('ask-file'), text: fc.constant('A file?'), retries }),
  fc.record({ type: fc.constant('form'), text: fc.constant('Fill in.'), fields: fc.constant(fields), retries }),
];
const acts: fc.Arbitrary<Raw>[] = [
  fc.constant({ type: 'say', text: 'Hi {{contact.name|there}}[[ of {{contact.company}}]].' }),
  fc.constant({ type: 'tag', name: 'seen' }),
  fc.constant({ type: 'assign', team: 1 }),
  fc.constant({ type: 'set-attribute', name: 'company', value: '{{contact.email|none}}' }),
  fc.constant({
    type: 'score',
    rules: [
      { points: 5, reason: 'Email', when: { fact: 'contact.email', op: 'known' } },
      { points: 1, reason: 'Came' },
    ],
  }),
];
const pauses: fc.Arbitrary<Raw>[] = [
  fc.constant({ type: 'wait', ms: 1000 }),
  fc.constant({
    type: 'call',
    url: 'https://example.com/{{contact.name}}',
    body: '{"said": "{{contact.company}}"}',
    mapping: [{ path: 'data.plan', attribute: 'company' }],
  }),
];
const conditions = [
  { fact: 'contact.email', op: 'known' },
  { fact: 'score', op: 'at-least', value: 5 },
  { fact: 'contact.name', op: 'is', value: 'Ann' },
];

interface Node {
  step: Raw;
  /** Where the step and a branch's case lead: so many steps on, or back where negative. */
  next: number;
  other: number;
}

function nodes(backwards: boolean): fc.Arbitrary<Node[]> {
  const jump = fc.integer({ min: backwards ? -6 : 1, max: 4 });
  const next = fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: jump });
  const branch = fc.constantFrom(...conditions).map((when) => ({ type: 'branch', when }));
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.oneof(...questions) },
    { weight: 3, arbitrary: fc.oneof(...acts) },
    { weight: 2, arbitrary: branch },
    { weight: 1, arbitrary: fc.oneof(...pauses) },
  );
  return fc.array(fc.record({ step, next, other: jump }), { minLength: 1, maxLength: 14, size: 'max' });
}

const lasts: Readonly<Record<string, Raw>> = {
  handover: { type: 'handover', text: 'Bye.', reason: 'Done' },
  end: { type: 'end' },
  jump: { type: 'jump', flow: 'random' },
};

function toFlow(list: readonly Node[], human: boolean, ending: Raw): Flow | null {
  const last = list.length;
  const at = (i: number): string => `s${Math.min(Math.max(i, 0), last)}`;
  const steps: Record<string, Raw> = { [at(last)]: ending };
  list.forEach(({ step, next, other }, i) => {
    const { when, ...rest } = step;
    steps[at(i)] =
      when === undefined
        ? { ...rest, next: at(i + next), ...(rest['type'] === 'call' && { failed: at(i + other) }) }
        : { type: 'branch', cases: [{ when, next: at(i + other) }], default: at(i + next) };
  });
  const mail = Object.entries(steps).find(([, step]) => step['type'] === 'ask-email')?.[0];
  const raw = {
    id: 'random',
    version: 1,
    name: 'Random',
    start: at(0),
    steps,
    human: human ? { collect: mail, next: at(last) } : undefined,
  };
  for (let tries = 0; tries <= list.length; tries++) {
    const parsed = parseFlow(raw);
    if (parsed.ok) return parsed.flow;
    // What nothing leads to is taken out; a loop without a question cannot be mended.
    for (const fault of parsed.faults) {
      if (fault.code !== 'unreachable' || fault.step === null) return null;
      delete raw.steps[fault.step];
    }
  }
  return null;
}

/** `loops`: may lead back. `last`: the only step that ends it. */
export function randomFlow({ loops, last = 'handover' }: { loops: boolean; last?: 'handover' | 'end' | 'jump' }): fc.Arbitrary<Flow> {
  return fc
    .tuple(nodes(loops), fc.boolean())
    .map(([list, human]) => toFlow(list, human, lasts[last] ?? {}))
    .filter((flow) => flow !== null);
}

export const visitorText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'yes',
    'no',
    'Perhaps',
    '2',
    '20 people',
    'next month',
    'why?',
    'why do you need it?',
    'How much is it?',
    'hi',
    'ok',
    'skip',
    "I'd rather not",
    'ann@acme.com',
    "I'm Ann from Acme",
    '+49 151 23456789',
    'Acme',
    'ann@',
    '',
    'tomorrow',
    '4/5',
    'all of them',
    'are you a bot?',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
