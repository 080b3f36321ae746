// Who is here: contacts with their page, people who type, colleagues. Hints only; nothing of it is in a log.
import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AgentEvents, AgentView, Author } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';

export interface Whereabouts {
  online: boolean;
  page: { url: string; title: string | null } | null;
}

type WhereaboutsByContact = Pick<ReadonlyMap<string, Whereabouts>, 'get'>;

export interface Presence {
  readonly contacts: ReadonlySignal<WhereaboutsByContact>;
  /** By conversation. */
  readonly typing: ReadonlySignal<ReadonlyMap<number, Author>>;
  readonly agents: ReadonlySignal<readonly AgentView[]>;
  setAgents(agents: readonly AgentView[]): void;
  /** Their message came: they type no longer. */
  quiet(conversation: number): void;
  stop(): void;
}

/** The end of typing can be lost with a connection. */
const typingForgottenMs = 8000;

export function createPresence(
  connection: Connection,
  onContact: (change: Parameters<AgentEvents['visitors']>[0]['changes'][number]) => void,
): Presence {
  const contacts = signal<WhereaboutsByContact>(new Map());
  let known = new Map<string, Whereabouts>();
  const typing = signal<ReadonlyMap<number, Author>>(new Map());
  const agents = signal<readonly AgentView[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();

  function quiet(conversation: number): void {
    clearTimeout(timers.get(conversation));
    timers.delete(conversation);
    if (!typing.peek().has(conversation)) return;
    const next = new Map(typing.peek());
    next.delete(conversation);
    typing.value = next;
  }

  const stops = [
    connection.on('typing', ({ conversation, by, on }) => {
      quiet(conversation);
      if (!on) return;
      typing.value = new Map(typing.peek()).set(conversation, by);
      timers.set(
        conversation,
        setTimeout(() => quiet(conversation), typingForgottenMs),
      );
    }),
    connection.on('visitors', ({ changes }) => {
      for (const { contact, online, page } of changes) known.set(contact, { online, page });
      // Another object, so that it is seen to have changed; a copy would cost more the more visitors there are.
      contacts.value = { get: (contact) => known.get(contact) };
      for (const change of changes) onContact(change);
    }),
    // Who left meanwhile is never told: what was known says nothing any more.
    effect(() => {
      if (connection.status.value === 'online') return;
      known = new Map();
      contacts.value = known;
    }),
    connection.on('agents', (event) => void (agents.value = event.agents)),
  ];
  return {
    contacts,
    typing,
    agents,
    setAgents: (next) => void (agents.value = next),
    quiet,
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
