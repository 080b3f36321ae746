import type { Phrases } from './index.ts';

export const en: Phrases = {
  mail: {
    subject: (name) => `Confirm your email address for ${name}`,
    preview: 'One click, and answers find their way to you.',
    title: 'Is this your address?',
    why: (name) =>
      `This address was given in a chat with ${name}. If that was you, please confirm it: then the team knows that answers reach you.`,
    button: 'Confirm my address',
    orLink: 'Or open this link in your browser:',
    until: 'The link works once, for 24 hours.',
    notYou: 'That was not you? Then do nothing: the address stays unconfirmed.',
  },
  page: {
    ask: {
      title: 'Is this your address?',
      why: (name) => `It was given in a chat with ${name}. If that was you, confirm it: then the team knows that answers reach you.`,
      button: 'Confirm my address',
      notYou: 'That was not you? Just close this page. Nothing happens until you confirm.',
    },
    confirmed: { title: 'Your address is confirmed', words: (name) => `Thank you. ${name} can answer you there. You can close this page.` },
    used: {
      title: 'This link does not work any more',
      words: () =>
        'It was used already, or a part of it is missing. If you have confirmed your address with it, there is nothing more to do.',
    },
    expired: {
      title: 'This link is too old',
      words: (name) =>
        `A link works for 24 hours, and only the newest one does. Write to ${name} in the chat, and you will be sent another.`,
    },
    changed: {
      title: 'This address is not in use any more',
      words: (name) => `Another address was given to ${name} since this mail was sent, so there is nothing to confirm here.`,
    },
    tooMany: {
      title: 'A short break, please',
      words: () => 'There were too many tries from your network. Open the link again in a few minutes.',
    },
    trouble: {
      title: 'That did not work just now',
      words: () => 'Nothing was changed, and the link still works. Please try again in a minute.',
    },
  },
};
