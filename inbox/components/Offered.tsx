// What a question of the bot came with: chips, a control, a form, the consent text. As it was offered, with what was chosen.
import type { JSX } from 'preact';
import type { AskView, FactValue, FormField } from '../../shared/bot/types.ts';
import type { MessageView } from '../../shared/conversation.ts';
import { dateWords } from '../hours.ts';
import type { MessageEntry } from '../state/entries.ts';
import { detailWords, factWords } from '../words.ts';
import { Icon } from './Icon.tsx';
import { CheckIcon, ConsentIcon, DateIcon, FileIcon, StarIcon } from './icons.ts';
import type { IconNode } from './icons.ts';

export function Offered({ entry }: { entry: MessageEntry }): JSX.Element {
  const { chips, ask, consent } = entry.message;
  return (
    <>
      {chips && chips.length > 0 ? <Chips entry={entry} /> : null}
      {ask ? <Ask ask={ask} /> : null}
      {consent ? (
        <p class="offered" title="Shown with the question">
          <Icon of={ConsentIcon} size={12} /> <span>{consent}</span>
        </p>
      ) : null}
    </>
  );
}

function Chips({ entry: { message, chosen } }: { entry: MessageEntry }): JSX.Element {
  return (
    <ul class="chips" aria-label="Offered answers">
      {(message.chips ?? []).map(({ value, label }) => (
        <li key={value} class={chosen.includes(value) ? 'is-chosen' : ''}>
          {chosen.includes(value) ? <Icon of={CheckIcon} size={12} label="Chosen:" /> : null}
          {label}
        </li>
      ))}
    </ul>
  );
}

function Ask({ ask }: { ask: AskView }): JSX.Element {
  const { icon, words } = askWords(ask);
  return (
    <p class="offered">
      <Icon of={icon} size={12} /> <span>{words}</span>
    </p>
  );
}

export function askWords(ask: AskView): { icon: IconNode; words: string } {
  switch (ask.kind) {
    case 'choices':
      return { icon: CheckIcon, words: `Offered: ${countWords(ask.min, ask.max)} of these` };
    case 'rating': {
      const ends = ask.low || ask.high ? `, from ${ask.low ?? 'low'} to ${ask.high ?? 'high'}` : '';
      return { icon: StarIcon, words: `Offered: 1 to ${ask.max} ${ask.style}${ends}`.replace(' numbers', '') };
    }
    case 'date': {
      const range = [ask.min ? `from ${dateWords(ask.min)}` : '', ask.max ? `until ${dateWords(ask.max)}` : ''].filter(Boolean).join(' ');
      return { icon: DateIcon, words: `Offered: a date${range === '' ? '' : ` ${range}`}` };
    }
    case 'file':
      return { icon: FileIcon, words: `Offered: to send a file, ${acceptWords(ask.accept)}up to ${ask.maxMb} MB` };
  }
}

function countWords(min: number, max: number): string {
  if (min === max) return `exactly ${min}`;
  return min === 0 ? `up to ${max}` : `${min} to ${max}`;
}

const groupWords: Record<string, string> = {
  'image/*': 'pictures',
  'video/*': 'videos',
  'audio/*': 'sounds',
  'application/pdf': 'PDF',
  'text/csv': 'CSV',
  'text/plain': 'text',
};

function acceptWords(accept: readonly string[]): string {
  const kinds = accept.filter((type) => type !== '*/*').map((type) => groupWords[type] ?? type.split('/').at(-1) ?? type);
  return kinds.length === 0 ? '' : `${new Intl.ListFormat('en', { type: 'disjunction' }).format([...new Set(kinds)])}, `;
}

export function FormAnswers({ message: { form = [], answer } }: { message: MessageView }): JSX.Element {
  return (
    <dl class="form-answers">
      {form.map((field) => (
        <div key={field.name}>
          <dt>{field.label}</dt>
          <dd class={answer ? '' : 'is-open'}>{answer ? answerWords(field, answer[field.name] ?? null) : 'not answered yet'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A choice by its label, a date as people write it. */
function answerWords(field: FormField, value: FactValue): string {
  if (typeof value !== 'string') return factWords(value);
  if (field.kind === 'choice') return field.options?.find((option) => option.value === value)?.label ?? value;
  return field.kind === 'date' ? dateWords(value) : detailWords(field.kind, value);
}
