import type { FormField } from '../../shared/bot/types.ts';
import type { Phrases } from '../locales/index.ts';

/** The phrase that helps, or null where the value will do. The server has the last word. */
export function checkField({ kind, required }: Pick<FormField, 'kind' | 'required'>, value: string): keyof Phrases | null {
  const text = value.trim();
  if (text === '') return required ? (kind === 'email' ? 'needEmail' : kind === 'phone' ? 'needPhone' : 'needText') : null;
  if (kind === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text) ? null : text.includes('@') ? 'needEmail' : 'needAt';
  if (kind === 'phone') return text.replace(/\D/g, '').length >= 6 ? null : 'needPhone';
  if (kind === 'number') return /^[-+]?[\d\s.,]*\d[\d\s.,]*$/.test(text) ? null : 'needNumber';
  return null;
}
