import type { JSX } from 'preact';
import { Avatar } from '../components/Avatar.tsx';
import { RichText } from '../components/RichText.tsx';
import { languageName } from '../words.ts';

/** The question as a visitor meets it; the consent text small beneath, as in the widget. */
export function ConsentPreview({ text, language }: { text: string; language: string | null }): JSX.Element {
  return (
    <figure class="widget-preview">
      <figcaption class="form-hint">In the widget{language === null ? '' : `, in ${languageName(language)}`}</figcaption>
      <div class="widget-preview-talk">
        <Avatar of={{ kind: 'bot', id: null, name: null }} size={24} />
        <div class="widget-preview-words">
          <p class="widget-preview-bubble">Where can we reach you?</p>
          <p class="widget-preview-consent" dir="auto" lang={language ?? undefined}>
            {text.trim() === '' ? <span class="is-missing">Your text appears here.</span> : <RichText text={text} />}
          </p>
        </div>
      </div>
      <div class="widget-preview-field" aria-hidden="true">
        name@company.com
      </div>
    </figure>
  );
}
