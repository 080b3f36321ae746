// What a step's card says and how large it is, worked out without a browser: the layout needs it before anything is drawn.
import type { StepJson } from '../../shared/bot/edit.ts';
import { targetsOf } from '../../shared/bot/edit.ts';
import type { Condition } from '../../shared/conditions.ts';
import type { ConditionFact } from '../conditions.ts';
import { conditionWords } from '../conditions.ts';
import { attributeLabel } from '../words.ts';
import { caseOf, choicesOf, isJson } from './change.ts';
import { durationWords } from './duration.ts';
import { inletY } from './layout.ts';
import type { Names } from './names.ts';

export interface Port {
  /** The edge's name, or `choice <value>`. */
  name: string;
  label: string;
  /** Its middle, below the top of the card. */
  y: number;
  to: string;
  kind: 'plain' | 'case' | 'choice' | 'failed';
  /** Drawn as a row of its own. */
  isRow: boolean;
}

export interface NodeContent {
  text: string;
  textLines: number;
  /** Short lines below the text. */
  items: readonly string[];
  ports: readonly Port[];
  height: number;
}

export const nodeWidth = 252;
export const headHeight = 48;
export const lineHeight = 18;
export const itemHeight = 20;
export const rowHeight = 30;
export const padding = 10;
const maxLines = 3;
const maxItems = 4;
/** Letters of 13 px that go into one line, on the safe side. */
const lineLetters = 36;

export interface ContentDeps {
  /** How branches read what they test. */
  facts: readonly ConditionFact[];
  names: Names;
  /** The branch right after it, where its answers part. */
  branch?: StepJson | undefined;
}

export function contentOf(id: string, step: StepJson, deps: ContentDeps): NodeContent {
  const text = textOf(step, deps);
  const items = itemsOf(step);
  const shown = items.length > maxItems ? [...items.slice(0, maxItems - 1), `${items.length - maxItems + 1} more`] : items;
  const textLines = text === '' ? 0 : Math.min(maxLines, linesOf(text));
  const body = textLines * lineHeight + shown.length * itemHeight;
  const top = headHeight + (body > 0 ? body + padding : 0);
  const ports = portsOf(id, step, deps, top);
  const rows = ports.filter(({ isRow }) => isRow).length;
  return { text, textLines, items: shown, ports, height: top + (rows > 0 ? rows * rowHeight + 6 : 0) };
}

/** As the browser breaks it, or one line more. */
export function linesOf(text: string): number {
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    let used = 0;
    lines += 1;
    for (const word of paragraph.split(/\s+/)) {
      const letters = widthOf(word);
      if (used > 0 && used + 1 + letters > lineLetters) {
        lines += 1;
        used = 0;
      }
      lines += Math.floor(letters / (lineLetters + 1));
      used += (used > 0 ? 1 : 0) + (letters % (lineLetters + 1));
    }
  }
  return lines;
}

/** Ideographs are twice as wide as letters. */
function widthOf(word: string): number {
  let width = 0;
  for (const letter of word) width += /[\u1100-\uFFDC]/u.test(letter) ? 2 : 1;
  return width;
}

/** `{{contact.name|there}}` → "there", `{{answer.need}}` → "‹need›"; brackets of optional parts fall away. */
export function plainText(text: string): string {
  return text
    .replace(/\[\[|\]\]/g, '')
    .replace(/\{\{\s*([^}|]*?)\s*(?:\|([^}]*))?\}\}/g, (_, fact: string) => `‹${attributeLabel(fact.replace(/^.*\./, '')).toLowerCase()}›`)
    .replace(/\s+/g, ' ')
    .trim();
}

const wordsOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function textOf(step: StepJson, { names }: ContentDeps): string {
  switch (step['type']) {
    case 'set-attribute': {
      const value = step['value'];
      const shown = typeof value === 'boolean' ? (value ? 'yes' : 'no') : plainText(wordsOf(value));
      return `${attributeLabel(wordsOf(step['name']) || '…')} ${value === null ? 'is taken away' : `= ${shown || '…'}`}`;
    }
    case 'tag':
      return `${step['on'] === false ? 'Take off' : 'Put on'} “${wordsOf(step['name']) || '…'}”`;
    case 'wait':
      return typeof step['ms'] === 'number' ? durationWords(step['ms']) : 'How long?';
    case 'jump':
      return names.flows.find(({ id }) => id === step['flow'])?.name ?? (wordsOf(step['flow']) || 'Which flow?');
    case 'assign':
      return assigneeWords(step, names);
    case 'call':
      return `${wordsOf(step['method']) || 'POST'} ${wordsOf(step['url']).replace(/^https?:\/\//, '') || '…'}`;
    default:
      return plainText(wordsOf(step['text']));
  }
}

function assigneeWords(step: StepJson, { agents, teams }: Names): string {
  const team = teams.find(({ id }) => id === step['team'])?.name ?? (typeof step['team'] === 'number' ? `team ${step['team']}` : null);
  const agent =
    agents.find(({ id }) => id === step['agent'])?.name ?? (typeof step['agent'] === 'number' ? `person ${step['agent']}` : null);
  return [team, agent].filter((name) => name !== null).join(' · ') || 'To whom?';
}

function listOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function itemsOf(step: StepJson): string[] {
  if (step['type'] === 'score') {
    return listOf(step['rules']).map(
      ({ points, reason }) => `${Number(points) < 0 ? '−' : '+'}${Math.abs(Number(points) || 0)}  ${wordsOf(reason)}`,
    );
  }
  if (step['type'] === 'form') {
    return listOf(step['fields']).map(({ label, required }) => `${wordsOf(label)}${required === true ? ' *' : ''}`);
  }
  // Choices of which several may be tapped lead nowhere of their own.
  return step['type'] === 'ask-choices' ? choicesOf(step).map(({ label }) => label) : [];
}

function portsOf(id: string, step: StepJson, deps: ContentDeps, top: number): Port[] {
  const edges = targetsOf(step);
  const cases = listOf(step['cases']);
  const rows: Omit<Port, 'y'>[] = [];
  if (step['type'] === 'ask-choice') {
    for (const choice of choicesOf(step)) {
      const index = caseOf(deps.branch, id, choice.value);
      const to = index < 0 ? '' : wordsOf(listOf(deps.branch?.['cases'])[index]?.['next']);
      rows.push({ name: `choice ${choice.value}`, label: choice.label, to, kind: 'choice', isRow: true });
    }
  }
  for (const { name, to } of edges) {
    const isCase = name.startsWith('case ');
    const isRow = edges.length > 1 || isCase;
    if (!isRow) continue;
    rows.push({
      name,
      to,
      isRow,
      label: rowLabel(name, cases[Number(name.slice(5)) - 1], deps),
      kind: name === 'failed' ? 'failed' : 'case',
    });
  }
  const [only] = edges;
  const head: Port[] =
    edges.length === 1 && only && !only.name.startsWith('case ')
      ? [{ name: only.name, label: '', to: only.to, kind: 'plain', isRow: false, y: inletY }]
      : [];
  return [...head, ...rows.map((row, index) => ({ ...row, y: top + index * rowHeight + rowHeight / 2 }))];
}

function rowLabel(name: string, branchCase: Readonly<Record<string, unknown>> | undefined, { facts }: ContentDeps): string {
  if (name === 'default') return 'Otherwise';
  if (name === 'failed') return 'If it fails';
  if (name === 'next') return 'Then';
  const label = wordsOf(branchCase?.['label']);
  if (label !== '') return label;
  const when = branchCase?.['when'];
  return isJson(when) ? safely(() => conditionWords(when as unknown as Condition, facts), name) : name;
}

/** A draft may hold half a condition. */
function safely(work: () => string, otherwise: string): string {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
