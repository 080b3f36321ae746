// What the flow has learned of the preview's visitor: details, answers, attributes, tags, and why each point was given.
import type { JSX } from 'preact';
import { attributeLabel, detailWords, factWords } from '../../words.ts';
import { useFlow } from '../context.ts';

export function PreviewLearned(): JSX.Element {
  const { editor, preview } = useFlow();
  const state = preview.state.value;
  const details = Object.values(preview.pretence.captured.value);
  const answers = Object.entries(state?.answers ?? {});
  const attributes = Object.entries(preview.attributes.value);
  const points = state?.points ?? [];
  const least = editor.draft.value.qualify?.minScore;
  if (details.length + answers.length + attributes.length + points.length + preview.tags.value.length === 0)
    return (
      <div class="empty">
        <h3>Nothing yet</h3>
        <p>Chat with the bot. What it reads out of your words, and every point it gives, is listed here.</p>
      </div>
    );
  return (
    <div class="learned">
      <Part
        title="Captured"
        rows={details.map(({ field, value, flags }) => [attributeLabel(field), detailWords(field, value), flags.join(', ')])}
      />
      <Part
        title={`Score ${state?.score ?? 0}${least === undefined ? '' : `, qualified from ${least}`}`}
        rows={points.map(({ points: each, reason }) => [`${each < 0 ? '−' : '+'}${Math.abs(each)}`, reason, ''])}
      />
      <Part title="Answers" rows={answers.map(([id, value]) => [id, value === null ? 'no answer' : factWords(value), ''])} />
      <Part title="Attributes" rows={attributes.map(([name, value]) => [attributeLabel(name), factWords(value), ''])} />
      <Part title="Tags" rows={preview.tags.value.map((tag) => [tag, '', ''])} />
    </div>
  );
}

function Part({ title, rows }: { title: string; rows: readonly (readonly [string, string, string])[] }): JSX.Element | null {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([name, value, hint], index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>
              {value} {hint ? <small>{hint}</small> : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
