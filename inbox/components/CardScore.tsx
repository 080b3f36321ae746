// The score with every point explained, and what made the flow call this a qualified lead.
import type { JSX } from 'preact';
import type { AgentTimelineItem, ScorePoint } from '../../shared/protocol.ts';
import { attributeLabel, detailWords, factWords } from '../words.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { CaptureIcon } from './icons.ts';
import { ShortTime } from './Time.tsx';

export function CardScore({ score, points }: { score: number; points: readonly ScorePoint[] }): JSX.Element | null {
  const { card } = useInbox();
  const qualified = card.timeline.shown.value?.items.find(({ type }) => type === 'lead.captured');
  if (score === 0 && points.length === 0 && !qualified) return null;
  const best = Math.max(1, ...points.map((point) => Math.abs(point.points)));
  return (
    <section class="card-section" aria-labelledby="card-score">
      <h3 id="card-score">
        Score <span class="score">{score}</span>
      </h3>
      {qualified ? <Qualified item={qualified} /> : null}
      <ul class="points">
        {points.map((point, index) => (
          <PointRow key={index} point={point} best={best} />
        ))}
      </ul>
    </section>
  );
}

const sourceWords = {
  flow: { label: 'flow', meaning: 'Given by the bot’s flow, once.' },
  rule: { label: 'rule', meaning: 'A score rule of the settings: it counts while its condition holds.' },
};

function PointRow({ point: { points, reason, from }, best }: { point: ScorePoint; best: number }): JSX.Element {
  const source = from ? sourceWords[from] : null;
  return (
    <li>
      <span class={`point ${points < 0 ? 'is-minus' : ''}`}>{points > 0 ? `+${points}` : `−${Math.abs(points)}`}</span>
      <span class="point-reason">{reason}</span>
      <span class="point-from" title={source?.meaning}>
        {source?.label}
      </span>
      <span class="point-bar" style={{ '--share': String(Math.abs(points) / best) }} aria-hidden="true" />
    </li>
  );
}

/** What is told beside the answers. */
const prefix = 'answer.';

function Qualified({ item }: { item: AgentTimelineItem }): JSX.Element {
  const score = item.data['score'];
  const answers = Object.entries(item.data).filter(([name, value]) => name.startsWith(prefix) && value !== null && value !== '');
  return (
    <details class="qualified">
      <summary>
        <Icon of={CaptureIcon} size={15} />
        <span class="qualified-words">
          Qualified lead{typeof score === 'number' ? ` · ${score} ${score === 1 ? 'point' : 'points'}` : ''}
        </span>
        <ShortTime at={item.at} />
      </summary>
      {answers.length === 0 ? (
        <p class="card-small">Without answers: it was enough to be reachable.</p>
      ) : (
        <dl class="qualified-answers">
          {answers.map(([name, value]) => (
            <div key={name}>
              <dt>{attributeLabel(name.slice(prefix.length))}</dt>
              <dd>{typeof value === 'string' ? detailWords(name.slice(prefix.length), value) : factWords(value ?? null)}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
