// The whole app in a page: real components, outbox and threads; the other end of the socket is a small server in memory.
import { vi } from 'vitest';
import type { Author, Change, ChangeBody, ConversationView, MessageView } from '../../shared/conversation.ts';
import { applyChange } from '../../shared/conversation.ts';
import type { VisitorBody } from '../../shared/protocol.ts';
import type { WidgetSettings } from '../../shared/settings.ts';
import { createDelivery, type Outside } from '../../widget/create-delivery.ts';
import type { FoyerApi, Handoff, Options } from '../../widget/handoff.ts';
import { drawLauncher } from '../../widget/launcher.ts';
import { memoryStore, type OutboxStore } from '../../widget/memory-store.ts';
import { begin } from '../../widget/main.tsx';
import { fakeTransport, type FakeSocket } from './fake-socket.ts';
import { refusal, settings, view, visitor } from './fakes.ts';

/** One visitor's conversations, as the server would keep and tell them. */
export class MiniServer {
  logs = new Map<number, Change[]>();
  views = new Map<number, ConversationView>();
  socket: FakeSocket | null = null;
  identify: (body: Record<string, unknown>) => unknown = () => ({ ok: true, contact_id: 'c1', type: 'user', verified: true });
  /** Takes the place of an answer. */
  override: ((name: string, body: Record<string, unknown>) => unknown) | null = null;
  private byCid = new Map<string, object>();
  private messages = 100;

  attach(socket: FakeSocket): void {
    this.socket = socket;
    socket.answer = (name, body) => (this.override ? this.override(name, body) : this.answer(name, body));
  }

  answer(name: string, body: Record<string, unknown>): unknown {
    const known = this.socket!.introductions.at(-1)!.token !== undefined;
    switch (name) {
      case 'sync':
        setTimeout(() => this.fill((body.conversations ?? {}) as Record<string, number>));
        return {
          ok: true,
          epoch: 'e1',
          me: { contact_id: known ? 'c1' : null, type: 'visitor', verified: false, email: null, name: null },
          conversations: known ? [...this.views.values()] : [],
        };
      case 'conversation.start':
        return { ok: true, conversation: this.open(this.views.size + 1) };
      case 'conversation.history':
        if (!this.views.has(body.conversation as number)) return refusal('not_found');
        return {
          ok: true,
          changes: this.logs.get(body.conversation as number) ?? [],
          head: 0,
          more: false,
          conversation: this.views.get(body.conversation as number),
        };
      case 'conversation.read':
        this.add(body.conversation as number, { kind: 'read', by: 'contact', upTo: body.seq as number });
        return { ok: true, seq: body.seq };
      case 'message.send':
        return this.receive(body);
      case 'form.submit':
        this.add(body.conversation as number, { kind: 'answered', message: body.message as number, values: body.values as never });
        return {
          ok: true,
          id: body.message,
          conversation: body.conversation,
          seq: this.logs.get(body.conversation as number)!.length,
          at: 1,
        };
      case 'detail.answer':
        return this.hearDetail(body as never);
      case 'identify':
        return this.identify(body);
      default:
        return { ok: true };
    }
  }

  private receive(body: Record<string, unknown>): unknown {
    const cid = body.cid as string;
    if (this.byCid.has(cid)) return this.byCid.get(cid);
    if (this.socket!.introductions.at(-1)!.token === undefined) return refusal('unauthorized');
    const id = (body.conversation as number | undefined) ?? [...this.views.keys()][0] ?? this.begin();
    const change = this.post(id, visitor, body.text as string, { cid });
    const reply = { ok: true, id: change.message.id, conversation: id, seq: change.seq, at: change.at };
    this.byCid.set(cid, reply);
    return reply;
  }

  private hearDetail({ conversation, message, field, answer, value }: VisitorBody<'detail.answer'>): unknown {
    const status = ({ right: 'confirmed', change: 'changed', withdraw: 'withdrawn' } as const)[answer];
    const captured = this.logs
      .get(conversation)!
      .flatMap((change) => (change.kind === 'message' && change.message.id === message ? (change.message.captured ?? []) : []));
    const before = captured.find((one) => one.field === field)?.value ?? null;
    const now = { right: before, change: value ?? null, withdraw: null }[answer];
    const { seq } = this.add(conversation, { kind: 'detail', message, field, value: now, status });
    return { ok: true, seq, status };
  }

  /** As the flow opens it: with its greeting. */
  begin(): number {
    const { id } = this.open(1);
    for (const text of settings.greeting.texts) this.post(id, { kind: 'bot', id: null, name: null }, text);
    return id;
  }

  open(id: number): ConversationView {
    this.logs.set(id, []);
    this.views.set(id, view({ id }));
    return this.views.get(id)!;
  }

  post(id: number, author: Author, text: string, more: Partial<MessageView> = {}): Change & { kind: 'message' } {
    if (!this.views.has(id)) this.open(id);
    const message: MessageView = { id: ++this.messages, author, kind: 'text', text, at: Date.now(), ...more };
    return this.add(id, { kind: 'message', message }) as Change & { kind: 'message' };
  }

  add(id: number, body: ChangeBody): Change {
    const log = this.logs.get(id)!;
    const change: Change = { ...body, seq: log.length + 1, at: Date.now() };
    log.push(change);
    this.views.set(id, applyChange(this.views.get(id)!, change));
    if (this.socket?.connected) this.socket.say('changes', { conversation: id, changes: [change] });
    return change;
  }

  private fill(lasts: Record<string, number>): void {
    for (const [id, last] of Object.entries(lasts)) {
      const changes = (this.logs.get(Number(id)) ?? []).filter((change) => change.seq > last);
      if (changes.length > 0) this.socket?.say('changes', { conversation: Number(id), changes });
      this.socket?.say('synced', { conversation: Number(id), head: this.logs.get(Number(id))?.length ?? 0 });
    }
  }
}

export interface Stage {
  server: MiniServer;
  host: HTMLElement;
  root: ShadowRoot;
  call(method: string, ...args: unknown[]): unknown;
  api: FoyerApi;
  events: [string, unknown][];
  store: OutboxStore;
  launcher: HTMLButtonElement;
  find<E extends HTMLElement = HTMLElement>(selector: string): E;
  all(selector: string): HTMLElement[];
  texts(): string[];
  type(text: string): void;
  say(text: string): void;
  press(key: string, more?: KeyboardEventInit, on?: HTMLElement): KeyboardEvent;
}

export const token = 'a'.repeat(43);

export interface StageOptions {
  settings?: Partial<WidgetSettings>;
  options?: Options;
  server?: MiniServer;
  store?: OutboxStore;
  /** This browser wrote here before. */
  known?: boolean;
  /** The token beside what an earlier page left unsent. */
  left?: string;
  online?: boolean;
  /** Resolves once the transport's chunk is here; rejects where it does not come. */
  arrival?(): Promise<void>;
}

export function setStage({ server = new MiniServer(), store = memoryStore(), ...given }: StageOptions = {}): Stage {
  const motion = (query: string) => ({
    matches: /reduced-motion|hover/.test(query),
    addEventListener() {},
    removeEventListener() {},
  });
  vi.stubGlobal('matchMedia', motion);
  vi.stubGlobal('BroadcastChannel', Channel);
  if (given.known) document.cookie = `foyer_app_test=${token}; Path=/`;
  const options: Options = { locale: 'en', ...given.options };
  const parts = drawLauncher(options);
  const { root, launcher } = parts;
  document.documentElement.append(parts.host);
  const events: [string, unknown][] = [];
  const api = { unreadCount: 0 } as unknown as FoyerApi;
  const transport = fakeTransport((socket) => {
    sockets.push(socket);
    server.attach(socket);
  });
  const handoff: Handoff = {
    api,
    server: 'https://chat.example.com',
    settings: { ...settings, ...given.settings },
    options,
    ...parts,
    emit: (event, detail) => void events.push([event, detail]),
  };
  const outside: Outside = {
    io: transport.io,
    openOutboxStore: async (_appId, mayStore) => (mayStore ? { ...store, kind: 'indexeddb' } : memoryStore()),
  };
  const call = begin(handoff, given.left ?? null, async () => {
    await given.arrival?.();
    return { deliver: (deps) => createDelivery(deps, outside) };
  });
  const find = <E extends HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  const stage: Stage = {
    server,
    host: parts.host,
    root,
    api,
    events,
    store,
    launcher,
    call: (method, ...args) => call(method, args),
    find,
    all: (selector) => [...root.querySelectorAll<HTMLElement>(selector)],
    texts: () => stage.all('.rows .bubble').map((bubble) => bubble.textContent ?? ''),
    type(text) {
      const field = find<HTMLTextAreaElement>('textarea');
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    say(text) {
      stage.type(text);
      stage.press('Enter');
    },
    press(key, more = {}, on = find('textarea')) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...more });
      on.dispatchEvent(event);
      return event;
    },
  };
  return stage;
}

/** What the stages of one test have opened: the next test's are no tabs of theirs. */
const channels: BroadcastChannel[] = [];
const sockets: FakeSocket[] = [];
const listening: [EventTarget, string, EventListenerOrEventListenerObject][] = [];

class Channel extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    channels.push(this);
  }
}

function watchListeners(target: EventTarget): void {
  const add = target.addEventListener.bind(target);
  target.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: AddEventListenerOptions) => {
    listening.push([target, type, listener]);
    add(type, listener, options);
  };
}

if (typeof window !== 'undefined') for (const target of [window, document]) watchListeners(target);

export function clearStage(): void {
  for (const channel of channels.splice(0)) channel.close();
  for (const socket of sockets.splice(0)) {
    socket.isRetired = true;
    socket.drop();
  }
  for (const [target, type, listener] of listening.splice(0)) target.removeEventListener(type, listener);
  document.querySelector('foyer-chat')?.remove();
  document.cookie = 'foyer_app_test=; Path=/';
  localStorage.clear();
  vi.unstubAllGlobals();
}
