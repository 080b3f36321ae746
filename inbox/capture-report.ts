// Capture rates out of the report's rows: sums by policy and by version of a flow, and the change against the time before. Pure.
import type { CaptureReport } from '../shared/api.ts';
import type { AskPolicy } from '../shared/bot/types.ts';

type Row = CaptureReport['rows'][number];

export interface Tally {
  conversations: number;
  leads: number;
  qualified: number;
}

export interface VersionTally extends Tally {
  flow: string;
  flowName: string;
  version: number;
}

/** Below it a rate is a coin's luck, and no comparison is drawn. */
export const enoughConversations = 10;

const nothing: Tally = { conversations: 0, leads: 0, qualified: 0 };

function plus(a: Tally, b: Tally): Tally {
  return { conversations: a.conversations + b.conversations, leads: a.leads + b.leads, qualified: a.qualified + b.qualified };
}

export function totalOf(rows: readonly Row[]): Tally {
  return rows.reduce<Tally>(plus, nothing);
}

/** Leads per conversation, 0 to 1; null where nobody wrote. */
export function rateOf({ conversations, leads }: Tally): number | null {
  return conversations === 0 ? null : leads / conversations;
}

export function byPolicy(rows: readonly Row[]): ReadonlyMap<AskPolicy, Tally> {
  const sums = new Map<AskPolicy, Tally>();
  for (const row of rows) sums.set(row.policy, plus(sums.get(row.policy) ?? nothing, row));
  return sums;
}

/** Newest version of the busiest flow first. */
export function byVersion(rows: readonly Row[]): VersionTally[] {
  const sums = new Map<string, VersionTally>();
  const weights = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.flow} ${row.version}`;
    const known = sums.get(key) ?? { ...nothing, flow: row.flow, flowName: row.flow_name, version: row.version };
    sums.set(key, { ...known, ...plus(known, row) });
    weights.set(row.flow, (weights.get(row.flow) ?? 0) + row.conversations);
  }
  const weightOf = (flow: string): number => weights.get(flow) ?? 0;
  return [...sums.values()].sort((a, b) => weightOf(b.flow) - weightOf(a.flow) || a.flow.localeCompare(b.flow) || b.version - a.version);
}

/** What the first half of a time held, from the sums of the whole and of its second half. */
export function before(whole: Tally, recent: Tally): Tally {
  return {
    conversations: Math.max(0, whole.conversations - recent.conversations),
    leads: Math.max(0, whole.leads - recent.leads),
    qualified: Math.max(0, whole.qualified - recent.qualified),
  };
}

/** In percentage points; null where either time has too few conversations to tell. */
export function changeOf(now: Tally, then: Tally): number | null {
  if (now.conversations < enoughConversations || then.conversations < enoughConversations) return null;
  return ((rateOf(now) ?? 0) - (rateOf(then) ?? 0)) * 100;
}

/** "38 %", and a tenth where it is small: "3.4 %". */
export function percent(rate: number): string {
  const value = rate * 100;
  return `${value > 0 && value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} %`;
}
