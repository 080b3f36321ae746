import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Inbox } from '../state/inbox.ts';
import type { Acts } from './acts.ts';
import type { Canvas } from './canvas.ts';
import type { FlowEditor } from './editor.ts';
import type { Preview } from './preview.ts';

export interface Scene {
  inbox: Inbox;
  editor: FlowEditor;
  canvas: Canvas;
  acts: Acts;
  preview: Preview;
}

export const FlowContext = createContext<Scene | null>(null);

export function useFlow(): Scene {
  const scene = useContext(FlowContext);
  if (!scene) throw new Error('useFlow outside of a flow editor');
  return scene;
}
