// Registry of the ready flows' translations: a language more is its file and a line here.
import type { Translations } from '../../localize.ts';
import type { Language } from '../../understand/languages.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { hi } from './hi.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import { zh } from './zh.ts';

export type ReadyFlowId = 'qualify' | 'support' | 'book-demo';

/** The texts of each flow in one language, by their place; a test holds them against the flow. */
export type FlowTexts = Readonly<Record<ReadyFlowId, Readonly<Record<string, string>>>>;

const byLanguage: Readonly<Record<Exclude<Language, 'en'>, FlowTexts>> = { es, pt, fr, de, it, nl, pl, tr, ru, ar, hi, ja, zh, ko };

export function translationsOf(id: ReadyFlowId): Translations {
  return Object.fromEntries(Object.entries(byLanguage).map(([language, texts]) => [language, texts[id]]));
}
