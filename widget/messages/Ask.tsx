// Controls that help with an answer: several chips, a rating, a date. What was given is then said like anything else.
import { useState } from 'preact/hooks';
import type { AskView, Chip } from '../../shared/bot/types.ts';
import type { MessageView } from '../../shared/conversation.ts';
import { useApp } from '../app.ts';
import { Icon } from '../components/Icon.tsx';
import { dateInWords, isoDay } from './dates.ts';
import { DateEntry } from './DateEntry.tsx';
import { Rating } from './Rating.tsx';
import { useWords, type Words } from './words.ts';

type Asked<K extends AskView['kind']> = Extract<AskView, { kind: K }>;

export function Ask({ message, ask }: { message: MessageView; ask: AskView }) {
  const { state, locale } = useApp();
  if (ask.kind === 'choices') return <Choices ask={ask} label={message.text} chips={message.chips ?? []} />;
  if (ask.kind === 'rating') {
    return <Rating ask={ask} label={message.text} rate={(n) => void state.say(`${n}/${ask.max}`, { choice: String(n) })} />;
  }
  if (ask.kind === 'date') {
    return <DateAsk ask={ask} label={message.text} say={(day) => void state.say(dateInWords(day, locale.tag), { choice: day })} />;
  }
  return null;
}

function Choices({ ask: { min, max }, label, chips }: { ask: Asked<'choices'>; label: string; chips: readonly Chip[] }) {
  const { state } = useApp();
  const words = useWords();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const most = Math.min(max, chips.length);
  const ready = chosen.size >= Math.max(1, min) && chosen.size <= most;

  function toggle(value: string): void {
    setChosen((before) => {
      const next = new Set(before);
      if (next.delete(value)) return next;
      // One of one is a choice to change, not a limit to run into.
      if (most === 1) next.clear();
      return next.size < most ? next.add(value) : next;
    });
  }

  function done(): void {
    if (!ready) return;
    const given = chips.filter(({ value }) => chosen.has(value));
    void state.say(given.map(({ label }) => label).join(', '), { choices: given.map(({ value }) => value) });
  }

  return (
    <div class="ask" role="group" aria-label={label}>
      <p class="hint">{howMany(min, most, chips.length, words)}</p>
      <div class="toggles">
        {chips.map(({ value, label }) => {
          const on = chosen.has(value);
          const full = !on && most > 1 && chosen.size >= most;
          return (
            <button
              type="button"
              key={value}
              class={on ? 'chip on' : 'chip'}
              aria-pressed={on}
              aria-disabled={full}
              onClick={() => toggle(value)}
            >
              <Icon name="check" size={16} />
              {label}
            </button>
          );
        })}
      </div>
      <button type="button" class="pill main large" aria-disabled={!ready} onClick={done}>
        {words.done}
        {chosen.size > 0 && <span class="chosen">{chosen.size}</span>}
      </button>
    </div>
  );
}

function howMany(min: number, most: number, of: number, words: Words): string {
  if (min === most) return words.chooseExactly(most);
  if (min > 1) return most < of ? words.chooseBetween(min, most) : words.chooseAtLeast(min);
  return most < of ? words.chooseUpTo(most) : words.chooseAny;
}

function DateAsk({ ask, label, say }: { ask: Asked<'date'>; label: string; say(day: string): void }) {
  const { locale } = useApp();
  const words = useWords();
  const near = new Intl.RelativeTimeFormat(locale.tag, { numeric: 'auto' });
  const quick = [0, 1]
    .map((days) => ({ day: isoDay(days), text: near.format(days, 'day') }))
    .filter(({ day }) => (!ask.min || day >= ask.min) && (!ask.max || day <= ask.max));
  return (
    <div class="ask" role="group" aria-label={label}>
      {quick.length > 0 && (
        <div class="toggles">
          {quick.map(({ day, text }) => (
            <button type="button" class="chip" key={day} onClick={() => say(day)}>
              {text.charAt(0).toLocaleUpperCase(locale.tag) + text.slice(1)}
            </button>
          ))}
        </div>
      )}
      <DateEntry min={ask.min} max={ask.max} label={words.chooseDate} send={say} />
    </div>
  );
}
