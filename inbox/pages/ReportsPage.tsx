// How many of those who wrote left a way to reach them: by policy, and by version of the flow.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { byPolicy, byVersion, percent, rateOf, totalOf } from '../capture-report.ts';
import type { Tally, VersionTally } from '../capture-report.ts';
import { PageHead } from '../components/PageHead.tsx';
import { policyWords } from '../policy-words.ts';
import { BarList } from '../reports/BarList.tsx';
import { Headline } from '../reports/Headline.tsx';
import { useCapture } from '../reports/use-capture.ts';
import type { Capture } from '../reports/use-capture.ts';
import { VersionTable } from '../reports/VersionTable.tsx';
import { settingsPath } from '../router.ts';
import type { Inbox } from '../state/inbox.ts';
import '../styles/reports.css';

const spans = [7, 30, 90] as const;
type Span = (typeof spans)[number];

export function ReportsPage({ inbox }: { inbox: Inbox }): JSX.Element {
  const [days, setDays] = useState<Span>(30);
  const { capture, failure, retry } = useCapture(inbox.api, days);
  return (
    <div class="reports">
      <PageHead title="Reports" lead="How many of those who write leave a way to reach them.">
        <SpanChoice days={days} setDays={setDays} />
      </PageHead>
      {failure ? (
        <div class="empty" role="alert">
          <h2>The report could not be loaded</h2>
          <p>{failure.message}</p>
          <button type="button" class="button" onClick={retry}>
            Try again
          </button>
        </div>
      ) : capture === null ? (
        <Skeleton />
      ) : capture.rows.length === 0 ? (
        <NothingYet days={days} showMore={days === 90 ? null : () => setDays(90)} />
      ) : (
        <Body capture={capture} days={days} />
      )}
    </div>
  );
}

function SpanChoice({ days, setDays }: { days: Span; setDays(days: Span): void }): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="hidden">Time</legend>
      {spans.map((span) => (
        <label key={span} class="segment">
          <input type="radio" name="span" checked={span === days} onChange={() => setDays(span)} />
          <span>{span} days</span>
        </label>
      ))}
    </fieldset>
  );
}

function Body({ capture, days }: { capture: Capture; days: Span }): JSX.Element {
  const policies = [...byPolicy(capture.rows)].sort(([, a], [, b]) => b.conversations - a.conversations);
  const versions = byVersion(capture.rows);
  return (
    <div class="reports-body">
      <Headline now={totalOf(capture.rows)} then={capture.before} days={days} />
      <div class="reports-pair">
        <section class="report-card" aria-labelledby="report-policies">
          <h2 id="report-policies">By ask policy</h2>
          <BarList bars={policies.map(([policy, tally]) => barOf(policy, policyWords[policy].label, tally))} />
          <p class="form-hint">
            Which one holds is chosen in the <a href={settingsPath('capture')}>settings</a>.
          </p>
        </section>
        <section class="report-card" aria-labelledby="report-versions">
          <h2 id="report-versions">By flow version</h2>
          <BarList bars={versions.slice(0, 8).map((tally) => barOf(`${tally.flow} ${tally.version}`, versionName(tally), tally))} />
        </section>
      </div>
      <VersionTable versions={versions} />
    </div>
  );
}

function versionName({ flowName, version }: VersionTally): string {
  return `${flowName} · v${version}`;
}

function barOf(key: string, label: string, tally: Tally): { key: string; label: string; share: number; value: string; detail: string } {
  const rate = rateOf(tally);
  return {
    key,
    label,
    share: rate ?? 0,
    value: rate === null ? '–' : percent(rate),
    detail: `${tally.leads} of ${tally.conversations}`,
  };
}

function NothingYet({ days, showMore }: { days: Span; showMore: (() => void) | null }): JSX.Element {
  return (
    <div class="empty">
      <h2>No conversations in the last {days} days</h2>
      <p>
        As soon as visitors write, this page says how many of them became leads: by the moment the bot asks, and by the version of the flow,
        so that you see whether a change was for the better.
      </p>
      <div class="empty-actions">
        {showMore ? (
          <button type="button" class="button" onClick={showMore}>
            Look at 90 days
          </button>
        ) : null}
        <a class="button button-quiet" href="/inbox/flows">
          Open the flows
        </a>
      </div>
    </div>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="reports-body is-late" role="status" aria-label="Loading the report">
      <div class="report-card">
        <span class="bone" style={{ width: '22%', height: '28px' }} />
        <span class="bone" style={{ width: '40%' }} />
      </div>
      <div class="reports-pair">
        {[0, 1].map((card) => (
          <div key={card} class="report-card">
            {[70, 45, 58].map((width, index) => (
              <span key={index} class="bone" style={{ width: `${width}%` }} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
