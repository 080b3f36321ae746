// What the panel shows and what can be done in it: signals and functions. Components know nothing else.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Chip } from '../shared/bot/types.ts';
import type { Author, Change, ConversationView, MessageView } from '../shared/conversation.ts';
import type { WidgetSettings } from '../shared/settings.ts';
import type { Deferred } from './deferred.ts';
import type { Entry } from './entries.ts';
import { startOfDay } from './format.ts';
import { createGreeting } from './greeting.ts';
import type { Extra, OutboxItem } from './outbox.ts';
import { buildRows, deliveryOf, type Row } from './rows.ts';
import type { ThreadState } from './threads.ts';
import { createTyping, type Typist } from './typing.ts';

/** A conversation, one still to be started (its cid), or null: the first message begins one. */
export type Target = number | string | null;
export type Screen = 'thread' | 'list';

export interface StateDeps {
  settings: WidgetSettings;
  delivery: Pick<Deferred, 'now' | 'items' | 'add'>;
  /** Fetches the greeting in the visitor's language, where the one of the settings is in another. */
  translate?(): Promise<WidgetSettings['greeting']>;
  /** The visitor does something deliberate: there must be a session from now on. */
  act(): void;
  newCid(): string;
  emit(event: string, detail?: unknown): void;
  reducedMotion(): boolean;
  /** This browser wrote here before, and what it wrote is still on its way. */
  resuming: ReadonlySignal<boolean>;
  now?(): number;
}

export interface State {
  isOpen: Signal<boolean>;
  screen: Signal<Screen>;
  target: ReadonlySignal<Target>;
  view: ReadonlySignal<ConversationView | undefined>;
  conversations: ReadonlySignal<readonly ConversationView[]>;
  threadState: ReadonlySignal<ThreadState>;
  rows: ReadonlySignal<readonly Row[]>;
  delivery: ReadonlySignal<ReturnType<typeof deliveryOf>>;
  more: ReadonlySignal<boolean>;
  /** The last word is a question with these answers. */
  chips: ReadonlySignal<readonly Chip[]>;
  /** What was said last to the visitor and is not answered yet. */
  question: ReadonlySignal<MessageView | null>;
  input: ReadonlySignal<NonNullable<MessageView['input']>>;
  typist: ReadonlySignal<Typist | null>;
  draft: Signal<string>;
  unread: ReadonlySignal<number>;
  /** The newest message is in sight. */
  atBottom: Signal<boolean>;
  /** Keys of bubbles that came just now and may move in. */
  fresh: ReadonlySet<string>;
  online: Signal<boolean>;
  /** When the team is back, epoch ms; null within its hours. */
  backAt: ReadonlySignal<number | null>;
  formItem(message: number): OutboxItem | undefined;
  show(target?: Target): void;
  hide(): void;
  showList(): void;
  startNew(): void;
  say(text: string, extra?: Extra): Promise<void>;
  /** Something else than a message, in this conversation. */
  post(body: OutboxItem['body']): Promise<void>;
  /** The visitor types: told to the agents at most every three seconds. */
  typed(): void;
  loadThread(): void;
  loadOlder(): Promise<void>;
  markRead(): void;
  live(conversation: number, changes: readonly Change[]): void;
  heardTyping(conversation: number, by: Author, on: boolean): void;
  began(from: OutboxItem['to'], conversation: number): void;
  /** It is none of this visitor's any more. */
  gone(conversation: number): void;
  reset(): void;
}

export function createState(deps: StateDeps): State {
  const { settings, delivery, now = Date.now } = deps;
  const isOpen = signal(false);
  const screen = signal<Screen>('thread');
  const chosen = signal<Target | undefined>(undefined);
  const draft = signal('');
  const atBottom = signal(true);
  const online = signal(settings.online);
  const backAt = signal(settings.backAt ?? null);
  const fresh = new Set<string>();

  const threads = computed(() => delivery.now.value?.threads);
  const views = computed(() => threads.value?.views.value ?? []);
  const target = computed<Target>(() => (chosen.value !== undefined ? chosen.value : (views.value[0]?.id ?? null)));
  const id = computed(() => (typeof target.value === 'number' ? target.value : null));
  const view = computed(() => views.value.find((one) => one.id === id.value));
  const thread = computed(() => (views.value, id.value === null ? undefined : threads.value?.thread(id.value)));
  const threadState = computed<ThreadState>(
    () => thread.value?.state.value ?? (id.value !== null || (target.value === null && deps.resuming.value) ? 'loading' : 'ready'),
  );
  const greeting = createGreeting(settings.greeting, { reducedMotion: deps.reducedMotion, translate: deps.translate, now });
  const typing = createTyping({
    conversation: () => id.value,
    request: async (name, body) => delivery.now.value?.connection.request(name, body),
  });

  const entries = computed<readonly Entry[]>(() => {
    const known = thread.value?.entries.value ?? [];
    return known.length > 0 || threadState.value !== 'ready' ? known : greeting.entries.value;
  });
  const items = computed(() => delivery.items.value.filter((item) => item.to === target.value));
  const rows = computed(() => buildRows(entries.value, items.value, startOfDay, now()));
  const lastMessage = computed(() => {
    const last = entries.value.findLast((entry) => entry.kind === 'message');
    const mine = items.value.some((item) => !item.failure && item.body.kind !== 'detail');
    return last?.kind === 'message' && last.message.author.kind !== 'contact' && !mine ? last.message : null;
  });
  // setTimeout holds 24 days and no more; who is away longer is said to be.
  if (backAt.value !== null) setTimeout(() => (backAt.value = null), Math.min(backAt.value - now(), 2 ** 31 - 1));

  const typist = computed<Typist | null>(
    () => typing.typist.value ?? (greeting.pending.value && entries.value === greeting.entries.value ? { kind: 'bot', name: null } : null),
  );

  function greet(): void {
    if (id.value === null && threadState.value === 'ready') greeting.begin();
  }

  function show(to?: Target): void {
    if (to !== undefined) chosen.value = to;
    screen.value = 'thread';
    greet();
    if (isOpen.value) return;
    isOpen.value = true;
    deps.emit('open');
  }

  function hide(): void {
    if (!isOpen.value) return;
    isOpen.value = false;
    deps.emit('close');
  }

  async function send(to: Target, body: OutboxItem['body']): Promise<void> {
    deps.act();
    typing.stop();
    const item = await delivery.add(to, body);
    fresh.add(item.cid);
  }

  async function say(text: string, extra?: Extra): Promise<void> {
    atBottom.value = true;
    greeting.finish();
    await send(target.value, { kind: 'message', text, ...extra });
  }

  function live(conversation: number, changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind !== 'message' || change.message.author.kind === 'contact') continue;
      const { message } = change;
      typing.heard(conversation, message.author, false);
      // The greeting is on the screen already.
      if (!greeting.texts().includes(message.text)) fresh.add(`m${message.id}`);
      deps.emit('message:received', { conversation, id: message.id, text: message.text, author: message.author });
    }
  }

  function markRead(): void {
    if (id.value !== null && isOpen.value && screen.value === 'thread' && atBottom.value && document.visibilityState !== 'hidden') {
      threads.value?.markRead(id.value);
    }
  }

  return {
    isOpen,
    screen,
    target,
    view,
    conversations: views,
    threadState,
    rows,
    delivery: computed(() => deliveryOf(rows.value, view.value?.agentReadSeq ?? 0)),
    more: computed(() => thread.value?.more.value ?? false),
    chips: computed(() => (greeting.pending.value && id.value === null ? [] : (lastMessage.value?.chips ?? []))),
    question: lastMessage,
    input: computed(() => lastMessage.value?.input ?? 'text'),
    typist,
    draft,
    unread: computed(() => views.value.reduce((sum, one) => sum + one.unread, 0)),
    atBottom,
    fresh,
    online,
    backAt,
    formItem: (message) => delivery.items.value.find((item) => item.body.kind === 'form' && item.body.message === message),
    show,
    hide,
    showList: () => void (screen.value = 'list'),
    startNew() {
      chosen.value = views.value.length > 0 ? deps.newCid() : null;
      screen.value = 'thread';
      greeting.begin();
    },
    say,
    post: (body) => send(target.value, body),
    typed: typing.typed,
    loadThread() {
      if (id.value !== null) void threads.value?.load(id.value);
      else if (isOpen.value) greet();
    },
    loadOlder: async () => (id.value === null ? undefined : threads.value?.loadOlder(id.value)),
    markRead,
    live,
    heardTyping: typing.heard,
    began(from, conversation) {
      if (target.value === from || chosen.value === from) chosen.value = conversation;
      if (!threads.value?.view(conversation)) threads.value?.begin(conversation);
    },
    gone(conversation) {
      if (chosen.value === conversation) chosen.value = undefined;
    },
    reset() {
      chosen.value = undefined;
      screen.value = 'thread';
      draft.value = '';
      fresh.clear();
      greeting.reset();
      if (isOpen.value) greeting.begin();
    },
  };
}
