import { useApp } from '../app.ts';
import { tracked } from './tracked.ts';

/** Answers to tap. They collapse into the answer that was given. */
export const Chips = tracked(function Chips() {
  const { state, locale } = useApp();
  const chips = state.chips.value;
  // Where several may be chosen, they are part of the control.
  if (chips.length === 0 || state.question.value?.ask?.kind === 'choices') return null;
  return (
    <div class="chips" role="group" aria-label={locale.phrases.suggestions}>
      {chips.map(({ value, label }) => (
        <button type="button" class="chip" key={value} onClick={() => void state.say(label, { choice: value })}>
          {label}
        </button>
      ))}
    </div>
  );
});
