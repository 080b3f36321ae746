// What a visitor is told before giving an address: its text, its translations, and how it looks in the widget.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import { PlusIcon, XIcon } from '../components/icons.ts';
import { languageName } from '../words.ts';
import type { BotSettingsState, ConsentDraft } from '../state/bot-settings.ts';
import { ConsentPreview } from './ConsentPreview.tsx';
import { SaveBar } from './SaveBar.tsx';
import { SettingsCard } from './SettingsCard.tsx';

const maxLength = 500;
const proposal = 'We use your email only to answer you and to get back to you about this request.';
/** Those the bot's own words come in. */
const offeredLanguages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'tr', 'ru', 'ar', 'hi', 'ja', 'zh', 'ko'];

type Consent = NonNullable<ConsentDraft>;

export function consentFault(consent: ConsentDraft): string | null {
  if (consent === null) return null;
  if (consent.text.trim() === '') return 'The text is empty. Write one, or switch it off.';
  const empty = Object.entries(consent.translations).find(([, text]) => text.trim() === '');
  return empty ? `The translation to ${languageName(empty[0])} is empty.` : null;
}

export function ConsentCard({ settings, canEdit }: { settings: BotSettingsState; canEdit: boolean }): JSX.Element {
  const { consent, saved } = settings;
  const value = consent.value.value ?? null;
  // Switched off and on again, it has its words back.
  const last = useRef<Consent | null>(null);
  if (value !== null) last.current = value;
  const fault = consentFault(value);
  const toggle = (isOn: boolean): void => consent.change(isOn ? (last.current ?? { text: proposal, translations: {} }) : null);
  return (
    <SettingsCard
      title="Consent text"
      lead="Shown with the question for an address. Who gives one is stored with the time and the version they saw."
      control={
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-label="Show a consent text"
            checked={value !== null}
            disabled={!canEdit}
            onChange={(event) => toggle(event.currentTarget.checked)}
          />
          <span>{value === null ? 'Off' : 'On'}</span>
        </label>
      }
    >
      {value === null ? null : <ConsentFields value={value} canEdit={canEdit} change={consent.change} />}
      {value === null ? null : <VersionLine version={saved.value?.consent?.version ?? null} isChanged={consent.isChanged.value} />}
      {canEdit ? <SaveBar draft={consent} fault={fault} /> : null}
    </SettingsCard>
  );
}

function VersionLine({ version, isChanged }: { version: number | null; isChanged: boolean }): JSX.Element {
  return (
    <p class="form-hint consent-version">
      {version === null
        ? 'Once saved, it is version 1. The version rises when you change a text.'
        : isChanged
          ? `Version ${version} is live. Saving makes it version ${version + 1}; who saw version ${version} keeps it on their card.`
          : `Version ${version}. It rises when you change a text.`}
    </p>
  );
}

interface FieldsProps {
  value: Consent;
  canEdit: boolean;
  change(value: ConsentDraft): void;
}

function ConsentFields({ value, canEdit, change }: FieldsProps): JSX.Element {
  const [shown, setShown] = useState<string | null>(null);
  const languages = Object.keys(value.translations);
  const language = shown !== null && languages.includes(shown) ? shown : null;
  const setTranslation = (tag: string, text: string): void => change({ ...value, translations: { ...value.translations, [tag]: text } });
  const add = (tag: string): void => {
    setTranslation(tag, '');
    setShown(tag);
  };
  const remove = (tag: string): void => {
    const { [tag]: _, ...rest } = value.translations;
    setShown(null);
    change({ ...value, translations: rest });
  };
  return (
    <div class="consent">
      <div class="consent-fields">
        <ConsentText
          label="Text"
          text={value.text}
          canEdit={canEdit}
          onFocus={() => setShown(null)}
          onInput={(text) => change({ ...value, text })}
        />
        {languages.map((tag) => (
          <ConsentText
            key={tag}
            label={languageName(tag)}
            tag={tag}
            text={value.translations[tag] ?? ''}
            canEdit={canEdit}
            isFirstFocused={tag === shown && value.translations[tag] === ''}
            onFocus={() => setShown(tag)}
            onInput={(text) => setTranslation(tag, text)}
            remove={() => remove(tag)}
          />
        ))}
        {canEdit ? <AddLanguage taken={languages} add={add} /> : null}
      </div>
      <ConsentPreview text={language === null ? value.text : (value.translations[language] ?? '')} language={language} />
    </div>
  );
}

interface TextProps {
  label: string;
  tag?: string;
  text: string;
  canEdit: boolean;
  isFirstFocused?: boolean;
  onFocus(): void;
  onInput(text: string): void;
  remove?: () => void;
}

function ConsentText({ label, tag, text, canEdit, isFirstFocused, onFocus, onInput, remove }: TextProps): JSX.Element {
  const id = `consent-${tag ?? 'text'}`;
  const left = maxLength - text.length;
  return (
    <div class="consent-text">
      <span class="consent-label">
        <label class="form-label" for={id}>
          {label}
        </label>
        {left < 100 ? <span class="form-hint">{left} left</span> : null}
        {remove && canEdit ? (
          <button type="button" class="icon-button" aria-label={`Remove ${label}`} title={`Remove ${label}`} onClick={remove}>
            <Icon of={XIcon} size={14} />
          </button>
        ) : null}
      </span>
      <textarea
        id={id}
        class="textarea"
        rows={3}
        dir="auto"
        lang={tag}
        maxLength={maxLength}
        disabled={!canEdit}
        aria-invalid={text.trim() === '' || undefined}
        ref={(element) => {
          if (isFirstFocused && element && document.activeElement?.tagName !== 'TEXTAREA') element.focus();
        }}
        value={text}
        onFocus={onFocus}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

function AddLanguage({ taken, add }: { taken: readonly string[]; add(tag: string): void }): JSX.Element | null {
  const offered = offeredLanguages.filter((tag) => !taken.includes(tag));
  if (offered.length === 0) return null;
  return (
    <span class="add-language">
      <Icon of={PlusIcon} size={14} />
      <select
        class="select select-small"
        aria-label="Add a translation"
        value=""
        onChange={(event) => {
          add(event.currentTarget.value);
          event.currentTarget.value = '';
        }}
      >
        <option value="" disabled>
          Add a translation
        </option>
        {offered.map((tag) => (
          <option key={tag} value={tag}>
            {languageName(tag)}
          </option>
        ))}
      </select>
    </span>
  );
}
