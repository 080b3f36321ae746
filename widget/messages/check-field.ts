import type { FormField } from '../../shared/bot/types.ts';
import type { Later } from '../locales/en-later.ts';

const needs: Record<FormField['kind'], keyof Later> = {
  email: 'needEmail',
  phone: 'needPhone',
  name: 'needText',
  text: 'needText',
  number: 'needNumber',
  date: 'needDate',
  choice: 'chooseOne',
};

/** The phrase that helps, or null where the value will do. The server has the last word. */
export function checkField({ kind, required }: Pick<FormField, 'kind' | 'required'>, value: string): keyof Later | null {
  const text = value.trim();
  if (text === '') return required ? needs[kind] : null;
  if (kind === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text) ? null : text.includes('@') ? 'needEmail' : 'needAt';
  if (kind === 'phone') return text.replace(/\D/g, '').length >= 6 ? null : 'needPhone';
  if (kind === 'number') return /^[-+]?[\d\s.,]*\d[\d\s.,]*$/.test(text) ? null : 'needNumber';
  if (kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(text) ? null : 'needDate';
  return null;
}
