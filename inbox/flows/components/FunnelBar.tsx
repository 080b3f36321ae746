// Of which version and time the numbers on the graph are, and what came of it.
import type { JSX } from 'preact';
import { useFlow } from '../context.ts';
import { funnelDays, shareWords } from '../funnel.ts';

export function FunnelBar(): JSX.Element | null {
  const { editor } = useFlow();
  const { funnel } = editor;
  if (!funnel.isShown.value) return null;
  const data = funnel.data.value;
  const { versions, published_version: newest } = editor.info.value;
  return (
    <div class="funnel-bar" role="region" aria-label="Funnel">
      <select
        class="select select-small"
        aria-label="Version of the numbers"
        value={String(funnel.version.value ?? newest ?? '')}
        onChange={(event) => funnel.choose({ version: Number(event.currentTarget.value) })}
      >
        {versions.map(({ version }) => (
          <option key={version} value={String(version)}>
            Version {version}
          </option>
        ))}
      </select>
      <select
        class="select select-small"
        aria-label="Time of the numbers"
        value={String(funnel.days.value)}
        onChange={(event) => funnel.choose({ days: Number(event.currentTarget.value) })}
      >
        {funnelDays.map((days) => (
          <option key={days} value={String(days)}>
            {days === 365 ? 'One year' : `${days} days`}
          </option>
        ))}
      </select>
      {funnel.failure.value ? (
        <span class="form-fault" role="alert">
          {funnel.failure.value.message}{' '}
          <button type="button" class="button button-small" onClick={funnel.reload}>
            Try again
          </button>
        </span>
      ) : data === null ? (
        <span class="form-hint is-late">Counting …</span>
      ) : data.conversations === 0 ? (
        <span class="form-hint">No conversation has gone through this version in that time.</span>
      ) : (
        <dl>
          <Figure
            label={data.sampled ? 'conversations, the newest' : data.conversations === 1 ? 'conversation' : 'conversations'}
            value={data.conversations}
          />
          <Figure label={data.leads === 1 ? 'lead' : 'leads'} value={data.leads} share={shareWords(data.leads, data.conversations)} />
          <Figure label="qualified" value={data.qualified} share={shareWords(data.qualified, data.conversations)} />
        </dl>
      )}
    </div>
  );
}

function Figure({ label, value, share }: { label: string; value: number; share?: string }): JSX.Element {
  return (
    <div>
      <dd>
        {value.toLocaleString('en-GB')} {share ? <small>{share}</small> : null}
      </dd>
      <dt>{label}</dt>
    </div>
  );
}
