import type { JSX } from 'preact';
import { Icon } from './Icon.tsx';
import { TeamIcon } from './icons.ts';

/** The team a conversation was given to. */
export function TeamMark({ team }: { team: { name: string } | null }): JSX.Element | null {
  if (!team) return null;
  return (
    <span class="team-mark" title={`Team ${team.name}`}>
      <Icon of={TeamIcon} size={12} />
      <span class="hidden">Team </span>
      <span class="team-mark-name">{team.name}</span>
    </span>
  );
}
