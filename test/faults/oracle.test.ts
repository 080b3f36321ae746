// The judge is judged: a run in which all is well passes, and each thing that may go wrong is found.
import { describe, expect, it } from 'vitest';
import { createOracle, isClean, markOf } from './oracle.ts';
import type { FinalHistory, Oracle, ScreenRecord, StoredMessage, Verdict } from './oracle.ts';

interface Run {
  oracle: Oracle;
  messages: StoredMessage[];
  log: { conversation: number; seq: number }[];
  owners: Map<number, string>;
  screens: Record<'v1' | 'v2' | 'agent' | 'page', ScreenRecord>;
  verdict(): Verdict;
}

const text = (who: string, n: number): string => `${markOf(who)} says ${n}`;

/** Two visitors with a conversation each, three messages in both; all screens show what they should, until `change` changes something. */
function run(change: (run: Run) => void = () => {}): Verdict {
  const oracle = createOracle();
  const messages: StoredMessage[] = [];
  const log: Run['log'] = [];
  const screens = {
    v1: oracle.screen('v1', 'v1'),
    v2: oracle.screen('v2', 'v2'),
    agent: oracle.screen('a1', 'a1', { sees: 'all' }),
    page: oracle.screen('v1’s page', 'v1'),
  };
  for (const [i, who] of (['v1', 'v2'] as const).entries()) {
    for (let seq = 1; seq <= 3; seq++) {
      const row = { id: i * 10 + seq, conversation: i + 1, seq, side: 'contact', cid: `${who}-cid-${seq}`, text: text(who, seq) };
      messages.push(row);
      log.push({ conversation: row.conversation, seq });
      oracle.sent({ text: row.text, cid: row.cid, who });
      oracle.acked(row.text, row);
      for (const screen of [screens[who], screens.agent]) {
        screen.pushed(row.conversation, row.text);
        screen.applied(row.conversation, seq, row.text);
      }
    }
  }
  const lines = messages.slice(0, 3).map((row) => ({ mine: true, text: row.text, pending: false }));
  screens.page.rendered(lines.slice(0, 2));
  screens.page.rendered(lines);
  const owners = new Map([
    [1, 'v1'],
    [2, 'v2'],
  ]);
  const history = (): FinalHistory => ({ messages, log, owners });
  const made: Run = { oracle, messages, log, owners, screens, verdict: () => oracle.verdict(history()) };
  change(made);
  return made.verdict();
}

const counts = ({ lost, doubled, misordered, missing, leaked, hanging }: Verdict): object => ({
  lost,
  doubled,
  misordered,
  missing,
  leaked,
  hanging,
});

it('finds nothing where nothing is wrong', () => {
  const verdict = run();
  expect(counts(verdict)).toEqual({ lost: 0, doubled: 0, misordered: 0, missing: 0, leaked: 0, hanging: 0 });
  expect(verdict).toMatchObject({ sent: 6, acked: 6, problems: [] });
  expect(isClean(verdict)).toBe(true);
});

describe('finds', () => {
  const stored = (r: Run, n: number): StoredMessage => r.messages[n - 1]!;
  const wrongs: [string, Partial<Verdict>, (r: Run) => void][] = [
    ['[I1] an acknowledged message that is not there', { lost: 1 }, (r) => void r.messages.splice(2, 1)],
    ['[I1] one that stands elsewhere than acknowledged', { lost: 1 }, (r) => r.oracle.acked(text('v1', 3), { ...stored(r, 3), seq: 2 })],
    [
      '[I1] what a page showed as sent and is not there',
      { lost: 1 },
      (r) => {
        r.oracle.sent({ text: 'gone', who: 'v1' });
        r.screens.page.rendered([{ mine: true, text: 'gone', pending: false }]);
      },
    ],
    [
      '[I2] a message stored twice under two cids',
      { doubled: 1 },
      (r) => {
        r.messages.push({ ...stored(r, 3), id: 99, seq: 4, cid: 'another-cid' });
        r.log.push({ conversation: 1, seq: 4 });
      },
    ],
    [
      '[I2] a row that nobody sent',
      { doubled: 1 },
      (r) => {
        r.messages.push({ ...stored(r, 3), id: 99, seq: 4, text: 'from nowhere' });
        r.log.push({ conversation: 1, seq: 4 });
      },
    ],
    ['[P2] a repeat that was answered differently', { lost: 1 }, (r) => r.oracle.acked(text('v2', 1), { ...stored(r, 4), id: 77 })],
    ['[I3] a hole in a log', { misordered: 1 }, (r) => void (r.log[2]!.seq = 4)],
    ['[I3] a number given twice', { misordered: 1 }, (r) => void (r.log[2]!.seq = 2)],
    [
      '[I4] two messages in the wrong order',
      { misordered: 5, lost: 2 },
      (r) => {
        const [one, two] = [stored(r, 4), stored(r, 5)];
        [one.text, two.text] = [two.text, one.text];
      },
    ],
    ['[I5] an entry applied twice', { misordered: 1 }, (r) => r.screens.v1.applied(1, 3, text('v1', 3))],
    [
      '[I5] an entry applied before the one before it',
      { misordered: 2 },
      (r) => {
        r.screens.v1.reset(1, 0);
        for (const seq of [1, 3, 2]) r.screens.v1.applied(1, seq, text('v1', seq));
      },
    ],
    [
      '[I5] what a screen held before it was told to forget it',
      { misordered: 1 },
      (r) => {
        r.screens.v1.applied(1, 4, 'a ghost');
        r.screens.v1.reset(1, 3);
      },
    ],
    ['[I6] a screen that misses the end', { missing: 2 }, (r) => r.screens.v1.reset(1, 1)],
    [
      '[I6] an agent’s screen without a conversation',
      { missing: 3 },
      (r) =>
        void (r.log.push({ conversation: 3, seq: 1 }, { conversation: 3, seq: 2 }, { conversation: 3, seq: 3 }), r.owners.set(3, 'v3')),
    ],
    ['[I6] an entry shown without its words', { missing: 1 }, (r) => (r.screens.v1.reset(1, 2), r.screens.v1.applied(1, 3, null))],
    [
      '[I6] a page that misses one',
      { missing: 1 },
      (r) => r.screens.page.rendered([1, 2].map((n) => ({ mine: true, text: text('v1', n), pending: false }))),
    ],
    ['[I2] a line that stood twice for a moment', { doubled: 1 }, (r) => flash(r, [1, 2, 2])],
    ['[I5] a page that was no prefix for a moment', { misordered: 1 }, (r) => flash(r, [1, 3])],
    ['[I4] a page in the wrong order in the end', { misordered: 2 }, (r) => r.screens.page.rendered(lines([2, 1, 3]))],
    ['[I7] a send without an end', { hanging: 1 }, (r) => r.oracle.sent({ text: 'hello?', who: 'v1' })],
    ['[I12] another’s conversation pushed', { leaked: 1 }, (r) => r.screens.v2.pushed(1, null)],
    ['[I12] another’s words in one’s own', { leaked: 1 }, (r) => r.screens.v2.pushed(2, text('v1', 1))],
    [
      '[I12] a note for agents pushed to a visitor',
      { leaked: 1 },
      (r) => {
        const row = { id: 50, conversation: 1, seq: 4, side: '1', cid: 'note-cid', text: `${markOf('v1')} looks odd` };
        r.oracle.sent({ text: row.text, cid: row.cid, who: 'a1', isNote: true });
        r.oracle.acked(row.text, row);
        r.messages.push(row);
        r.log.push(row);
        r.screens.agent.applied(1, 4, row.text);
        r.screens.v1.applied(1, 4, null);
        r.screens.v1.pushed(1, row.text);
      },
    ],
  ];
  const lines = (ns: number[]): { mine: boolean; text: string; pending: boolean }[] =>
    ns.map((n) => ({ mine: true, text: text('v1', n), pending: false }));
  const flash = (r: Run, ns: number[]): void => {
    r.screens.page.rendered(lines(ns));
    r.screens.page.rendered(lines([1, 2, 3]));
  };

  it.each(wrongs)('%s', (_, expected, change) => {
    const verdict = run(change);
    expect(isClean(verdict)).toBe(false);
    expect(verdict).toMatchObject(expected);
    expect(verdict.problems.length).toBeGreaterThan(0);
  });

  it('[P6] what a screen goes on to show after an older history was put back, and not what it forgot', () => {
    const putBack = (forgets: boolean): Verdict =>
      run((r) => {
        r.oracle.restored((text) => text !== `${markOf('v1')} says 3`);
        r.messages.splice(2, 1);
        r.log.splice(2, 1);
        r.screens.page.close();
        r.screens.page.rendered([]);
        if (!forgets) return;
        for (const screen of [r.screens.v1, r.screens.agent]) {
          screen.reset(1, 0);
          for (const seq of [1, 2]) screen.applied(1, seq, text('v1', seq));
        }
      });
    expect(counts(putBack(false))).toMatchObject({ lost: 0, misordered: 3 });
    expect(counts(putBack(true))).toMatchObject({ lost: 0, misordered: 1, missing: 0, leaked: 0 });
  });

  it('counts a lost message once, and each screen that shows what is not stored', () => {
    expect(counts(run((r) => void r.messages.splice(2, 1)))).toMatchObject({ lost: 1, misordered: 3 });
  });
});
