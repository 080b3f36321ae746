// Texts with variables: `{{contact.name|there}}`, and `[[ … ]]` for a part that is left out where a variable in it is unknown.
import type { FactValue, Facts } from './types.ts';
import { readFact } from '../facts.ts';

interface Variable {
  fact: string;
  /** Null where the text gives none. */
  fallback: string | null;
}

type Part = string | Variable | { optional: readonly (string | Variable)[] };

export interface Template {
  parts: readonly Part[];
  /** What could not be read, in words; shown by `validateFlow`. */
  fault: string | null;
}

/** Turns a stored value into what a visitor reads, e.g. a choice into its label. */
export type Show = (fact: string, value: FactValue) => string;

/** A long answer quoted in a text is cut here. */
const maxShown = 160;

export function parseTemplate(text: string): Template {
  if (!text.includes('{{') && !text.includes('[[')) return { parts: [text], fault: null };
  const parts: Part[] = [];
  let fault: string | null = null;
  let rest = text;
  for (let open = rest.indexOf('[['); open >= 0; open = rest.indexOf('[[')) {
    const close = rest.indexOf(']]', open);
    if (close < 0) {
      fault = 'an optional part “[[” is not closed with “]]”';
      break;
    }
    const before = parseVariables(rest.slice(0, open));
    const inner = parseVariables(rest.slice(open + 2, close));
    parts.push(...before.parts, { optional: inner.parts });
    fault ??= before.fault ?? inner.fault;
    rest = rest.slice(close + 2);
  }
  const last = parseVariables(rest);
  return { parts: [...parts, ...last.parts], fault: fault ?? last.fault };
}

function parseVariables(text: string): { parts: (string | Variable)[]; fault: string | null } {
  const parts: (string | Variable)[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open);
    if (close < 0) return { parts: [...parts, text.slice(at)], fault: 'a variable “{{” is not closed with “}}”' };
    if (open > at) parts.push(text.slice(at, open));
    const inner = text.slice(open + 2, close);
    const bar = inner.indexOf('|');
    parts.push({ fact: (bar < 0 ? inner : inner.slice(0, bar)).trim(), fallback: bar < 0 ? null : inner.slice(bar + 1).trim() });
    at = close + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return { parts, fault: null };
}

export function render(template: Template, facts: Facts, show: Show): string {
  const [first] = template.parts;
  if (template.parts.length === 1 && typeof first === 'string') return first;
  let text = '';
  for (const part of template.parts) {
    if (typeof part === 'object' && 'optional' in part) text += renderOptional(part.optional, facts, show);
    else text += renderPart(part, facts, show) ?? '';
  }
  return text;
}

/** For machines: values as they are, uncut; they and the words in their place are put through `escape`. */
export function fill(template: Template, facts: Facts, escape: (value: string) => string): string {
  const put: Put = ({ fact, fallback }) => {
    const value = readFact(facts, fact);
    if (value === null) return fallback === null ? null : escape(fallback);
    return escape(String(value));
  };
  return template.parts
    .map((part) => (typeof part === 'object' && 'optional' in part ? putAll(part.optional, put) : (putOne(part, put) ?? '')))
    .join('');
}

type Put = (variable: Variable) => string | null;

function renderOptional(parts: readonly (string | Variable)[], facts: Facts, show: Show): string {
  return putAll(parts, (variable) => renderVariable(variable, facts, show));
}

/** Empty where a variable in it is unknown. */
function putAll(parts: readonly (string | Variable)[], put: Put): string {
  let text = '';
  for (const part of parts) {
    const shown = putOne(part, put);
    if (shown === null) return '';
    text += shown;
  }
  return text;
}

function putOne(part: string | Variable, put: Put): string | null {
  return typeof part === 'string' ? part : put(part);
}

function renderPart(part: string | Variable, facts: Facts, show: Show): string | null {
  return typeof part === 'string' ? part : renderVariable(part, facts, show);
}

function renderVariable({ fact, fallback }: Variable, facts: Facts, show: Show): string | null {
  const value = readFact(facts, fact);
  if (value === null) return fallback;
  const shown = show(fact, value);
  return shown.length > maxShown ? `${shown.slice(0, maxShown).trimEnd()}…` : shown;
}

export function factsInTemplate(template: Template): string[] {
  return template.parts.flatMap((part) => {
    if (typeof part === 'string') return [];
    return 'optional' in part ? part.optional.flatMap((p) => (typeof p === 'string' ? [] : [p.fact])) : [part.fact];
  });
}
