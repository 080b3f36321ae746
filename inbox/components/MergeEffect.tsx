// What a merge does, field by field, and why.
import type { JSX } from 'preact';
import type { MergeField } from '../../shared/merge.ts';
import { conversationWords, fieldLabel, fieldWords, isNews, outcomeWords, pairNames, survivorWords } from '../merge-words.ts';
import type { Names } from '../merge-words.ts';
import type { Compared } from '../state/merging.ts';

export function MergeEffect({ compared }: { compared: Compared }): JSX.Element {
  const { preview, here, there } = compared;
  const names = pairNames(preview);
  const [into, from] = here.id === preview.into.id ? [here, there] : [there, here];
  const [news, rest] = [preview.fields.filter(isNews), preview.fields.filter((field) => !isNews(field))];
  const { moved } = preview.conversations;
  return (
    <section class="effect" aria-labelledby="merge-effect">
      <h3 id="merge-effect">What the merge does</h3>
      <p class="effect-lead">
        {survivorWords(preview, { into: into.verified, from: from.verified })} <bdi class="effect-name">{names.absorbed}</bdi> becomes part
        of <bdi class="effect-name">{names.survivor}</bdi>
        {moved === 0 ? '.' : `, and ${conversationWords(moved)} ${moved === 1 ? 'goes' : 'go'} over.`} It can be undone for 30 days.
      </p>
      {news.length === 0 ? <p class="form-hint">No field changes.</p> : <Fields fields={news} names={names} />}
      {rest.length === 0 ? null : (
        <details class="effect-rest">
          <summary>{rest.length === 1 ? '1 more field' : `${rest.length} more fields`}, in which nothing is given up</summary>
          <Fields fields={rest} names={names} />
        </details>
      )}
    </section>
  );
}

function Fields({ fields, names }: { fields: readonly MergeField[]; names: Names }): JSX.Element {
  return (
    <dl class="effect-fields">
      {fields.map((field) => (
        <Field key={field.field} field={field} names={names} />
      ))}
    </dl>
  );
}

function Field({ field, names }: { field: MergeField; names: Names }): JSX.Element {
  const { label, why } = outcomeWords(field, names);
  return (
    <div class={`effect-field outcome-${field.outcome}`} data-field={field.field}>
      <dt>{fieldLabel(field.field)}</dt>
      <dd>
        <Result field={field} />
        <span class="effect-why">
          <span class="effect-outcome">{label}</span> {why}
        </span>
      </dd>
    </div>
  );
}

function Result({ field: { field, outcome, result, absorbed, survivor } }: { field: MergeField }): JSX.Element {
  if (field === 'tags') return <Tags result={String(result)} before={String(survivor)} />;
  return (
    <span class="effect-values">
      <bdi class="effect-value">{fieldWords(field, result)}</bdi>
      {outcome === 'discarded' ? <del dir="auto">{fieldWords(field, absorbed)}</del> : null}
      {outcome === 'adopted' && survivor !== null && survivor !== '' && survivor !== false ? (
        <del dir="auto">{fieldWords(field, survivor)}</del>
      ) : null}
    </span>
  );
}

const tagsIn = (list: string): string[] => list.split(', ').filter((tag) => tag !== '');

function Tags({ result, before }: { result: string; before: string }): JSX.Element {
  const own = new Set(tagsIn(before));
  return (
    <ul class="tags">
      {tagsIn(result).map((tag) => (
        <li key={tag} class={`tag is-plain ${own.has(tag) ? '' : 'is-new'}`}>
          <span>{tag}</span>
        </li>
      ))}
    </ul>
  );
}
