// Above the graph: which flow this is, whether it is saved, and everything that is done with it as a whole.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { BackIcon, CheckIcon, FailedIcon, UndoIcon, WarningIcon } from '../../components/icons.ts';
import type { IconNode } from '../../components/icons.ts';
import { Menu } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/Menu.tsx';
import { toDraft } from '../change.ts';
import { useFlow } from '../context.ts';
import { download, fileName, fileText, readFlowFile } from '../files.ts';
import {
  ExportIcon,
  FunnelIcon,
  ImportIcon,
  LanguagesIcon,
  MoreIcon,
  PreviewIcon,
  PublishIcon,
  RedoIcon,
  SavedIcon,
  SavingIcon,
  SetUpIcon,
  StartIcon,
  UnsavedIcon,
  VersionsIcon,
} from '../icons.ts';
import { missingIn } from '../texts.ts';
import { languagesOf } from '../../../shared/bot/localize.ts';

export function TopBar({ publish }: { publish(): void }): JSX.Element {
  return (
    <header class="flow-bar">
      <a class="icon-button" href="/inbox/flows" aria-label="All flows" title="All flows">
        <Icon of={BackIcon} />
      </a>
      <FlowName />
      <FlowState />
      <SaveNote />
      <span class="flow-bar-gap" />
      <UndoButtons />
      <BarToggles />
      <MoreMenu />
      <PublishButton publish={publish} />
    </header>
  );
}

function FlowName(): JSX.Element {
  const { acts, editor } = useFlow();
  const { name } = editor.draft.value;
  return (
    <>
      <h1 class="hidden">{name || 'Flow without a name'}</h1>
      <span class="flow-title">
        <span class="flow-title-size" aria-hidden="true">
          {name || 'Name of the flow'}
        </span>
        <input
          type="text"
          size={1}
          aria-label="Name of the flow"
          placeholder="Name of the flow"
          maxLength={120}
          disabled={editor.isReadOnly.value}
          value={name}
          onInput={(event) => acts.setFlow({ name: event.currentTarget.value }, 'name')}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      </span>
    </>
  );
}

function FlowState(): JSX.Element {
  const { editor } = useFlow();
  const { active, published_version: version } = editor.info.value;
  const viewed = editor.publishing.viewed.value;
  if (viewed !== null) return <span class="flow-badge is-viewed">Version {viewed.version}, read only</span>;
  return (
    <span class="flow-states">
      {active ? <span class="flow-badge is-live">Active</span> : null}
      <span class="flow-badge">
        {version === null ? 'Never published' : editor.hasChanges.value ? `Changed since version ${version}` : `Version ${version}`}
      </span>
    </span>
  );
}

/** In words, never a mere colour: whether the last letter is safe. */
function SaveNote(): JSX.Element {
  const { editor } = useFlow();
  const state = editor.saver.state.value;
  const notes = {
    saved: [SavedIcon, 'Saved'],
    saving: [SavingIcon, 'Saving …'],
    waiting: [UnsavedIcon, 'Not saved yet; kept in this browser'],
    conflict: [WarningIcon, 'Changed by somebody else'],
    refused: [FailedIcon, 'Cannot be saved'],
  } as const;
  const [icon, words] = notes[state.kind];
  const title = 'message' in state ? state.message : undefined;
  if (!editor.canEdit) return <span class="save-note">Only owners change flows</span>;
  return (
    <span class={`save-note is-${state.kind}`} role="status" title={title}>
      <Icon of={icon} size={14} /> <span>{words}</span>
    </span>
  );
}

function UndoButtons(): JSX.Element | null {
  const { history, isReadOnly } = useFlow().editor;
  if (isReadOnly.value) return null;
  return (
    <span class="flow-undo">
      <HistoryButton label="Undo" keys="Ctrl Z" icon={UndoIcon} can={history.canUndo.value} run={history.undo} />
      <HistoryButton label="Redo" keys="Ctrl Shift Z" icon={RedoIcon} can={history.canRedo.value} run={history.redo} />
    </span>
  );
}

interface HistoryButtonProps {
  label: string;
  keys: string;
  icon: IconNode;
  can: boolean;
  run(): void;
}

function HistoryButton({ label, keys, icon, can, run }: HistoryButtonProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={`${label} (${keys})`} disabled={!can} onClick={run}>
      <Icon of={icon} />
    </button>
  );
}

function BarToggles(): JSX.Element {
  const { editor, preview } = useFlow();
  const faults = editor.drawing.faults.value.length;
  const { panel, funnel } = editor;
  const { active, published_version: version } = editor.info.value;
  return (
    <span class="flow-toggles">
      {faults > 0 ? (
        <button
          type="button"
          class="button flow-faults"
          aria-pressed={panel.value === 'faults'}
          onClick={() => editor.show(panel.peek() === 'faults' ? null : 'faults')}
        >
          <Icon of={WarningIcon} size={14} /> {faults} <span class="flow-word">{faults === 1 ? 'fault' : 'faults'}</span>
        </button>
      ) : null}
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={funnel.isShown.value}
        aria-disabled={version === null}
        title={version === null ? 'There are numbers once it was published' : 'How far visitors come'}
        onClick={() => version !== null && funnel.toggle()}
      >
        <Icon of={FunnelIcon} size={14} /> <span class="flow-word">Funnel</span>
      </button>
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={panel.value === 'versions'}
        onClick={() => editor.show(panel.peek() === 'versions' ? null : 'versions')}
      >
        <Icon of={VersionsIcon} size={14} /> <span class="flow-word">Versions</span>
      </button>
      {version !== null && !active && editor.canEdit ? (
        <button type="button" class="button flow-activate" onClick={() => void editor.publishing.activate()}>
          <Icon of={StartIcon} size={14} /> <span class="flow-word">Make active</span>
        </button>
      ) : null}
      <button
        type="button"
        class="button"
        aria-pressed={preview.isOn.value}
        onClick={() => (preview.isOn.peek() ? preview.close() : preview.restart())}
      >
        <Icon of={PreviewIcon} size={14} /> <span class="flow-word">Preview</span>
      </button>
    </span>
  );
}

function MoreMenu(): JSX.Element {
  const { editor, inbox } = useFlow();
  const input = useRef<HTMLInputElement>(null);
  const flow = editor.draft.value;
  const [, ...others] = languagesOf(flow);
  const missing = others.reduce((sum, tag) => sum + missingIn(flow, tag).length, 0);
  const items: MenuItem[] = [
    { key: 'flow', label: 'Settings of the flow', icon: SetUpIcon, run: () => editor.show('flow') },
    {
      key: 'texts',
      label: 'Translations',
      icon: LanguagesIcon,
      ...(missing > 0 && { hint: `${missing} missing` }),
      run: () => editor.show('texts'),
    },
    { key: 'export', label: 'Export as a file', icon: ExportIcon, isGroupStart: true, run: () => download(fileName(flow), fileText(flow)) },
    ...(editor.isReadOnly.value
      ? []
      : [{ key: 'import', label: 'Import a file as the draft', icon: ImportIcon, run: () => input.current?.click() }]),
  ];
  const take = (text: string): void => {
    const file = readFlowFile(text);
    const body = file.ok ? toDraft(file.body) : null;
    if (!file.ok || body === null) return inbox.toasts.show(file.ok ? 'This file holds no flow.' : file.message, { tone: 'error' });
    const { id, version } = editor.history.now.peek();
    editor.change({ ...body, id, version });
    editor.select(null);
    inbox.toasts.show('The file is the draft now.', { action: { label: 'Undo', run: editor.history.undo } });
  };
  return (
    <>
      <Menu label="More" items={items} class="icon-button" align="end">
        <Icon of={MoreIcon} label="More" />
      </Menu>
      <input
        ref={input}
        class="hidden"
        type="file"
        tabIndex={-1}
        aria-label="A flow’s file, to become the draft"
        accept=".json,application/json"
        onChange={(event) => {
          const { currentTarget } = event;
          void currentTarget.files?.[0]?.text().then((text) => {
            currentTarget.value = '';
            take(text);
          });
        }}
      />
    </>
  );
}

function PublishButton({ publish }: { publish(): void }): JSX.Element | null {
  const { editor } = useFlow();
  if (!editor.canEdit) return null;
  if (editor.publishing.viewed.value !== null) {
    return (
      <button type="button" class="button button-primary" onClick={() => void editor.publishing.view(null)}>
        Back to the draft
      </button>
    );
  }
  const nothing = !editor.hasChanges.value;
  return (
    <button
      type="button"
      class="button button-primary"
      aria-disabled={nothing}
      title={nothing ? 'Visitors have this version already' : undefined}
      onClick={() => nothing || publish()}
    >
      <Icon of={nothing ? CheckIcon : PublishIcon} size={14} /> {nothing ? 'Published' : 'Publish'}
    </button>
  );
}
