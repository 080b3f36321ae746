// The editor on the screen: bar, graph, what stands beside it.
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Inbox } from '../../state/inbox.ts';
import { createActs } from '../acts.ts';
import { createCanvas } from '../canvas.ts';
import { FlowContext, useFlow } from '../context.ts';
import type { Scene } from '../context.ts';
import type { FlowEditor } from '../editor.ts';
import { humanId } from '../graph.ts';
import { createPreview } from '../preview.ts';
import { Canvas } from './Canvas.tsx';
import { ConflictBar } from './ConflictBar.tsx';
import { FaultsPanel } from './FaultsPanel.tsx';
import { FlowPanel } from './FlowPanel.tsx';
import { FunnelBar } from './FunnelBar.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { StepPanel } from './StepPanel.tsx';
import { TextsPanel } from './TextsPanel.tsx';
import { TopBar } from './TopBar.tsx';
import { VersionsPanel } from './VersionsPanel.tsx';

export function EditorView({ inbox, editor }: { inbox: Inbox; editor: FlowEditor }): JSX.Element {
  const scene = useMemo(() => {
    const canvas = createCanvas(editor.drawing);
    const preview = createPreview({ api: inbox.api, flow: editor.drawing.flow, show: editor.showPreview });
    return { inbox, editor, canvas, preview, acts: createActs(editor, canvas, inbox.toasts) };
  }, [inbox, editor]);
  const [isPublishing, setPublishing] = useState(false);
  useEffect(() => editor.stop, [editor]);
  useEffect(() => followPreview(scene), [scene]);
  return (
    <FlowContext.Provider value={scene}>
      <div class="flow-editor">
        <TopBar publish={() => setPublishing(true)} />
        <ConflictBar />
        <FunnelBar />
        <div class="flow-desk">
          <Canvas />
          <Beside />
          <PreviewBeside />
        </div>
        {isPublishing ? <PublishDialog close={() => setPublishing(false)} /> : null}
      </div>
    </FlowContext.Provider>
  );
}

/** The step the preview stands at comes into view. */
function followPreview({ canvas, preview }: Scene): () => void {
  return effect(() => {
    const at = preview.current.value ?? [...preview.passed.value].at(-1);
    if (preview.isOn.value && at !== undefined) requestAnimationFrame(() => canvas.reveal(at));
  });
}

function Beside(): JSX.Element | null {
  const { editor } = useFlow();
  const selected = editor.selected.value;
  switch (editor.panel.value) {
    case 'step':
      return selected === null || selected === humanId ? null : <StepPanel id={selected} key={selected} />;
    case 'flow':
      return <FlowPanel />;
    case 'faults':
      return <FaultsPanel />;
    case 'texts':
      return <TextsPanel />;
    case 'versions':
      return <VersionsPanel />;
    case null:
      return null;
  }
}

function PreviewBeside(): JSX.Element | null {
  const { editor } = useFlow();
  return editor.isPreviewShown.value ? <PreviewPanel /> : null;
}
