// How the workspace captures leads and proves identities: owners change it, and others may look at most of it.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import { AuditIcon, CaptureIcon, NoteIcon, ScoreIcon, SignedIcon, TeamIcon, TokenIcon, WaitingIcon } from '../components/icons.ts';
import type { IconNode } from '../components/icons.ts';
import { PageSkeleton } from '../components/Lazy.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { useMoreBeside } from '../components/use-more-beside.ts';
import { settingsPath, settingsSections } from '../router.ts';
import type { SettingsSection } from '../router.ts';
import { AuditSection } from '../settings/AuditSection.tsx';
import { CaptureSection } from '../settings/CaptureSection.tsx';
import { HoursSection } from '../settings/HoursSection.tsx';
import { IdentitySection } from '../settings/IdentitySection.tsx';
import { LoadFailure } from '../settings/LoadFailure.tsx';
import { OwnersOnly } from '../settings/OwnersOnly.tsx';
import { ScoreSection } from '../settings/ScoreSection.tsx';
import { TeamsSection } from '../settings/TeamsSection.tsx';
import { TokensSection } from '../settings/TokensSection.tsx';
import type { BotSettingsState } from '../state/bot-settings.ts';
import type { Inbox } from '../state/inbox.ts';
import '../styles/settings.css';
import '../styles/settings-capture.css';
import '../styles/settings-hours.css';
import '../styles/settings-identity.css';
import '../styles/settings-rules.css';

interface SectionWords {
  label: string;
  icon: IconNode;
  isChanged?: (inbox: Inbox) => boolean;
  /** In the place of a section that is not for every agent. */
  forOwners?: string;
}

const sections: Record<SettingsSection, SectionWords> = {
  capture: { label: 'Lead capture', icon: CaptureIcon, isChanged: ({ settings }) => settings.consent.isChanged.value },
  hours: { label: 'Business hours', icon: WaitingIcon, isChanged: ({ settings }) => settings.hours.isChanged.value },
  score: { label: 'Score rules', icon: ScoreIcon, isChanged: ({ settings }) => settings.rules.isChanged.value },
  teams: { label: 'Teams', icon: TeamIcon },
  identity: {
    label: 'Identity',
    icon: SignedIcon,
    isChanged: ({ identity }) => identity.publicKey.isChanged.value,
    forOwners: 'Only owners see and change how your app proves who its users are.',
  },
  tokens: { label: 'API tokens', icon: TokenIcon, forOwners: 'Only owners see, create and revoke API tokens.' },
  audit: { label: 'Audit log', icon: AuditIcon, forOwners: 'Only owners read the audit log.' },
};

export function SettingsPage({ inbox, section }: { inbox: Inbox; section: SettingsSection }): JSX.Element {
  const { settings, me } = inbox;
  const top = useRef<HTMLDivElement>(null);
  const tabs = useRef<HTMLElement>(null);
  useMoreBeside(tabs);
  useEffect(() => void settings.load(), [settings]);
  useEffect(() => top.current?.closest('.page')?.scrollTo?.(0, 0), [section]);
  return (
    <div class="settings" ref={top}>
      <PageHead title="Settings" lead={`How ${me.workspace.name} greets visitors, captures leads and hands them on.`} />
      <div class="settings-body">
        <nav class="tabs" aria-label="Settings" ref={tabs}>
          {settingsSections.map((name) => (
            <Tab key={name} name={name} isHere={name === section} isChanged={sections[name].isChanged?.(inbox) ?? false} />
          ))}
        </nav>
        <div class="settings-content">
          <Content inbox={inbox} section={section} />
        </div>
      </div>
    </div>
  );
}

function Content({ inbox: { settings, me }, section }: { inbox: Inbox; section: SettingsSection }): JSX.Element {
  const canEdit = me.role !== 'agent';
  const { forOwners } = sections[section];
  if (forOwners !== undefined && !canEdit) return <OwnersOnly what={forOwners} />;
  if (section === 'identity') return <IdentitySection />;
  if (section === 'tokens') return <TokensSection />;
  if (section === 'audit') return <AuditSection />;
  return (
    <>
      {canEdit ? null : (
        <p class="settings-note">
          <Icon of={NoteIcon} size={14} /> Only owners change settings. You can look at these.
        </p>
      )}
      {settings.saved.value ? (
        <Section section={section} settings={settings} canEdit={canEdit} />
      ) : settings.failure.value ? (
        <LoadFailure title="The settings could not be loaded" words={settings.failure.value.message} retry={() => void settings.load()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function Section({ section, settings, canEdit }: { section: SettingsSection; settings: BotSettingsState; canEdit: boolean }): JSX.Element {
  if (section === 'hours') return <HoursSection settings={settings} canEdit={canEdit} />;
  if (section === 'score') return <ScoreSection settings={settings} canEdit={canEdit} />;
  if (section === 'teams') return <TeamsSection canEdit={canEdit} />;
  return <CaptureSection settings={settings} canEdit={canEdit} />;
}

function Tab({ name, isHere, isChanged }: { name: SettingsSection; isHere: boolean; isChanged: boolean }): JSX.Element {
  const { label, icon } = sections[name];
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isHere) link.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [isHere]);
  return (
    <a
      ref={link}
      class={`tab ${name === 'identity' ? 'is-group-start' : ''}`}
      href={settingsPath(name)}
      aria-current={isHere ? 'page' : undefined}
    >
      <Icon of={icon} size={15} />
      <span>{label}</span>
      {isChanged ? (
        <span class="tab-changed" title="Unsaved changes">
          <span class="hidden">, unsaved changes</span>
        </span>
      ) : null}
    </a>
  );
}
