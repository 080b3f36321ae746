// Demo booking: what to show to whom, and when; then how to reach the person; then the team, which fixes the time.
import {
  afternoonWords,
  anyTimeWords,
  integrationWords,
  leadWords,
  morningWords,
  noonWords,
  overviewWords,
  ownerWords,
  reportWords,
  securityWords,
  setupWords,
  technicalRoleWords,
} from './demo-words.ts';
import { parseReady } from './parse-ready.ts';
import { askForPerson, companyStep, nameStep, personStep, reachRules, sizeRules, sizeStep } from './shared-steps.ts';
import { translationsOf } from './translations/index.ts';

const interests = [
  { value: 'overview', label: 'An overview', synonyms: overviewWords },
  { value: 'setup', label: 'Getting started', synonyms: setupWords },
  { value: 'integrations', label: 'Integrations', synonyms: integrationWords },
  { value: 'reports', label: 'Reports', synonyms: reportWords },
  { value: 'security', label: 'Security and privacy', synonyms: securityWords },
];

const roles = [
  { value: 'owner', label: 'Owner or founder', synonyms: ownerWords },
  { value: 'lead', label: 'Team lead', synonyms: leadWords },
  { value: 'technical', label: 'Developer or IT', synonyms: technicalRoleWords },
  { value: 'other', label: 'Something else', synonyms: ['other', 'else'] },
];

const times = [
  { value: 'morning', label: 'Morning', synonyms: morningWords },
  { value: 'noon', label: 'Around noon', synonyms: noonWords },
  { value: 'afternoon', label: 'Afternoon', synonyms: afternoonWords },
  { value: 'any', label: 'Any time', synonyms: anyTimeWords },
];

const definition = {
  id: 'book-demo',
  version: 1,
  name: 'Demo booking',
  start: 'hello',
  language: 'en',
  translations: translationsOf('book-demo'),
  human: { text: askForPerson, collect: 'email', next: 'hand-person' },
  steps: {
    hello: {
      type: 'say',
      text: 'Hi[[ {{contact.first_name}}]]! I’m a bot, and I arrange demos with real people. A minute is all it takes.',
      next: 'see',
    },
    see: {
      type: 'ask-choices',
      text: 'What would you like to see? Choose as many as you like.',
      why: 'So that the demo shows what matters to you.',
      retries: 1,
      choices: interests,
      next: 'company',
    },
    company: { ...companyStep, next: 'role' },
    role: {
      type: 'ask-choice',
      text: 'And what’s your role?',
      why: 'So that the demo fits the work you do.',
      retries: 1,
      otherwise: true,
      choices: roles,
      attribute: 'role',
      next: 'size',
    },
    size: { ...sizeStep, next: 'date' },
    date: {
      type: 'ask-date',
      text: 'Which day would suit you?',
      why: 'So that the team can offer you a time that works.',
      refused: 'Fine, the team will suggest a day.',
      min: 'today',
      next: 'time',
    },
    time: {
      type: 'ask-choice',
      text: 'And what time of day?',
      why: 'So that the invitation fits into your day.',
      retries: 1,
      otherwise: true,
      choices: times,
      next: 'email',
    },
    email: {
      type: 'ask-email',
      text: 'Where can we send the invitation? Your email address is enough.',
      again: 'What’s your email address?',
      why: 'The invitation with the link goes there. It’s used for nothing else.',
      refused: 'No problem, the team will arrange it with you here.',
      next: 'name',
    },
    name: { ...nameStep, next: 'phone' },
    phone: {
      type: 'ask-phone',
      text: 'Is there a number to call if something changes? You can skip this.',
      again: 'What number may we call?',
      why: 'Only in case the demo has to move at short notice.',
      refused: 'Fine, it works without.',
      retries: 1,
      next: 'tag',
    },
    tag: { type: 'tag', name: 'demo-request', next: 'points' },
    points: {
      type: 'score',
      rules: [
        { points: 30, reason: 'Asks for a demo' },
        ...sizeRules,
        { points: 10, reason: 'Decides or leads', when: { fact: 'answer.role', op: 'in', value: ['owner', 'lead'] } },
        { points: 10, reason: 'Names a day', when: { fact: 'answer.date', op: 'known' } },
        { points: 5, reason: 'Writes from a work address', when: { fact: 'contact.email_kind', op: 'is', value: 'work' } },
        ...reachRules,
      ],
      next: 'hand',
    },
    hand: {
      type: 'handover',
      text: 'All set[[, {{contact.first_name}}]]! The team will confirm a time for your demo here[[ and by email at {{contact.email}}]].',
      reason:
        'Demo[[ for {{contact.company}}]][[ · team: {{answer.size}}]][[ · {{answer.role}}]][[ · wants to see: {{answer.see}}]][[ · {{answer.date}}]][[ · {{answer.time}}]][[ · writes {{contact.language}}]]',
    },
    'hand-person': personStep,
  },
};

export const bookDemo = parseReady(definition);
