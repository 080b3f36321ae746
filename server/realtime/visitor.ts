// The visitors' namespace: its handshake and one handler per command.
import type { Socket } from 'socket.io';
import type { ErrorCode } from '../../shared/errors.ts';
import { protocolVersion, visitorCommands, visitorHandshake } from '../../shared/protocol.ts';
import type { ContactCard } from '../../shared/protocol.ts';
import { answerDetail } from '../actions/answer-detail.ts';
import { startConversation } from '../actions/begin-conversation.ts';
import { endSession } from '../actions/end-session.ts';
import { identifyContact } from '../actions/identify-contact.ts';
import { markReadByContact } from '../actions/mark-read.ts';
import { receiveVisitorMessage } from '../actions/receive-visitor-message.ts';
import { Refusal } from '../actions/refusal.ts';
import type { Visitor } from '../actions/session.ts';
import { submitForm } from '../actions/submit-form.ts';
import { assertMaySee, readGap, readVisitorHistory, readVisitorState } from '../actions/sync-visitor.ts';
import type { VisitorState } from '../actions/sync-visitor.ts';
import { callerOf, warnOfProxy } from '../caller.ts';
import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import { hashToken } from '../deps.ts';
import { isOriginAllowed } from '../origin.ts';
import { isTimeZone } from '../time-zone.ts';
import { rooms } from '../publish.ts';
import { createTransfers, hasRoom } from './pressure.ts';
import type { Transfer } from './pressure.ts';
import { refused, say } from './shared.ts';
import type { Realtime } from './shared.ts';
import { serveCommands } from './serve.ts';
import type { Handlers } from './serve.ts';

export interface VisitorSocket {
  socket: Socket;
  appId: string;
  visitor: Visitor;
  /** Null: nobody's own, so not counted. */
  address: string | null;
  /** Its contact is known and told as present. */
  isKnown: boolean;
  /** Sends what it missed. */
  transfer: (transfer: Transfer) => void;
  /** Its session ended or went over to somebody else: it may join nothing more. */
  isEnded: boolean;
}

export function bindVisitors(realtime: Realtime, deps: Deps): void {
  const namespace = realtime.io.of('/visitor');
  namespace.use((socket, next) => {
    greet(realtime, socket, deps.log).then(
      (code) => (code === null ? next() : next(refused(code))),
      () => next(refused('unavailable')),
    );
  });
  const handlers = visitorHandlers(realtime, deps);
  namespace.on('connection', (socket) => {
    const context = socket.data as VisitorSocket;
    const { visitor, address } = context;
    void socket.join(rooms.workspaceVisitors(visitor.workspace.id));
    if (visitor.tokenHash !== null) void socket.join(rooms.session(visitor.workspace.id, visitor.tokenHash));
    serveCommands(socket, visitorCommands, handlers, {
      context,
      log: deps.log,
      limits: () => [
        { limiter: realtime.limiters.visitor, key: visitor.tokenHash ?? socket.id },
        ...(address === null ? [] : [{ limiter: realtime.limiters.address, key: address }]),
      ],
    });
    socket.on('disconnect', () => tellLeft(realtime, context));
  });
}

async function greet(realtime: Realtime, socket: Socket, log: Deps['log']): Promise<ErrorCode | null> {
  const parsed = visitorHandshake.safeParse(socket.handshake.auth);
  if (!parsed.success) return 'bad_request';
  const { appId, protocol, token, language, timeZone, page } = parsed.data;
  if (protocol !== protocolVersion) return 'protocol_unsupported';
  const workspace = await realtime.workspaces.byAppId(appId);
  if (!workspace) return 'unknown_app';
  const { origin, host } = socket.handshake.headers;
  if (!isOriginAllowed(origin, workspace.settings.allowedOrigins, `http://${host}`)) return 'origin_refused';
  await realtime.watch(workspace.id);
  const visitor: Visitor = {
    workspace,
    tokenHash: token === undefined ? null : hashToken(token),
    language: language ?? null,
    timeZone: timeZone !== undefined && isTimeZone(timeZone) ? timeZone : null,
    page: page ? { url: page.url, title: page.title ?? null, referrer: page.referrer ?? null } : null,
    socketId: socket.id,
  };
  const caller = callerOfHandshake(realtime, socket);
  warnOfProxy(log, caller);
  const { address } = caller;
  const transfer = createTransfers((error) => log.warn({ error }, 'a resume broke off'));
  const context: VisitorSocket = { socket, appId, visitor, address, isKnown: false, transfer, isEnded: false };
  Object.assign(socket.data as object, context);
  return null;
}

function callerOfHandshake(realtime: Realtime, { request, handshake }: Socket): Caller {
  const forwarded = request.headers['x-forwarded-for'];
  return callerOf(
    handshake.address,
    realtime.addressOf(request, handshake.address),
    Array.isArray(forwarded) ? forwarded.join() : forwarded,
  );
}

function visitorHandlers(realtime: Realtime, deps: Deps): Handlers<typeof visitorCommands, VisitorSocket> {
  /** With the workspace as it is now: its settings may have changed since the handshake. */
  async function current(context: VisitorSocket): Promise<Visitor> {
    const workspace = await realtime.workspaces.byAppId(context.appId);
    if (!workspace) throw new Refusal('unknown_app');
    context.visitor = { ...context.visitor, workspace };
    return context.visitor;
  }
  /** The first act makes the contact which this socket has been of all along: agents then see it there. */
  function here<T>(context: VisitorSocket, reply: T): T {
    if (context.isKnown) return reply;
    context.isKnown = true;
    void joinAndRead(context, deps, context.visitor).then(
      (state) => tellHere(realtime, context, state),
      () => {},
    );
    return reply;
  }
  return {
    async sync(context, body) {
      const { page } = body;
      if (page) context.visitor = { ...context.visitor, page: { url: page.url, title: page.title ?? null } };
      const visitor = await current(context);
      const state = await joinAndRead(context, deps, visitor);
      tellHere(realtime, context, state);
      // A sync that names nothing is a mere heartbeat: what runs or waits goes on.
      if (asksForMore(deps, body)) context.transfer(() => sendGaps(context, deps, body));
      return state.reply;
    },
    'conversation.start': async (context, body) => here(context, await startConversation(deps, await current(context), body)),
    'conversation.history': async (context, body) => readVisitorHistory(deps, await current(context), body),
    'conversation.read': async (context, body) => markReadByContact(deps, await current(context), body),
    'message.send': async (context, body) => here(context, await receiveVisitorMessage(deps, await current(context), body)),
    'form.submit': async (context, body) => submitForm(deps, await current(context), body),
    'detail.answer': async (context, body) => answerDetail(deps, await current(context), body),
    async identify(context, body) {
      const reply = await identifyContact(deps, await current(context), body);
      if (reply.token !== undefined) await goOnUnder(realtime, context, reply.token);
      // A proof lets it see more than before.
      tellHere(realtime, context, await joinAndRead(context, deps, context.visitor));
      return reply;
    },
    async 'session.end'(context) {
      const reply = await endSession(deps, await current(context));
      tellLeft(realtime, context);
      return reply;
    },
    async typing(context, body) {
      const conversation = await assertMaySee(deps, await current(context), body.conversation);
      const by = { kind: 'contact' as const, id: conversation.contactId, name: null };
      const event = { conversation: conversation.id, by, on: body.on };
      say(realtime, '/agent', rooms.agents(context.visitor.workspace.id), 'typing', event);
      return {};
    },
  };
}

/** The socket that asked needs no new handshake: it hears what the new token's session may hear, and nothing more of before. */
async function goOnUnder(realtime: Realtime, context: VisitorSocket, token: string): Promise<void> {
  tellLeft(realtime, context);
  context.visitor = { ...context.visitor, tokenHash: hashToken(token) };
  context.isEnded = false;
  await context.socket.join(rooms.session(context.visitor.workspace.id, hashToken(token)));
}

/** P7: the rooms are joined before that is read which is answered, so that nothing falls between. */
async function joinAndRead(context: VisitorSocket, deps: Deps, visitor: Visitor): Promise<VisitorState> {
  const { socket } = context;
  for (;;) {
    const state = await readVisitorState(deps, visitor);
    if (context.isEnded) throw new Refusal('session_revoked');
    const missing = roomsOf(state).filter((room) => !socket.rooms.has(room));
    // A socket that left meanwhile must not come back into any room: nothing would take it out again.
    if (missing.length === 0 || !socket.connected) return state;
    await socket.join(missing);
  }
}

/** P13: what happened on another node may have changed who the socket is and what it may hear. @throws Refusal session_revoked */
export async function readAgain(realtime: Realtime, deps: Deps, context: VisitorSocket): Promise<void> {
  const { socket } = context;
  const before = new Set(socket.rooms);
  const state = await joinAndRead(context, deps, context.visitor);
  const now = new Set(roomsOf(state));
  for (const room of before)
    if (isGranted(room) && !now.has(room)) {
      void socket.leave(room);
      const conversation = rooms.conversationIn(room);
      if (conversation !== null) socket.emit('reload', { conversation });
    }
  // Of what it does not know yet a client asks by itself.
  for (const { id } of state.reply.conversations)
    if (!before.has(rooms.conversation(id))) socket.emit('changes', { conversation: id, changes: [] });
  socket.emit('me', state.reply.me);
  tellHere(realtime, context, state);
}

const isGranted = (room: string): boolean => room.startsWith('c:') || room.startsWith('u:');

function roomsOf({ session, reply }: VisitorState): string[] {
  const { contact_id } = reply.me;
  const own = session?.verified && contact_id !== null ? [rooms.contact(contact_id)] : [];
  return [...own, ...reply.conversations.map((conversation) => rooms.conversation(conversation.id))];
}

type SyncBody = { epoch?: string | undefined; conversations?: Record<string, number> | undefined };

function asksForMore(deps: Deps, { epoch, conversations }: SyncBody): boolean {
  return Object.keys(conversations ?? {}).length > 0 || (epoch !== undefined && epoch !== deps.store.epoch);
}

async function sendGaps(context: VisitorSocket, deps: Deps, body: SyncBody): Promise<void> {
  const { socket, visitor } = context;
  if (body.epoch !== undefined && body.epoch !== deps.store.epoch) {
    socket.emit('reload', { conversation: null });
    return;
  }
  for (const [id, last] of Object.entries(body.conversations ?? {})) {
    const conversation = Number(id);
    try {
      const head = await sendGap(context, deps, visitor, conversation, last);
      if (head === null) return;
      socket.emit('synced', { conversation, head });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Not (or no longer) to be seen by this visitor: what it holds of it is dropped.
      socket.emit('reload', { conversation });
    }
  }
}

/** @returns the head, or null where the socket is gone or speaks for somebody else by now */
async function sendGap(context: VisitorSocket, deps: Deps, visitor: Visitor, conversation: number, last: number): Promise<number | null> {
  const { socket } = context;
  const pages = readGap(deps, visitor, conversation, last);
  for (;;) {
    const page = await pages.next();
    if (!(await hasRoom(socket)) || context.isEnded || context.visitor.tokenHash !== visitor.tokenHash) return null;
    if (page.done) return page.value;
    if (page.value.kind === 'reload') socket.emit('reload', { conversation });
    else socket.emit('changes', { conversation, changes: page.value.changes });
  }
}

/** Where the contact came, or is on another page than it was. */
function tellHere(realtime: Realtime, context: VisitorSocket, state: VisitorState): void {
  const { contact_id } = state.reply.me;
  // A socket that left before its first act was stored would be there for ever: its disconnect has been and gone.
  if (contact_id === null || !context.socket.connected) return;
  context.isKnown = true;
  realtime.attendance.visitorCame(context.visitor.workspace.id, context.socket.id, contact_id, pageOf(context.visitor));
}

const pageOf = ({ page }: Visitor): ContactCard['page'] => (page === null ? null : { url: page.url, title: page.title });

function tellLeft(realtime: Realtime, context: VisitorSocket): void {
  realtime.attendance.visitorLeft(context.visitor.workspace.id, context.socket.id);
}
