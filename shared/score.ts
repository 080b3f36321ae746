// The score of a contact: points of flows, each reason once, and points of the workspace's rules while they hold.
import type { Condition } from './conditions.ts';

export interface ScoreRule {
  points: number;
  /** Shown to agents: every point is explained. */
  reason: string;
  when: Condition;
}
