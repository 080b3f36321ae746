// How the host app proves who its users are, and what becomes of a lead who turns out to be one of them.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { identityModes } from '../../shared/api-views.ts';
import type { IdentitySettings } from '../../shared/api.ts';
import { leadMergings } from '../../shared/contact.ts';
import { useInbox } from '../components/context.ts';
import { Icon } from '../components/Icon.tsx';
import { NoteIcon } from '../components/icons.ts';
import { PageSkeleton } from '../components/Lazy.tsx';
import { mergingWords, modeWords } from '../identity-words.ts';
import { ChoiceCards } from './ChoiceCards.tsx';
import { LoadFailure } from './LoadFailure.tsx';
import { PublicKeyCard } from './PublicKeyCard.tsx';
import { SavedWords } from './SaveBar.tsx';
import { SecretCard } from './SecretCard.tsx';
import { SettingsCard } from './SettingsCard.tsx';

export function IdentitySection(): JSX.Element {
  const { identity } = useInbox();
  useEffect(() => void identity.load(), [identity]);
  const settings = identity.saved.value;
  if (settings !== null)
    return (
      <>
        <ModeCard settings={settings} />
        <SecretCard settings={settings} />
        <PublicKeyCard />
        <MergingCard />
      </>
    );
  const failure = identity.failure.value;
  if (failure === null) return <PageSkeleton />;
  return <LoadFailure title="The identity settings could not be loaded" words={failure.message} retry={() => void identity.load()} />;
}

function ModeCard({ settings }: { settings: IdentitySettings }): JSX.Element {
  const { mode } = useInbox().identity;
  const isFixed = settings.mode_from === 'configuration';
  return (
    <SettingsCard title="Proof of identity" lead="Whether your app has to prove who its signed-in users are.">
      {isFixed ? (
        <p class="settings-note">
          <Icon of={NoteIcon} size={14} />
          <span>
            Fixed by the server’s configuration: <code>IDENTITY_MODE={settings.mode}</code>. Whoever runs the server can change it there.
          </span>
        </p>
      ) : null}
      <ChoiceCards
        name="identity-mode"
        legend="Proof of identity"
        options={identityModes}
        words={modeWords}
        value={mode.value.value}
        isDisabled={isFixed}
        choose={(value) => void mode.choose(value)}
      />
      <SavedWords draft={mode} />
    </SettingsCard>
  );
}

function MergingCard(): JSX.Element {
  const { merging } = useInbox().identity;
  return (
    <SettingsCard
      title="When a lead signs in"
      lead="Somebody chats and leaves an email, then signs in on the same device as a user you know already. Does the chat become part of that user’s history?"
    >
      <ChoiceCards
        name="lead-merging"
        legend="When a lead signs in"
        options={leadMergings}
        words={mergingWords}
        value={merging.value.value}
        choose={(value) => void merging.choose(value)}
        recommended="same_email_or_none"
      />
      <p class="form-hint">A visitor who left no email always becomes the user they sign in as. A merge can be undone for 30 days.</p>
      <SavedWords draft={merging} />
    </SettingsCard>
  );
}
