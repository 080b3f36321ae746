// The flow's texts in other languages, side by side with its own; what is missing is counted and can be shown alone.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { languagesOf } from '../../../shared/bot/localize.ts';
import type { FlowText } from '../../../shared/bot/localize.ts';
import { Icon } from '../../components/Icon.tsx';
import { DeleteIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import { addLanguage, languageName, missingIn, removeLanguage, setTranslation, translatable } from '../texts.ts';
import { PanelView } from './Panel.tsx';

const offered = ['de', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'sv', 'tr', 'ru', 'ar', 'hi', 'ja', 'ko', 'zh', 'en'];

export function TextsPanel(): JSX.Element {
  const { editor } = useFlow();
  const flow = editor.draft.value;
  const [own = 'en', ...others] = languagesOf(flow);
  const [wanted, setWanted] = useState<string | null>(null);
  const language = others.find((tag) => tag === wanted) ?? others[0] ?? null;
  return (
    <PanelView name="texts" title="Translations" takesFocus close={() => editor.show(null)}>
      <div class="flow-form">
        <p class="form-hint">Written in {languageName(own)}. A visitor reads the language of the page or the browser where there is one.</p>
        <div class="flow-languages" role="group" aria-label="Languages">
          {others.map((tag) => (
            <LanguageTab key={tag} tag={tag} isChosen={tag === language} choose={() => setWanted(tag)} />
          ))}
          {editor.isReadOnly.value ? null : <AddLanguage known={[own, ...others]} added={setWanted} />}
        </div>
        {language === null ? (
          <div class="empty">
            <h3>One language so far</h3>
            <p>Add another one and every text that visitors read is listed here to be translated.</p>
          </div>
        ) : (
          <Texts language={language} />
        )}
      </div>
    </PanelView>
  );
}

function LanguageTab({ tag, isChosen, choose }: { tag: string; isChosen: boolean; choose(): void }): JSX.Element {
  const { editor } = useFlow();
  const missing = missingIn(editor.draft.value, tag).length;
  return (
    <button type="button" class="flow-language" aria-pressed={isChosen} onClick={choose}>
      {languageName(tag)}
      {missing > 0 ? <span class="flow-missing">{missing} missing</span> : <span class="flow-complete">complete</span>}
    </button>
  );
}

function AddLanguage({ known, added }: { known: readonly string[]; added(tag: string): void }): JSX.Element {
  const { editor } = useFlow();
  return (
    <select
      class="select select-small"
      aria-label="Add a language"
      value=""
      onChange={(event) => {
        const tag = event.currentTarget.value;
        editor.change(addLanguage(editor.history.now.peek(), tag));
        added(tag);
        event.currentTarget.value = '';
      }}
    >
      <option value="">Add a language …</option>
      {offered
        .filter((tag) => !known.includes(tag))
        .map((tag) => (
          <option key={tag} value={tag}>
            {languageName(tag)}
          </option>
        ))}
    </select>
  );
}

function Texts({ language }: { language: string }): JSX.Element {
  const { editor } = useFlow();
  const [onlyMissing, setOnlyMissing] = useState(false);
  // While one is typed it does not vanish from the list of the missing.
  const [listed, setListed] = useState<readonly string[]>([]);
  const flow = editor.draft.value;
  const all = translatable(flow);
  const shown = onlyMissing ? all.filter(({ key }) => listed.includes(key)) : all;
  const toggle = (): void => {
    setListed(missingIn(flow, language).map(({ key }) => key));
    setOnlyMissing(!onlyMissing);
  };
  return (
    <>
      <div class="flow-texts-head">
        <label class="switch">
          <input type="checkbox" role="switch" checked={onlyMissing} onChange={toggle} />
          <span>Only what is missing</span>
        </label>
        {editor.isReadOnly.value ? null : (
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${languageName(language)}`}
            title={`Remove ${languageName(language)}`}
            onClick={() => editor.change(removeLanguage(editor.history.now.peek(), language))}
          >
            <Icon of={DeleteIcon} />
          </button>
        )}
      </div>
      {shown.map((text) => (
        <TextRow key={`${language} ${text.key}`} text={text} language={language} />
      ))}
    </>
  );
}

function TextRow({ text: { key, text, step }, language }: { text: FlowText; language: string }): JSX.Element {
  const { editor } = useFlow();
  const translation = editor.draft.value.translations?.[language]?.[key] ?? '';
  return (
    <div class={`flow-translation ${translation.trim() === '' ? 'is-missing' : ''}`}>
      <label for={`text-${language}-${key}`}>
        <span class="flow-translation-place">{placeWords(key, step)}</span>
        <span>{text}</span>
      </label>
      <textarea
        id={`text-${language}-${key}`}
        class="textarea"
        rows={Math.max(1, Math.ceil(text.length / 42))}
        lang={language}
        dir="auto"
        disabled={editor.isReadOnly.value}
        value={translation}
        placeholder="Not translated: visitors read the text above"
        onInput={(event) =>
          editor.change(setTranslation(editor.history.now.peek(), language, key, event.currentTarget.value), `text ${language} ${key}`)
        }
      />
    </div>
  );
}

/** "need", "need · why", "need · choices › pricing". */
function placeWords(key: string, step: string | null): string {
  if (step === null) return key.replace('.', ' · ');
  const place = key
    .slice(step.length + 1)
    .replace(/\.label$/, '')
    .replaceAll('.', ' › ');
  return place === 'text' ? step : `${step} · ${place}`;
}
