// The signed-in inbox put together: one connection, one feed, and the areas that live on it.
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { MeReply } from '../../shared/api.ts';
import type { Author, ConversationFilter, ConversationSummary } from '../../shared/protocol.ts';
import type { Api } from '../api.ts';
import type { Connection, ConnectionStatus } from '../connection.ts';
import { inboxPath } from '../router.ts';
import type { InboxRoute, Router } from '../router.ts';
import type { Storage } from '../storage.ts';
import { createActions } from './actions.ts';
import type { Actions } from './actions.ts';
import { createApiTokens } from './api-tokens.ts';
import type { ApiTokens } from './api-tokens.ts';
import { createAudit } from './audit.ts';
import type { Audit } from './audit.ts';
import { createBotSettings } from './bot-settings.ts';
import type { BotSettingsState } from './bot-settings.ts';
import { createCard } from './card.ts';
import type { Card } from './card.ts';
import { createChecklist } from './checklist.ts';
import type { Checklist } from './checklist.ts';
import { createComposer } from './composer.ts';
import type { Composer } from './composer.ts';
import { createConversations } from './conversations.ts';
import { createCounts } from './counts.ts';
import type { Counts } from './counts.ts';
import { createDismissals } from './dismissals.ts';
import type { Dismissals } from './dismissals.ts';
import { createEditor } from './editor.ts';
import type { Editor } from './editor.ts';
import { createFeedSink } from './feed-sink.ts';
import { createFeed } from './feed.ts';
import { createIdentitySecret } from './identity-secret.ts';
import type { IdentitySecret } from './identity-secret.ts';
import { createIdentitySettings } from './identity-settings.ts';
import type { IdentitySettingsState } from './identity-settings.ts';
import { createLayout } from './layout.ts';
import type { Layout } from './layout.ts';
import { createList } from './list.ts';
import type { List } from './list.ts';
import { createMerging } from './merging.ts';
import type { Merging } from './merging.ts';
import { createNames } from './names.ts';
import type { NameOf } from './names.ts';
import { createOutbox } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { createPeople } from './people.ts';
import type { People } from './people.ts';
import { createPresence } from './presence.ts';
import type { Presence } from './presence.ts';
import { createReading } from './reading.ts';
import type { Reading } from './reading.ts';
import { createRevisions } from './revisions.ts';
import type { Revisions } from './revisions.ts';
import { createTags } from './tags.ts';
import type { Tags } from './tags.ts';
import { createTeams } from './teams.ts';
import type { Teams } from './teams.ts';
import { createThreads } from './threads.ts';
import { createToasts } from './toasts.ts';
import type { Toasts } from './toasts.ts';
import { createVocabulary } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export type SheetName = 'keys' | 'install';

export interface Inbox {
  readonly me: MeReply;
  readonly api: Api;
  readonly author: Author;
  readonly status: ReadonlySignal<ConnectionStatus>;
  readonly counts: ReadonlySignal<Counts | null>;
  readonly list: List;
  readonly reading: Reading;
  readonly composer: Composer;
  readonly outbox: Outbox;
  readonly revisions: Revisions;
  readonly editor: Editor;
  readonly card: Card;
  readonly merging: Merging;
  readonly dismissals: Dismissals;
  readonly people: People;
  readonly nameOf: NameOf;
  readonly actions: Actions;
  readonly presence: Presence;
  readonly checklist: Checklist;
  readonly layout: Layout;
  readonly toasts: Toasts;
  readonly router: Router;
  /** Of the list; on other pages the one it had. */
  readonly filter: ReadonlySignal<ConversationFilter>;
  /** Back to the list as it was left. */
  readonly inboxHref: ReadonlySignal<string>;
  /** The conversation in the thread pane; its row is the chosen one. */
  readonly selected: ReadonlySignal<ConversationSummary | null>;
  /** Its id, also while the conversation is still to be fetched. */
  readonly selectedId: ReadonlySignal<number | null>;
  readonly identitySecret: IdentitySecret;
  readonly settings: BotSettingsState;
  readonly identity: IdentitySettingsState;
  readonly apiTokens: ApiTokens;
  readonly audit: Audit;
  readonly teams: Teams;
  readonly vocabulary: Vocabulary;
  readonly tags: Tags;
  /** The dialog that lies over everything. */
  readonly sheet: ReadonlySignal<SheetName | null>;
  /** The contact's newest conversation of those known here. */
  newestConversation(contact: string): number | null;
  openConversation(id: number | null): void;
  openSheet(name: SheetName | null): void;
  stop(): void;
}

export interface InboxDeps {
  me: MeReply;
  connection: Connection;
  api: Api;
  router: Router;
  storage: Storage;
  /** The session is over: by the server's word, or because the socket was refused. */
  onEnded(reason: string): void;
}

export function createInbox(deps: InboxDeps): Inbox {
  const { me, connection, router, api } = deps;
  const areas = createAreas(deps);
  const { conversations, list, composer, reading, outbox, revisions, presence, checklist } = areas;
  const sheet = signal<SheetName | null>(null);
  const route = computed(() => (router.route.value.page === 'inbox' ? router.route.value : null));
  const selectedId = computed(() => route.value?.conversation ?? null);
  const last = createLastRoute(route);
  const filter = computed(() => last.value?.filter ?? 'open');
  const feed = createFeed(connection, createFeedSink(areas));
  const stops = [
    effect(() => list.setFilter(filter.value)),
    effect(() => {
      const { conversation = null, message = null } = route.value ?? {};
      composer.open(conversation);
      reading.open(conversation, message);
    }),
    ...watchSession(connection, deps.onEnded),
  ];
  outbox.resume();

  return {
    ...areas,
    me,
    api,
    status: connection.status,
    counts: areas.counts.counts,
    router,
    filter,
    inboxHref: computed(() => inboxPath(filter.value, last.value?.conversation ?? null)),
    selected: computed(() => (selectedId.value === null ? null : (conversations.byId.value.get(selectedId.value) ?? null))),
    selectedId,
    sheet,
    newestConversation: conversations.newestOf,
    openConversation: (id) => router.navigate(inboxPath(filter.peek(), id)),
    openSheet: (name) => void (sheet.value = name),
    stop() {
      for (const stop of stops) stop();
      for (const area of [feed, presence, checklist, outbox, revisions, areas.settings, areas.identity, areas.teams, areas.dismissals])
        area.stop();
      connection.close();
    },
  };
}

/** Where in the inbox the agent is, or was before another page was opened. */
function createLastRoute(route: ReadonlySignal<InboxRoute | null>): ReadonlySignal<InboxRoute | null> {
  let last: InboxRoute | null = null;
  return computed(() => (last = route.value ?? last));
}

/** Each area gets the ones it needs, and no other. */
function createAreas({ me, connection, api, storage }: InboxDeps) {
  const author: Author = { kind: 'agent', id: me.agent.id, name: me.agent.name };
  const agentId = (): number => me.agent.id;
  const toasts = createToasts();
  const conversations = createConversations();
  const counts = createCounts(agentId);
  const list = createList({ connection, conversations, counts, agentId });
  const outbox = createOutbox(connection, storage, me.agent.id);
  const revisions = createRevisions({ connection, toasts, editAgain: (words) => editor.begin(words) });
  const editor = createEditor(revisions.edit);
  const card = createCard(connection);
  const threads = createThreads(connection);
  const vocabulary = createVocabulary(api);
  return {
    author,
    toasts,
    conversations,
    counts,
    list,
    outbox,
    revisions,
    editor,
    card,
    merging: createMerging({ api, card, toasts }),
    dismissals: createDismissals({ api, card, toasts }),
    people: createPeople({ api, connection, toasts }),
    nameOf: createNames({ card, conversations }),
    threads,
    composer: createComposer(connection, storage, outbox, me.agent.id),
    presence: createPresence(connection, (event) => card.presence(event.contact, event.online, event.page)),
    reading: createReading({ connection, conversations, threads, outbox, revisions, card, author }),
    actions: createActions({ connection, conversations, toasts, me: () => author }),
    checklist: createChecklist(api),
    layout: createLayout(storage),
    identitySecret: createIdentitySecret(api),
    settings: createBotSettings(api),
    identity: createIdentitySettings(api),
    apiTokens: createApiTokens(api),
    audit: createAudit(api),
    teams: createTeams(api, toasts),
    vocabulary,
    tags: createTags({ connection, card, toasts, vocabulary }),
  };
}

function watchSession(connection: Connection, onEnded: InboxDeps['onEnded']): (() => void)[] {
  return [
    connection.on('session.ended', ({ reason }) =>
      onEnded(reason === 'logout' ? 'You were signed out in another tab.' : 'Your session was ended. Sign in again.'),
    ),
    connection.onRefused((code) => onEnded(refusalWords(code))),
  ];
}

function refusalWords(code: string): string {
  if (code === 'protocol_unsupported') return 'The inbox was updated. Reload the page, then sign in.';
  if (code === 'origin_refused') return 'The server refuses this address. Open the inbox at the address it prints when it starts.';
  return 'Your session has ended. Sign in again.';
}
