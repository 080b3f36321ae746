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
  why: 'It helps the right person give you a useful answer.',
  human: 'Of course. I’ll get a person for you.',
  handover: 'I’ve passed this to the team. You’ll get the answer here[[ and by email at {{contact.email}}]].',
} as const;

export type Word = keyof typeof defaultWords;
