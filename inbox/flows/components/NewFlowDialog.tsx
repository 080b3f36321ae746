// How a new flow begins: from a ready one, from a file, or blank.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ReadyFlow } from '../../../shared/bot/flows/index.ts';
import { Icon } from '../../components/Icon.tsx';
import { FailedIcon, PlusIcon } from '../../components/icons.ts';
import { ImportIcon, TemplateIcon } from '../icons.ts';
import { blankFlow } from '../list.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { FileInput } from './FileInput.tsx';

interface NewFlowProps {
  close(): void;
  /** Words where it was refused. */
  create(flow: { name?: string; flow: unknown }): Promise<string | null>;
}

export function NewFlowDialog({ close, create }: NewFlowProps): JSX.Element {
  const [ready, setReady] = useState<readonly ReadyFlow[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // The ready flows speak fifteen languages: they come when somebody looks for them.
  useEffect(() => void import('../../../shared/bot/flows/index.ts').then(({ readyFlows }) => setReady(readyFlows)), []);
  const make = async (flow: { name?: string; flow: unknown }): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFault(await create(flow));
    setBusy(false);
  };
  return (
    <Dialog look="sheet-flow" name="new-flow" title="New flow" close={close}>
      {fault === null ? null : (
        <p class="sheet-failure" role="alert">
          <Icon of={FailedIcon} size={14} /> {fault}
        </p>
      )}
      <ul class="new-flows" aria-label="Ready flows">
        {(ready ?? []).map(({ id, title, help, flow }) => (
          <li key={id}>
            <button type="button" class="new-flow" onClick={() => void make({ name: title, flow })}>
              <Icon of={TemplateIcon} size={18} />
              <span>
                <b>{title}</b>
                <small>{help}</small>
                <small class="new-flow-size">{Object.keys(flow.steps).length} steps</small>
              </span>
            </button>
          </li>
        ))}
        {ready === null ? <li class="bone is-late" aria-label="Loading the ready flows" /> : null}
      </ul>
      <div class="new-flow-others">
        <button type="button" class="new-flow" onClick={() => void make({ name: 'New flow', flow: { ...blankFlow, name: 'New flow' } })}>
          <Icon of={PlusIcon} size={18} />
          <span>
            <b>Blank</b>
            <small>A greeting, a question, an end: build on from there.</small>
          </span>
        </button>
        <FileInput
          class="new-flow"
          label="A flow’s file"
          read={(file) => (file.ok ? void make({ flow: file.body }) : setFault(file.message))}
        >
          <Icon of={ImportIcon} size={18} />
          <span>
            <b>Import a file</b>
            <small>One that was exported here or from another Foyer.</small>
          </span>
        </FileInput>
      </div>
    </Dialog>
  );
}
