// Questions that more than one of the ready flows asks, in the words that `translations/` has once for all of them.

export const askForPerson = 'Of course, I’ll get a person for you. They can also write to you if you leave.';

export const sizeStep = {
  type: 'ask-choice',
  text: 'How big is your team?',
  why: 'The set-up and the price depend on how many people you are.',
  retries: 1,
  attribute: 'team_size',
  recognise: 'team-size',
  choices: [
    { value: '1', label: 'Just me', from: 1, to: 1 },
    { value: '2-10', label: '2–10', from: 2, to: 10 },
    { value: '11-50', label: '11–50', from: 11, to: 50 },
    { value: '51-200', label: '51–200', from: 51, to: 200 },
    { value: '201+', label: 'More than 200', from: 201, synonyms: ['200+', 'over 200', 'enterprise'] },
  ],
} as const;

export const companyStep = {
  type: 'ask-text',
  text: 'Which company is it for?',
  why: 'So that we show you what matters in your trade.',
  retries: 1,
  attribute: 'company',
  recognise: 'company',
} as const;

export const problemStep = {
  type: 'ask-text',
  text: 'What’s happening? A sentence or two helps the team to help you.',
  again: 'What’s happening?',
  why: 'So that the right person takes it up, and you needn’t explain it twice.',
  open: true,
  takesOpening: true,
} as const;

export const emailStep = {
  type: 'ask-email',
  text: 'Where can we reach you, in case you leave? Your email address is enough.',
  again: 'What’s your email address?',
  why: 'So that the team’s answer reaches you even if you close this page. It’s used for nothing else.',
  refused: 'No problem, the chat works without it.',
} as const;

export const nameStep = {
  type: 'ask-name',
  text: 'And who are we talking to?',
  again: 'What’s your name?',
  why: 'Only so that the team can greet you properly.',
  retries: 1,
} as const;

export const handText =
  'That’s all I need[[, {{contact.first_name}}]]. I’ve passed this to the team. You’ll get the answer here[[ and by email at {{contact.email}}]].';

export const personStep = {
  type: 'handover',
  text: 'I’ve told the team that you’d like a person. They’ll answer you here[[ and by email at {{contact.email}}]].',
  reason: 'Asked for a person',
} as const;

/** The points for the size of a team. */
export const sizeRules = [
  { points: 10, reason: 'Team of 2–10', when: { fact: 'answer.size', op: 'is', value: '2-10' } },
  { points: 20, reason: 'Team of 11–50', when: { fact: 'answer.size', op: 'is', value: '11-50' } },
  { points: 30, reason: 'Team of more than 50', when: { fact: 'answer.size', op: 'in', value: ['51-200', '201+'] } },
] as const;

/** The points for ways to get back to the visitor. */
export const reachRules = [
  { points: 10, reason: 'Can be reached by email', when: { fact: 'contact.email', op: 'known' } },
  { points: 5, reason: 'Can be called', when: { fact: 'contact.phone', op: 'known' } },
] as const;
