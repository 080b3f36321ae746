// Domain facts in the past tense: the same strings on the agents' feed, in the event log, in webhooks and reports.

export const eventTypes = {
  'contact.created': 'A contact came to be',
  'contact.updated': 'Details changed',
  'contact.promoted': 'Rose in type',
  'contact.identified': 'Identified by the host app',
  'contact.merged': 'Two contacts became one',
  'detail.captured': 'A detail was captured from a message',
  'lead.captured': 'The flow qualified the lead',
  'conversation.created': 'A conversation began',
  'conversation.assigned': 'Assigned',
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
