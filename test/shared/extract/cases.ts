// Tables of hand-written cases: one line per case, `language | country | turn before | message => what is given`.
import { foldDetails, nothingKnown, type Known } from '../../../shared/extract/fold.ts';
import { extractDetails } from '../../../shared/extract/index.ts';
import type { Turn } from '../../../shared/extract/types.ts';

export interface Case {
  line: string;
  language: string;
  country: string | undefined;
  turns: Turn[];
  expect: Known;
}

function expectation(text: string): Known {
  const parts = text
    .split(' + ')
    .map((p) => p.trim())
    .filter(Boolean);
  const of = (kind: string): string | null => parts.find((p) => p.startsWith(`${kind} `))?.slice(kind.length + 1) ?? null;
  return { email: of('email'), name: of('name'), phone: of('phone')?.replace(/^e164 /, '+') ?? null };
}

/** Turns are parted by ` // `; one that starts with `B:` is the bot's, any other the visitor's. */
export function parseCases(table: string): Case[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [talk = '', given = ''] = line.split(' => ');
      const [place = '', ...rest] = talk.split('|');
      const [language = 'en', country] = place.trim().split('-');
      const turns = rest
        .join('|')
        .split(' // ')
        .map((t): Turn => {
          const text = t.trim().replaceAll('\\n', '\n');
          return text.startsWith('B:') ? { role: 'bot', text: text.slice(2).trim() } : { role: 'visitor', text };
        });
      return { line: line.trim(), language, country, turns, expect: expectation(given === 'nothing' ? '' : given) };
    });
}

/** The conversation replayed as the server does: six turns back, what is known folded in. */
export function learn(turns: readonly Turn[], language?: string, country?: string): Known {
  let known = nothingKnown;
  turns.forEach((turn, i) => {
    if (turn.role !== 'visitor') return;
    known = foldDetails(known, extractDetails({ text: turn.text, previous: turns.slice(Math.max(0, i - 6), i), known, language, country }));
  });
  return known;
}
