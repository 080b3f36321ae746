import type { JSX } from 'preact';
import { keys } from '../keys.ts';
import type { Key } from '../keys.ts';
import { Sheet } from './Sheet.tsx';

const groups: readonly Key['group'][] = ['Moving', 'Conversation', 'Everywhere'];

export function KeysSheet(): JSX.Element {
  return (
    <Sheet name="keys" title="Keyboard shortcuts">
      {groups.map((group) => (
        <KeyGroup key={group} group={group} />
      ))}
      <p class="sheet-foot">
        In the composer <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> breaks the line, and <kbd>↑</kbd> in an empty one edits
        your last message.
      </p>
    </Sheet>
  );
}

function KeyGroup({ group }: { group: Key['group'] }): JSX.Element {
  return (
    <section class="sheet-group">
      <h3>{group}</h3>
      <dl>
        {keys
          .filter((key) => key.group === group)
          .map(({ says, shown }) => (
            <div key={says}>
              <dt>{says}</dt>
              <dd>
                {shown.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
