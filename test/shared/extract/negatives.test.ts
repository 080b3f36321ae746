import { describe, expect, it } from 'vitest';
import { numbers, replies, states } from './negatives.ts';
import { learn } from './cases.ts';

describe('No reply but a name is a name', () => {
  it.each(Object.entries(replies))('in %s', (language, { question, said }) => {
    const taken = said.filter(
      (text) =>
        learn(
          [
            { role: 'bot', text: question },
            { role: 'visitor', text },
          ],
          language,
        ).name !== null,
    );
    expect(taken).toEqual([]);
  });
});

describe('Trades, states and origins after "I am" are no names, even in lower case after a greeting', () => {
  it.each(Object.entries(states))('in %s', (language, { sentence, said }) => {
    const taken = said.filter((word) => learn([{ role: 'visitor', text: sentence.replace('@', word) }], language).name !== null);
    expect(taken).toEqual([]);
  });
});

describe("Orders, invoices, codes and other people's numbers are no phone of the visitor", () => {
  it.each(Object.entries(numbers))('in %s', (language, { country, number, said }) => {
    const taken = said.filter((text) => learn([{ role: 'visitor', text: text.replace('@', number) }], language, country).phone !== null);
    expect(taken).toEqual([]);
  });
});
