// Every version that was published: looked at, compared, brought back.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FlowVersionView } from '../../../shared/api.ts';
import type { FlowDraft } from '../../../shared/bot/edit.ts';
import { ShortTime } from '../../components/Time.tsx';
import { useFlow } from '../context.ts';
import { DiffList } from './DiffList.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { PanelView } from './Panel.tsx';

export function VersionsPanel(): JSX.Element {
  const { editor, inbox } = useFlow();
  const { versions, published_version: newest } = editor.info.value;
  const [compared, setCompared] = useState<number | null>(null);
  const viewed = editor.publishing.viewed.value?.version ?? null;
  const tell = (failure: { message: string } | null): void => {
    if (failure) inbox.toasts.show(failure.message, { tone: 'error' });
  };
  const rollBack = async (version: number): Promise<void> => {
    const before = editor.history.now.peek();
    const failure = await editor.publishing.rollBack(version);
    if (failure) return tell(failure);
    inbox.toasts.show(`Version ${version} is back, as version ${editor.info.peek().published_version}.`, {
      action: { label: 'Undo in the draft', run: () => editor.change(before) },
    });
  };
  return (
    <PanelView name="versions" title="Versions" takesFocus close={() => editor.show(null)}>
      {versions.length === 0 ? (
        <div class="empty">
          <h3>Not published yet</h3>
          <p>Each time you publish, the flow as it then is stays here: to look at, to compare, to go back to.</p>
        </div>
      ) : (
        <ol class="versions">
          {versions.map((version) => (
            <VersionRow
              key={version.version}
              version={version}
              isNewest={version.version === newest}
              isViewed={version.version === viewed}
              view={() => void editor.publishing.view(version.version === viewed ? null : version.version).then(tell)}
              compare={() => setCompared(version.version)}
              rollBack={() => void rollBack(version.version)}
            />
          ))}
        </ol>
      )}
      {compared === null ? null : <CompareDialog version={compared} close={() => setCompared(null)} />}
    </PanelView>
  );
}

interface RowProps {
  version: FlowVersionView;
  isNewest: boolean;
  isViewed: boolean;
  view(): void;
  compare(): void;
  rollBack(): void;
}

function VersionRow({
  version: { version, published_at, published_by, note },
  isNewest,
  isViewed,
  view,
  compare,
  rollBack,
}: RowProps): JSX.Element {
  const { editor } = useFlow();
  return (
    <li class={`version ${isViewed ? 'is-viewed' : ''}`}>
      <div class="version-head">
        <b>Version {version}</b>
        {isNewest ? <span class="flow-badge is-live">{editor.info.value.active ? 'In force' : 'Newest'}</span> : null}
        <ShortTime at={Date.parse(published_at)} />
      </div>
      {note ? <p class="version-note">{note}</p> : null}
      <p class="form-hint">{published_by ? `by ${published_by}` : 'came with Foyer'}</p>
      <div class="version-actions">
        <button type="button" class="button button-small" aria-pressed={isViewed} onClick={view}>
          {isViewed ? 'Back to the draft' : 'View'}
        </button>
        <button type="button" class="button button-small button-quiet" onClick={compare}>
          Compare
        </button>
        {isNewest || !editor.canEdit ? null : (
          <button type="button" class="button button-small button-quiet" onClick={rollBack}>
            Roll back to it
          </button>
        )}
      </div>
    </li>
  );
}

/** A version beside the draft or any other version. */
function CompareDialog({ version, close }: { version: number; close(): void }): JSX.Element {
  const { editor } = useFlow();
  const { versions } = editor.info.value;
  const others = versions.filter((each) => each.version !== version);
  const [other, setOther] = useState<number | 'draft'>(version === versions[0]?.version ? 'draft' : (versions[0]?.version ?? 'draft'));
  const before = useBody(version);
  const after = useBody(other);
  const [older, newer] = other !== 'draft' && other < version ? [after, before] : [before, after];
  return (
    <Dialog look="sheet-flow" name="compare" title={`Version ${version} compared`} close={close}>
      <label class="form-label" for="compare-with">
        With
      </label>
      <select
        id="compare-with"
        class="select"
        value={String(other)}
        onChange={(event) => setOther(event.currentTarget.value === 'draft' ? 'draft' : Number(event.currentTarget.value))}
      >
        <option value="draft">the draft</option>
        {others.map((each) => (
          <option key={each.version} value={String(each.version)}>
            version {each.version}
          </option>
        ))}
      </select>
      {older && newer ? <DiffList before={older} after={newer} /> : <p class="is-late form-hint">Loading …</p>}
    </Dialog>
  );
}

function useBody(version: number | 'draft'): FlowDraft | null {
  const { editor, inbox } = useFlow();
  const [body, setBody] = useState<FlowDraft | null>(null);
  useEffect(() => {
    if (version === 'draft') return setBody(editor.history.now.peek());
    void editor.publishing.bodyOf(version).then((result) => {
      if (result.ok) setBody(result.data);
      else inbox.toasts.show(result.message, { tone: 'error' });
    });
  }, [version]);
  return body;
}
