import type { JSX } from 'preact';

/** The score with every point explained. */
export function CardScore({ score, points }: { score: number; points: readonly { points: number; reason: string }[] }): JSX.Element | null {
  if (score === 0 && points.length === 0) return null;
  const best = Math.max(1, ...points.map((point) => Math.abs(point.points)));
  return (
    <section class="card-section">
      <h3>
        Score <span class="score">{score}</span>
      </h3>
      <ul class="points">
        {points.map(({ points: by, reason }, index) => (
          <li key={index}>
            <span class={`point ${by < 0 ? 'is-minus' : ''}`}>{by > 0 ? `+${by}` : by}</span>
            <span class="point-reason">{reason}</span>
            <span class="point-bar" style={{ '--share': String(Math.abs(by) / best) }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
