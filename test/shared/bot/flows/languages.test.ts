// The ready flows and the extraction together: what a visitor answers in each language is taken for what it is.
import { describe, expect, it } from 'vitest';
import { play } from '../../../../scripts/flow-test/play.ts';
import type { SaidTurn } from '../../../../scripts/flow-test/transcripts.ts';
import { bookDemo } from '../../../../shared/bot/flows/book-demo.ts';
import { readyFlows } from '../../../../shared/bot/flows/index.ts';
import { qualify } from '../../../../shared/bot/flows/qualify.ts';
import { support } from '../../../../shared/bot/flows/support.ts';
import { whys } from '../../../../shared/bot/understand/phrasebook.ts';
import { languages } from '../../../../shared/bot/understand/languages.ts';

const flows = readyFlows.map(({ flow }) => flow);
const details = [{ text: 'ann@acme.com' }, { text: 'Ann Smith' }, { text: '+49 151 23456789' }];
const contact = { email: 'ann@acme.com', name: 'Ann Smith', phone: '+4915123456789' };

describe.each(languages)('the ready flows in %s', (language) => {
  const talk = (flow: (typeof flows)[number], turns: SaidTurn[]) => play(flow, { id: 'talk', language, turns }, { flows });

  it('sales qualifying comes to the team with everything', () => {
    const turns = [{ choice: 'demo' }, { choice: '11-50' }, { text: 'Acme' }, { choice: 'soon' }, ...details];
    expect(talk(qualify, turns)).toMatchObject({
      outcome: 'handover',
      contact,
      answers: { company: 'Acme', timing: 'soon' },
      impossible: [],
    });
  });

  it('demo booking comes to the team with everything', () => {
    const turns = [
      { choices: ['overview'] },
      { text: 'Acme' },
      { choice: 'owner' },
      { choice: '2-10' },
      { choice: '2026-02-02' },
      { choice: 'any' },
    ];
    expect(talk(bookDemo, [...turns, ...details])).toMatchObject({
      outcome: 'handover',
      contact,
      answers: { date: '2026-02-02' },
      impossible: [],
    });
  });

  it.each(['4711 0815 2231', '02231 4478 119', '1000234567'])('support takes “%s” for an order number, also after “why?”', (number) => {
    const why = whys[language].split(', ')[0] ?? '';
    const begin = [{ choice: 'order' }, { text: 'xyz abc' }];
    const end = [{ text: number }, { choice: 'today' }, { text: 'ann@acme.com' }];
    for (const turns of [
      [...begin, ...end],
      [...begin, { text: why }, ...end],
    ]) {
      expect(talk(support, turns)).toMatchObject({
        outcome: 'handover',
        contact: { email: 'ann@acme.com', phone: null },
        answers: { reference: number },
        asked: ['area', 'problem', 'reference', 'urgency', 'email'],
      });
    }
  });
});
