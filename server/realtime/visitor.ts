// The visitors' namespace: its handshake and one handler per command.
import type { Socket } from 'socket.io';
import type { ErrorCode } from '../../shared/errors.ts';
import { protocolVersion, visitorCommands, visitorHandshake } from '../../shared/protocol.ts';
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
import type { Deps } from '../deps.ts';
import { hashToken } from '../deps.ts';
import { isOriginAllowed } from '../origin.ts';
import { rooms } from '../publish.ts';
import { isLoopback, refused } from './shared.ts';
import type { Realtime } from './shared.ts';
import { serveCommands } from './serve.ts';
import type { Handlers } from './serve.ts';

interface VisitorSocket {
  socket: Socket;
  appId: string;
  visitor: Visitor;
  address: string;
  /** Its contact is known and told as present. */
  isKnown: boolean;
  /** Its session ended or went over to somebody else: it may join nothing more. */
  isEnded: boolean;
}

export function bindVisitors(realtime: Realtime, deps: Deps): void {
  const namespace = realtime.io.of('/visitor');
  namespace.use((socket, next) => {
    greet(realtime, socket).then(
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
        ...(isLoopback(address) ? [] : [{ limiter: realtime.limiters.address, key: address }]),
      ],
    });
    socket.on('disconnect', () => tellLeft(realtime, context));
  });
}

async function greet(realtime: Realtime, socket: Socket): Promise<ErrorCode | null> {
  const parsed = visitorHandshake.safeParse(socket.handshake.auth);
  if (!parsed.success) return 'bad_request';
  const { appId, protocol, token, language, page } = parsed.data;
  if (protocol !== protocolVersion) return 'protocol_unsupported';
  const workspace = await realtime.workspaces.byAppId(appId);
  if (!workspace) return 'unknown_app';
  const { origin, host } = socket.handshake.headers;
  if (!isOriginAllowed(origin, workspace.settings.allowedOrigins, `http://${host}`)) return 'origin_refused';
  const visitor: Visitor = {
    workspace,
    tokenHash: token === undefined ? null : hashToken(token),
    language: language ?? null,
    page: page ? { url: page.url, title: page.title ?? null } : null,
    socketId: socket.id,
  };
  const address = realtime.addressOf(socket.request, socket.handshake.address);
  Object.assign(socket.data as object, { socket, appId, visitor, address, isKnown: false, isEnded: false } satisfies VisitorSocket);
  return null;
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
      const visitor = await current(context);
      const state = await joinAndRead(context, deps, visitor);
      tellHere(realtime, context, state);
      // The reply leaves first; what was missed follows as pages.
      setImmediate(() => void sendGaps(context, deps, body).catch((error: unknown) => deps.log.warn({ error }, 'a resume broke off')));
      return state.reply;
    },
    'conversation.start': async (context, body) => here(context, await startConversation(deps, await current(context), body)),
    'conversation.history': async (context, body) => readVisitorHistory(deps, await current(context), body),
    'conversation.read': async (context, body) => markReadByContact(deps, await current(context), body),
    'message.send': async (context, body) => here(context, await receiveVisitorMessage(deps, await current(context), body)),
    'form.submit': async (context, body) => submitForm(deps, await current(context), body),
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
      realtime.io
        .of('/agent')
        .to(rooms.agents(context.visitor.workspace.id))
        .volatile.emit('typing', { conversation: conversation.id, by, on: body.on });
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

/** P7: the rooms are joined before anything is read, so that nothing falls between. */
async function joinAndRead(context: VisitorSocket, deps: Deps, visitor: Visitor): Promise<VisitorState> {
  let state = await readVisitorState(deps, visitor);
  if (state.session?.verified && state.reply.me.contact_id !== null) {
    const room = rooms.contact(state.reply.me.contact_id);
    if (!context.socket.rooms.has(room)) {
      await context.socket.join(room);
      state = await readVisitorState(deps, visitor);
    }
  }
  if (context.isEnded) throw new Refusal('session_revoked');
  for (const conversation of state.reply.conversations) await context.socket.join(rooms.conversation(conversation.id));
  return state;
}

async function sendGaps(
  context: VisitorSocket,
  deps: Deps,
  body: { epoch?: string | undefined; conversations?: Record<string, number> | undefined },
): Promise<void> {
  const { socket, visitor } = context;
  if (body.epoch !== undefined && body.epoch !== deps.store.epoch) {
    socket.emit('reload', { conversation: null });
    return;
  }
  for (const [id, last] of Object.entries(body.conversations ?? {})) {
    const conversation = Number(id);
    try {
      const head = await sendGap(context, deps, visitor, conversation, last);
      socket.emit('synced', { conversation, head });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Not (or no longer) to be seen by this visitor: what it holds of it is dropped.
      socket.emit('reload', { conversation });
    }
  }
}

async function sendGap(context: VisitorSocket, deps: Deps, visitor: Visitor, conversation: number, last: number): Promise<number> {
  const pages = readGap(deps, visitor, conversation, last);
  for (;;) {
    const page = await pages.next();
    if (page.done) return page.value;
    if (page.value.kind === 'reload') context.socket.emit('reload', { conversation });
    else context.socket.emit('changes', { conversation, changes: page.value.changes });
  }
}

function tellHere(realtime: Realtime, context: VisitorSocket, state: VisitorState): void {
  const { contact_id } = state.reply.me;
  if (contact_id === null) return;
  context.isKnown = true;
  const { page, workspace } = context.visitor;
  if (!realtime.visitors.join(context.socket.id, contact_id, page)) return;
  realtime.io.of('/agent').to(rooms.agents(workspace.id)).emit('presence', { contact: contact_id, online: true, page });
}

function tellLeft(realtime: Realtime, context: VisitorSocket): void {
  const contact = realtime.visitors.leave(context.socket.id);
  if (contact === null) return;
  realtime.io.of('/agent').to(rooms.agents(context.visitor.workspace.id)).emit('presence', { contact, online: false, page: null });
}
