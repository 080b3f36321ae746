// Two contacts beside each other, what a merge of them would do, the merge, and its undoing.
import { batch, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { ContactView, MergePreview, MergeReply, RouteBody } from '../../shared/api.ts';
import { evidenceOf } from '../../shared/evidence.ts';
import type { EvidenceRow, FeedItem } from '../../shared/protocol.ts';
import type { Api, ApiFailure, ApiResult } from '../api.ts';
import { contactName } from '../words.ts';
import type { Card } from './card.ts';
import type { Toasts } from './toasts.ts';

export interface Pair {
  /** The one whose card it was asked for on. */
  here: string;
  there: string;
}

export interface Compared {
  here: ContactView;
  there: ContactView;
  evidence: readonly EvidenceRow[];
  preview: MergePreview;
}

export interface Merging {
  /** The two that are compared; null while nobody asks. */
  readonly pair: ReadonlySignal<Pair | null>;
  readonly compared: ReadonlySignal<Compared | null>;
  /** Why they could not be compared, or merged. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** One of them changed while they were looked at. */
  readonly isChanged: ReadonlySignal<boolean>;
  compare(here: string, there: string): void;
  close(): void;
  /** Loads both and the preview anew. */
  refresh(): void;
  merge(how: { note: string; force: boolean }): Promise<void>;
  undo(merge: number): Promise<void>;
  /** Feed items, in order. */
  take(items: readonly FeedItem[]): void;
}

interface Deps {
  api: Api;
  card: Card;
  toasts: Toasts;
}

/** Waits for the end of a burst. */
const refreshAfterMs = 120;

export function createMerging({ api, card, toasts }: Deps): Merging {
  const comparison = createComparison(api, card);
  const { pair, compared, failure, isBusy, look, load } = comparison;
  let isDoneElsewhere = false;

  async function undo(merge: number): Promise<void> {
    const result = await api.call('POST /api/v1/merges/:merge/undo', { params: { merge }, body: {} });
    if (!result.ok) return toasts.show(undoRefusal(result), { tone: 'error' });
    const { contact, restored } = result.data;
    const [name, other] = [nameOf(contact), nameOf(restored)];
    toasts.show(`The merge was undone: ${name === other ? `there are two called ${name}` : `${name} and ${other} are two`} again.`);
  }

  /** Told also where the dialog was closed before the answer came: it is done. */
  function merged(reply: MergeReply, names: string, asked: Pair): void {
    if (pair.peek() === asked) look(null);
    toasts.show(`Merged ${names}.`, { action: { label: 'Undo', run: () => void undo(reply.id) } });
  }

  function mergedElsewhere(): void {
    look(null);
    toasts.show('These two were merged just now.');
  }

  async function merge(how: { note: string; force: boolean }): Promise<void> {
    const asked = pair.peek();
    const shown = compared.peek();
    if (!asked || !shown || isBusy.peek()) return;
    [isBusy.value, failure.value, isDoneElsewhere] = [true, null, false];
    const { from, into } = shown.preview;
    const result = await api.call('POST /api/v1/contacts/merge', { body: mergeBody(from.id, into.id, how) });
    if (result.ok) return merged(result.data, mergedWords(nameOf(from), nameOf(into)), asked);
    if (pair.peek() !== asked) return;
    // The answer was lost, the merge was not.
    if (isDoneElsewhere) return mergedElsewhere();
    isBusy.value = false;
    await load();
    if (pair.peek() === asked) failure.value ??= result;
  }

  function takeOne(item: FeedItem): void {
    const now = pair.peek();
    if (!now) return;
    if (item.mergedFrom !== undefined && (item.mergedFrom === now.here || item.mergedFrom === now.there)) return takeMerged(now, item);
    const ids = [item.contactId, item.contact?.id, item.restored?.id];
    if (aboutContact.test(item.type) && (ids.includes(now.here) || ids.includes(now.there))) comparison.refresh();
  }

  /** One of them became another contact: perhaps the other one of the two. */
  function takeMerged(now: Pair, { mergedFrom, contactId = '' }: FeedItem): void {
    const next = { here: now.here === mergedFrom ? contactId : now.here, there: now.there === mergedFrom ? contactId : now.there };
    if (next.here !== next.there) return look(next);
    isDoneElsewhere = true;
    if (!isBusy.peek()) mergedElsewhere();
  }

  return {
    ...comparison,
    compare: (here, there) => look({ here, there }),
    close: () => look(null),
    merge,
    undo,
    take: (items) => items.forEach(takeOne),
  };
}

const aboutContact = /^(contact|detail|lead)\.|^conversation\.(created|moved)$/;

function mergeBody(
  from: string,
  into: string,
  { note, force }: { note: string; force: boolean },
): RouteBody<'POST /api/v1/contacts/merge'> {
  const why = note.trim();
  return { from, into, ...(why !== '' && { note: why }), ...(force && { force }) };
}

interface Comparison {
  pair: Signal<Pair | null>;
  compared: Signal<Compared | null>;
  failure: Signal<ApiFailure | null>;
  isBusy: Signal<boolean>;
  isChanged: Signal<boolean>;
  look(next: Pair | null): void;
  load(): Promise<void>;
  refresh(): void;
}

/** The two that are looked at, as the server knows them. */
function createComparison(api: Api, card: Card): Comparison {
  const pair = signal<Pair | null>(null);
  const compared = signal<Compared | null>(null);
  const failure = signal<ApiFailure | null>(null);
  const isBusy = signal(false);
  const isChanged = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    const asked = pair.peek();
    if (!asked) return;
    const result = await readPair(api, asked);
    if (pair.peek() !== asked) return;
    batch(() => {
      if (result.ok) {
        isChanged.value ||= compared.peek() !== null && JSON.stringify(compared.peek()) !== JSON.stringify(result.data);
        compared.value = result.data;
      }
      failure.value = result.ok ? null : result;
    });
    // Who it became, or that it is gone, the card finds out by itself.
    if (!result.ok && result.code === 'contact_gone') card.refresh();
  }

  function look(next: Pair | null): void {
    clearTimeout(timer);
    batch(() => {
      [pair.value, compared.value, failure.value] = [next, null, null];
      [isBusy.value, isChanged.value] = [false, false];
    });
    if (next) void load();
  }

  function refresh(): void {
    clearTimeout(timer);
    if (pair.peek()) timer = setTimeout(() => void load(), refreshAfterMs);
  }

  return { pair, compared, failure, isBusy, isChanged, look, load, refresh };
}

const nameOf = contactName;
const mergedWords = (from: string, into: string): string => (from === into ? `the two called ${into}` : `${from} into ${into}`);

async function readPair(api: Api, { here, there }: Pair): Promise<ApiResult<Compared>> {
  const [preview, one, other] = await Promise.all([
    api.call('POST /api/v1/contacts/merge/preview', { body: { from: there, into: here } }),
    api.call('GET /api/v1/contacts/:contact', { params: { contact: here } }),
    api.call('GET /api/v1/contacts/:contact', { params: { contact: there } }),
  ]);
  if (!preview.ok) return preview;
  if (!one.ok) return one;
  if (!other.ok) return other;
  const evidence = evidenceOf(viewToKnown(one.data), viewToKnown(other.data));
  return { ok: true, data: { here: one.data, there: other.data, preview: preview.data, evidence } };
}

function viewToKnown(view: ContactView): Parameters<typeof evidenceOf>[0] {
  return {
    userId: view.user_id,
    claimedUserId: view.claimed_user_id,
    email: view.email,
    emailGrade: view.email_grade,
    name: view.name,
    nameGrade: view.name_grade,
    phone: view.phone,
    phoneGrade: view.phone_grade,
    company: view.company,
    language: view.language,
    firstTouch: view.first_touch,
  };
}

function undoRefusal({ code, message }: ApiFailure): string {
  if (code === 'undo_expired') return 'The merge was not undone: that is possible for 30 days, and they are over.';
  if (code === 'undo_blocked')
    return 'The merge was not undone: this contact was itself merged into another one since. Undo that merge first.';
  if (code === 'contact_gone') return 'The merge was not undone: the contact was erased meanwhile.';
  if (code === 'unreachable') return 'The server does not answer. If the merge still stands when it is back, undo it again.';
  return `The merge was not undone. ${message}`;
}
