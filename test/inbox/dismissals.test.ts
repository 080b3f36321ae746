// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCard } from '../../inbox/state/card.ts';
import type { Card } from '../../inbox/state/card.ts';
import { createDismissals } from '../../inbox/state/dismissals.ts';
import type { Dismissals } from '../../inbox/state/dismissals.ts';
import { createToasts } from '../../inbox/state/toasts.ts';
import type { Toasts } from '../../inbox/state/toasts.ts';
import { contactServer, problem } from './contacts.ts';
import type { FakeServer } from './contacts.ts';
import { cardOf, createFakeConnection, duplicateOf, summary } from './scene.ts';

const here = summary(1);
const there = summary(2).contact;
const route = `POST /api/v1/contacts/${here.contact.id}/duplicates/dismiss`;
let server: FakeServer;
let card: Card;
let toasts: Toasts;
let dismissals: Dismissals;

beforeEach(async () => {
  vi.useFakeTimers();
  server = contactServer({ [route]: () => ({ body: { ok: true } }) });
  card = createCard(
    createFakeConnection({
      'contact.get': ({ contact }) =>
        contact === there.id
          ? { ok: true, contact: cardOf(summary(2), { duplicates: [duplicateOf(here.contact)] }) }
          : { ok: true, contact: cardOf(here, { duplicates: [duplicateOf(there)] }) },
      'contact.timeline': () => ({ ok: true, items: [], nextCursor: null, people: [] }),
    }),
  );
  toasts = createToasts();
  dismissals = createDismissals({ api: server.api, card, toasts });
  card.open(here.contact.id);
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  dismissals.stop();
  vi.useRealTimers();
});

const shown = (): string[] => dismissals.duplicates.value.map(({ contact }) => contact.id);
const press = (label: string): void => toasts.shown.value.find(({ action }) => action?.label === label)?.action?.run();

test('it is sent when the time to undo it is over, once, and stays hidden', async () => {
  dismissals.dismiss(here.contact.id, there.id, 'Lena');
  dismissals.dismiss(here.contact.id, there.id, 'Lena');
  expect(shown()).toEqual([]);
  await vi.advanceTimersByTimeAsync(5900);
  expect(server.askedOf(route)).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(server.askedOf(route)).toEqual([{ other: there.id }]);
  expect(shown()).toEqual([]);
  expect(card.contact.value?.duplicates).toEqual([]);
});

test('on the other one’s card it is hidden, too', async () => {
  dismissals.dismiss(here.contact.id, there.id, 'Lena');
  card.open(there.id);
  await vi.advanceTimersByTimeAsync(0);
  expect(card.contact.value?.duplicates).toHaveLength(1);
  expect(shown()).toEqual([]);
});

test('undone in time nothing is sent; undone after it, that is said', async () => {
  dismissals.dismiss(here.contact.id, there.id, 'Lena');
  const undo = toasts.shown.value[0]?.action?.run;
  press('Undo');
  expect(shown()).toEqual([there.id]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.askedOf(route)).toEqual([]);
  dismissals.dismiss(here.contact.id, there.id, 'Lena');
  const late = toasts.shown.value.at(-1)?.action?.run;
  expect(late).not.toBe(undo);
  await vi.advanceTimersByTimeAsync(6100);
  late?.();
  expect(toasts.shown.value.at(-1)?.text).toContain('It was said already.');
});

test('stopping, as on signing out, sends what is held; one merged away meanwhile is no failure', async () => {
  server.answer({ [route]: () => problem(410, 'contact_gone', 'Gone.') });
  dismissals.dismiss(here.contact.id, there.id, 'Lena');
  dismissals.stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.askedOf(route)).toHaveLength(1);
  expect(toasts.shown.value.filter(({ tone }) => tone === 'error')).toEqual([]);
});
