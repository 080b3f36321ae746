// The pages, the inbox's filters with their counts, the way to the checklist, and the agent's own menu.
import type { JSX } from 'preact';
import type { ConversationFilter } from '../../shared/protocol.ts';
import { inboxPath, settingsPath } from '../router.ts';
import type { Route } from '../router.ts';
import { checklistLength } from '../state/checklist.ts';
import { conversationFilters, filterLabels } from '../state/filters.ts';
import type { Theme } from '../state/layout.ts';
import type { Session } from '../state/session.ts';
import { Avatar } from './Avatar.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import {
  AllIcon,
  AutoThemeIcon,
  BotIcon,
  ChecklistIcon,
  CloseIcon,
  DarkThemeIcon,
  FlowIcon,
  InboxIcon,
  InstallIcon,
  KeysIcon,
  LightThemeIcon,
  LogOutIcon,
  OpenIcon,
  PersonIcon,
  ReportsIcon,
  SettingsIcon,
  UnassignedIcon,
  WaitingIcon,
  XIcon,
} from './icons.ts';
import type { IconNode } from './icons.ts';
import { Logo } from './Logo.tsx';
import { Menu } from './Menu.tsx';
import type { MenuItem } from './Menu.tsx';
import { Resizer } from './Resizer.tsx';

const filterIcons: Record<ConversationFilter, IconNode> = {
  open: OpenIcon,
  waiting: WaitingIcon,
  mine: PersonIcon,
  unassigned: UnassignedIcon,
  bot: BotIcon,
  closed: CloseIcon,
  all: AllIcon,
};

export function Nav({ session }: { session: Session }): JSX.Element {
  const { me, layout } = useInbox();
  return (
    <nav class="nav" aria-label="Inbox">
      <div class="nav-head">
        <Logo size={26} />
        <strong class="nav-workspace">{me.workspace.name}</strong>
        <button type="button" class="icon-button nav-close" aria-label="Close the menu" onClick={() => layout.setNavOver(false)}>
          <Icon of={XIcon} />
        </button>
      </div>
      <ul class="nav-pages">
        <InboxEntry />
        <PageLink pages={['flows', 'flow']} href="/inbox/flows" icon={FlowIcon} label="Flows" />
        <PageLink pages={['reports']} href="/inbox/reports" icon={ReportsIcon} label="Reports" />
        <PageLink pages={['settings']} href={settingsPath('capture')} icon={SettingsIcon} label="Settings" />
      </ul>
      <div class="nav-foot">
        <SetupLink />
        <AgentMenu session={session} />
      </div>
      <Resizer pane="nav" label="Width of the navigation" />
    </nav>
  );
}

/** While the inbox is open its filters stand under it; on other pages it says how many wait. */
function InboxEntry(): JSX.Element {
  const { router, inboxHref, counts, layout } = useInbox();
  const isHere = router.route.value.page === 'inbox';
  const waiting = counts.value?.waiting ?? 0;
  return (
    <li class="nav-inbox">
      <a
        class="nav-link"
        href={inboxHref.value}
        aria-current={isHere ? 'true' : undefined}
        title="Inbox"
        onClick={() => layout.setNavOver(false)}
      >
        <Icon of={InboxIcon} />
        <span class="nav-label">Inbox</span>
        {isHere || waiting === 0 ? null : (
          <span class="nav-count is-urgent">
            {waiting > 999 ? '999+' : waiting}
            <span class="hidden"> waiting</span>
          </span>
        )}
      </a>
      {isHere ? (
        <ul class="nav-filters">
          {conversationFilters.map((filter) => (
            <FilterLink key={filter} filter={filter} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

interface PageLinkProps {
  pages: readonly Route['page'][];
  href: string;
  icon: IconNode;
  label: string;
}

function PageLink({ pages, href, icon, label }: PageLinkProps): JSX.Element {
  const { router, layout } = useInbox();
  const isHere = pages.includes(router.route.value.page);
  return (
    <li>
      <a class="nav-link" href={href} aria-current={isHere ? 'page' : undefined} title={label} onClick={() => layout.setNavOver(false)}>
        <Icon of={icon} />
        <span class="nav-label">{label}</span>
      </a>
    </li>
  );
}

function FilterLink({ filter }: { filter: ConversationFilter }): JSX.Element {
  const inbox = useInbox();
  const count = inbox.counts.value?.[filter] ?? 0;
  const isHere = inbox.filter.value === filter;
  return (
    <li class={filter === 'closed' ? 'is-group-start' : ''}>
      <a
        class={`nav-link nav-${filter}`}
        href={inboxPath(filter)}
        aria-current={isHere ? 'page' : undefined}
        title={filterLabels[filter]}
        onClick={() => inbox.layout.setNavOver(false)}
      >
        <Icon of={filterIcons[filter]} />
        <span class="nav-label">{filterLabels[filter]}</span>
        {count > 0 ? <span class={`nav-count ${filter === 'waiting' ? 'is-urgent' : ''}`}>{count > 999 ? '999+' : count}</span> : null}
      </a>
    </li>
  );
}

/** Until everything works, the way back to the steps. */
function SetupLink(): JSX.Element | null {
  const { checklist, selectedId, filter, layout, router } = useInbox();
  const isHere = router.route.value.page === 'inbox' && selectedId.value === null;
  if (checklist.steps.value === null || checklist.isComplete.value) return null;
  const done = checklist.done.value;
  return (
    <a
      class="nav-link nav-setup"
      href={inboxPath(filter.value)}
      aria-current={isHere ? 'step' : undefined}
      title="Getting started"
      onClick={() => layout.setNavOver(false)}
    >
      <Icon of={ChecklistIcon} />
      <span class="nav-label">Getting started</span>
      <span class="nav-count">
        {done}/{checklistLength}
      </span>
    </a>
  );
}

function AgentMenu({ session }: { session: Session }): JSX.Element {
  const inbox = useInbox();
  const { me, status } = inbox;
  const isOnline = status.value === 'online';
  const theme = inbox.layout.theme.value;
  const themeItem = (of: Theme, label: string, icon: IconNode, isGroupStart = false): MenuItem => ({
    key: of,
    label,
    icon,
    isGroupStart,
    isChosen: theme === of,
    run: () => inbox.layout.setTheme(of),
  });
  const leave = (): void => {
    inbox.revisions.sendHeld();
    inbox.teams.sendHeld();
    inbox.dismissals.sendHeld();
    void session.logOut();
  };
  /** What was typed into the settings lives in this page alone. */
  const signOut = (): void => {
    if (!inbox.settings.isChanged.peek()) return leave();
    inbox.toasts.show('The settings have unsaved changes, which signing out would lose.', {
      action: { label: 'Sign out anyway', run: leave },
    });
    inbox.router.navigate(settingsPath('capture'));
  };
  const items: MenuItem[] = [
    { key: 'keys', label: 'Keyboard shortcuts', icon: KeysIcon, hint: '?', run: () => inbox.openSheet('keys') },
    { key: 'install', label: 'Install the widget', icon: InstallIcon, run: () => inbox.openSheet('install') },
    themeItem('auto', 'Theme of the system', AutoThemeIcon, true),
    themeItem('light', 'Light', LightThemeIcon),
    themeItem('dark', 'Dark', DarkThemeIcon),
    { key: 'out', label: 'Sign out', icon: LogOutIcon, isGroupStart: true, run: signOut },
  ];
  return (
    <Menu class="nav-agent" label={`${me.agent.name} ${isOnline ? 'Online' : 'Reconnecting…'}, menu`} items={items} side="above">
      <Avatar of={{ kind: 'agent', id: me.agent.id, name: me.agent.name, avatar: me.agent.avatar }} size={28} isOnline={isOnline} />
      <span class="nav-agent-words">
        <span class="nav-agent-name">{me.agent.name}</span> <span class="nav-agent-state">{isOnline ? 'Online' : 'Reconnecting…'}</span>
      </span>
    </Menu>
  );
}
