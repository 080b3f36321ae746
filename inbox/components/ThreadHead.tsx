// Above the messages: the person, where they are, and every action with its key.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AgentView, ConversationSummary } from '../../shared/protocol.ts';
import { contactName, pageName } from '../words.ts';
import { Avatar } from './Avatar.tsx';
import { BlockedMark } from './BlockedMark.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { AssignIcon, BackIcon, BotIcon, CardIcon, CloseIcon, ReopenIcon, TakeOverIcon, TeamIcon, UnassignedIcon } from './icons.ts';
import { Menu } from './Menu.tsx';
import type { MenuItem } from './Menu.tsx';
import { TeamMark } from './TeamMark.tsx';
import { RelativeTime } from './Time.tsx';
import { TypeBadge } from './TypeBadge.tsx';
import { useWhereabouts } from './use-whereabouts.ts';

export function ThreadHead({ conversation }: { conversation: ConversationSummary }): JSX.Element {
  const { openConversation, card } = useInbox();
  const { contact } = conversation;
  return (
    <header class="thread-head">
      <button type="button" class="icon-button thread-back" aria-label="Back to the list" onClick={() => openConversation(null)}>
        <Icon of={BackIcon} size={18} />
      </button>
      <div class="thread-who">
        <h2>
          <span class="thread-name" dir="auto" title={contactName(contact)}>
            {contactName(contact)}
          </span>
          <TypeBadge type={contact.type} unverified={contact.unverified} turned={card.isPromoted.value} spelt />
          {contact.blocked ? <BlockedMark /> : null}
          <TeamMark team={conversation.team} />
        </h2>
        <Whereabouts contact={contact.id} lastAt={conversation.lastAt} />
      </div>
      <ThreadActions conversation={conversation} />
    </header>
  );
}

function Whereabouts({ contact, lastAt }: { contact: string; lastAt: number }): JSX.Element {
  const { card } = useInbox();
  const known = card.contact.value?.id === contact ? card.contact.value : null;
  const { isOnline, isCurrent, page } = useWhereabouts(contact, known);
  if (!isCurrent) {
    return (
      <p class="thread-where" title="No connection to the server. What you write is kept, and sent when it is back.">
        <ConnectionLine /> <span class="thread-kept">What you write is kept.</span>
      </p>
    );
  }
  if (!isOnline) {
    return (
      <p class="thread-where">
        Last seen <RelativeTime at={known?.lastSeenAt ?? lastAt} />
      </p>
    );
  }
  return (
    <p class="thread-where" title={page ? `Online on ${page.url}` : undefined}>
      <span class="dot-online" /> Online{page ? ` on ${pageName(page.url)}` : ''}
    </p>
  );
}

function ThreadActions({ conversation }: { conversation: ConversationSummary }): JSX.Element {
  const { layout } = useInbox();
  const isOpen = conversation.status !== 'closed';
  return (
    <div class="thread-actions">
      {isOpen ? <AssignMenu conversation={conversation} /> : null}
      {isOpen ? <BotAction conversation={conversation} /> : null}
      <StatusAction conversation={conversation} />
      <button
        type="button"
        class="icon-button thread-card"
        aria-label="Contact"
        title="Show or hide the contact (I)"
        aria-pressed={layout.isCardShown.value}
        onClick={() => layout.toggleCard()}
      >
        <Icon of={CardIcon} />
      </button>
    </div>
  );
}

function BotAction({ conversation: { id, botActive } }: { conversation: ConversationSummary }): JSX.Element {
  const { actions } = useInbox();
  const run = (): void => (botActive ? actions.takeOver(id) : void actions.handBack(id));
  return (
    <button
      type="button"
      class="button button-quiet thread-bot"
      title={botActive ? 'Take over from the bot (T)' : 'Hand back to the bot (B)'}
      onClick={run}
    >
      <Icon of={botActive ? TakeOverIcon : BotIcon} /> <span>{botActive ? 'Take over' : 'Hand back'}</span>
    </button>
  );
}

function StatusAction({ conversation: { id, status } }: { conversation: ConversationSummary }): JSX.Element {
  const { actions } = useInbox();
  const isClosed = status === 'closed';
  const run = (): void => (isClosed ? actions.reopen(id) : actions.close(id));
  return (
    <button type="button" class="button" title={isClosed ? 'Reopen the conversation (E)' : 'Close the conversation (E)'} onClick={run}>
      <Icon of={isClosed ? ReopenIcon : CloseIcon} /> <span>{isClosed ? 'Reopen' : 'Close'}</span>
    </button>
  );
}

function AssignMenu({ conversation }: { conversation: ConversationSummary }): JSX.Element {
  const { actions, presence, me } = useInbox();
  const { id, assignee, team } = conversation;
  const agents = presence.agents.value.length > 0 ? presence.agents.value : [me.agent];
  const ordered = [...agents].sort((a, b) => Number(b.id === me.agent.id) - Number(a.id === me.agent.id) || a.name.localeCompare(b.name));
  const itemOf = (agent: AgentView): MenuItem => ({
    key: String(agent.id),
    label: agent.id === me.agent.id ? `${agent.name} (you)` : agent.name,
    face: <Avatar of={{ kind: 'agent', id: agent.id, name: agent.name, avatar: agent.avatar }} size={20} isOnline={agent.online} />,
    isChosen: assignee?.id === agent.id,
    run: () => actions.assign(id, agent),
  });
  const items: MenuItem[] = [
    ...ordered.map(itemOf),
    {
      key: 'none',
      label: 'Nobody',
      icon: UnassignedIcon,
      isGroupStart: true,
      isChosen: assignee === null,
      run: () => actions.assign(id, null),
    },
    ...useTeamItems(conversation),
  ];
  const owner = assignee ? (assignee.id === me.agent.id ? 'you' : assignee.name) : null;
  const whose = [owner, team?.name].filter((name) => name !== null && name !== undefined);
  const label = whose.length === 0 ? 'Assign' : `Assigned to ${whose.join(', ')}. Change`;
  return (
    <Menu class="button button-quiet thread-assign" label={label} items={items} align="end">
      {assignee ? <Avatar of={assignee} size={20} /> : <Icon of={team ? TeamIcon : AssignIcon} />}
      <span>{assignee ? (assignee.id === me.agent.id ? 'You' : assignee.name) : (team?.name ?? 'Assign')}</span>
    </Menu>
  );
}

/** Below the colleagues; nothing where the workspace has no teams. */
function useTeamItems({ id, team }: ConversationSummary): MenuItem[] {
  const { actions, teams } = useInbox();
  useEffect(() => teams.ensure(), [teams]);
  const list = teams.list.value ?? [];
  if (list.length === 0 && !team) return [];
  const known = team && !list.some((each) => each.id === team.id) ? [...list, team] : list;
  return [
    ...known.map((each, index): MenuItem => ({
      key: `team ${each.id}`,
      label: each.name,
      icon: TeamIcon,
      isGroupStart: index === 0,
      isChosen: team?.id === each.id,
      run: () => actions.assignTeam(id, each),
    })),
    { key: 'no team', label: 'No team', icon: UnassignedIcon, isChosen: team === null, run: () => actions.assignTeam(id, null) },
  ];
}
