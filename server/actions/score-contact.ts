// A contact's points: those of flows stay, each reason once; those of the workspace's rules stand while the rules hold.
import type { ScorePoint } from '../../shared/protocol.ts';
import type { ScoreRule } from '../../shared/score.ts';
import { rulePoints, totalOf } from '../../shared/score.ts';
import type { ContactRow } from '../store/contacts.ts';
import { knownOf } from './bot-facts.ts';
import { changeContact } from './turn.ts';
import type { Turn } from './turn.ts';

/** Reasons kept; the oldest are forgotten with their points. */
const mostPoints = 100;

export function withFlowPoints(contact: ContactRow, point: Pick<ScorePoint, 'points' | 'reason'>): ContactRow {
  const others = contact.points.filter((p) => p.from === 'rule' || p.reason !== point.reason);
  return withPoints(contact, [...others, { points: point.points, reason: point.reason, from: 'flow' }]);
}

export function withPoints(contact: ContactRow, points: readonly ScorePoint[]): ContactRow {
  const kept = points.slice(-mostPoints);
  return { ...contact, points: kept, score: totalOf(kept) };
}

/** With the points of the rules as they are now; the contact itself where nothing changed by it. */
export function rescored(contact: ContactRow, rules: readonly ScoreRule[]): ContactRow {
  const flowPoints = contact.points.filter((p) => p.from !== 'rule');
  if (rules.length === 0 && flowPoints.length === contact.points.length) return contact;
  // A rule that looks at the score sees what the flows gave: it must not count itself.
  const facts = knownOf({ ...contact, score: totalOf(flowPoints) }, contact.language);
  return withPoints(contact, [...flowPoints, ...rulePoints(rules, facts)]);
}

/** To be called once a turn has changed the contact in every other way. */
export function rescore(turn: Turn, rules: readonly ScoreRule[]): void {
  if (!turn.contactChanged) return;
  const contact = rescored(turn.contact, rules);
  if (contact !== turn.contact) changeContact(turn, contact);
}
