// Registry of the bot's own words: a language more is its file and a line here.
import type { Language } from '../understand/languages.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Word } from './en.ts';
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

export const wordsByLanguage = { en, es, pt, fr, de, it, nl, pl, tr, ru, ar, hi, ja, zh, ko } as const satisfies Record<
  Language,
  Record<Word, string>
>;
