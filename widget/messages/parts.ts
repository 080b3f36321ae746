// Registry of the parts that come in one chunk, when the first of them is wanted: questions with a control, forms, details to confirm.
import css from '../styles/parts.css?inline';
import form from '../styles/form.css?inline';
import { Ask } from './Ask.tsx';
import { Captured } from './Captured.tsx';
import { FormMessage } from './FormMessage.tsx';

const styles = form + css;
export const ask = { View: Ask, css: styles };
export const captured = { View: Captured, css: styles };
export const formMessage = { View: FormMessage, css: styles };
