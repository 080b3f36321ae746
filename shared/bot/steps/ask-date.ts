import { z } from 'zod';
import { readFact } from '../../facts.ts';
import type { AskingStep, FieldMeta, StepContext, StepFault } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs, shownField } from '../step.ts';
import type { AskView } from '../types.ts';
import { addDays, addMonths, isIsoDate } from '../understand/calendar.ts';
import { readDate } from '../understand/date.ts';

const bound = /^(?:\d{4}-\d{2}-\d{2}|(?:today|tomorrow|yesterday)(?:[+-]\d{1,4}[dwmy]?)?)$/;
const boundField = z.string().regex(bound);
const boundHelp = 'A date such as 2026-12-31, or counted from today: today, tomorrow, today+14, today+3m.';

const schema = z.strictObject({
  type: z.literal('ask-date'),
  ...askFields,
  text: shownField('Question', { start: 'What day suits you?' }),
  min: boundField.meta({ label: 'Not before', control: 'date', help: boundHelp, placeholder: 'today' } satisfies FieldMeta).optional(),
  max: boundField.meta({ label: 'Not after', control: 'date', help: boundHelp, placeholder: 'today+3m' } satisfies FieldMeta).optional(),
  attribute: attributeField.optional(),
});
type AskDate = z.infer<typeof schema>;

/** The answer is a date in ISO form. */
export const askDate: AskingStep<AskDate> = {
  ...asking,
  title: 'Ask for a date',
  help: 'Takes a day from a calendar, or as people write it: 3.12., tomorrow, next Friday.',
  schema,
  retryWord: 'retryDate',
  namesControl: true,
  faults: dateFaults,
  known: knownAs,
  ask: (step, context, text) => ({ kind: 'say', text: context.render(text), ask: viewOf(step, context) }),
  take(step, heard, context) {
    const tapped = heard.choice !== undefined && isIsoDate(heard.choice) ? heard.choice : null;
    const value = tapped ?? readDate(heard.folded, { today: todayIn(context), language: context.language });
    if (value === null) return { kind: 'none' };
    const { min, max } = boundsOf(step, context);
    if ((min !== null && value < min) || (max !== null && value > max)) return { kind: 'attempt' };
    return { kind: tapped === null ? 'likely' : 'exact', value };
  },
  keeps: keepAs,
  show: (_step, value, language) => (typeof value === 'string' && isIsoDate(value) ? inWords(value, language) : String(value)),
};

function viewOf(step: AskDate, context: StepContext): AskView {
  const { min, max } = boundsOf(step, context);
  return { kind: 'date', ...(min !== null && { min }), ...(max !== null && { max }) };
}

/** The caller says what day it is; without it, bounds counted from today are none. */
function todayIn(context: StepContext): string | null {
  const today = readFact(context.facts, 'now.date');
  return typeof today === 'string' && isIsoDate(today) ? today : null;
}

function boundsOf(step: AskDate, context: StepContext): { min: string | null; max: string | null } {
  const today = todayIn(context);
  return { min: resolve(step.min, today), max: resolve(step.max, today) };
}

function resolve(text: string | undefined, today: string | null): string | null {
  if (text === undefined || isIsoDate(text)) return text ?? null;
  const match = /^(today|tomorrow|yesterday)(?:([+-]\d{1,4})([dwmy]?))?$/.exec(text);
  if (match === null || today === null) return null;
  const from = addDays(today, match[1] === 'tomorrow' ? 1 : match[1] === 'yesterday' ? -1 : 0);
  const amount = Number(match[2] ?? 0);
  if (match[3] === 'm' || match[3] === 'y') return addMonths(from, match[3] === 'y' ? 12 * amount : amount);
  return addDays(from, match[3] === 'w' ? 7 * amount : amount);
}

function dateFaults(step: AskDate): StepFault[] {
  const faults: StepFault[] = [];
  for (const text of [step.min, step.max]) {
    if (text !== undefined && /^\d/.test(text) && !isIsoDate(text)) faults.push({ code: 'bad-value', message: `knows no day “${text}”.` });
  }
  // Any day shows whether two that are counted from it leave one between them.
  const [min, max] = [resolve(step.min, '2026-01-15'), resolve(step.max, '2026-01-15')];
  const comparable = step.min !== undefined && step.max !== undefined && /^\d/.test(step.min) === /^\d/.test(step.max);
  if (comparable && min !== null && max !== null && min > max)
    faults.push({ code: 'overlap', message: 'allows no day: the first is after the last.' });
  return faults;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function inWords(date: string, language: string): string {
  let format = formats.get(language);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
    formats.set(language, format);
  }
  return format.format(Date.parse(date));
}
