// What changed, step by step: before struck out, after in place.
import type { JSX } from 'preact';
import { diffFlows } from '../../../shared/bot/diff.ts';
import type { FlowDraft } from '../../../shared/bot/edit.ts';
import { useFlow } from '../context.ts';
import { diffGroups, diffSummary } from '../diff-words.ts';
import type { DiffGroup, DiffLine } from '../diff-words.ts';

const kindWords = { added: 'New', removed: 'Removed', changed: 'Changed' } as const;

export function DiffList({ before, after }: { before: FlowDraft; after: FlowDraft }): JSX.Element {
  const { editor } = useFlow();
  const groups = diffGroups(diffFlows(before, after), { before, after, facts: editor.drawing.facts.value });
  return (
    <div class="diff">
      <p class="diff-summary">{diffSummary(groups)}</p>
      {groups.map((group) => (
        <Group key={group.step ?? ''} group={group} />
      ))}
    </div>
  );
}

function Group({ group: { title, kind, lines } }: { group: DiffGroup }): JSX.Element {
  return (
    <section class={`diff-group is-${kind}`}>
      <h3>
        <span class="diff-kind">{kindWords[kind]}</span> {title}
      </h3>
      {lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </section>
  );
}

function Line({ line: { place, before, after } }: { line: DiffLine }): JSX.Element {
  return (
    <div class="diff-line">
      <span class="diff-place">{place}</span>
      {before === null ? null : <del>{before}</del>}
      {after === null ? null : <ins>{after}</ins>}
    </div>
  );
}
