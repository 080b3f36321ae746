import { useRef, useState } from 'preact/hooks';
import type { AskView } from '../../shared/bot/types.ts';
import { useWords } from './words.ts';

type RatingAsk = Extract<AskView, { kind: 'rating' }>;

/** One of a row. Arrows move along it, Enter or a tap gives it: what is given cannot be taken back by another key. */
export function Rating({ ask: { max, style, low, high }, label, rate }: { ask: RatingAsk; label: string; rate(n: number): void }) {
  const words = useWords();
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const back = getComputedStyle(box.current!).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const forth = back === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const buttons = [...box.current!.querySelectorAll('button')];
    const from = buttons.indexOf(event.target as HTMLButtonElement) + 1;
    const to = moved(event.key === back ? 'ArrowDown' : event.key === forth ? 'ArrowUp' : event.key, from, max);
    if (to === null) return;
    event.preventDefault();
    buttons[to - 1]!.focus();
  }

  return (
    <div class="ask rating">
      <div
        class={`scale by-${style}${max > 7 ? ' many' : ''}`}
        role="radiogroup"
        aria-label={label}
        ref={box}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setAt(0)}
      >
        {Array.from({ length: max }, (_, index) => index + 1).map((n) => (
          <button
            type="button"
            key={n}
            role="radio"
            aria-checked={n === at}
            aria-label={[words.stepOf(n, max), n === 1 && low, n === max && high].filter(Boolean).join(', ')}
            tabIndex={n === Math.max(1, at) ? 0 : -1}
            class={n === at || (style === 'stars' && n < at) ? 'lit' : ''}
            onFocus={() => setAt(n)}
            onPointerEnter={() => setAt(n)}
            onClick={() => rate(n)}
          >
            {style === 'stars' ? <Star /> : style === 'faces' ? <Face share={max > 1 ? (n - 1) / (max - 1) : 1} /> : n}
          </button>
        ))}
      </div>
      {(low || high) && (
        <p class="ends" aria-hidden="true">
          <span>{low}</span>
          <span>{high}</span>
        </p>
      )}
    </div>
  );
}

function moved(key: string, at: number, max: number): number | null {
  if (key === 'ArrowUp') return at >= max ? 1 : at + 1;
  if (key === 'ArrowDown') return at <= 1 ? max : at - 1;
  if (key === 'Home') return 1;
  return key === 'End' ? max : null;
}

function Star() {
  return (
    <svg class="icon" width="30" height="30" viewBox="0 0 24 24" aria-hidden="true">
      <path d="m12 3.500 2.600 5.400 5.900.8-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900L3.500 9.700l5.900-.8Z" />
    </svg>
  );
}

/** From sad (0) to glad (1). */
function Face({ share }: { share: number }) {
  const bend = (share - 0.5) * 7;
  return (
    <svg class="icon" width="34" height="34" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9.500" />
      <path d={`M8 ${15.3 - bend / 2}Q12 ${15.3 + bend} 16 ${15.3 - bend / 2}M9 9.500v.6M15 9.500v.6`} />
    </svg>
  );
}
