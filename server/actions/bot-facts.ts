// What the server knows when it is the bot's turn. Cheap things always; the queue, which is counted, only where it is said.
import type { Flow } from '../../shared/bot/flow.ts';
import type { BotState, FactValue, Facts, Terms } from '../../shared/bot/types.ts';
import type { Advance } from '../../shared/bot/engine.ts';
import { emailKind as kindOfEmail } from '../../shared/extract/email-kind.ts';
import { bestTag, defaultLanguage, languagesOf } from '../../shared/bot/localize.ts';
import { contactFacts } from '../../shared/facts.ts';
import { longestQueue } from '../../shared/bot/presence.ts';
import type { Hours } from '../../shared/hours.ts';
import { backWords, isOpen, nextOpening } from '../../shared/hours.ts';
import type { Deps } from '../deps.ts';
import type { ContactRow } from '../store/contacts.ts';
import { countWaitingBefore } from '../store/conversations.ts';
import type { Workspace } from '../store/workspaces.ts';
import { isDisposableDomain } from '../disposable.ts';
import { dateIn } from '../time-zone.ts';
import { consentFor } from './consent.ts';
import { replyMinutes } from './reply-minutes.ts';
import type { Visitor } from './session.ts';
import { toldContact } from './told-contact.ts';
import type { Turn } from './turn.ts';

/** Whose turn it is and where; `visitor` null: nobody is connected on whose behalf it runs. */
export interface BotScene {
  turn: Turn;
  deps: Deps;
  workspace: Workspace;
  visitor: Visitor | null;
}

export function languageOf({ visitor, turn }: Pick<BotScene, 'visitor' | 'turn'>): string | null {
  return visitor?.language ?? turn.contact.language;
}

export function termsOf(scene: BotScene): Terms {
  const { settings } = scene.workspace;
  return { policy: settings.askPolicy, consent: consentFor(settings, languageOf(scene)) };
}

export async function factsOf(scene: BotScene, flow: Flow): Promise<Facts> {
  const { turn, visitor } = scene;
  const contact = await toldContact(turn);
  const page = visitor?.page ?? (contact.pageUrl === null ? null : { url: contact.pageUrl, title: contact.pageTitle });
  return {
    ...knownOf(contact, visitor?.language ?? contact.language),
    'page.url': page?.url ?? null,
    'page.title': page?.title ?? null,
    ...teamFacts(scene, flow),
    ...(needsOf(flow).date && { 'now.date': dateIn(zoneOf(scene), turn.now) }),
  };
}

export function knownOf(contact: ContactRow, language: string | null): Record<string, FactValue> {
  const emailKind = contact.email === null ? null : kindOfEmail(contact.email, isDisposableDomain);
  return contactFacts({ ...contact, emailKind }, language);
}

function zoneOf({ visitor, workspace }: BotScene): string {
  return visitor?.timeZone ?? workspace.settings.hours?.timeZone ?? 'UTC';
}

function teamFacts(scene: BotScene, flow: Flow): Record<string, FactValue> {
  const { turn, deps, workspace } = scene;
  const { hours } = workspace.settings;
  const open = hours === null || isOpenNow(hours, turn.now);
  const opensAt = open || hours === null ? null : nextOpening(hours, turn.now);
  return {
    'team.online': deps.team.isOnline(workspace.id),
    'team.open': open,
    'team.back': opensAt === null ? null : backWords(opensAt, turn.now, zoneOf(scene), spokenBy(flow, languageOf(scene))),
  };
}

/** In the flow's own language where it does not speak the visitor's: one sentence has one language. */
function spokenBy(flow: Flow, language: string | null): string {
  const languages = languagesOf(flow);
  if (language !== null && bestTag(languages, language) !== null) return language;
  return languages[0] ?? defaultLanguage;
}

const lastLook = new WeakMap<Hours, { minute: number; open: boolean }>();

/** Shifts begin and end with a minute. */
function isOpenNow(hours: Hours, now: number): boolean {
  const minute = Math.floor(now / 60_000);
  const last = lastLook.get(hours);
  if (last?.minute === minute) return last.open;
  const open = isOpen(hours, now);
  lastLook.set(hours, { minute, open });
  return open;
}

/** Facts of a flow that cost something. */
interface Needs {
  date: boolean;
  /** Steps that speak of the queue or branch on it. */
  queueSteps: ReadonlySet<string>;
}

const needs = new WeakMap<Flow, Needs>();

function needsOf(flow: Flow): Needs {
  let found = needs.get(flow);
  if (found === undefined) {
    const whole = JSON.stringify(flow);
    const queueSteps = Object.entries(flow.steps).filter(([, step]) => JSON.stringify(step).includes('queue.'));
    found = {
      date: whole.includes('now.date') || whole.includes('"date"') || whole.includes('"ask-date"'),
      queueSteps: new Set(queueSteps.map(([id]) => id)),
    };
    needs.set(flow, found);
  }
  return found;
}

/** Whether this turn said, or turned on, how long the queue is. */
export function spokeOfQueue(flow: Flow, before: BotState | null, next: Advance): boolean {
  if (next.effects.some((effect) => effect.kind === 'handover')) return true;
  const { queueSteps } = needsOf(flow);
  if (queueSteps.size === 0) return false;
  const from = before?.outcome === null ? (before.path?.length ?? 0) : 0;
  const walked = next.state.path ?? [];
  // The path is cut at its beginning once it is long.
  return (walked.length > from ? walked.slice(from) : walked).some((id) => queueSteps.has(id));
}

export async function queueFacts({ turn, deps }: BotScene): Promise<Facts> {
  const { tx, conversation, now } = turn;
  const before = await countWaitingBefore(tx, conversation.id, conversation.waitingSince ?? now, longestQueue);
  return {
    'queue.position': 1 + before,
    'queue.minutes': await replyMinutes(tx, deps),
  };
}
