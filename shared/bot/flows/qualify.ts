// The flow a new workspace begins with: what is needed, for how many, when; then how to reach the person; then the team.
import type { Flow } from '../flow.ts';
import { parseFlow } from '../flow.ts';
import { demoWords, lookingWords, pricingWords, supportWords } from './need-words.ts';

const needs = [
  { value: 'pricing', label: 'See pricing', synonyms: pricingWords },
  { value: 'demo', label: 'Book a demo', synonyms: demoWords },
  { value: 'support', label: 'Get support', synonyms: supportWords },
  { value: 'just-looking', label: 'Just looking', synonyms: lookingWords },
];

const need = { fact: 'answer.need' } as const;
const size = { fact: 'answer.size' } as const;
const timing = { fact: 'answer.timing' } as const;

const definition = {
  id: 'qualify',
  version: 1,
  name: 'Qualify and capture',
  start: 'hello',
  human: { text: 'Of course, I’ll get a person for you. They can also write to you if you leave.', collect: 'email', next: 'hand-person' },
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
    problem: {
      type: 'ask-text',
      text: 'What’s happening? A sentence or two helps the team to help you.',
      again: 'What’s happening?',
      why: 'So that the right person takes it up, and you needn’t explain it twice.',
      open: true,
      takesOpening: true,
      next: 'email',
    },
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
    'glad-other': { type: 'say', text: 'Thanks. A person will take that up. A few quick questions help them do it well.', next: 'size' },
    size: {
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
      next: 'by-company',
    },
    'by-company': {
      type: 'branch',
      cases: [{ when: { ...need, op: 'is', value: 'demo' }, next: 'company', label: 'Demo' }],
      default: 'timing',
    },
    company: {
      type: 'ask-text',
      text: 'Which company is it for?',
      why: 'So that the demo shows what matters in your trade.',
      retries: 1,
      attribute: 'company',
      recognise: 'company',
      next: 'timing',
    },
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
    email: {
      type: 'ask-email',
      text: 'Where can we send the answer, in case you leave? Your email address is enough.',
      again: 'What’s your email address?',
      why: 'So that the team’s answer reaches you even if you close this page. It’s used for nothing else.',
      refused: 'No problem, the chat works without it.',
      next: 'by-email',
    },
    'by-email': {
      type: 'branch',
      cases: [{ when: { fact: 'contact.email', op: 'unknown' }, next: 'points', label: 'No email' }],
      default: 'name',
    },
    name: {
      type: 'ask-name',
      text: 'Thanks! And who are we talking to?',
      again: 'What’s your name?',
      why: 'Only so that the team can greet you properly.',
      retries: 1,
      next: 'by-name',
    },
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
        { points: 10, reason: 'Team of 2–10', when: { ...size, op: 'is', value: '2-10' } },
        { points: 20, reason: 'Team of 11–50', when: { ...size, op: 'is', value: '11-50' } },
        { points: 30, reason: 'Team of more than 50', when: { ...size, op: 'in', value: ['51-200', '201+'] } },
        { points: 25, reason: 'Wants to start right away', when: { ...timing, op: 'is', value: 'now' } },
        { points: 15, reason: 'Wants to start in 1–3 months', when: { ...timing, op: 'is', value: 'soon' } },
        { points: 10, reason: 'Can be reached by email', when: { fact: 'contact.email', op: 'known' } },
        { points: 5, reason: 'Can be called', when: { fact: 'contact.phone', op: 'known' } },
      ],
      next: 'hand',
    },
    hand: {
      type: 'handover',
      text: 'Thanks[[, {{contact.first_name}}]]! I’ve passed this to the team. You’ll get the answer here[[ and by email at {{contact.email}}]].',
      reason:
        '{{answer.need|Has a question}}[[: {{answer.problem}}]][[: {{answer.topic}}]][[ · team {{answer.size}}]][[ · start: {{answer.timing}}]]',
    },
    'hand-person': {
      type: 'handover',
      text: 'I’ve told the team that you’d like a person. They’ll answer you here[[ and by email at {{contact.email}}]].',
      reason: 'Asked for a person',
    },
  },
};

function parsed(): Flow {
  const result = parseFlow(definition);
  if (!result.ok) throw new Error(`the default flow is faulty: ${result.faults.map((fault) => fault.message).join(' ')}`);
  return result.flow;
}

export const qualify: Flow = parsed();
