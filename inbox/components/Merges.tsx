// Who this contact was merged from, why, and until when that can be taken back.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { MergeView } from '../../shared/protocol.ts';
import { now } from '../clock.ts';
import { mergeReasonWords } from '../merge-words.ts';
import { contactName, dateWords, fullTime } from '../words.ts';
import { Avatar } from './Avatar.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { UnmergeIcon } from './icons.ts';
import { RelativeTime } from './Time.tsx';
import { TypeBadge } from './TypeBadge.tsx';

/** Whoever signs in on many devices is merged with many a visitor. */
const shownAtFirst = 2;

export function Merges({ merges }: { merges: readonly MergeView[] }): JSX.Element | null {
  const [isWhole, setWhole] = useState(false);
  if (merges.length === 0) return null;
  const shown = isWhole ? merges : merges.slice(0, shownAtFirst);
  const more = merges.length - shown.length;
  return (
    <section class="card-section" aria-labelledby="card-merges">
      <h3 id="card-merges">Merged from</h3>
      <ul class="merge-list">
        {shown.map((merge) => (
          <Merge key={merge.id} merge={merge} />
        ))}
      </ul>
      {more > 0 ? (
        <button type="button" class="button button-quiet button-small show-more" onClick={() => setWhole(true)}>
          Show {more} more
        </button>
      ) : null}
    </section>
  );
}

function Merge({ merge }: { merge: MergeView }): JSX.Element {
  const { from, note, at, undoUntil } = merge;
  return (
    <li class="merge">
      <div class="person">
        <Avatar of={{ kind: 'contact', id: from.id, name: from.name ?? from.email }} size={24} />
        <span class="person-words">
          <span class="person-name" dir="auto" title={contactName(from)}>
            {contactName(from)}
          </span>
          {from.name === null || from.email === null ? null : <span class="person-email">{from.email}</span>}
        </span>
        <TypeBadge type={from.type} unverified={from.unverified} />
      </div>
      <p class="merge-why">
        {mergeReasonWords(merge)} · <RelativeTime at={at} />
      </p>
      {note === null ? null : <blockquote dir="auto">{note}</blockquote>}
      <div class="merge-foot">
        <UndoButton merge={merge} />
        <span title={fullTime(undoUntil)}>until {dateWords(undoUntil, now.value)}</span>
      </div>
    </li>
  );
}

function UndoButton({ merge: { id, from } }: { merge: MergeView }): JSX.Element {
  const { merging } = useInbox();
  const [isBusy, setBusy] = useState(false);
  const undo = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    await merging.undo(id);
    setBusy(false);
  };
  return (
    <button
      type="button"
      class="button button-small"
      aria-disabled={isBusy}
      title={`${contactName(from)} becomes a contact of its own again, with its conversations`}
      onClick={() => void undo()}
    >
      <Icon of={UnmergeIcon} size={13} /> Undo merge
    </button>
  );
}
