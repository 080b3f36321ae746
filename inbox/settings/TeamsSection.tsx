// Groups of agents whom conversations can be given to.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TeamView } from '../../shared/api.ts';
import type { AgentView } from '../../shared/protocol.ts';
import type { ApiFailure } from '../api.ts';
import { Avatar } from '../components/Avatar.tsx';
import { useInbox } from '../components/context.ts';
import { Icon } from '../components/Icon.tsx';
import { DeleteIcon, FailedIcon, PlusIcon } from '../components/icons.ts';
import { PageSkeleton } from '../components/Lazy.tsx';
import { SettingsCard } from './SettingsCard.tsx';

const maxName = 80;

export function TeamsSection({ canEdit }: { canEdit: boolean }): JSX.Element {
  const { teams } = useInbox();
  useEffect(() => void teams.load(), [teams]);
  const list = teams.list.value;
  return (
    <SettingsCard title="Teams" lead="A conversation can be given to a team, by a flow or by hand. Everybody in it sees that it is theirs.">
      {list === null && teams.failure.value ? <Failure failure={teams.failure.value} retry={() => void teams.load()} /> : null}
      {list === null && !teams.failure.value ? <PageSkeleton /> : null}
      {list?.length === 0 ? (
        <div class="teach">
          <p>
            No teams yet. With two of them, say Sales and Support, the bot asks what somebody needs and gives the conversation to the right
            people.
          </p>
        </div>
      ) : null}
      <ul class="teams" aria-label="Teams">
        {list?.map((team) => (
          <TeamRow key={team.id} team={team} canEdit={canEdit} />
        ))}
      </ul>
      {canEdit && list !== null ? <NewTeam /> : null}
    </SettingsCard>
  );
}

function Failure({ failure, retry }: { failure: ApiFailure; retry(): void }): JSX.Element {
  return (
    <div class="save-words is-failed" role="alert">
      <Icon of={FailedIcon} size={14} />
      <span>The teams could not be loaded. {failure.message}</span>
      <button type="button" class="button button-small" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

function TeamRow({ team, canEdit }: { team: TeamView; canEdit: boolean }): JSX.Element {
  const { teams } = useInbox();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const change = async (next: { name?: string; members?: readonly number[] }): Promise<void> => {
    setFailure(null);
    setFailure(await teams.change(team.id, next));
  };
  return (
    <li class="team">
      <div class="team-head">
        {canEdit ? <NameField name={team.name} save={(name) => void change({ name })} /> : <span class="team-name">{team.name}</span>}
        {canEdit ? (
          <button type="button" class="icon-button" aria-label={`Delete ${team.name}`} title="Delete" onClick={() => teams.remove(team.id)}>
            <Icon of={DeleteIcon} size={14} />
          </button>
        ) : null}
      </div>
      <Members team={team} canEdit={canEdit} onChange={(members) => void change({ members })} />
      {failure ? (
        <p class="form-fault" role="alert">
          <Icon of={FailedIcon} size={13} /> {failure.fields['name'] ?? failure.message} It is as it was.
        </p>
      ) : null}
    </li>
  );
}

/** Renamed by Enter or by leaving the field; Escape gives the old name back. */
function NameField({ name, save }: { name: string; save(name: string): void }): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const commit = (): void => {
    const next = typed?.trim() ?? '';
    setTyped(null);
    if (next !== '' && next !== name) save(next);
  };
  return (
    <input
      ref={field}
      class="input team-name"
      aria-label={`Name of the team ${name}`}
      maxLength={maxName}
      value={typed ?? name}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
        event.preventDefault();
        if (event.key === 'Enter') commit();
        else setTyped(null);
      }}
    />
  );
}

function Members({ team, canEdit, onChange }: { team: TeamView; canEdit: boolean; onChange(members: number[]): void }): JSX.Element {
  const agents = useAgents();
  const shown = canEdit ? agents : agents.filter(({ id }) => team.members.includes(id));
  return (
    <div class="team-members" role="group" aria-label={`Members of ${team.name}`}>
      {shown.map((agent) => (
        <label key={agent.id} class="check-chip team-member">
          <input
            type="checkbox"
            disabled={!canEdit}
            checked={team.members.includes(agent.id)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...team.members, agent.id] : team.members.filter((id) => id !== agent.id))
            }
          />
          <span>
            <Avatar of={{ kind: 'agent', id: agent.id, name: agent.name, avatar: agent.avatar }} size={18} /> {agent.name}
          </span>
        </label>
      ))}
      {team.members.length === 0 ? (
        <span class="form-hint">{canEdit ? 'Nobody yet. Choose who belongs to it.' : 'Nobody yet.'}</span>
      ) : null}
    </div>
  );
}

function useAgents(): readonly AgentView[] {
  const { presence, me } = useInbox();
  const agents = presence.agents.value.length > 0 ? presence.agents.value : [me.agent];
  return [...agents].sort((a, b) => a.name.localeCompare(b.name));
}

function NewTeam(): JSX.Element {
  const { teams, me } = useInbox();
  const [name, setName] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const create = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy || name.trim() === '') return;
    setBusy(true);
    const refused = await teams.create(name.trim(), [me.agent.id]);
    setBusy(false);
    setFailure(refused);
    if (!refused) setName('');
  };
  return (
    <form class="team-new" onSubmit={(event) => void create(event)}>
      <input
        class="input"
        aria-label="Name of a new team"
        aria-invalid={failure !== null || undefined}
        placeholder="New team, such as Sales"
        maxLength={maxName}
        value={name}
        onInput={(event) => {
          setName(event.currentTarget.value);
          setFailure(null);
        }}
      />
      <button type="submit" class="button" aria-disabled={isBusy || name.trim() === ''}>
        <Icon of={PlusIcon} size={14} /> {isBusy ? 'Creating…' : 'Create'}
      </button>
      {failure ? (
        <p class="form-fault" role="alert">
          <Icon of={FailedIcon} size={13} /> {failure.fields['name'] ?? failure.message}
        </p>
      ) : null}
    </form>
  );
}
