// One conversation in the list: who, what last, how long they wait, who has it.
import type { JSX } from 'preact';
import type { ConversationSummary } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { contactName } from '../words.ts';
import { Avatar } from './Avatar.tsx';
import { BlockedSign } from './BlockedMark.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { AnsweredIcon, AssignIcon, BotIcon, CloseIcon, DraftIcon, ReopenIcon, TakeOverIcon } from './icons.ts';
import type { IconNode } from './icons.ts';
import { TeamMark } from './TeamMark.tsx';
import { ShortTime, Waiting } from './Time.tsx';
import { TypeBadge } from './TypeBadge.tsx';

interface RowProps {
  conversation: ConversationSummary;
  isSelected: boolean;
  isTabStop: boolean;
  isDrafted: boolean;
  isTyping: boolean;
  isOnline: boolean;
}

export function Row({ conversation, isSelected, isTabStop, isDrafted, isTyping, isOnline }: RowProps): JSX.Element {
  const { filter } = useInbox();
  const { id, contact, agentUnread } = conversation;
  const isUnread = agentUnread > 0;
  return (
    <li class={`row ${isSelected ? 'is-selected' : ''} ${isUnread ? 'is-unread' : ''}`}>
      <a
        class="row-link"
        href={inboxPath(filter.value, id)}
        data-row={id}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
      >
        <Avatar of={{ kind: 'contact', id: contact.id, name: contact.name ?? contact.email }} isOnline={isOnline} />
        <span class="row-words">
          <span class="row-line">
            <span class="row-name" dir="auto">
              {contactName(contact)}
            </span>
            <TypeBadge type={contact.type} unverified={contact.unverified} />
            {contact.blocked ? <BlockedSign /> : null}
            <span class="row-when">
              {conversation.waitingSince === null ? <ShortTime at={conversation.lastAt} /> : <Waiting since={conversation.waitingSince} />}
            </span>
          </span>
          <span class="row-line">
            <Preview conversation={conversation} isDrafted={isDrafted} isTyping={isTyping} />
            <RowMarks conversation={conversation} />
          </span>
        </span>
      </a>
      <RowActions conversation={conversation} />
    </li>
  );
}

function Preview({ conversation, isDrafted, isTyping }: Pick<RowProps, 'conversation' | 'isDrafted' | 'isTyping'>): JSX.Element {
  const { lastAuthor, preview } = conversation;
  if (isTyping) return <span class="row-preview row-typing">typing…</span>;
  if (isDrafted) {
    return (
      <span class="row-preview">
        <span class="row-draft">
          <Icon of={DraftIcon} size={12} /> Draft
        </span>{' '}
        {preview}
      </span>
    );
  }
  return (
    <span class="row-preview">
      {lastAuthor === 'agent' ? <Icon of={AnsweredIcon} size={12} label="Answered:" /> : null}
      {lastAuthor === 'bot' ? <span class="row-whose">Bot: </span> : null}
      {preview === '' ? 'No messages yet' : preview}
    </span>
  );
}

function RowMarks({ conversation }: { conversation: ConversationSummary }): JSX.Element {
  const { assignee, team, botActive, agentUnread, status } = conversation;
  return (
    <span class="row-marks">
      {botActive && status === 'open' ? <Icon of={BotIcon} size={14} label="The bot answers." /> : null}
      <TeamMark team={team} />
      {assignee ? (
        <span title={`Assigned to ${assignee.name ?? 'an agent'}`}>
          <Avatar of={assignee} size={18} />
          <span class="hidden">Assigned to {assignee.name}.</span>
        </span>
      ) : null}
      {agentUnread > 0 ? (
        <span class="unread">
          {agentUnread > 99 ? '99+' : agentUnread}
          <span class="hidden"> unread</span>
        </span>
      ) : null}
    </span>
  );
}

function RowActions({ conversation }: { conversation: ConversationSummary }): JSX.Element {
  const { actions, me } = useInbox();
  const { id, status, botActive, assignee } = conversation;
  const isOpen = status !== 'closed';
  return (
    <span class="row-actions">
      {isOpen && botActive ? <RowAction label="Take over from the bot" icon={TakeOverIcon} run={() => actions.takeOver(id)} /> : null}
      {isOpen && !botActive && assignee?.id !== me.agent.id ? (
        <RowAction label="Assign to me" icon={AssignIcon} run={() => actions.assign(id, me.agent)} />
      ) : null}
      {isOpen ? (
        <RowAction label="Close" icon={CloseIcon} run={() => actions.close(id)} />
      ) : (
        <RowAction label="Reopen" icon={ReopenIcon} run={() => actions.reopen(id)} />
      )}
    </span>
  );
}

function RowAction({ label, icon, run }: { label: string; icon: IconNode; run(): void }): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} tabIndex={-1} onClick={run}>
      <Icon of={icon} size={15} />
    </button>
  );
}
