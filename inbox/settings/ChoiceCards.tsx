// One of a few, each with what it means; chosen, it holds.
import type { JSX } from 'preact';

interface ChoiceCardsProps<T extends string> {
  /** Of the radio group. */
  name: string;
  legend: string;
  options: readonly T[];
  words: Record<T, { label: string; meaning: string }>;
  value: T | undefined;
  isDisabled?: boolean;
  choose(value: T): void;
  recommended?: T;
}

export function ChoiceCards<T extends string>(props: ChoiceCardsProps<T>): JSX.Element {
  const { name, legend, options, words, value, isDisabled = false, choose, recommended } = props;
  return (
    <fieldset class="choice-cards" disabled={isDisabled}>
      <legend class="hidden">{legend}</legend>
      {options.map((option) => (
        <label key={option} class={`choice-card ${option === value ? 'is-chosen' : ''}`}>
          <input type="radio" name={name} value={option} checked={option === value} onChange={() => choose(option)} />
          <span class="choice-words">
            <span class="choice-label">
              {words[option].label}
              {option === recommended ? <span class="choice-mark">Recommended</span> : null}
            </span>
            <span class="choice-meaning">{words[option].meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
