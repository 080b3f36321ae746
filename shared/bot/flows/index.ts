// Registry of the flows to begin with; the first is the one of a new workspace.
import type { Flow } from '../flow.ts';
import { bookDemo } from './book-demo.ts';
import { qualify } from './qualify.ts';
import { support } from './support.ts';
import type { ReadyFlowId } from './translations/index.ts';

export interface ReadyFlow {
  id: ReadyFlowId;
  title: string;
  /** What it is for, in a sentence. */
  help: string;
  flow: Flow;
}

export const readyFlows: readonly ReadyFlow[] = [
  {
    id: 'qualify',
    title: 'Sales qualifying',
    help: 'Finds out what brings a visitor, how big their team is and when they want to start, and how to reach them.',
    flow: qualify,
  },
  {
    id: 'support',
    title: 'Support triage',
    help: 'Notes what happens, where, and how urgent it is, with a screenshot; takes a message when you are closed.',
    flow: support,
  },
  {
    id: 'book-demo',
    title: 'Demo booking',
    help: 'Asks what to show to whom, which day suits, and where to send the invitation.',
    flow: bookDemo,
  },
];
