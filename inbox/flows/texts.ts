// Translations of a flow, counted and set. Pure.
import type { FlowDraft } from '../../shared/bot/edit.ts';
import type { FlowText } from '../../shared/bot/localize.ts';
import { languagesOf, textsOf } from '../../shared/bot/localize.ts';

/** What a visitor can read in this flow and a translator can change; empty texts need none. */
export function translatable(flow: FlowDraft): FlowText[] {
  return textsOf(flow).filter(({ text }) => text.trim() !== '');
}

export function missingIn(flow: FlowDraft, language: string): FlowText[] {
  const known = flow.translations?.[language] ?? {};
  return translatable(flow).filter(({ key }) => (known[key] ?? '').trim() === '');
}

/** An empty text takes the translation away. */
export function setTranslation(flow: FlowDraft, language: string, key: string, text: string): FlowDraft {
  const { [key]: _, ...rest } = flow.translations?.[language] ?? {};
  return { ...flow, translations: { ...flow.translations, [language]: text === '' ? rest : { ...rest, [key]: text } } };
}

export function addLanguage(flow: FlowDraft, language: string): FlowDraft {
  if (languagesOf(flow).some((tag) => tag.toLowerCase() === language.toLowerCase())) return flow;
  return { ...flow, translations: { ...flow.translations, [language]: {} } };
}

export function removeLanguage(flow: FlowDraft, language: string): FlowDraft {
  const { [language]: _, ...rest } = flow.translations ?? {};
  if (Object.keys(rest).length > 0) return { ...flow, translations: rest };
  const { translations: __, ...bare } = flow;
  return bare;
}

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
