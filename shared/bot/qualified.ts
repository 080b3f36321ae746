// Whether a conversation has made a lead that its flow calls qualified.
import type { Flow } from './flow.ts';
import type { BotState } from './types.ts';

/**
 * True once the flow is over, by handover or by its end, with at least the points it asks for. The caller adds whether the
 * contact is a lead.
 */
export function isQualified(flow: Pick<Flow, 'qualify'>, state: BotState): boolean {
  if (state.outcome !== 'handover' && state.outcome !== 'end') return false;
  return flow.qualify === undefined || state.score >= flow.qualify.minScore;
}
