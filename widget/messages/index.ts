// One renderer per kind of message; what few conversations need is a chunk of its own.
import type { ComponentType } from 'preact';
import type { MessageView } from '../../shared/conversation.ts';
import { lazy } from '../components/lazy.tsx';
import { TextMessage } from './TextMessage.tsx';

export const messageViews = {
  text: TextMessage,
  form: lazy(() => import('./FormMessage.tsx')),
} satisfies Record<Exclude<MessageView['kind'], 'note'>, ComponentType<{ message: MessageView }>>;
