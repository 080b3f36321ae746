// What was read out of a message is shown to its author, who says: right, another one, not mine.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import type { CapturedView, Change } from '../../../shared/conversation.ts';
import type { ContactCard, FeedItem, VisitorBody } from '../../../shared/protocol.ts';
import { connectAgent, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { arrive, hmac, identitySecret, logOf, messagesOf, pushed, say, seqsOf, upTo } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  must(await agent.send('sync', {}));
  clients.push(agent);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

type Answer = Omit<VisitorBody<'detail.answer'>, 'cid'>;

async function arrived(on = server): Promise<VisitorClient> {
  const visitor = await arrive(on);
  clients.push(visitor);
  return visitor;
}
const answerDetail = (visitor: VisitorClient, body: Answer, cid = newCid()) => visitor.send('detail.answer', { cid, ...body });
const me = async (visitor: VisitorClient) => must(await visitor.send('sync', {})).me;
const card = async (visitor: VisitorClient): Promise<ContactCard> =>
  must(await agent.send('contact.get', { contact: (await me(visitor)).contact_id ?? '' })).contact;
const emails = async (visitor: VisitorClient) =>
  (await card(visitor)).details.filter((d) => d.field === 'email').map(({ value, status, flags }) => ({ value, status, flags }));
const capturedOf = async (visitor: VisitorClient, conversation: number, message: number): Promise<readonly CapturedView[] | undefined> =>
  (await messagesOf(visitor, conversation)).find((m) => m.id === message)?.captured;
const details = (log: readonly Change[]): Change[] => log.filter((c) => c.kind === 'detail');
const feedItem = (fits: (item: FeedItem) => boolean): Promise<FeedItem> =>
  agent.waitFor<{ items: FeedItem[] }>('feed', (b) => b.items.some(fits)).then((b) => b.items.find(fits) as FeedItem);

describe('what was read out of a message', () => {
  it('stands with the message from the first moment, for the visitor and for agents, with the likely address where it looks mistyped', async () => {
    const visitor = await arrived();
    const { conversation } = await say(visitor, 'hello');
    const told = await say(visitor, 'my email is ada@gmail.con', conversation);
    const captured = [{ field: 'email', value: 'ada@gmail.con', suggestion: 'ada@gmail.com' }];
    expect(await capturedOf(visitor, conversation, told.id)).toEqual(captured);
    await expect.poll(() => pushed(visitor, conversation).find((c) => c.seq === told.seq)).toMatchObject({ message: { captured } });
    const item = await feedItem((i) => i.conversationId === conversation && i.change?.seq === told.seq);
    expect(item.change).toMatchObject({ message: { captured } });
  });

  it('is shown where it is news alone', async () => {
    const visitor = await arrived();
    const first = await say(visitor, 'my email is known@example.com');
    const again = await say(visitor, 'as I said: known@example.com', first.conversation);
    const nothing = await say(visitor, 'what does it cost?', first.conversation);
    expect(await capturedOf(visitor, first.conversation, again.id)).toBeUndefined();
    expect(await capturedOf(visitor, first.conversation, nothing.id)).toBeUndefined();
  });
});

describe('right', () => {
  it('confirms the detail: in the log, on the message, on the card and in the event', async () => {
    const visitor = await arrived();
    const told = await say(visitor, 'my email is ada@gmail.con');
    const { conversation, id: message } = told;
    const reply = must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'right' }));
    expect(reply).toMatchObject({ seq: told.seq + 1, status: 'confirmed' });
    const log = await logOf(visitor, conversation);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    expect(details(log)).toEqual([
      { kind: 'detail', message, field: 'email', value: 'ada@gmail.con', status: 'confirmed', seq: reply.seq, at: expect.any(Number) },
    ]);
    expect(await capturedOf(visitor, conversation, message)).toEqual([{ field: 'email', value: 'ada@gmail.con', status: 'confirmed' }]);
    expect((await card(visitor)).details.find((d) => d.field === 'email')).toMatchObject({
      value: 'ada@gmail.con',
      status: 'current',
      flags: ['confirmed'],
      suggestion: null,
    });
    const item = await feedItem((i) => i.type === 'detail.confirmed' && i.conversationId === conversation);
    expect(item).toMatchObject({ change: { kind: 'detail', status: 'confirmed' }, contact: { email: 'ada@gmail.con' } });
  });
});

describe('change', () => {
  it('puts the right value in the place of the wrong one, which is kept as a former one', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is bob@gmail.con');
    const reply = must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'change', value: ' Bob@Gmail.com ' }));
    expect(reply.status).toBe('changed');
    expect(await me(visitor)).toMatchObject({ type: 'lead', email: 'bob@gmail.com' });
    expect(await emails(visitor)).toEqual([
      { value: 'bob@gmail.con', status: 'former', flags: [] },
      { value: 'bob@gmail.com', status: 'current', flags: ['confirmed'] },
    ]);
    expect(await capturedOf(visitor, conversation, message)).toEqual([{ field: 'email', value: 'bob@gmail.com', status: 'changed' }]);
    expect(details(await logOf(agent, conversation))).toMatchObject([{ value: 'bob@gmail.com', status: 'changed' }]);
    const item = await feedItem((i) => i.type === 'detail.changed' && i.conversationId === conversation);
    expect(item.contact).toMatchObject({ email: 'bob@gmail.com' });
    await expect.poll(() => visitor.received.findLast((e) => e.name === 'me')?.body).toMatchObject({ email: 'bob@gmail.com' });
  });

  it('takes what is such a detail alone; a refusal changes nothing', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'mail me at eve@example.com, +46 70 123 45 67');
    const before = await logOf(visitor, conversation);
    for (const [field, value] of [
      ['email', 'nonsense'],
      ['email', ''],
      ['phone', 'eve@example.com'],
    ] as const) {
      expect(await answerDetail(visitor, { conversation, message, field, answer: 'change', value }), `${field} ${value}`).toMatchObject({
        ok: false,
        code: 'form_invalid',
        errors: [{ pointer: '/value', message: expect.stringContaining('does not look like') }],
      });
    }
    expect(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'change' })).toMatchObject({
      code: 'form_invalid',
    });
    expect(await logOf(visitor, conversation)).toEqual(before);
    expect(await me(visitor)).toMatchObject({ email: 'eve@example.com' });
  });

  it('of what stands beside the contact’s own leaves the own alone', async () => {
    const visitor = await arrived();
    const { conversation } = await say(visitor, 'my email is one@example.com');
    const second = await say(visitor, 'my other email is two@gmail.con', conversation);
    expect((await me(visitor)).email).toBe('one@example.com');
    const body = { conversation, message: second.id, field: 'email', answer: 'change', value: 'two@gmail.com' } as const;
    must(await answerDetail(visitor, body));
    expect(await me(visitor)).toMatchObject({ email: 'one@example.com' });
    expect(await emails(visitor)).toMatchObject([
      { value: 'one@example.com', status: 'current' },
      { value: 'two@gmail.con', status: 'former' },
      { value: 'two@gmail.com', status: 'alternate' },
    ]);
  });

  it('[M5] of a user’s typed email leaves the signed one', async () => {
    const visitor = await arrived();
    const user_hash = hmac(identitySecret(server), 'signed-5@example.com');
    must(await visitor.send('identify', { email: 'signed-5@example.com', user_hash }));
    const { conversation, id: message } = await say(visitor, 'sorry, my email is typed@gmail.con');
    must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'change', value: 'typed@gmail.com' }));
    expect(await me(visitor)).toMatchObject({ type: 'user', email: 'signed-5@example.com', verified: true });
    expect(await emails(visitor)).toMatchObject([
      { value: 'signed-5@example.com', status: 'current' },
      { value: 'typed@gmail.con', status: 'former' },
      { value: 'typed@gmail.com', status: 'alternate' },
    ]);
    must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'withdraw' }));
    expect(await me(visitor)).toMatchObject({ type: 'user', email: 'signed-5@example.com' });
  });
});

describe('withdraw', () => {
  it('[M24] of a name leaves the type as it is, also where the email went some other way', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is i3@example.com and my name is Grace Hopper');
    const { contact_id } = await me(visitor);
    const actor = { kind: 'agent', agent: (await server.agent()).agent } as const;
    await editContact(server.deps, actor, contact_id ?? '', { email: null });
    must(await answerDetail(visitor, { conversation, message, field: 'name', answer: 'withdraw' }));
    expect(await card(visitor)).toMatchObject({ type: 'lead', name: null, email: null });
  });

  it('[M24] forgets the detail, and whoever was a lead by it is a visitor again', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is not-mine@example.com');
    expect((await me(visitor)).type).toBe('lead');
    const reply = must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'withdraw' }));
    expect(reply.status).toBe('withdrawn');
    expect(await me(visitor)).toMatchObject({ type: 'visitor', email: null });
    expect(await emails(visitor)).toEqual([{ value: 'not-mine@example.com', status: 'former', flags: ['withdrawn'] }]);
    expect(details(await logOf(agent, conversation))).toMatchObject([{ value: null, status: 'withdrawn' }]);
    expect(await capturedOf(visitor, conversation, message)).toMatchObject([{ status: 'withdrawn' }]);
    const item = await feedItem((i) => i.type === 'detail.withdrawn' && i.conversationId === conversation);
    expect(item).toMatchObject({ contact: { type: 'visitor', email: null }, conversation: { contact: { type: 'visitor' } } });
    await say(visitor, 'my email is mine@example.com', conversation);
    expect(await me(visitor)).toMatchObject({ type: 'lead', email: 'mine@example.com' });
    const timeline = must(await agent.send('contact.timeline', { contact: (await me(visitor)).contact_id ?? '' })).items;
    expect(timeline.filter((i) => i.type === 'contact.promoted')).toHaveLength(2);
  });

  it('brings back the newest other value', async () => {
    const visitor = await arrived();
    const { conversation } = await say(visitor, 'my email is first@example.com');
    const second = await say(visitor, 'no wait, my email is second@example.com', conversation);
    expect((await me(visitor)).email).toBe('second@example.com');
    must(await answerDetail(visitor, { conversation, message: second.id, field: 'email', answer: 'withdraw' }));
    expect(await me(visitor)).toMatchObject({ type: 'lead', email: 'first@example.com' });
    expect(await emails(visitor)).toMatchObject([
      { value: 'first@example.com', status: 'current' },
      { value: 'second@example.com', status: 'former' },
    ]);
  });

  it('leaves what came from elsewhere since', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is typed-first@example.com');
    const user_hash = hmac(identitySecret(server), 'typed-first@example.com');
    must(await visitor.send('identify', { email: 'typed-first@example.com', user_hash }));
    must(await visitor.send('sync', {}));
    must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'withdraw' }));
    expect(await me(visitor)).toMatchObject({ type: 'user', email: 'typed-first@example.com', verified: true });
  });

  it('of a name leaves a lead a lead', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'I am Grace Hopper, my email is grace@example.com');
    must(await answerDetail(visitor, { conversation, message, field: 'name', answer: 'withdraw' }));
    expect(await me(visitor)).toMatchObject({ type: 'lead', name: null, email: 'grace@example.com' });
    expect(await capturedOf(visitor, conversation, message)).toContainEqual({ field: 'email', value: 'grace@example.com' });
  });

  it('is the last word on a message', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is gone@example.com');
    must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'right' }));
    must(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'withdraw' }));
    for (const answer of ['right', 'withdraw'] as const) {
      expect(await answerDetail(visitor, { conversation, message, field: 'email', answer })).toMatchObject({ code: 'already_answered' });
    }
  });
});

describe('an answer', () => {
  it('[P1] [P2] sent again is answered the same and changes nothing; another one under its cid is refused', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is twice@gmail.con');
    const body = { conversation, message, field: 'email', answer: 'change', value: 'twice@gmail.com' } as const;
    const cid = newCid();
    const first = must(await answerDetail(visitor, body, cid));
    const before = await logOf(visitor, conversation);
    expect(await Promise.all([1, 2, 3].map(() => answerDetail(visitor, body, cid)))).toEqual([first, first, first]);
    expect(await answerDetail(visitor, { ...body, value: 'other@gmail.com' }, cid)).toMatchObject({ code: 'cid_conflict' });
    expect(await answerDetail(visitor, { conversation, message, field: 'email', answer: 'withdraw' }, cid)).toMatchObject({
      code: 'cid_conflict',
    });
    expect(await logOf(visitor, conversation)).toEqual(before);
  });

  it('is about the own messages of a conversation the session may see alone, and about what was read there', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is owner@example.com');
    const plain = await say(visitor, 'hello?', conversation);
    const reply = must(await agent.send('message.send', { cid: newCid(), conversation, text: 'write to us@example.com' }));
    const body = { conversation, message, field: 'email', answer: 'withdraw' } as const;
    const stranger = await arrived();
    expect(await answerDetail(stranger, body)).toMatchObject({ code: 'not_found' });
    await say(stranger, 'hi');
    expect(await answerDetail(stranger, body)).toMatchObject({ code: 'not_found' });
    for (const other of [plain.id, reply.id, 999_999])
      expect(await answerDetail(visitor, { ...body, message: other })).toMatchObject({ code: 'not_found' });
    expect(await answerDetail(visitor, { ...body, field: 'phone' })).toMatchObject({ code: 'not_found' });
    expect(await me(visitor)).toMatchObject({ type: 'lead', email: 'owner@example.com' });
  });

  it('[M3] is byte-identical whether the value is another’s or nobody’s', async () => {
    const run = async (email: string): Promise<string> => {
      const own = await startServer({ settings: { bot: 'off' }, now: () => 1_900_000_000_000 });
      const owner = await arrived(own);
      const user_hash = hmac(identitySecret(own), 'u-1');
      must(await owner.send('identify', { user_id: 'u-1', email: 'known@example.com', name: 'Known', user_hash }));
      await say(await arrived(own), 'my email is known-lead@example.com');
      const visitor = await arrived(own);
      const { conversation, id: message } = await say(visitor, 'my email is someone@gmail.con');
      const replies: unknown[] = [];
      for (const answer of ['change', 'right', 'withdraw'] as const)
        replies.push(
          must(
            await answerDetail(visitor, { conversation, message, field: 'email', answer, ...(answer === 'change' && { value: email }) }),
          ),
        );
      replies.push({ ...(await me(visitor)), contact_id: '' });
      replies.push((await logOf(visitor, conversation)).map((c) => (c.kind === 'message' ? c.message.captured : c)));
      await own.stop();
      return JSON.stringify(replies).replaceAll(email, 'EMAIL');
    };
    const nobody = await run('nobodys@example.com');
    expect(await run('known@example.com')).toBe(nobody);
    expect(await run('known-lead@example.com')).toBe(nobody);
    expect(nobody).toContain('"withdrawn"');
  });

  it('of eight at once leaves one value and a dense log', async () => {
    const visitor = await arrived();
    const { conversation, id: message } = await say(visitor, 'my email is start@example.com');
    await Promise.all(
      upTo(8).map((n) => answerDetail(visitor, { conversation, message, field: 'email', answer: 'change', value: `n${n}@example.com` })),
    );
    const log = await logOf(visitor, conversation);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    expect(details(log)).toHaveLength(8);
    const current = (await emails(visitor)).filter((d) => d.status === 'current');
    expect(current).toMatchObject([{ value: (await me(visitor)).email }]);
    expect((await emails(visitor)).filter((d) => d.status === 'alternate')).toEqual([]);
  });
});
