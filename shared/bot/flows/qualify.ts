// The flow a new workspace begins with: what is needed, for how many, when; then how to reach the person; then the team.
import { demoWords, lookingWords, pricingWords, supportWords } from './need-words.ts';
import { parseReady } from './parse-ready.ts';
import {
  askForPerson,
  companyStep,
  emailStep,
  handText,
  nameStep,
  personStep,
  problemStep,
  reachRules,
  sizeRules,
  sizeStep,
} from './shared-steps.ts';
import { translationsOf } from './translations/index.ts';

const needs = [
  { value: 'pricing', label: 'See pricing', synonyms: pricingWords },
  { value: 'demo', label: 'Book a demo', synonyms: demoWords },
  { value: 'support', label: 'Get support', synonyms: supportWords },
  { value: 'just-looking', label: 'Just looking', synonyms: lookingWords },
];

const need = { fact: 'answer.need' } as const;
const timing = { fact: 'answer.timing' } as const;

const definition = {
  id: 'qualify',
  version: 2,
  name: 'Qualify and capture',
  start: 'hello',
  language: 'en',
  translations: translationsOf('qualify'),
  // Any of pricing, a demo or a question of their own; an address counts besides, whenever it is asked for.
  qualify: { minScore: 15 },
  human: { text: askForPerson, collect: 'email', next: 'hand-person' },
  steps: {
    hello: { type: 'say', text: 'Hi[[ {{contact.first_name}}]]! I’m a bot, with real people right behind me.', next: 'need' },
    need: {
      type: 'ask-choice',
      text: 'What brings you here today?',
      why: 'It tells me who on the team can help you best.',
      choices: needs,
      otherwise: true,
      open: true,
      next: 'by-need',
    },
    'by-need': {
      type: 'branch',
      cases: [
        { when: { ...need, op: 'is', value: 'support' }, next: 'problem', label: 'Support' },
        {
          when: {
            or: [
              { ...need, op: 'is', value: 'just-looking' },
              { ...need, op: 'unknown' },
            ],
          },
          next: 'topic',
          label: 'Just looking',
        },
        { when: { ...need, op: 'is', value: 'pricing' }, next: 'glad-pricing', label: 'Pricing' },
        { when: { ...need, op: 'is', value: 'demo' }, next: 'glad-demo', label: 'Demo' },
      ],
      default: 'glad-other',
    },
    problem: { ...problemStep, next: 'email' },
    topic: {
      type: 'ask-text',
      text: 'Take your time. If a question comes up, just write it here.',
      why: 'Only if you have a question. The team likes to answer.',
      refused: 'All right.',
      open: true,
      retries: 1,
      next: 'by-topic',
    },
    'by-topic': {
      type: 'branch',
      cases: [{ when: { fact: 'answer.topic', op: 'unknown' }, next: 'bye', label: 'No question' }],
      default: 'email',
    },
    bye: { type: 'end', text: 'Enjoy looking around. Whatever you write here, the team will see it.' },
    'glad-pricing': { type: 'say', text: 'Happy to help with pricing.', next: 'size' },
    'glad-demo': { type: 'say', text: 'A demo, gladly.', next: 'size' },
    'glad-other': { type: 'say', text: 'I’ll pass that on to a person. A few quick questions help them to answer you well.', next: 'size' },
    size: { ...sizeStep, next: 'by-company' },
    'by-company': {
      type: 'branch',
      cases: [{ when: { ...need, op: 'is', value: 'demo' }, next: 'company', label: 'Demo' }],
      default: 'timing',
    },
    company: { ...companyStep, next: 'timing' },
    timing: {
      type: 'ask-choice',
      text: 'And when would you like to start?',
      why: 'So that the team knows how soon to get back to you.',
      retries: 1,
      recognise: 'timing',
      otherwise: true,
      choices: [
        { value: 'now', label: 'Right away', from: 0, to: 14 },
        { value: 'soon', label: 'In 1–3 months', from: 14.5, to: 100 },
        { value: 'later', label: 'Later', from: 100.5 },
        {
          value: 'unsure',
          label: 'Not sure yet',
          synonyms: ['not sure', 'dont know', 'don’t know yet', 'no idea', 'unsure', 'depends', 'we will see'],
        },
      ],
      next: 'email',
    },
    email: { ...emailStep, next: 'by-email' },
    'by-email': {
      type: 'branch',
      cases: [{ when: { fact: 'contact.email', op: 'unknown' }, next: 'points', label: 'No email' }],
      default: 'name',
    },
    name: { ...nameStep, next: 'by-name' },
    'by-name': { type: 'branch', cases: [{ when: { ...need, op: 'is', value: 'demo' }, next: 'phone', label: 'Demo' }], default: 'points' },
    phone: {
      type: 'ask-phone',
      text: 'Is there a number to call for the demo? You can skip this.',
      again: 'What number may we call?',
      why: 'A short call is often the quickest way to fix a date. Email works too.',
      refused: 'Fine, email it is.',
      retries: 1,
      next: 'points',
    },
    points: {
      type: 'score',
      rules: [
        { points: 30, reason: 'Wants a demo', when: { ...need, op: 'is', value: 'demo' } },
        { points: 20, reason: 'Asks about pricing', when: { ...need, op: 'is', value: 'pricing' } },
        {
          points: 15,
          reason: 'Asks a question',
          when: {
            or: [
              { fact: 'answer.topic', op: 'known' },
              {
                and: [
                  { ...need, op: 'known' },
                  { ...need, op: 'not-in', value: needs.map(({ value }) => value) },
                ],
              },
            ],
          },
        },
        ...sizeRules,
        { points: 25, reason: 'Wants to start right away', when: { ...timing, op: 'is', value: 'now' } },
        { points: 15, reason: 'Wants to start in 1–3 months', when: { ...timing, op: 'is', value: 'soon' } },
        ...reachRules,
      ],
      next: 'hand',
    },
    hand: {
      type: 'handover',
      text: handText,
      reason:
        '{{answer.need|Has a question}}[[: {{answer.problem}}]][[: {{answer.topic}}]][[ · team {{answer.size}}]][[ · start: {{answer.timing}}]]',
    },
    'hand-person': personStep,
  },
};

export const qualify = parseReady(definition);
