// @vitest-environment happy-dom
// A merge whose answer is late or lost: nobody is left in doubt whether it was done.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCard } from '../../inbox/state/card.ts';
import { createMerging } from '../../inbox/state/merging.ts';
import type { Merging } from '../../inbox/state/merging.ts';
import { createToasts } from '../../inbox/state/toasts.ts';
import type { Toasts } from '../../inbox/state/toasts.ts';
import { contactServer, mergeReply, previewOf, problem, viewOf } from './contacts.ts';
import type { FakeServer } from './contacts.ts';
import { createFakeConnection, item, summary } from './scene.ts';

const [lead, user] = [summary(1).contact, { ...summary(2).contact, type: 'user' as const, name: 'Lena' }];
const [here, there] = [viewOf(lead), viewOf(user)];
const preview = previewOf(there, here);
const route = 'POST /api/v1/contacts/merge';
const merged = item(11, { type: 'contact.merged', contactId: user.id, contact: user, mergedFrom: lead.id });
let server: FakeServer;
let toasts: Toasts;
let merging: Merging;

beforeEach(async () => {
  vi.useFakeTimers();
  server = contactServer({
    'POST /api/v1/contacts/merge/preview': () => ({ body: preview }),
    [`GET /api/v1/contacts/${lead.id}`]: () => ({ body: here }),
    [`GET /api/v1/contacts/${user.id}`]: () => ({ body: there }),
    [route]: () => ({ body: mergeReply(preview, there) }),
    'POST /api/v1/merges/41/undo': () => {
      throw new TypeError('Failed to fetch');
    },
  });
  toasts = createToasts();
  merging = createMerging({ api: server.api, card: createCard(createFakeConnection()), toasts });
  merging.compare(lead.id, user.id);
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => void vi.useRealTimers());

const told = (): string[] => toasts.shown.value.map(({ text, action }) => `${text} ${action?.label ?? ''}`.trim());

test('closed before the answer came, the merge is told all the same, with its undo', async () => {
  const done = merging.merge({ note: '', force: false });
  merging.close();
  await done;
  expect(told()).toEqual(['Merged Visitor 0001 into Lena. Undo']);
});

test('two of one name are merged in words that tell so', async () => {
  const namesake = { ...preview, from: { ...preview.from, name: 'Lena' } };
  server.answer({
    'POST /api/v1/contacts/merge/preview': () => ({ body: namesake }),
    'POST /api/v1/merges/41/undo': () => ({
      body: { id: 41, undone_at: there.created_at, contact: there, restored: { ...here, name: 'Lena' } },
    }),
  });
  merging.compare(lead.id, user.id);
  await vi.advanceTimersByTimeAsync(0);
  await merging.merge({ note: '', force: false });
  await merging.undo(41);
  expect(told()).toEqual(['Merged the two called Lena. Undo', 'The merge was undone: there are two called Lena again.']);
});

test('where the feed is quicker than the answer, it is told once', async () => {
  const done = merging.merge({ note: '', force: false });
  merging.take([merged]);
  await done;
  expect(merging.pair.value).toBeNull();
  expect(told()).toEqual(['Merged Visitor 0001 into Lena. Undo']);
});

test('an answer that was lost is no failure where the feed says that it was done', async () => {
  server.answer({ [route]: () => problem(503, 'unavailable', 'The database does not answer.') });
  const done = merging.merge({ note: '', force: false });
  merging.take([merged]);
  await done;
  expect(merging.pair.value).toBeNull();
  expect(told()).toEqual(['These two were merged just now.']);
});

test('a failure is said and what was typed may be sent again', async () => {
  server.answer({ [route]: () => problem(503, 'unavailable', 'The database does not answer.') });
  await merging.merge({ note: 'once', force: false });
  expect(merging.failure.value?.message).toBe('The database does not answer.');
  expect(merging.isBusy.value).toBe(false);
  server.answer({ [route]: () => ({ body: mergeReply(preview, there) }) });
  await merging.merge({ note: 'twice', force: false });
  expect(server.askedOf(route).map((body) => (body as { note: string }).note)).toEqual(['once', 'twice']);
  expect(merging.pair.value).toBeNull();
});

test('an undo whose answer was lost may have been done: nobody is told that it was not', async () => {
  await merging.undo(41);
  expect(told()).toEqual(['The server does not answer. If the merge still stands when it is back, undo it again.']);
});

test('several changes of one moment are looked at once, and while nobody compares nothing is asked', async () => {
  const count = (): number => server.askedOf('POST /api/v1/contacts/merge/preview').length;
  merging.take([1, 2, 3].map((seq) => item(seq, { type: 'contact.updated', contactId: user.id, contact: user })));
  await vi.advanceTimersByTimeAsync(200);
  expect(count()).toBe(2);
  merging.close();
  merging.take([item(4, { type: 'contact.updated', contactId: user.id, contact: user })]);
  merging.refresh();
  await vi.advanceTimersByTimeAsync(200);
  expect(count()).toBe(2);
});
