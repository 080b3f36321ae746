import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, previewOf } from '../../shared/conversation.ts';
import type { Author, Change, ChangeBody, ConversationView } from '../../shared/conversation.ts';

const view: ConversationView = {
  id: 1,
  status: 'open',
  assignee: null,
  botActive: true,
  head: 4,
  contactReadSeq: 2,
  agentReadSeq: 1,
  unread: 1,
  preview: 'before',
  lastAuthor: 'bot',
  lastAt: 40,
  createdAt: 1,
};
const agent: Author = { kind: 'agent', id: 7, name: 'Ada' };
const said = (kind: Author['kind'], text: string, more: 'text' | 'note' | 'form' = 'text'): ChangeBody => ({
  kind: 'message',
  message: { id: 9, author: { kind, id: null, name: null }, kind: more, text, at: 50 },
});
const after = (body: ChangeBody, seq = 5): ConversationView => applyChange(view, { ...body, seq, at: 50 } as Change);

describe('a conversation’s view after a change', () => {
  it.each([
    [
      'an agent’s message is unread and the last word',
      said('agent', 'Hi\n there'),
      { unread: 2, preview: 'Hi there', lastAuthor: 'agent', lastAt: 50 },
    ],
    ['a bot’s message is unread too', said('bot', 'Hi'), { unread: 2, lastAuthor: 'bot' }],
    ['who writes has read what stands above', said('contact', 'ok'), { unread: 0, lastAuthor: 'contact', preview: 'ok' }],
    ['a note changes nothing but the head', said('agent', 'inner', 'note'), { ...view, head: 5 }],
    ['a hidden entry changes nothing but the head', { kind: 'hidden' }, { ...view, head: 5 }],
    ['closing', { kind: 'status', status: 'closed', by: agent }, { status: 'closed' }],
    ['an assignment', { kind: 'assigned', agent, by: agent }, { assignee: agent }],
    ['the bot is silenced', { kind: 'bot', active: false, by: agent }, { botActive: false }],
    ['the contact has read everything', { kind: 'read', by: 'contact', upTo: 4 }, { contactReadSeq: 4, unread: 0 }],
    ['the contact has read a part', { kind: 'read', by: 'contact', upTo: 3 }, { contactReadSeq: 3, unread: 1 }],
    ['an agent has read', { kind: 'read', by: 'agent', upTo: 4 }, { agentReadSeq: 4, unread: 1 }],
    ['a read mark never goes back', { kind: 'read', by: 'contact', upTo: 1 }, { contactReadSeq: 2 }],
  ] as [string, ChangeBody, Partial<ConversationView>][])('%s', (_, body, expected) => {
    expect(after(body)).toMatchObject({ ...expected, head: 5 });
  });

  it('does not change the view it was given', () => {
    const frozen = Object.freeze({ ...view });
    expect(() => applyChange(frozen, { ...said('agent', 'x'), seq: 5, at: 1 } as Change)).not.toThrow();
  });
});

describe('the line a list shows', () => {
  it.each([
    ['  two\n\n words\t', 'two words'],
    ['', ''],
    ['a'.repeat(140), 'a'.repeat(140)],
    ['a'.repeat(141), `${'a'.repeat(139)}…`],
  ])('%j → %j', (text, line) => expect(previewOf(text)).toBe(line));

  it('is one line of at most 140 characters and holds no half of a surrogate pair, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('😀', 'ä', ' ', '\n', 'x', '東'), maxLength: 600 }), (text) => {
        const line = previewOf(text);
        expect(line.length).toBeLessThanOrEqual(140);
        expect(line).not.toMatch(/[\n\t]/);
        expect(line).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
      }),
    );
  });
});
