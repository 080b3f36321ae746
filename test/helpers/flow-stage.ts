// A server that runs a flow of the test's own, on a clock that is moved by hand, and an agent who listens.
import type { ContactCard, ConversationSummary, FeedItem } from '../../shared/protocol.ts';
import type { MessageView } from '../../shared/conversation.ts';
import { parseFlow } from '../../shared/bot/flow.ts';
import { insertFlow } from '../../server/store/flows.ts';
import { updateWorkspace } from '../../server/store/workspaces.ts';
import { connectAgent, must, newCid, startServer } from './server.ts';
import type { AgentClient, ServerOptions, TestServer, VisitorClient } from './server.ts';
import { arrive, messagesOf } from './talk.ts';

export interface FlowStage {
  server: TestServer;
  agent: AgentClient;
  clock: { now: number };
  /** Moves the clock, and has the jobs looked at. */
  pass(ms: number): void;
  arrive(more?: Parameters<typeof arrive>[1]): Promise<VisitorClient>;
  /** Begins a conversation; the flow greets. */
  begin(visitor: VisitorClient): Promise<number>;
  tap(visitor: VisitorClient, conversation: number, choice: string): Promise<void>;
  bot(visitor: VisitorClient, conversation: number): Promise<MessageView[]>;
  said(visitor: VisitorClient, conversation: number): Promise<string[]>;
  row(conversation: number): Promise<ConversationSummary>;
  card(conversation: number): Promise<ContactCard>;
  feed(): FeedItem[];
  /** Waits until the agent was told of it. */
  told(type: FeedItem['type'], conversation: number): Promise<FeedItem>;
  close(): Promise<void>;
}

type Steps = Record<string, object>;

/** `steps` begin with the first one. */
export const flowOf = (
  steps: Steps,
  more: object = {},
  id = 'own',
  version = 1,
): { id: string; version: number; [key: string]: unknown } => ({
  id,
  version,
  name: id,
  start: Object.keys(steps)[0] ?? '',
  steps,
  ...more,
});

export async function publishFlow(server: TestServer, flow: { id: string; version: number }, active = false): Promise<void> {
  const { id, version } = flow;
  const parsed = parseFlow(flow);
  // What other flows know of a contact is not known to one alone.
  if (!parsed.ok && parsed.faults.some((fault) => fault.code !== 'unknown-fact')) throw new Error(JSON.stringify(parsed.faults));
  await server.deps.store.in(server.workspace.id).write(async (tx) => {
    await insertFlow(tx, { id, version, body: JSON.stringify(flow), now: 1 });
    if (active) await updateWorkspace(tx, { flow: { id, version } });
  });
}

export async function startFlowStage(
  flow: { id: string; version: number },
  options: ServerOptions & { others?: { id: string; version: number }[]; agent?: string } = {},
): Promise<FlowStage> {
  const clock = { now: Date.UTC(2031, 0, 6, 12) };
  const server = await startServer({ now: () => clock.now, ...options });
  for (const other of options.others ?? []) await publishFlow(server, other);
  await publishFlow(server, flow, true);
  const agent = await connectAgent(server, options.agent);
  must(await agent.send('sync', {}));
  const clients: { close(): void }[] = [agent];
  const feed = (): FeedItem[] => agent.received.filter((e) => e.name === 'feed').flatMap((e) => (e.body as { items: FeedItem[] }).items);
  const row: FlowStage['row'] = async (conversation) => must(await agent.send('conversation.get', { conversation })).conversation;
  const bot: FlowStage['bot'] = async (visitor, conversation) =>
    (await messagesOf(visitor, conversation)).filter((m) => m.author.kind === 'bot');
  return {
    server,
    agent,
    clock,
    pass(ms) {
      clock.now += ms;
      server.deps.jobs.wake(clock.now);
    },
    async arrive(more = {}) {
      const visitor = await arrive(server, more);
      clients.push(visitor);
      return visitor;
    },
    begin: async (visitor) => must(await visitor.send('conversation.start', { cid: newCid() })).conversation.id,
    tap: async (visitor, conversation, choice) =>
      void must(await visitor.send('message.send', { cid: newCid(), conversation, text: choice, choice })),
    bot,
    said: async (visitor, conversation) => (await bot(visitor, conversation)).map((m) => m.text),
    row,
    card: async (conversation) => must(await agent.send('contact.get', { contact: (await row(conversation)).contact.id })).contact,
    feed,
    told: async (type, conversation) => {
      const fits = (item: FeedItem): boolean => item.type === type && item.conversationId === conversation;
      return (await agent.waitFor<{ items: FeedItem[] }>('feed', (b) => b.items.some(fits))).items.find(fits) as FeedItem;
    },
    async close() {
      for (const client of clients) client.close();
      await server.stop();
    },
  };
}
