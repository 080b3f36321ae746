// Leads and users on an identity stage, merged by hand and taken apart again.
import type { MergeReply } from '../../shared/api.ts';
import type { Actor } from '../../server/actions/actor.ts';
import { mergeByRequest } from '../../server/actions/contact/merge.ts';
import { undoMerge } from '../../server/actions/contact/undo-merge.ts';
import { Refusal } from '../../server/actions/refusal.ts';
import { setIdentityStage } from './identity-stage.ts';
import type { IdentityStage } from './identity-stage.ts';
import { must } from './server.ts';
import type { VisitorClient } from './server.ts';
import { say } from './talk.ts';

export interface Person {
  visitor: VisitorClient;
  id: string;
  conversation: number;
}

export interface MergeStage extends IdentityStage {
  actorOf(name?: string): Promise<Actor>;
  mergeOf(from: string, into: string, more?: object): Promise<MergeReply>;
  undo(merge: number): ReturnType<typeof undoMerge>;
  idOf(visitor: VisitorClient): Promise<string>;
  /** By a message of a device of its own. */
  aLead(email: string, text?: string): Promise<Person>;
  /** Proved, with a conversation. */
  aUser(userId: string, more?: object): Promise<Person>;
}

/** To be called at the top of a test file, like `setIdentityStage`. */
export function setMergeStage(): MergeStage {
  const stage = setIdentityStage();
  const actorOf = async (name = 'Ada'): Promise<Actor> => ({ kind: 'agent', agent: (await stage.server.agent(name)).agent });
  const idOf = async (visitor: VisitorClient): Promise<string> => (await stage.sync(visitor)).me.contact_id ?? '';
  return Object.assign(stage, {
    actorOf,
    idOf,
    mergeOf: async (from: string, into: string, more: object = {}) =>
      mergeByRequest(stage.server.deps, await actorOf(), { from, into, ...more }),
    undo: async (merge: number) => undoMerge(stage.server.deps, await actorOf(), merge),
    async aLead(email: string, text = `my email is ${email}`) {
      const visitor = await stage.device();
      const { conversation } = await say(visitor, text);
      return { visitor, id: await idOf(visitor), conversation };
    },
    async aUser(userId: string, more: object = {}) {
      const visitor = await stage.device();
      const { contact_id: id } = must(await visitor.send('identify', stage.proved(userId, more)));
      const { conversation } = await say(visitor, `I am ${userId}`);
      return { visitor, id, conversation };
    },
  });
}

/** The code of the refusal with which this ends. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Refusal ? error.failure.code : `no refusal: ${String(error)}`;
}

export const ids = (reply: { conversations: { id: number }[] }): number[] => reply.conversations.map((c) => c.id).toSorted((a, b) => a - b);
