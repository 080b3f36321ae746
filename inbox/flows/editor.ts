// The flow editor put together: the draft with its history, saved as it changes, drawn as a graph, published as versions.
import { batch, computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { FlowReply } from '../../shared/api.ts';
import type { FlowDraft } from '../../shared/bot/edit.ts';
import type { Api, ApiFailure } from '../api.ts';
import type { Toasts } from '../state/toasts.ts';
import type { Storage } from '../storage.ts';
import { toDraft } from './change.ts';
import { createDrawing } from './drawing.ts';
import type { Drawing } from './drawing.ts';
import { createFunnel } from './funnel.ts';
import type { Funnel } from './funnel.ts';
import { createHistory } from './history.ts';
import type { History } from './history.ts';
import { createNames } from './names.ts';
import type { Names } from './names.ts';
import { createPublishing } from './publishing.ts';
import type { Publishing } from './publishing.ts';
import { createSaver, keptKey } from './saver.ts';
import type { Kept, Saver } from './saver.ts';

/** What stands beside the graph. */
export type Panel = 'step' | 'flow' | 'faults' | 'texts' | 'versions' | null;

export interface FlowEditor {
  readonly id: string;
  /** The flow as the server knows it, save for its draft. */
  readonly info: ReadonlySignal<FlowReply>;
  readonly names: ReadonlySignal<Names>;
  /** What is drawn: the draft, or the version that is looked at. */
  readonly draft: ReadonlySignal<FlowDraft>;
  /** Whose flow it is to change; everybody else may look. */
  readonly canEdit: boolean;
  readonly isReadOnly: ReadonlySignal<boolean>;
  readonly drawing: Drawing;
  readonly history: History<FlowDraft>;
  readonly saver: Saver<FlowDraft>;
  readonly publishing: Publishing;
  readonly funnel: Funnel;
  readonly selected: ReadonlySignal<string | null>;
  readonly panel: ReadonlySignal<Panel>;
  readonly isPreviewShown: ReadonlySignal<boolean>;
  /** The draft is other than what is published. */
  readonly hasChanges: ReadonlySignal<boolean>;
  /** Nothing happens while an old version is looked at. */
  change(next: FlowDraft, key?: string): void;
  select(step: string | null, panel?: Panel): void;
  show(panel: Panel): void;
  showPreview(isShown: boolean): void;
  /** Loads what somebody else saved, in place of the draft here, which can be had back by undoing. */
  takeTheirs(): Promise<void>;
  /** Saves the draft here in place of what somebody else saved. */
  keepMine(): Promise<void>;
  stop(): void;
}

export interface EditorDeps {
  api: Api;
  storage: Storage;
  toasts: Toasts;
  /** Others may look. */
  canEdit: boolean;
}

export type Opened = { ok: true; editor: FlowEditor } | ApiFailure;

/** Loads the flow; what was changed in this browser and never saved comes back. */
export async function openFlow(deps: EditorDeps, flow: string): Promise<Opened> {
  const result = await deps.api.call('GET /api/v1/flows/:flow', { params: { flow } });
  if (!result.ok) return result;
  const body = toDraft(result.data.draft.body);
  if (body === null)
    return { ok: false, code: 'not_a_flow', message: 'What is stored under this name is no flow. Import its file again.', fields: {} };
  return { ok: true, editor: createFlowEditor(deps, result.data, body) };
}

export function createFlowEditor({ api, storage, toasts, canEdit }: EditorDeps, first: FlowReply, body: FlowDraft): FlowEditor {
  const { id } = first;
  const info = signal(first);
  const names = createNames(api);
  const history = createHistory(body);
  const asLoaded = signal(body);
  const saver = createSaver<FlowDraft>({ api, storage, flow: id, first: { rev: first.draft.rev, body } });
  const selected = signal<string | null>(null);
  const panel = signal<Panel>(null);
  const isPreviewShown = signal(false);
  const take = (reply: FlowReply, isDraftNew: boolean): void =>
    batch(() => {
      info.value = reply;
      const draft = isDraftNew ? toDraft(reply.draft.body) : null;
      if (draft !== null) history.change(draft);
      saver.reset(reply.draft.rev, history.now.peek());
      asLoaded.value = history.now.peek();
    });
  const publishing = createPublishing({ api, flow: id, take, settle: async () => ((await saver.flush()) ? saver.rev() : null) });
  const draft = computed(() => publishing.viewed.value?.body ?? history.now.value);
  const drawing = createDrawing(draft, names);

  const load = async (): Promise<FlowReply | null> => {
    const result = await api.call('GET /api/v1/flows/:flow', { params: { flow: id } });
    if (!result.ok) toasts.show(result.message, { tone: 'error' });
    return result.ok ? result.data : null;
  };
  const select = (step: string | null, beside: Panel = step === null ? null : 'step'): void =>
    batch(() => {
      selected.value = step;
      panel.value = beside;
    });

  const stops = [watchDraft(history, saver), watchSelection(draft, selected, panel), watchLeaving(saver)];
  bringBack({ storage, toasts, history, rev: first.draft.rev, id });

  return {
    id,
    info,
    names,
    draft,
    canEdit,
    isReadOnly: computed(() => !canEdit || publishing.viewed.value !== null),
    drawing,
    history,
    saver,
    publishing,
    funnel: createFunnel(api, id),
    selected,
    panel,
    isPreviewShown,
    hasChanges: computed(() => info.value.has_changes || history.now.value !== asLoaded.value),
    change(next, key) {
      if (canEdit && publishing.viewed.peek() === null) history.change(next, key);
    },
    select,
    show: (next) => void (panel.value = next),
    showPreview: (isShown) => void (isPreviewShown.value = isShown),
    async takeTheirs() {
      const reply = await load();
      if (reply !== null) take(reply, true);
    },
    async keepMine() {
      const reply = await load();
      if (reply === null) return;
      info.value = reply;
      await saver.overwrite(reply.draft.rev);
    },
    stop() {
      for (const stop of stops) stop();
      saver.stop();
    },
  };
}

/** Every draft that comes about by a change here is saved, also by undoing. */
function watchDraft(history: History<FlowDraft>, saver: Saver<FlowDraft>): () => void {
  let last = history.now.peek();
  return effect(() => {
    const next = history.now.value;
    if (next === last) return;
    last = next;
    saver.change(next);
  });
}

/** A step that is gone is not chosen. */
function watchSelection(
  draft: ReadonlySignal<FlowDraft>,
  selected: { value: string | null; peek(): string | null },
  panel: { value: Panel; peek(): Panel },
): () => void {
  return effect(() => {
    const { steps } = draft.value;
    const id = selected.peek();
    if (id === null || Object.hasOwn(steps, id) || id.startsWith('(')) return;
    selected.value = null;
    if (panel.peek() === 'step') panel.value = null;
  });
}

function watchLeaving(saver: Saver<FlowDraft>): () => void {
  const onLeave = (event: BeforeUnloadEvent): void => {
    if (saver.state.peek().kind !== 'saved') event.preventDefault();
  };
  window.addEventListener('beforeunload', onLeave);
  return () => window.removeEventListener('beforeunload', onLeave);
}

interface Bringing {
  storage: Storage;
  toasts: Toasts;
  history: History<FlowDraft>;
  rev: number;
  id: string;
}

function bringBack({ storage, toasts, history, rev, id }: Bringing): void {
  const kept = storage.read<Kept<unknown>>(keptKey(id));
  const body = toDraft(kept?.body);
  if (kept === null || body === null) return;
  if (kept.rev === rev) {
    history.change(body);
    toasts.show('Changes that were not saved last time are back.', { action: { label: 'Undo', run: history.undo } });
    return;
  }
  // Somebody saved since: theirs is shown, and this one is a click away.
  toasts.show('This flow was changed elsewhere since you last had it open. Your own unsaved changes are kept here.', {
    action: { label: 'Bring them back', run: () => history.change(body) },
  });
}
