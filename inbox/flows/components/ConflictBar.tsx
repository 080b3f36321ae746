// Two people changed the same draft: one has to choose. Nothing of either is lost by choosing.
import type { JSX } from 'preact';
import { Icon } from '../../components/Icon.tsx';
import { WarningIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';

export function ConflictBar(): JSX.Element | null {
  const { editor } = useFlow();
  if (editor.saver.state.value.kind !== 'conflict') return null;
  return (
    <div class="conflict-bar" role="alert">
      <Icon of={WarningIcon} />
      <p>
        <b>Somebody else changed this flow while you did.</b> Your changes are kept in this browser and are not saved yet.
      </p>
      <button type="button" class="button button-small" onClick={() => void editor.takeTheirs()}>
        Load theirs
      </button>
      <button type="button" class="button button-small" onClick={() => void editor.keepMine()}>
        Save mine over it
      </button>
    </div>
  );
}
