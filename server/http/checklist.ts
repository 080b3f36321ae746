import { workspaceOf } from '../actions/actor.ts';
import { readMilestones } from '../store/milestones.ts';
import { getWorkspace } from '../store/workspaces.ts';
import type { Handler, HttpContext } from './context.ts';

export function checklistHandlers({ deps }: HttpContext): { 'GET /api/v1/checklist': Handler<'GET /api/v1/checklist'> } {
  return {
    async 'GET /api/v1/checklist'({ actor }) {
      const store = deps.store.in(workspaceOf(actor));
      const [workspace, milestones] = await store.read(async (tx) => [await getWorkspace(tx), await readMilestones(tx)] as const);
      return {
        script_seen_at: workspace?.scriptSeenAt ?? null,
        first_message_at: milestones.firstMessageAt,
        agent_replied_at: milestones.agentRepliedAt,
        first_verified_user_at: milestones.firstVerifiedUserAt,
      };
    },
  };
}
