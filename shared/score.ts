// The score of a contact: points of flows, each reason once, and points of the workspace's rules while they hold.
import type { Facts } from './bot/types.ts';
import type { Condition } from './conditions.ts';
import { holds } from './conditions.ts';
import type { ScorePoint } from './protocol.ts';

export interface ScoreRule {
  points: number;
  /** Shown to agents: every point is explained. */
  reason: string;
  when: Condition;
}

/** The points of the rules that hold for these facts now; of rules that give one reason, the first that holds. */
export function rulePoints(rules: readonly ScoreRule[], facts: Facts): ScorePoint[] {
  const given = new Map<string, ScorePoint>();
  for (const { points, reason, when } of rules) {
    if (!given.has(reason) && holds(when, facts)) given.set(reason, { points, reason, from: 'rule' });
  }
  return [...given.values()];
}

/** What the card shows adds up to what the card says. */
export function totalOf(points: readonly Pick<ScorePoint, 'points'>[]): number {
  return points.reduce((sum, { points: each }) => sum + each, 0);
}
