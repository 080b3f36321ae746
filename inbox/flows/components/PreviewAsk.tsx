// Controls that help with an answer: several chips, a rating, a date, a file.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AskView, Chip } from '../../../shared/bot/types.ts';
import { Icon } from '../../components/Icon.tsx';
import { StarIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import { UploadIcon } from '../icons.ts';

export function PreviewAsk({ ask, chips }: { ask: AskView; chips: readonly Chip[] }): JSX.Element {
  switch (ask.kind) {
    case 'choices':
      return <Choices min={ask.min} max={ask.max} chips={chips} />;
    case 'rating':
      return <Rating ask={ask} />;
    case 'date':
      return <DateAsk min={ask.min} max={ask.max} />;
    case 'file':
      return <FileAsk />;
  }
}

function Choices({ min, max, chips }: { min: number; max: number; chips: readonly Chip[] }): JSX.Element {
  const { preview } = useFlow();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (value: string): void =>
    setChosen(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value].slice(-max));
  const labels = chips.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  return (
    <div class="chat-chips" role="group" aria-label="Answers">
      {chips.map(({ value, label }) => (
        <button key={value} type="button" class="chat-chip" aria-pressed={chosen.includes(value)} onClick={() => toggle(value)}>
          {label}
        </button>
      ))}
      <button
        type="button"
        class="chat-chip is-done"
        aria-disabled={chosen.length < min}
        onClick={() => chosen.length >= min && void preview.say(labels.join(', '), { choices: chosen })}
      >
        Done
      </button>
    </div>
  );
}

const faces = ['😞', '🙁', '😐', '🙂', '😀'];

function Rating({ ask: { max, style, low, high } }: { ask: Extract<AskView, { kind: 'rating' }> }): JSX.Element {
  const { preview } = useFlow();
  const all = Array.from({ length: max }, (_, index) => index + 1);
  return (
    <div class={`chat-rating is-${style}`} role="group" aria-label="Rating">
      {all.map((mark) => (
        <button
          key={mark}
          type="button"
          aria-label={`${mark} of ${max}`}
          onClick={() => void preview.say(String(mark), { choice: String(mark) })}
        >
          {style === 'stars' ? <Icon of={StarIcon} size={20} /> : style === 'faces' ? faces[mark - 1] : mark}
        </button>
      ))}
      {low || high ? (
        <span class="chat-ends">
          <span>{low}</span>
          <span>{high}</span>
        </span>
      ) : null}
    </div>
  );
}

function DateAsk({ min, max }: { min: string | undefined; max: string | undefined }): JSX.Element {
  const { preview } = useFlow();
  const [date, setDate] = useState('');
  return (
    <form
      class="chat-date"
      onSubmit={(event) => {
        event.preventDefault();
        if (date !== '') void preview.say(date, { choice: date });
      }}
    >
      <input
        class="input"
        type="date"
        aria-label="Date"
        min={min}
        max={max}
        value={date}
        onInput={(event) => setDate(event.currentTarget.value)}
      />
      <button type="submit" class="chat-chip is-done" aria-disabled={date === ''}>
        Choose
      </button>
    </form>
  );
}

function FileAsk(): JSX.Element {
  const { preview } = useFlow();
  return (
    <div class="chat-chips">
      <button type="button" class="chat-chip" onClick={() => void preview.say('', { files: ['screenshot.png'] })}>
        <Icon of={UploadIcon} size={14} /> Pretend to send screenshot.png
      </button>
    </div>
  );
}
