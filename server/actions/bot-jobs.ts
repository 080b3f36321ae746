// What a flow left to be done later comes back to it: the end of a wait, the answer to a call.
import type { BotInput, CallRequest } from '../../shared/bot/types.ts';
import type { Deps } from '../deps.ts';
import { lockContact } from '../store/contacts.ts';
import { findConversation, lockConversation } from '../store/conversations.ts';
import type { Conversation } from '../store/conversations.ts';
import { buryJob, finishJob, holdJob } from '../store/jobs.ts';
import type { Leased } from '../store/jobs.ts';
import { getWorkspace } from '../store/workspaces.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { continueBot } from './bot.ts';
import { raiseLead } from './raise-lead.ts';
import { rescore } from './score-contact.ts';
import { finishTurn, openTurn } from './turn.ts';

export interface WaitPayload {
  conversation: number;
  step: string;
}

export interface CallPayload {
  conversation: number;
  step: string;
  request: CallRequest;
}

/** Whether the flow still stands at the step that left the job, and nobody silenced the bot since. */
export function isAwaited(conversation: Conversation | null, step: string): boolean {
  return conversation !== null && conversation.botActive && conversation.botState?.step === step;
}

export async function isJobAwaited(deps: Deps, workspaceId: string, { conversation, step }: WaitPayload): Promise<boolean> {
  return deps.store.in(workspaceId).read(async (tx) => isAwaited(await findConversation(tx, conversation), step));
}

/**
 * Ends the job and tells the bot, in one transaction: whoever lost the lease, or whose job was replaced, changes nothing.
 * @param dead why the job is kept as given up; null: it is done
 */
export async function tellBot(
  deps: Deps,
  job: Leased,
  at: WaitPayload,
  input: Extract<BotInput, { kind: 'timer' | 'called' }>,
  dead: string | null = null,
): Promise<void> {
  const work = async (tx: Tx): Promise<Done<undefined>> => {
    const conversation = await lockBoth(tx, at.conversation);
    const isOurs = dead === null ? await finishJob(tx, job) : await holdJob(tx, job);
    if (isOurs && dead !== null) await buryJob(tx, job, deps.now(), dead);
    const workspace = isOurs && isAwaited(conversation, at.step) ? await getWorkspace(tx) : null;
    if (!conversation || !workspace) return { reply: undefined };
    // Perhaps another one than a moment ago, by a merge.
    const contact = await lockContact(tx, conversation.contactId, null);
    const turn = openTurn(tx, deps.now(), contact, conversation);
    await continueBot(turn, deps, workspace, input);
    rescore(turn, workspace.settings.scoreRules);
    await raiseLead({ turn, deps });
    return { reply: undefined, published: await finishTurn(turn) };
  };
  await act(deps, job.workspaceId, work, { tokenHash: null, cid: null, conversation: at.conversation });
}

/** The contact first, as a message of the visitor does it. */
async function lockBoth(tx: Tx, id: number): Promise<Conversation | null> {
  const found = await findConversation(tx, id);
  if (!found) return null;
  await lockContact(tx, found.contactId, null);
  return lockConversation(tx, id);
}
