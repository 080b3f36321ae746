// What the bot says of its own accord; a flow may put its own words in place of each.
export const defaultWords = {
  hello: 'Hello!',
  question: 'Good question. I’m a bot, so I’ll make sure a person answers that one.',
  noted: 'Thanks, noted.',
  refused: 'No problem.',
  gaveUp: 'No problem, let’s leave that.',
  retry: 'Sorry, I didn’t get that.',
  retryEmail: 'That doesn’t look like a full email address. Could you check it?',
  retryPhone: 'That doesn’t look like a phone number. Could you check it?',
  retryNumber: 'That number doesn’t fit here. Could you check it?',
  retryForm: 'Something is missing. Could you look it over?',
  retryDate: 'I couldn’t read a date there. Could you pick one?',
  retryChoices: 'Could you pick from these?',
  retryRating: 'Could you pick one of these?',
  retryFile: 'Could you attach a file, or write “skip”?',
  isBot: 'Yes, I’m a bot. Real people read along and take over when you like.',
  askEmail: 'Where can we reach you, in case you leave? Your email address is enough.',
  askName: 'And who are we talking to?',
  next: 'You’re next in line.',
  queue: 'You’re number {{queue.position}} in line.',
  queueMinutes: 'That usually takes about {{queue.minutes}} minutes.',
  away: 'Nobody is here right now.',
  closed: 'We’re closed right now and back {{team.back}}.',
  leaveEmail: 'Leave your email address and the answer will reach you there.',
  why: 'It helps the right person give you a useful answer.',
  human: 'Of course. I’ll get a person for you.',
  handover: 'I’ve passed this to the team. You’ll get the answer here[[ and by email at {{contact.email}}]].',
} as const;

export type Word = keyof typeof defaultWords;

/** What the bot says of its own accord in a visitor's language; English where it has none. */
export function wordIn(_language: string | null, word: Word): string {
  return defaultWords[word];
}
