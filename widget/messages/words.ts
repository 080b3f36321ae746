import { useApp } from '../app.ts';
import type { Phrases } from '../locales/index.ts';
import { later, type Later } from '../locales/en-later.ts';

export type Words = Phrases & Later;

/** Every phrase of the visitor's language; for parts in chunks of their own. */
export function useWords(): Words {
  return { ...later, ...useApp().locale.phrases };
}
