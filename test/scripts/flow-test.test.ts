import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../scripts/flow-test/run.ts';

const colours = {
  id: 'colours',
  version: 1,
  name: 'Colours',
  start: 'colour',
  steps: {
    colour: {
      type: 'ask-choice',
      text: 'Which colour?',
      choices: [
        { value: 'red', label: 'Red' },
        { value: 'blue', label: 'Blue' },
      ],
      next: 'email',
    },
    email: { type: 'ask-email', text: 'Your email address?', next: 'points' },
    points: {
      type: 'score',
      rules: [{ points: 5, reason: 'Likes red', when: { fact: 'answer.colour', op: 'is', value: 'red' } }],
      next: 'hand',
    },
    hand: { type: 'handover', text: 'Thanks, {{answer.colour}} it is.', reason: 'Wants {{answer.colour}}' },
  },
  translations: {
    de: { 'colour.text': 'Welche Farbe?', 'colour.choices.red.label': 'Rot', 'hand.text': 'Danke, also {{answer.colour}}.' },
  },
};

const red = {
  id: 'red',
  turns: [{ choice: 'red' }, 'ann@acme.com'],
  expect: {
    outcome: 'handover',
    answers: { colour: 'red' },
    contact: { email: 'ann@acme.com' },
    score: 5,
    said: ['email address', 'Red it is'],
  },
};

interface Scene {
  folder: string;
  flow: string;
  talks: string;
}

/** Files of a flow and its transcripts; a text stands for a line as it is. */
function scene(lines: readonly unknown[], flow: unknown = colours): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'flow-test-'));
  const files = { folder, flow: join(folder, 'flow.json'), talks: join(folder, 'talks.jsonl') };
  writeFileSync(files.flow, typeof flow === 'string' ? flow : JSON.stringify(flow));
  writeFileSync(files.talks, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n') + '\n');
  return files;
}

function runWith(args: readonly string[]): { code: number; out: string; faults: string } {
  const out: string[] = [];
  const faults: string[] = [];
  const code = run(args, { print: (line) => out.push(line), complain: (line) => faults.push(line) });
  return { code, out: out.join('\n'), faults: faults.join('\n') };
}

describe('npm run flow:test', () => {
  it('says of each transcript that it passed, and ends with 0', () => {
    const { flow, talks } = scene([red, '', { ...red, id: 'again' }]);
    expect(runWith([flow, talks])).toEqual({
      code: 0,
      out: 'pass  red  handover, score 5\npass  again  handover, score 5\n2 passed, 0 failed',
      faults: '',
    });
  });

  it('names what has changed, with its file and line, and ends with 1', () => {
    const wrong = {
      ...red,
      expect: {
        outcome: 'end',
        step: null,
        reason: 'Wants Blue',
        answers: { colour: 'blue' },
        contact: { name: 'Ann' },
        score: 1,
        asked: ['colour'],
        said: ['phone'],
      },
    };
    const { flow, talks } = scene([red, wrong].map((one, i) => ({ ...one, id: `talk-${i}` })));
    const { code, out } = runWith([flow, talks]);
    expect(code).toBe(1);
    const [, line, summary] = out.split('\n');
    expect(line).toContain(`FAIL  talk-1 (${talks}:2)`);
    for (const change of [
      'outcome: "end" is now "handover"',
      'reason: "Wants Blue" is now "Wants Red"',
      'score: 1 is now 5',
      'asked: ["colour"] is now ["colour","email"]',
      'answers.colour: "blue" is now "red"',
      'contact.name: "Ann" is now null',
      'said.0: "Your email address?" lacks "phone"',
    ])
      expect(line).toContain(change);
    expect(line).not.toContain('step:');
    expect(summary).toBe('1 passed, 1 failed');
  });

  it('fails on a changed flow whose transcripts are the same', () => {
    const { flow, talks } = scene([red]);
    expect(runWith([flow, talks]).code).toBe(0);
    const { colour, email } = colours.steps;
    const shorter = { ...colours, translations: {}, steps: { colour, email: { ...email, next: 'bye' }, bye: { type: 'end' } } };
    writeFileSync(flow, JSON.stringify(shorter));
    const { code, out } = runWith([flow, talks]);
    expect(code).toBe(1);
    expect(out).toContain('outcome: "handover" is now "end"');
  });

  it('does not let a visitor tap what is not there', () => {
    const { flow, talks } = scene([{ id: 'stale', turns: [{ choice: 'green' }] }]);
    const { code, out } = runWith([flow, talks]);
    expect(code).toBe(1);
    expect(out).toContain('turn 1 taps “green”, which is not offered (red, blue)');
    expect(runWith(['--update', flow, talks]).code).toBe(1);
  });

  it('brings the expectations up to date in their places, and leaves the other lines as they were written', () => {
    const kept = '{ "id": "kept",  "turns": ["blue", "skip"], "expect": { "outcome": "handover" } }';
    const stale = {
      id: 'stale',
      turns: ['red', 'ann@acme.com'],
      expect: { score: 99, said: [null, 'Red'], outcome: 'end', answers: { colour: 'blue' } },
      note: 'last',
    };
    const { flow, talks } = scene([kept, '', stale, { id: 'new', turns: ['blue'] }]);
    expect(runWith(['--update', flow, talks]).code).toBe(0);
    expect(readFileSync(talks, 'utf8').split('\n')).toEqual([
      kept,
      '',
      '{"id":"stale","turns":["red","ann@acme.com"],"expect":{"score":5,"said":[null,"Red"],"outcome":"handover","answers":{"colour":"red"}},"note":"last"}',
      '{"id":"new","turns":["blue"],"expect":{"outcome":"waiting","answers":{"colour":"blue"},"contact":{"email":null,"name":null,"phone":null},"score":0}}',
      '',
    ]);
    expect(runWith([flow, talks]).out).toContain('3 passed, 0 failed');
  });

  it('plays in another language, and prints the talk', () => {
    const { flow, talks } = scene([{ id: 'de', turns: ['rot', 'ann@acme.com'] }]);
    expect(
      runWith(['--language', 'de-AT', '--verbose', flow, talks])
        .out.split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      'pass  de  handover, score 5',
      'B: Welche Farbe? [Rot | Blue]',
      'V: rot',
      'B: Your email address?',
      'V: ann@acme.com',
      '+5 Likes red',
      'B: Danke, also Rot.',
      expect.stringMatching(/^handed over: /),
      '1 passed, 0 failed',
    ]);
  });

  it('plays waits, calls, files, forms, several chips and jumps', () => {
    const long = {
      ...colours,
      start: 'several',
      steps: {
        several: { type: 'ask-choices', text: 'Which?', choices: colours.steps.colour.choices, next: 'file' },
        file: { type: 'ask-file', text: 'A picture?', next: 'form' },
        form: {
          type: 'form',
          text: 'Who?',
          fields: [
            { name: 'mail', label: 'Email', kind: 'email', required: true },
            { name: 'who', label: 'Name', kind: 'name', required: true },
          ],
          next: 'wait',
        },
        wait: { type: 'wait', ms: 60_000, next: 'call' },
        call: { type: 'call', method: 'GET', url: 'https://example.com/x', next: 'jump', failed: 'jump' },
        jump: { type: 'jump', flow: 'colours' },
      },
      translations: undefined,
      id: 'long',
    };
    const turns = [
      { choices: ['red', 'blue'] },
      { files: ['a.png'] },
      { values: { mail: 'ann@acme.com', who: 'Ann' } },
      { timer: true },
      { called: { ok: true, json: {} } },
      { choice: 'blue' },
    ];
    const { folder, flow, talks } = scene([
      {
        id: 'all',
        turns,
        expect: {
          outcome: 'handover',
          contact: { email: 'ann@acme.com', name: 'Ann' },
          asked: ['several', 'file', 'form', 'colour'],
          said: ['A picture?', 'Who?', null, null, 'Which colour?', 'Blue it is'],
        },
      },
    ]);
    const second = join(folder, 'long.json');
    writeFileSync(second, JSON.stringify(long));
    writeFileSync(join(folder, 'colours.jsonl'), JSON.stringify(red));
    const { code, out } = runWith([second, talks, flow, join(folder, 'colours.jsonl')]);
    expect(out).toBe('pass  all  handover, score 0\npass  red  handover, score 5\n2 passed, 0 failed');
    expect(code).toBe(0);
  });

  it.each<[title: string, lines: unknown[], fault: string]>([
    ['a line that is not JSON', [red, '{oops'], 'talks.jsonl:2: is not JSON'],
    ['a transcript without an id', [{ turns: [] }], 'talks.jsonl:1: id: is missing'],
    ['an unknown field', [{ ...red, language: 'de', lang: 'de' }], 'talks.jsonl:1: lang: is no field of a transcript'],
    [
      'an unknown field of a turn',
      [{ id: 'a', turns: ['hi', { chioce: 'red' }] }],
      'talks.jsonl:1: turns.1.chioce: is no field of a transcript',
    ],
    ['a turn that says nothing', [{ id: 'a', turns: [{}] }], 'talks.jsonl:1: turns.0: says nothing'],
    ['a turn that is a timer and speaks', [{ id: 'a', turns: [{ timer: true, text: 'hi' }] }], 'talks.jsonl:1: turns.0: is a timer'],
    ['an unknown outcome', [{ id: 'a', turns: [], expect: { outcome: 'won' } }], 'talks.jsonl:1: expect.outcome: '],
    ['an unknown policy', [{ id: 'a', turns: [], policy: 'always' }], 'talks.jsonl:1: policy: '],
    [
      'more expectations than turns',
      [{ id: 'a', turns: ['hi'], expect: { said: ['a', 'b'] } }],
      'talks.jsonl:1: expect.said: has more entries',
    ],
    ['the same id twice', [red, red], 'talks.jsonl:2: id: “red” stands in this file already'],
    ['a file without a transcript', [''], 'talks.jsonl: holds no transcript'],
  ])('ends with 2 and says where: %s', (_title, lines, fault) => {
    const { flow, talks } = scene(lines);
    const { code, out, faults } = runWith([flow, talks]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(faults).toContain(fault);
  });

  it.each<[title: string, flow: unknown, fault: string]>([
    ['a flow that is not JSON', '{', 'flow.json: is not JSON'],
    ['a flow without a start', { ...colours, start: 'nowhere' }, 'nowhere'],
    [
      'a step that leads nowhere',
      { ...colours, steps: { ...colours.steps, colour: { ...colours.steps.colour, next: 'gone' } } },
      'flow.json: steps.colour: ',
    ],
  ])('ends with 2 and says what is wrong with the flow: %s', (_title, raw, fault) => {
    const { flow, talks } = scene([red], raw);
    const { code, faults } = runWith([flow, talks]);
    expect(code).toBe(2);
    expect(faults).toContain(fault);
  });

  it('ends with 2 where it is called wrongly', () => {
    const { flow, talks } = scene([red]);
    for (const args of [[], [flow], [talks], ['nosuch', talks], [flow, `${talks}.jsonl`], ['--nosuch', flow, talks]])
      expect(runWith(args).code).toBe(2);
    expect(runWith(['--help']).code).toBe(0);
  });

  it('runs as a command', () => {
    const { flow, talks } = scene([{ ...red, expect: { outcome: 'end' } }]);
    const call = (): string =>
      execFileSync('node', ['--import', 'tsx', 'scripts/flow-test.ts', flow, talks, 'qualify', 'test/shared/bot/flows/qualify.jsonl'], {
        encoding: 'utf8',
      });
    expect(call).toThrow(
      expect.objectContaining({ status: 1, stdout: expect.stringMatching(/FAIL {2}red[^]*pass {2}brisk[^]* passed, 1 failed\n$/) }),
    );
  });
});
