// Answers to the bot's questions, which are stored as short values, as people say them.

const answers: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'team_size',
    new Map([
      ['1', 'Just one'],
      ['201+', 'More than 200'],
    ]),
  ],
  [
    'timing',
    new Map([
      ['now', 'Right away'],
      ['soon', 'In 1–3 months'],
      ['later', 'Later'],
      ['unsure', 'Not sure yet'],
    ]),
  ],
  [
    'need',
    new Map([
      ['pricing', 'Pricing'],
      ['demo', 'A demo'],
      ['support', 'Support'],
      ['just-looking', 'Just looking'],
    ]),
  ],
]);

/** "11-50" people → "11–50", timing "soon" → "In 1–3 months"; what is not known stays as it is. */
export function attributeWords(name: string, value: string): string {
  const known = answers.get(name)?.get(value);
  if (known !== undefined) return known;
  return name === 'team_size' ? value.replace(/^(\d+)-(\d+)$/, '$1–$2') : value;
}
