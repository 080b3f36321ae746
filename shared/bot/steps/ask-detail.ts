// What asking for an email, a name and a phone number have in common: the extraction reads the answer.
import type { DetailField } from '../../contact-fields.ts';
import { readFact } from '../../facts.ts';
import type { AskingFields, AskingStep, Heard } from '../step.ts';
import { asking } from '../step.ts';
import type { Word } from '../words.ts';

interface Wanted {
  field: DetailField;
  input: 'email' | 'tel' | 'text';
  retryWord: Word;
  /** Meant as an answer, though the extraction found none in it. */
  attempted(heard: Heard): boolean;
}

export function askDetail<S extends AskingFields>({
  field,
  input,
  retryWord,
  attempted,
}: Wanted): Omit<AskingStep<S>, 'schema' | 'title' | 'help'> {
  return {
    ...asking,
    retryWord,
    known: (_step, context) => readFact(context.facts, `contact.${field}`),
    early: (_step, heard) => detailIn(heard, field),
    ask: (_step, context, text) => ({ kind: 'say', text: context.render(text), asks: field, input }),
    take(_step, heard) {
      const value = detailIn(heard, field);
      if (value !== null) return { kind: 'exact', value };
      return { kind: attempted(heard) ? 'attempt' : 'none' };
    },
    keeps: () => [],
  };
}

/** The visitor's correction before the first one given. */
export function detailIn(heard: Heard, field: DetailField): string | null {
  const own = heard.details.filter((detail) => detail.field === field);
  return (own.findLast((detail) => detail.replaces) ?? own[0])?.value ?? null;
}
