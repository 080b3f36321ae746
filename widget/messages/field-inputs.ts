import type { JSX } from 'preact';
import type { FormField } from '../../shared/bot/types.ts';

/** Which keyboard and which saved value help with a field. */
export const fieldInputs: Record<Exclude<FormField['kind'], 'choice'>, JSX.IntrinsicElements['input']> = {
  email: { type: 'email', inputMode: 'email', autoComplete: 'email' },
  name: { type: 'text', inputMode: 'text', autoComplete: 'name' },
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'tel' },
  text: { type: 'text', inputMode: 'text', autoComplete: 'off' },
  number: { type: 'text', inputMode: 'decimal', autoComplete: 'off' },
  date: { type: 'date', autoComplete: 'off' },
};
