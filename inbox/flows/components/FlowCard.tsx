// One flow of the list.
import type { JSX } from 'preact';
import type { FlowSummary } from '../../../shared/api.ts';
import { Icon } from '../../components/Icon.tsx';
import { DeleteIcon, FlowIcon } from '../../components/icons.ts';
import { Menu } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/Menu.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { flowPath } from '../../router.ts';
import { shareWords } from '../funnel.ts';
import { MoreIcon, StartIcon } from '../icons.ts';
import type { Yield } from '../list.ts';

interface FlowCardProps {
  flow: FlowSummary;
  own: Yield | undefined;
  canEdit: boolean;
  activate(): void;
  remove(): void;
}

export function FlowCard({ flow, own, canEdit, activate, remove }: FlowCardProps): JSX.Element {
  const { id, name, active, published_version: version, has_changes: hasChanges, draft_updated_at: updatedAt } = flow;
  const items: MenuItem[] = [
    ...(active || version === null ? [] : [{ key: 'activate', label: 'Make active', icon: StartIcon, run: activate }]),
    ...(active ? [] : [{ key: 'remove', label: 'Delete …', icon: DeleteIcon, run: remove }]),
  ];
  return (
    <li class={`flow-card ${active ? 'is-active' : ''}`}>
      <span class="flow-card-icon">
        <Icon of={FlowIcon} size={18} />
      </span>
      <div class="flow-card-words">
        <h2>
          <a href={flowPath(id)}>{name}</a>
        </h2>
        <p>
          {active ? <span class="flow-badge is-live">Active</span> : null}
          <span class="flow-badge">{version === null ? 'Never published' : `Version ${version}`}</span>
          {hasChanges && version !== null ? <span class="flow-badge is-changed">Changes not published</span> : null}
          <span class="flow-card-time">
            Edited <RelativeTime at={Date.parse(updatedAt)} />
          </span>
        </p>
      </div>
      <Numbers own={own} isPublished={version !== null} />
      {canEdit && items.length > 0 ? (
        <Menu label={`More about ${name}`} items={items} class="icon-button" align="end">
          <Icon of={MoreIcon} label={`More about ${name}`} />
        </Menu>
      ) : (
        <span class="flow-card-room" />
      )}
    </li>
  );
}

function Numbers({ own, isPublished }: { own: Yield | undefined; isPublished: boolean }): JSX.Element | null {
  if (!isPublished) return null;
  if (own === undefined || own.conversations === 0) return <p class="flow-card-none">No conversation in the last 30 days</p>;
  const { conversations, leads, qualified } = own;
  return (
    <dl class="flow-card-numbers" title="The last 30 days">
      <Figure value={conversations} label={conversations === 1 ? 'conversation' : 'conversations'} />
      <Figure value={shareWords(leads, conversations)} label="left a contact" />
      <Figure value={qualified} label="qualified" />
    </dl>
  );
}

function Figure({ value, label }: { value: number | string; label: string }): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{typeof value === 'number' ? value.toLocaleString('en-GB') : value}</dd>
    </div>
  );
}
