import { describe, expect, test } from 'vitest';
import { eventStory } from '../../inbox/event-words.ts';
import type { Story } from '../../inbox/event-words.ts';
import { eventLook } from '../../inbox/components/event-looks.ts';
import { eventTypes } from '../../shared/events.ts';
import type { EventType } from '../../shared/events.ts';
import type { AgentTimelineItem } from '../../shared/protocol.ts';
import { calendarDay } from '../../inbox/words.ts';
import { ada, bot, noon } from './scene.ts';

const event = (
  type: AgentTimelineItem['type'],
  data: AgentTimelineItem['data'] = {},
  by: AgentTimelineItem['by'] = null,
): AgentTimelineItem => ({
  rev: 1,
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
])('an event reads as a sentence: %#', (item, sentence) => expect(eventStory(item).text).toBe(sentence));

describe('the history of a contact', () => {
  const names: Record<string, string> = { c9: 'lena@acme.co' };
  const nameOf = (id: string): string | null => names[id] ?? null;

  test.each<[AgentTimelineItem, Story]>([
    [
      event('contact.created', {
        type: 'visitor',
        page: 'https://acme.example/pricing',
        referrer: 'https://google.com/',
        utm_campaign: 'spring',
      }),
      { text: 'First came to /pricing', more: 'from google.com · campaign spring' },
    ],
    [event('contact.created', { type: 'visitor' }), { text: 'First seen' }],
    [event('contact.updated', { by: 'identify', fields: 'name, company, plan' }), { text: 'Name, company, and plan updated by your app' }],
    [event('contact.updated', { by: 'identify', fields: 'name', verified: false }), { text: 'Name updated by the page, without proof' }],
    [event('contact.updated', { by: 'identify', fields: 'signed_up_at' }), { text: 'Sign-up date updated by your app' }],
    [
      event('contact.updated', {
        field: 'signed_up_at',
        former: null,
        value: Date.UTC(2024, 2, 12),
        by: 'api',
        token: 3,
        token_name: 'CRM',
      }),
      { text: 'Sign-up date set by CRM (API)', change: { from: null, to: calendarDay(Date.UTC(2024, 2, 12)) } },
    ],
    [event('contact.updated', { by: 'identify', fields: '', confirmed: true }), { text: 'What was known was confirmed by your app' }],
    [event('contact.updated', { by: 'identify', fields: '' }), { text: 'Signed in again' }],
    [
      event('contact.updated', { field: 'name', former: 'Lena', value: 'Lena Hoff', by: 'agent', agent: 7 }, ada),
      { text: 'Name changed by Ada Holm', change: { from: 'Lena', to: 'Lena Hoff' } },
    ],
    [
      event('contact.updated', { field: 'phone', former: '+14155552671', value: null, by: 'agent', agent: 7 }, ada),
      { text: 'Phone removed by Ada Holm', change: { from: '+1 415 555 2671', to: null } },
    ],
    [
      event('contact.updated', { field: 'company', former: null, value: 'ACME', by: 'api', operator: true }),
      { text: 'Company set by the operator, at the machine', change: { from: null, to: 'ACME' } },
    ],
    [
      event('contact.updated', { field: 'company', former: null, value: 'ACME', by: 'api', token: 3, token_name: 'CRM' }),
      { text: 'Company set by CRM (API)', change: { from: null, to: 'ACME' } },
    ],
    [
      event('contact.updated', { field: 'team_size', value: '11-50', message: 4 }),
      { text: 'Team size set by the bot', change: { from: null, to: '11–50' } },
    ],
    [event('contact.updated', { field: 'team_size', value: null, message: null }), { text: 'Team size forgotten' }],
    [
      event('contact.updated', { field: 'unsubscribed', former: false, value: true, by: 'api', token: 3 }),
      { text: 'Unsubscribed from campaigns by your server' },
    ],
    [event('contact.identified', { user_id: 'u-1', verified: true }), { text: 'Signed in as u-1, with proof from your app' }],
    [event('contact.identified', { user_id: 'u-1', verified: false }), { text: 'Signed in as u-1, without proof' }],
    [
      event(
        'contact.merged',
        { from: 'c9', into: 'c1', reason: 'agent', merge: 1, adopted: 'email, attributes.plan, signed_up_at, last_seen_at', agent: 7 },
        ada,
      ),
      { text: 'Merged with lena@acme.co by Ada Holm', more: 'Email, plan, and sign-up date taken over' },
    ],
    [
      event('contact.merged', { from: 'c8', into: 'c1', reason: 'identify', merge: 1, adopted: '' }),
      { text: 'Merged with another contact', more: 'They signed in on that device' },
    ],
    [
      event('contact.merged', { from: 'c9', into: 'c1', reason: 'verified_email', merge: 1, adopted: 'phone' }),
      { text: 'Merged with lena@acme.co', more: 'The email was proved by the link that was mailed to it · phone taken over' },
    ],
    [
      event('contact.unmerged', { from: 'c9', into: 'c1', merge: 1, agent: 7 }, ada),
      { text: 'Merge with lena@acme.co undone by Ada Holm' },
    ],
    [
      event('contact.duplicate_found', { other: 'c9', reason: 'same_email' }),
      { text: 'May be the same person as lena@acme.co', more: 'Same email' },
    ],
    [
      event('contact.duplicate_dismissed', { other: 'c9', agent: 7 }, ada),
      { text: 'Said to be another person than lena@acme.co by Ada Holm' },
    ],
    [
      event('contact.merged', { from: 'c9', adopted: 'phone, blocked, last_seen_at', reason: 'agent' }, ada),
      { text: 'Merged with lena@acme.co by Ada Holm', more: 'Phone and block taken over' },
    ],
    [
      { ...event('contact.merged', { from: 'c1', into: 'c9', adopted: 'phone', reason: 'identify' }), contact: 'c1' },
      { text: 'Merged into lena@acme.co', more: 'They signed in on that device' },
    ],
    [
      { ...event('contact.unmerged', { from: 'c1', into: 'c9' }, ada), contact: 'c1' },
      { text: 'Merge into lena@acme.co undone by Ada Holm' },
    ],
    [event('conversation.moved', { from: 'c9', to: 'c1' }), { text: 'A conversation came back from lena@acme.co when a merge was undone' }],
    [event('contact.blocked', { agent: 7 }, ada), { text: 'Blocked by Ada Holm' }],
    [event('contact.restored', { by: 'message' }), { text: 'Came back from the archive' }],
    [
      event('detail.captured', { field: 'email', value: 'b@c.co', outcome: 'alternate', message: 3 }),
      { text: 'Email captured: b@c.co', more: 'Kept beside the one in force' },
    ],
  ])('is told with its particulars: %#', (item, story) => {
    const { more = null, ...rest } = eventStory(item, nameOf);
    expect({ ...rest, more }).toEqual({ more: null, ...story });
  });

  test('every kind of event has a sentence and an icon', () => {
    for (const type of Object.keys(eventTypes) as EventType[]) {
      expect(eventStory(event(type)).text).toMatch(/^\p{Lu}.{3,}$/u);
      expect(eventLook(event(type)).icon.length).toBeGreaterThan(0);
    }
  });
});
