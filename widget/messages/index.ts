// One renderer per kind of message, and the parts of a message which not every one has; what few conversations need is a chunk of its own.
import type { ComponentType } from 'preact';
import type { MessageView } from '../../shared/conversation.ts';
import { lazy } from '../components/lazy.tsx';
import { TextMessage } from './TextMessage.tsx';

const parts = () => import('./parts.ts');

export const messageViews = {
  text: TextMessage,
  form: lazy(() => parts().then(({ formMessage }) => formMessage)),
} satisfies Record<Exclude<MessageView['kind'], 'note'>, ComponentType<{ message: MessageView }>>;

/** Details read out of the visitor's own message, to confirm. */
export const Captured = lazy(() => parts().then(({ captured }) => captured));
/** The control of the question that is to be answered. */
export const Ask = lazy(() => parts().then(({ ask }) => ask));
export const FileAsk = lazy(() => import('./FileAsk.tsx'));
export const Files = lazy(() => import('./Files.tsx'));
