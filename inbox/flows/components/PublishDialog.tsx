// Before visitors get it: what changed since the version in force, what is still wrong, and a note for colleagues.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FlowDraft } from '../../../shared/bot/edit.ts';
import type { ApiFailure } from '../../api.ts';
import { Icon } from '../../components/Icon.tsx';
import { FailedIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import { PublishIcon } from '../icons.ts';
import { DiffList } from './DiffList.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { FaultList } from './FaultsPanel.tsx';

export function PublishDialog({ close }: { close(): void }): JSX.Element {
  const { editor } = useFlow();
  const faults = editor.drawing.faults.value;
  return (
    <Dialog look="sheet-flow" name="publish" title={faults.length > 0 ? 'Not ready to publish' : 'Publish'} close={close}>
      {faults.length > 0 ? (
        <>
          <p class="sheet-lead">
            {faults.length === 1 ? 'One thing is' : `${faults.length} things are`} still wrong. Your draft is safe
            {editor.info.value.published_version === null ? '.' : '; visitors go on with the published version.'}
          </p>
          <FaultList done={close} />
        </>
      ) : (
        <PublishForm close={close} />
      )}
    </Dialog>
  );
}

function PublishForm({ close }: { close(): void }): JSX.Element {
  const { editor, inbox } = useFlow();
  const { published_version: version, active } = editor.info.value;
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const isBusy = editor.publishing.isBusy.value;
  const publish = async (): Promise<void> => {
    const failed = await editor.publishing.publish(note);
    setFailure(failed);
    if (failed !== null) return;
    close();
    const { published_version: next, active: isActive } = editor.info.peek();
    inbox.toasts.show(
      `Version ${next} is published.${isActive ? ' New conversations begin with it.' : ''}`,
      isActive ? {} : { action: { label: 'Make it active', run: () => void editor.publishing.activate() } },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void publish();
      }}
    >
      <p class="sheet-lead">
        {version === null
          ? 'This is its first version.'
          : `It becomes version ${version + 1}. Conversations that run keep the version they began with.`}
        {active
          ? ' New conversations begin with this flow.'
          : ' It is not the active flow: no conversation begins with it until you make it active.'}
      </p>
      {version === null ? null : <Changes version={version} />}
      <label class="form-label" for="publish-note">
        Note <span class="flow-optional">optional</span>
      </label>
      <textarea
        id="publish-note"
        class="textarea"
        rows={2}
        maxLength={500}
        placeholder="What changed and why, for your colleagues"
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      {failure ? <Failure failure={failure} /> : null}
      <div class="sheet-actions">
        <button type="button" class="button" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="button button-primary" aria-disabled={isBusy}>
          <Icon of={PublishIcon} size={14} /> {isBusy ? 'Publishing …' : 'Publish'}
        </button>
      </div>
    </form>
  );
}

function Changes({ version }: { version: number }): JSX.Element {
  const { editor } = useFlow();
  const [before, setBefore] = useState<FlowDraft | ApiFailure | null>(null);
  useEffect(() => void editor.publishing.bodyOf(version).then((result) => setBefore(result.ok ? result.data : result)), [version]);
  if (before === null) return <p class="is-late form-hint">Comparing with version {version} …</p>;
  if ('ok' in before) return <p class="form-hint">What changed cannot be shown: {before.message}</p>;
  return <DiffList before={before} after={editor.history.now.value} />;
}

export function Failure({ failure }: { failure: ApiFailure }): JSX.Element {
  const details = Object.values(failure.fields);
  return (
    <div class="sheet-failure" role="alert">
      <p>
        <Icon of={FailedIcon} size={14} /> {failure.message}
      </p>
      {details.length > 0 ? (
        <ul>
          {details.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
