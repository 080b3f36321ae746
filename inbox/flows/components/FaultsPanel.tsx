// Everything that keeps the flow from being published, each a click from where it is mended.
import type { JSX } from 'preact';
import { Icon } from '../../components/Icon.tsx';
import { FailedIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import { FineIcon } from '../icons.ts';
import { shortFault } from '../field-faults.ts';
import { lookOf } from '../step-looks.ts';
import { PanelView } from './Panel.tsx';

export function FaultsPanel(): JSX.Element {
  const { editor } = useFlow();
  const faults = editor.drawing.faults.value;
  return (
    <PanelView name="faults" title="Faults" takesFocus close={() => editor.show(null)}>
      {faults.length === 0 ? (
        <div class="empty">
          <Icon of={FineIcon} size={22} />
          <h3>Nothing is wrong</h3>
          <p>Every step can be reached, says something and leads somewhere. This flow can be published.</p>
        </div>
      ) : (
        <FaultList />
      )}
    </PanelView>
  );
}

export function FaultList({ done }: { done?: () => void }): JSX.Element {
  const { editor, canvas } = useFlow();
  const faults = editor.drawing.faults.value;
  const go = (step: string | null): void => {
    done?.();
    if (step === null) editor.show('flow');
    else {
      editor.select(step);
      canvas.reveal(step);
    }
  };
  return (
    <ul class="fault-list">
      {faults.map((fault, index) => {
        const look = fault.step === null ? null : lookOf(editor.draft.value.steps[fault.step]?.['type']);
        return (
          <li key={index}>
            <button type="button" class="fault-row" onClick={() => go(fault.step)}>
              <Icon of={FailedIcon} size={15} />
              <span>
                <b>{fault.step === null ? 'The flow' : fault.step}</b>
                {look ? <small> {look.title}</small> : null}
                <span class="fault-words">{shortFault(fault)}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
