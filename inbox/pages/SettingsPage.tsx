// How the workspace captures leads: owners change it, everybody else may look.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import { CaptureIcon, NoteIcon, ScoreIcon, TeamIcon, WaitingIcon } from '../components/icons.ts';
import type { IconNode } from '../components/icons.ts';
import { PageSkeleton } from '../components/Lazy.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { settingsPath, settingsSections } from '../router.ts';
import type { SettingsSection } from '../router.ts';
import { CaptureSection } from '../settings/CaptureSection.tsx';
import { HoursSection } from '../settings/HoursSection.tsx';
import { ScoreSection } from '../settings/ScoreSection.tsx';
import { TeamsSection } from '../settings/TeamsSection.tsx';
import type { BotSettingsState } from '../state/bot-settings.ts';
import type { Inbox } from '../state/inbox.ts';
import '../styles/settings.css';
import '../styles/settings-capture.css';
import '../styles/settings-hours.css';
import '../styles/settings-rules.css';

interface SectionWords {
  label: string;
  icon: IconNode;
  isChanged(settings: BotSettingsState): boolean;
}

const sections: Record<SettingsSection, SectionWords> = {
  capture: { label: 'Lead capture', icon: CaptureIcon, isChanged: (settings) => settings.consent.isChanged.value },
  hours: { label: 'Business hours', icon: WaitingIcon, isChanged: (settings) => settings.hours.isChanged.value },
  score: { label: 'Score rules', icon: ScoreIcon, isChanged: (settings) => settings.rules.isChanged.value },
  teams: { label: 'Teams', icon: TeamIcon, isChanged: () => false },
};

export function SettingsPage({ inbox, section }: { inbox: Inbox; section: SettingsSection }): JSX.Element {
  const { settings, me } = inbox;
  const canEdit = me.role !== 'agent';
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => void settings.load(), [settings]);
  useEffect(() => top.current?.closest('.page')?.scrollTo?.(0, 0), [section]);
  return (
    <div class="settings" ref={top}>
      <PageHead title="Settings" lead={`How ${me.workspace.name} greets visitors, captures leads and hands them on.`} />
      <div class="settings-body">
        <nav class="tabs" aria-label="Settings">
          {settingsSections.map((name) => (
            <Tab key={name} name={name} isHere={name === section} isChanged={sections[name].isChanged(settings)} />
          ))}
        </nav>
        <div class="settings-content">
          {canEdit ? null : (
            <p class="settings-note">
              <Icon of={NoteIcon} size={14} /> Only owners change settings. You can look at all of them.
            </p>
          )}
          {settings.saved.value ? (
            <Section section={section} settings={settings} canEdit={canEdit} />
          ) : settings.failure.value ? (
            <Failure words={settings.failure.value.message} retry={() => void settings.load()} />
          ) : (
            <PageSkeleton />
          )}
        </div>
      </div>
    </div>
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
    <a ref={link} class="tab" href={settingsPath(name)} aria-current={isHere ? 'page' : undefined}>
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

function Failure({ words, retry }: { words: string; retry(): void }): JSX.Element {
  return (
    <div class="empty" role="alert">
      <h2>The settings could not be loaded</h2>
      <p>{words}</p>
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
