// Support triage: what it is about, what happens and where, how urgent it is; then how to reach the person; then the team.
import { accountWords, billingWords, buyingWords, orderWords, technicalWords } from './area-words.ts';
import { parseReady } from './parse-ready.ts';
import { askForPerson, emailStep, handText, personStep, problemStep } from './shared-steps.ts';
import { translationsOf } from './translations/index.ts';
import { noRushWords, stuckWords, todayWords, weekWords } from './urgency-words.ts';

const area = { fact: 'answer.area' } as const;
const urgency = { fact: 'answer.urgency' } as const;
const isClosed = { fact: 'team.open', op: 'is', value: false } as const;

const areas = [
  { value: 'account', label: 'My account', synonyms: accountWords },
  { value: 'order', label: 'An order', synonyms: orderWords },
  { value: 'billing', label: 'A payment or invoice', synonyms: billingWords },
  { value: 'technical', label: 'Something doesn’t work', synonyms: technicalWords },
  { value: 'sales', label: 'A question before buying', synonyms: buyingWords },
  { value: 'other', label: 'Something else', synonyms: ['other', 'else', 'none of these'] },
];

const urgencies = [
  { value: 'blocked', label: 'I’m stuck', synonyms: stuckWords },
  { value: 'today', label: 'Today, please', synonyms: todayWords },
  { value: 'week', label: 'This week is fine', synonyms: weekWords },
  { value: 'no-rush', label: 'No rush', synonyms: noRushWords },
];

const reason =
  '{{answer.area|Support}}[[: {{answer.problem}}]][[: {{answer.question}}]][[ · {{answer.urgency}}]][[ · number: {{answer.reference}}]][[ · at: {{answer.page}}]]';

const definition = {
  id: 'support',
  version: 1,
  name: 'Support triage',
  start: 'hello',
  language: 'en',
  translations: translationsOf('support'),
  qualify: { minScore: 20 },
  human: { text: askForPerson, collect: 'email', next: 'hand-person' },
  steps: {
    hello: {
      type: 'say',
      text: 'Hi[[ {{contact.first_name}}]]! I’m the support bot. I note down what the team needs, so that you explain it only once.',
      next: 'area',
    },
    area: {
      type: 'ask-choice',
      text: 'What is it about?',
      why: 'It tells me who on the team can help you best.',
      choices: areas,
      otherwise: true,
      open: true,
      next: 'by-area',
    },
    'by-area': {
      type: 'branch',
      cases: [{ when: { ...area, op: 'is', value: 'sales' }, next: 'question', label: 'Before buying' }],
      default: 'problem',
    },
    question: {
      type: 'ask-text',
      text: 'What would you like to know?',
      why: 'So that the right person can answer you.',
      open: true,
      takesOpening: true,
      next: 'by-hours',
    },
    problem: { ...problemStep, next: 'by-hours' },
    // Who writes to a closed shop leaves a message: the handover asks for an address where none is known.
    'by-hours': { type: 'branch', cases: [{ when: isClosed, next: 'tag', label: 'Closed' }], default: 'by-trouble' },
    'by-trouble': {
      type: 'branch',
      cases: [
        { when: { ...area, op: 'in', value: ['account', 'order', 'billing'] }, next: 'reference', label: 'Order, bill, account' },
        { when: { ...area, op: 'is', value: 'technical' }, next: 'page', label: 'Technical' },
        { when: { ...area, op: 'is', value: 'sales' }, next: 'email', label: 'Before buying' },
      ],
      default: 'urgency',
    },
    reference: {
      type: 'ask-text',
      text: 'Is there an order, invoice or customer number? You can skip this.',
      again: 'Which order or customer number is it?',
      why: 'With it, the team finds your case at once.',
      refused: 'No problem, it works without.',
      retries: 1,
      next: 'urgency',
    },
    page: {
      type: 'ask-text',
      text: 'Where does it happen? The page, the screen or the button is enough.',
      why: 'So that the team can look at the very same place.',
      retries: 1,
      next: 'tried',
    },
    tried: {
      type: 'ask-text',
      text: 'What have you tried so far? “Nothing yet” is fine, too.',
      why: 'So that nobody suggests what you’ve already done.',
      refused: 'That’s fine.',
      retries: 1,
      next: 'screenshot',
    },
    screenshot: {
      type: 'ask-file',
      text: 'Would a screenshot show it? Attach one, or skip this.',
      again: 'Could you attach a screenshot? You can skip this.',
      why: 'A picture often shows the team what words can’t.',
      refused: 'No problem, your description will do.',
      retries: 1,
      accept: ['image/*', 'application/pdf'],
      next: 'urgency',
    },
    urgency: {
      type: 'ask-choice',
      text: 'How urgent is it?',
      why: 'So that the most urgent cases come first.',
      retries: 1,
      choices: urgencies,
      next: 'email',
    },
    email: { ...emailStep, next: 'tag' },
    tag: { type: 'tag', name: 'support', next: 'by-urgency' },
    'by-urgency': {
      type: 'branch',
      cases: [{ when: { ...urgency, op: 'is', value: 'blocked' }, next: 'tag-urgent', label: 'Stuck' }],
      default: 'points',
    },
    'tag-urgent': { type: 'tag', name: 'urgent', next: 'points' },
    points: {
      type: 'score',
      rules: [
        { points: 20, reason: 'Has a question before buying', when: { ...area, op: 'is', value: 'sales' } },
        { points: 5, reason: 'Asks for support', when: { ...area, op: 'is-not', value: 'sales' } },
      ],
      next: 'by-hours-last',
    },
    'by-hours-last': { type: 'branch', cases: [{ when: isClosed, next: 'hand-closed', label: 'Closed' }], default: 'hand' },
    hand: { type: 'handover', text: handText, reason },
    'hand-closed': {
      type: 'handover',
      text: 'That’s all I need[[, {{contact.first_name}}]]. The team will answer you here[[ and by email at {{contact.email}}]] as soon as it’s back. If a number, a page or a screenshot could help, just add it here.',
      reason,
    },
    'hand-person': personStep,
  },
};

export const support = parseReady(definition);
