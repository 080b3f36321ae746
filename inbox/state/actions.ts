// What an agent does to a conversation: shown at once, sent until answered, taken back with words where it is refused.
import type { ChangeBody } from '../../shared/conversation.ts';
import type { AgentCommandName, AgentView, Author } from '../../shared/protocol.ts';
import { createCid } from '../cid.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import type { Conversations } from './conversations.ts';
import type { Toasts } from './toasts.ts';

export interface Actions {
  takeOver(conversation: number): void;
  handBack(conversation: number): Promise<void>;
  assign(conversation: number, agent: AgentView | null): void;
  assignTeam(conversation: number, team: { id: number; name: string } | null): void;
  /** With a toast that can undo it. */
  close(conversation: number): void;
  reopen(conversation: number): void;
}

interface Deps {
  connection: Connection;
  conversations: Conversations;
  toasts: Toasts;
  me: () => Author;
}

type ActionName = Extract<AgentCommandName, `conversation.${'takeover' | 'handback' | 'assign' | 'assign_team' | 'close' | 'reopen'}`>;

export function createActions({ connection, conversations, toasts, me }: Deps): Actions {
  async function act(
    name: ActionName,
    conversation: number,
    changes: readonly ChangeBody[],
    body: object,
    failed: string,
  ): Promise<boolean> {
    const cid = createCid();
    for (const change of changes) conversations.expect({ cid, conversation, change });
    const reply = await deliver(connection, name, { cid, conversation, ...body } as never);
    if (reply?.ok) {
      conversations.confirm(cid, reply.seq);
      return true;
    }
    conversations.withdraw(cid);
    toasts.show(`${failed} ${reply?.message ?? ''}`.trim(), { tone: 'error' });
    return false;
  }

  function setStatus(conversation: number, status: 'open' | 'closed'): void {
    const name = status === 'open' ? 'conversation.reopen' : 'conversation.close';
    const failed = status === 'open' ? 'The conversation was not reopened.' : 'The conversation was not closed.';
    void act(name, conversation, [{ kind: 'status', status, by: me() }], {}, failed);
  }

  return {
    takeOver(conversation) {
      const changes: ChangeBody[] = [
        { kind: 'bot', active: false, by: me() },
        { kind: 'assigned', agent: me(), by: me() },
      ];
      void act('conversation.takeover', conversation, changes, {}, 'The bot goes on.');
    },
    async handBack(conversation) {
      const changes: ChangeBody[] = [{ kind: 'bot', active: true, by: me() }];
      const isDone = await act('conversation.handback', conversation, changes, {}, 'The bot did not take over.');
      if (isDone) toasts.show('The bot goes on where it stood.', { action: { label: 'Undo', run: () => this.takeOver(conversation) } });
    },
    assign(conversation, agent) {
      const author: Author | null = agent && { kind: 'agent', id: agent.id, name: agent.name };
      const change: ChangeBody = { kind: 'assigned', agent: author, by: me() };
      void act('conversation.assign', conversation, [change], { agent: agent?.id ?? null }, 'The assignment was not changed.');
    },
    assignTeam(conversation, team) {
      const change: ChangeBody = { kind: 'team', team: team && { id: team.id, name: team.name }, by: me() };
      void act('conversation.assign_team', conversation, [change], { team: team?.id ?? null }, 'The team was not changed.');
    },
    close(conversation) {
      setStatus(conversation, 'closed');
      toasts.show('Conversation closed.', { action: { label: 'Undo', run: () => setStatus(conversation, 'open') } });
    },
    reopen: (conversation) => setStatus(conversation, 'open'),
  };
}
