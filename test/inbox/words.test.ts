import { expect, test } from 'vitest';
import { contactName, detailWords, eventSentence, pageName, shortDuration, shortTime, warmth } from '../../inbox/words.ts';
import type { AgentTimelineItem } from '../../shared/protocol.ts';
import { ada, bot, minute, noon } from './scene.ts';

const hour = 60 * minute;

test.each([
  [42_000, '42s'],
  [4 * minute, '4m'],
  [hour, '1h'],
  [72 * minute, '1h 12m'],
  [50 * hour, '2d'],
  [-5000, '0s'],
])('a wait of %i ms is %s', (ms, words) => expect(shortDuration(ms)).toBe(words));

test('a wait warms as it grows', () => {
  expect([1, 3, 20, 90].map((minutes) => warmth(minutes * minute))).toEqual([0, 1, 2, 3]);
});

test('a time in a list is as short as its age allows', () => {
  expect([10_000, 4 * minute, 5 * hour].map((age) => shortTime(noon - age, noon))).toEqual(['now', '4m', '5h']);
});

test('a contact without a name is its email, else the end of its id', () => {
  expect(contactName({ id: '0123456789ab3f2a', name: null, email: null })).toBe('Visitor 3f2a');
  expect(contactName({ id: '0123', name: null, email: 'a@b.co' })).toBe('a@b.co');
});

test.each([
  ['https://acme.example/pricing?x=1', '/pricing'],
  ['https://acme.example/', 'acme.example'],
  ['no url', 'no url'],
])('the page %s is called %s', (url, name) => expect(pageName(url)).toBe(name));

test.each([
  ['team_size', '11-50', '11–50'],
  ['team_size', '201+', 'More than 200'],
  ['timing', 'soon', 'In 1–3 months'],
  ['need', 'just-looking', 'Just looking'],
  ['phone', '+14155552671', '+1 415 555 2671'],
  ['timing', 'by Easter', 'by Easter'],
  ['need', 'constructor', 'constructor'],
  ['plan', '11-50', '11-50'],
  ['constructor', 'now', 'now'],
])('%s %s reads %s', (field, value, words) => expect(detailWords(field, value)).toBe(words));

const event = (
  type: AgentTimelineItem['type'],
  data: AgentTimelineItem['data'] = {},
  by: AgentTimelineItem['by'] = null,
): AgentTimelineItem => ({
  at: noon,
  type,
  conversation: 1,
  message: null,
  by,
  data,
});

test.each([
  [event('contact.promoted', { from: 'visitor', to: 'lead' }), 'Became a Lead'],
  [event('detail.captured', { field: 'email', value: 'a@b.co' }), 'Email captured: a@b.co'],
  [event('detail.captured', { field: 'team_size', value: '51-200' }), 'Team size captured: 51–200'],
  [event('contact.identified', { verified: true }), 'Signed in, with proof from your app'],
  [event('conversation.assigned', { agent: 7, assignee: 9, assignee_name: 'Grace' }, ada), 'Assigned to Grace by Ada Holm'],
  [event('conversation.assigned', { agent: 7, assignee: 7, assignee_name: 'Ada Holm' }, ada), 'Taken by Ada Holm'],
  [event('conversation.assigned', { agent: 7, assignee: null, assignee_name: null }, ada), 'Given back to the team by Ada Holm'],
  [event('bot.paused', { agent: 7 }, ada), 'Taken over from the bot by Ada Holm'],
  [event('detail.confirmed', { field: 'email', value: 'a@b.co' }), 'Email a@b.co confirmed by the visitor'],
  [event('detail.changed', { field: 'phone', value: '+14155552671' }), 'Phone +1 415 555 2671 corrected by the visitor'],
  [event('detail.withdrawn', { field: 'email', value: 'a@b.co' }), 'Email withdrawn by the visitor'],
  [event('consent.given', { version: 3, how: 'asked' }), 'Gave an address under the consent text (version 3)'],
  [event('consent.given', { version: 3, how: 'told' }), 'Told what giving an address means (version 3)'],
  [event('contact.tagged', { tag: 'vip' }, ada), 'Tagged vip by Ada Holm'],
  [event('contact.untagged', { tag: 'vip' }, bot), 'Tag vip taken off by the bot'],
  [event('lead.captured', { score: 65, need: 'pricing' }), 'Qualified lead · 65 points'],
  [event('lead.captured', { score: 1 }), 'Qualified lead · 1 point'],
  [event('conversation.team_assigned', { team: 2, team_name: 'Sales' }, bot), 'Given to Sales by the bot'],
  [event('conversation.team_assigned', { team: null, team_name: null }, ada), 'Taken from its team by Ada Holm'],
  [event('bot.handed_over', { reason: 'Asked for a person' }), 'The bot handed over to the team: Asked for a person'],
  [event('bot.paused', { reason: 'flow_ended' }), 'The bot’s flow came to its end'],
  [event('conversation.closed', {}, bot), 'Conversation closed by the bot'],
])('an event reads as a sentence: %#', (item, sentence) => expect(eventSentence(item)).toBe(sentence));
