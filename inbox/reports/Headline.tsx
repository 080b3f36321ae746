// The one number, its change against the time before, and what it is made of.
import type { JSX } from 'preact';
import { changeOf, enoughConversations, percent, rateOf } from '../capture-report.ts';
import type { Tally } from '../capture-report.ts';
import { Icon } from '../components/Icon.tsx';
import { FallIcon, RiseIcon } from '../components/icons.ts';
import { TypeBadge } from '../components/TypeBadge.tsx';

export function Headline({ now, then, days }: { now: Tally; then: Tally | null; days: number }): JSX.Element {
  const rate = rateOf(now) ?? 0;
  return (
    <section class="report-card headline" aria-label="Capture rate">
      <div class="headline-main">
        <p class="headline-number">{percent(rate)}</p>
        <p class="headline-words">
          of those who wrote became a <TypeBadge type="lead" />
        </p>
        <Change now={now} then={then} days={days} />
      </div>
      <Steps tally={now} />
    </section>
  );
}

function Change({ now, then, days }: { now: Tally; then: Tally | null; days: number }): JSX.Element {
  const change = then && changeOf(now, then);
  if (then === null) return <p class="headline-change">The {days} days before could not be counted.</p>;
  if (change === null) {
    const few = now.conversations < enoughConversations;
    return (
      <p class="headline-change">
        {few
          ? `Fewer than ${enoughConversations} conversations: too few to call it a rate yet.`
          : `Nothing to compare with: the ${days} days before were quiet.`}
      </p>
    );
  }
  const points = Math.round(change * 10) / 10;
  const past = percent(rateOf(then) ?? 0);
  if (points === 0) return <p class="headline-change">As in the {days} days before.</p>;
  return (
    <p class={`headline-change ${points > 0 ? 'is-up' : 'is-down'}`}>
      <Icon of={points > 0 ? RiseIcon : FallIcon} size={15} />
      <span>
        <strong>
          {points > 0 ? '+' : '−'}
          {Math.abs(points)} points
        </strong>{' '}
        against {past} in the {days} days before
      </span>
    </p>
  );
}

/** From everybody who wrote to those the flow calls qualified: each bar a share of the first. */
function Steps({ tally }: { tally: Tally }): JSX.Element {
  const steps = [
    { name: 'Wrote', of: 'visitor', count: tally.conversations },
    { name: 'Became leads', of: 'lead', count: tally.leads },
    { name: 'Qualified', of: 'qualified', count: tally.qualified },
  ];
  return (
    <ol class="headline-steps">
      {steps.map(({ name, of, count }) => (
        <li key={of}>
          <span class="step-name">{name}</span>
          <span
            class={`step-bar step-${of}`}
            style={{ '--share': String(tally.conversations === 0 ? 0 : count / tally.conversations) }}
            aria-hidden="true"
          />
          <span class="step-count">{count}</span>
        </li>
      ))}
    </ol>
  );
}
