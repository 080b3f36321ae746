import type { JSX } from 'preact';
import { percent, rateOf } from '../capture-report.ts';
import type { VersionTally } from '../capture-report.ts';
import { Icon } from '../components/Icon.tsx';
import { GoToIcon } from '../components/icons.ts';
import { flowPath } from '../router.ts';

/** The numbers behind the bars; each flow leads to its funnel. */
export function VersionTable({ versions }: { versions: readonly VersionTally[] }): JSX.Element {
  return (
    <section class="report-card" aria-labelledby="report-table">
      <h2 id="report-table">Every version</h2>
      <div class="table-scroll" tabIndex={0} role="group" aria-labelledby="report-table">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Flow</th>
              <th scope="col">Version</th>
              <th scope="col">Conversations</th>
              <th scope="col">Leads</th>
              <th scope="col">Rate</th>
              <th scope="col">Qualified</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((each) => (
              <tr key={`${each.flow} ${each.version}`}>
                <th scope="row">
                  <a href={flowPath(each.flow)} title="Show where visitors leave it">
                    {each.flowName} <Icon of={GoToIcon} size={12} />
                  </a>
                </th>
                <td>v{each.version}</td>
                <td>{each.conversations}</td>
                <td>{each.leads}</td>
                <td>{rateOf(each) === null ? '–' : percent(rateOf(each) ?? 0)}</td>
                <td>{each.qualified}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
