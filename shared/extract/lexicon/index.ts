// The registry of languages: one line here and one lexicon make the extractor speak another.
import { id, vi } from './asia-latin.ts';
import { ja, ko, zh } from './cjk.ts';
import { ru, uk } from './cyrillic.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { fi, sv } from './nordic.ts';
import { pt } from './pt.ts';
import { ar, he, hi, hiLatin } from './semitic-indic.ts';
import { cs, pl } from './slavic-latin.ts';
import { tr } from './tr.ts';
import type { Lexicon } from './types.ts';

export const lexicons: readonly Lexicon[] = [en, es, pt, fr, it, de, nl, sv, fi, pl, cs, tr, id, vi, ru, uk, ar, he, hi, hiLatin, zh, ja, ko];
