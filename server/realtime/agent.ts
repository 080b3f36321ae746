// The agents' namespace: signed in by the session cookie, one handler per command.
import type { Socket } from 'socket.io';
import { agentCommands, agentHandshake, protocolVersion } from '../../shared/protocol.ts';
import type { AgentView } from '../../shared/protocol.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { assignConversation, assignToTeam } from '../actions/assign-conversation.ts';
import { deleteMessage, editMessage } from '../actions/edit-message.ts';
import { getConversation, listConversations } from '../actions/list-conversations.ts';
import { markReadByAgent } from '../actions/mark-read.ts';
import { readContactCard } from '../actions/read-contact.ts';
import { readTimeline } from '../actions/read-timeline.ts';
import { sendAgentMessage } from '../actions/send-agent-message.ts';
import { closeConversation, reopenConversation } from '../actions/set-status.ts';
import { readAgentHistory, readFeed, readFeedHead } from '../actions/sync-agent.ts';
import { tagContact } from '../actions/tag-contact.ts';
import { handBack, takeOver } from '../actions/take-over.ts';
import { agentAuthor } from '../actions/agent-turn.ts';
import type { Auth } from '../auth.ts';
import type { Deps } from '../deps.ts';
import { isSameHost } from '../origin.ts';
import { rooms } from '../publish.ts';
import { listAgents } from '../store/agents.ts';
import type { Agent } from '../store/agents.ts';
import { createSessionGuard } from './agent-session.ts';
import type { AgentSession, SessionGuard } from './agent-session.ts';
import { createTransfers, hasRoom } from './pressure.ts';
import type { Transfer } from './pressure.ts';
import { agentSessionRoom, refused, say } from './shared.ts';
import type { Realtime } from './shared.ts';
import { serveCommands } from './serve.ts';
import type { CommandTable, Handlers } from './serve.ts';

interface AgentSocket extends AgentSession {
  socket: Socket;
  guard: SessionGuard;
  /** Sends what it missed. */
  transfer: (transfer: Transfer) => void;
}

export function bindAgents(realtime: Realtime, deps: Deps, auth: Auth): void {
  const namespace = realtime.io.of('/agent');
  namespace.use((socket, next) => {
    greet(realtime, deps, socket, auth).then(
      (code) => (code === null ? next() : next(refused(code))),
      () => next(refused('unavailable')),
    );
  });
  const handlers = authorised<typeof agentCommands>(agentHandlers(realtime, deps));
  namespace.on('connection', (socket) => {
    const context = socket.data as AgentSocket;
    const { agent, sessionHash } = context;
    void socket.join([rooms.agents(agent.workspaceId), agentSessionRoom(sessionHash)]);
    context.guard.start();
    serveCommands(socket, agentCommands, handlers, {
      context,
      log: deps.log,
      limits: () => [{ limiter: realtime.limiters.agent, key: `agent ${agent.id}` }],
    });
    realtime.attendance.agentCame(agent.workspaceId, agent.id);
    socket.on('disconnect', () => realtime.attendance.agentLeft(agent.workspaceId, agent.id));
  });
}

async function greet(realtime: Realtime, deps: Deps, socket: Socket, auth: Auth): Promise<ErrorCode | null> {
  const parsed = agentHandshake.safeParse(socket.handshake.auth);
  if (!parsed.success) return 'bad_request';
  if (parsed.data.protocol !== protocolVersion) return 'protocol_unsupported';
  const { origin, host, cookie } = socket.handshake.headers;
  // The cookie goes along with any page's request of the same site: only our own pages may use it.
  if (origin !== undefined && !isSameHost(origin, `http://${host}`)) return 'origin_refused';
  const signedIn = await auth.agentFromCookie(cookie);
  if (!signedIn) return 'unauthorized';
  const { agent, sessionHash, expiresAt } = signedIn;
  await realtime.watch(agent.workspaceId);
  const session: AgentSession = { agent, sessionHash, expiresAt };
  const transfer = createTransfers((error) => deps.log.warn({ error }, 'a resume broke off'));
  const guard = createSessionGuard(realtime.io, deps, auth, socket, socket.data as AgentSession);
  Object.assign(socket.data as object, { ...session, socket, guard, transfer } satisfies AgentSocket);
  return null;
}

/** Agents of this node see who is there, and visitors whether anybody is. */
export async function tellAgents(realtime: Realtime, deps: Deps, workspaceId: string): Promise<void> {
  realtime.availability.changed(workspaceId);
  const room = rooms.agents(workspaceId);
  const { adapter } = realtime.io.of('/agent');
  if (!adapter.rooms.has(room)) return;
  try {
    realtime.io
      .of('/agent')
      .to(room)
      .emit('agents', { agents: await agentViews(realtime, deps, workspaceId) });
  } catch (error) {
    deps.log.warn({ error }, 'agents were not told who is there');
  }
}

async function agentViews(realtime: Realtime, deps: Deps, workspaceId: string): Promise<AgentView[]> {
  const all = await deps.store.in(workspaceId).read((tx) => listAgents(tx));
  return all.map((a) => agentToView(realtime, a));
}

function agentToView(realtime: Realtime, a: Agent): AgentView {
  return { id: a.id, name: a.name, email: a.email, avatar: a.avatar, online: realtime.attendance.agents.isOnline(a.workspaceId, a.id) };
}

/** The session is looked at before every command, and at a heartbeat in any case. */
function authorised<T extends CommandTable>(handlers: Handlers<T, AgentSocket>): Handlers<T, AgentSocket> {
  type Handle = (context: AgentSocket, body: unknown) => Promise<unknown>;
  const guarded = Object.entries(handlers as Record<string, Handle>).map(([name, handle]): [string, Handle] => [
    name,
    async (context, body) => {
      await context.guard.assertAlive({ fresh: name === 'sync' });
      return handle(context, body);
    },
  ]);
  return Object.fromEntries(guarded) as Handlers<T, AgentSocket>;
}

function agentHandlers(realtime: Realtime, deps: Deps): Handlers<typeof agentCommands, AgentSocket> {
  return {
    async sync({ agent, transfer, socket }, body) {
      const rev = await readFeedHead(deps, agent.workspaceId);
      const agents = await agentViews(realtime, deps, agent.workspaceId);
      const isAnother = body.epoch !== undefined && body.epoch !== deps.store.epoch;
      if (isAnother || body.rev !== undefined) transfer(() => sendFeed(socket, deps, agent.workspaceId, body));
      return { epoch: deps.store.epoch, rev, me: agentToView(realtime, agent), agents };
    },
    async 'conversation.list'({ agent, socket }, body) {
      const list = await listConversations(deps, agent, body);
      // Of whoever came before this agent did, nobody was told.
      const { isOnline, pageOf } = realtime.attendance.visitors;
      const here = new Set(list.conversations.map(({ contact }) => contact.id).filter(isOnline));
      if (here.size > 0)
        socket.emit('visitors', { changes: [...here].map((contact) => ({ contact, online: true, page: pageOf(contact) })) });
      return list;
    },
    'conversation.get': ({ agent }, body) => getConversation(deps, agent, body.conversation),
    'conversation.history': ({ agent }, body) => readAgentHistory(deps, agent, body),
    'conversation.read': ({ agent }, body) => markReadByAgent(deps, agent.workspaceId, body),
    'message.send': ({ agent }, body) => sendAgentMessage(deps, agent, body),
    'message.edit': ({ agent }, body) => editMessage(deps, agent, body),
    'message.delete': ({ agent }, body) => deleteMessage(deps, agent, body),
    'conversation.takeover': ({ agent }, body) => takeOver(deps, agent, body),
    'conversation.handback': ({ agent }, body) => handBack(deps, agent, body),
    'conversation.assign': ({ agent }, body) => assignConversation(deps, agent, body),
    'conversation.assign_team': ({ agent }, body) => assignToTeam(deps, agent, body),
    'contact.tag': ({ agent }, body) => tagContact(deps, agent, body),
    'conversation.close': ({ agent }, body) => closeConversation(deps, agent, body),
    'conversation.reopen': ({ agent }, body) => reopenConversation(deps, agent, body),
    'contact.get': ({ agent }, body) => readContactCard(deps, agent, body.contact, realtime.attendance.visitors),
    'contact.timeline': ({ agent }, body) => readTimeline(deps, agent, body),
    async typing({ socket, agent }, body) {
      const { conversation } = await getConversation(deps, agent, body.conversation);
      const event = { conversation: conversation.id, by: agentAuthor(agent), on: body.on };
      say(realtime, '/visitor', rooms.conversation(conversation.id), 'typing', event);
      say(realtime, '/agent', rooms.agents(agent.workspaceId), 'typing', event, socket);
      return {};
    },
  };
}

async function sendFeed(socket: Socket, deps: Deps, workspaceId: string, body: SyncBody): Promise<void> {
  if (body.epoch !== undefined && body.epoch !== deps.store.epoch) {
    socket.emit('reload', {});
    return;
  }
  if (body.rev === undefined) return;
  const pages = readFeed(deps, workspaceId, body.rev);
  for (;;) {
    const page = await pages.next();
    if (!(await hasRoom(socket))) return;
    if (page.done) return void socket.emit('synced', { rev: page.value });
    if (page.value.kind === 'reload') socket.emit('reload', {});
    else socket.emit('feed', { items: page.value.items });
  }
}

type SyncBody = { epoch?: string | undefined; rev?: number | undefined };
