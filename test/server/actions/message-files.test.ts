// Files that are sent with a message: whose they are, who sees them, and what the flow hears of them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must, newCid } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { flowOf, startFlowStage } from '../../helpers/flow-stage.ts';
import type { FlowStage } from '../../helpers/flow-stage.ts';
import { messagesOf, pushed } from '../../helpers/talk.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let stage: FlowStage;

beforeAll(async () => {
  stage = await startFlowStage(
    flowOf({
      file: { type: 'ask-file', text: 'A picture, please?', accept: ['image/*'], attribute: 'picture', next: 'done' },
      done: { type: 'end' },
    }),
  );
});
afterAll(() => stage.close());

async function upload(visitor: VisitorClient, name: string, body: string | Buffer<ArrayBuffer> = png): Promise<string> {
  const { server } = stage;
  const search = new URLSearchParams({ app_id: server.workspace.appId, name, width: '1', height: '1' });
  const headers = { authorization: `Bearer ${visitor.token}` };
  const response = await fetch(`${server.url}/api/widget/uploads?${search}`, { method: 'POST', headers, body });
  return ((await response.json()) as { id: string }).id;
}

it('stand with the message for both sides, and answer a question for a file', async () => {
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  expect((await stage.bot(visitor, conversation)).at(-1)).toMatchObject({ ask: { kind: 'file', accept: ['image/*'], maxMb: 10 } });
  const ids = [await upload(visitor, 'one.png'), await upload(visitor, 'two.png')];
  const body = { cid: newCid(), conversation, text: 'one.png, two.png', files: ids };
  const sent = must(await visitor.send('message.send', body));
  expect(await visitor.send('message.send', body)).toEqual(sent);
  expect(await visitor.send('message.send', { ...body, files: ids.slice(1) })).toMatchObject({ code: 'cid_conflict' });
  const files = ids.map((id, i) => ({
    id,
    name: i === 0 ? 'one.png' : 'two.png',
    type: 'image/png',
    size: png.length,
    url: expect.stringContaining(id),
    width: 1,
    height: 1,
  }));
  for (const side of [visitor, stage.agent])
    expect((await messagesOf(side, conversation)).find((m) => m.id === sent.id)?.files).toEqual(files);
  await expect.poll(() => pushed(visitor, conversation).find((c) => c.seq === sent.seq)).toMatchObject({ message: { files } });
  const [first] = (await messagesOf(visitor, conversation)).find((m) => m.id === sent.id)?.files ?? [];
  expect((await fetch(stage.server.url + (first?.url ?? ''))).headers.get('content-type')).toBe('image/png');
  expect((await stage.card(conversation)).attributes).toMatchObject({ picture: 'one.png, two.png' });
  expect((await stage.row(conversation)).botActive).toBe(false);
});

it('of another kind than was asked for stand in the conversation, and are asked for again', async () => {
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  const files = [await upload(visitor, 'notes.png', 'only words')];
  must(await visitor.send('message.send', { cid: newCid(), conversation, text: 'notes.png', files }));
  expect(await stage.row(conversation)).toMatchObject({ botActive: true });
  expect((await stage.card(conversation)).attributes).toEqual({});
  must(await visitor.send('message.send', { cid: newCid(), conversation, text: 'own.png', files: [await upload(visitor, 'own.png')] }));
  expect((await stage.card(conversation)).attributes).toEqual({ picture: 'own.png' });
});

it('of others, used ones and unknown ones are refused, and the message is not stored', async () => {
  const [visitor, other] = [await stage.arrive(), await stage.arrive()];
  const conversation = await stage.begin(visitor);
  const own = await upload(visitor, 'own.png');
  must(await visitor.send('message.send', { cid: newCid(), conversation, text: 'own.png', files: [own] }));
  const before = await messagesOf(visitor, conversation);
  for (const id of [own, await upload(other, 'theirs.png'), 'x'.repeat(own.length)]) {
    const reply = await visitor.send('message.send', { cid: newCid(), conversation, text: 'a file', files: [id] });
    expect(reply).toMatchObject({ ok: false, code: 'not_found', retryable: false });
  }
  expect(await messagesOf(visitor, conversation)).toEqual(before);
});

it('that were sent in eight messages at once stand in one of them', async () => {
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  const id = await upload(visitor, 'raced.png');
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => visitor.send('message.send', { cid: newCid(), conversation, text: 'raced.png', files: [id] })),
  );
  expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
  expect((await messagesOf(visitor, conversation)).filter((m) => m.files)).toHaveLength(1);
});
