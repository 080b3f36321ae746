// The inbox's page on a fake connection, as the page tests open it, and where things are on it.
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach } from 'vitest';
import { SignedInPage } from '../../inbox/pages/SignedInPage.tsx';
import { createSession } from '../../inbox/state/session.ts';
import type { MeReply } from '../../shared/api.ts';
import type { Change, ConversationSummary } from '../../shared/protocol.ts';
import { createFakeApi, serverWith, startInbox, summary } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene | undefined;
beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  scene?.inbox.stop();
  scene?.inbox.router.stop();
});

export interface Given {
  conversations?: ConversationSummary[];
  logs?: Record<number, Change[]>;
  path?: string;
  answers?: Partial<ReturnType<typeof serverWith>>;
  api?: ReturnType<typeof createFakeApi>;
  me?: MeReply;
}

export function open({
  conversations = [summary(1), summary(2)],
  logs = {},
  path = '/inbox',
  answers = {},
  api = createFakeApi(),
  me,
}: Given = {}): Scene {
  scene = startInbox({ ...serverWith(conversations, logs), ...answers }, { path, api, me });
  render(<SignedInPage inbox={scene.inbox} session={createSession(api)} />);
  return scene;
}

export const rows = (): HTMLElement[] => screen.queryAllByRole('link').filter((link) => link.dataset['row'] !== undefined);
export const row = (id: number): HTMLElement => rows().find((link) => link.dataset['row'] === String(id))!;
export const card = (): HTMLElement => screen.getByRole('complementary', { name: 'Contact' });
export const thread = (): HTMLElement => screen.getByRole('log', { name: 'Messages' });
