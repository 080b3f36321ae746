// Domain facts in the past tense: the same strings on the agents' feed, in the event log, in webhooks and reports.

export const eventTypes = {
  'contact.created': 'A contact came to be',
  'contact.updated': 'Details changed',
  'contact.promoted': 'Rose in type',
  'contact.identified': 'Identified by the host app',
  'contact.merged': 'Two contacts became one',
  'detail.captured': 'A detail was captured from a message',
  'detail.confirmed': 'The visitor confirmed a detail',
  'detail.changed': 'The visitor changed a detail',
  'detail.withdrawn': 'The visitor withdrew a detail',
  'consent.given': 'An address was given under a consent text',
  'contact.tagged': 'Tagged',
  'contact.untagged': 'A tag was taken off',
  'lead.captured': 'The flow qualified the lead',
  'conversation.created': 'A conversation began',
  'conversation.assigned': 'Assigned',
  'conversation.team_assigned': 'Given to a team',
  'conversation.closed': 'Closed',
  'conversation.reopened': 'Reopened',
  'conversation.read': 'Read',
  'bot.paused': 'The bot was silenced',
  'bot.resumed': 'The bot took over again',
  'bot.handed_over': 'The bot handed over to the team',
  'message.created': 'A message',
  'message.edited': 'A message was edited',
  'message.deleted': 'A message was deleted',
  'form.answered': 'A form was answered',
} as const satisfies Record<string, string>;

export type EventType = keyof typeof eventTypes;
