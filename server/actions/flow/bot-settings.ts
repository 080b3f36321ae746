// What a workspace lays down for its bot: whether it speaks, when it asks, what visitors are told, when the team is there.
import type { z } from 'zod';
import type { BotSettings, routes } from '../../../shared/api.ts';
import { factsIn } from '../../../shared/conditions.ts';
import { facts, isFactName } from '../../../shared/facts.ts';
import type { ScoreRule } from '../../../shared/score.ts';
import { Refusal } from '../refusal.ts';
import type { Deps } from '../../deps.ts';
import type { WorkspaceSettings } from '../../store/workspaces.ts';
import { getWorkspace, lockWorkspace, updateWorkspace } from '../../store/workspaces.ts';
import type { Names } from './known-names.ts';

type Patch = z.output<(typeof routes)['PATCH /api/v1/settings/bot']['body']>;
type Mistake = { pointer: string; message: string };

export async function readBotSettings(deps: Deps, workspaceId: string): Promise<BotSettings> {
  const workspace = await deps.store.in(workspaceId).read(getWorkspace);
  if (!workspace) throw new Error(`there is no workspace ${workspaceId}`);
  return view(workspace.settings);
}

function view({ bot, askPolicy, extraction, consent, hours, scoreRules }: WorkspaceSettings): BotSettings {
  return { bot, ask_policy: askPolicy, extraction, consent, hours, score_rules: scoreRules };
}

/** What is left out stays. @throws Refusal bad_request */
export async function changeBotSettings(deps: Deps, names: Names, workspaceId: string, patch: Patch): Promise<BotSettings> {
  const attributes = patch.score_rules ? (await names.ofContacts(workspaceId)).attributes : [];
  const errors = [...consentMistakes(patch.consent), ...hoursMistakes(patch.hours), ...ruleMistakes(patch.score_rules ?? [], attributes)];
  if (errors.length > 0) throw new Refusal('bad_request', undefined, { errors });
  return deps.store.in(workspaceId).write(async (tx) => {
    const workspace = await lockWorkspace(tx);
    if (!workspace) throw new Error(`there is no workspace ${workspaceId}`);
    const settings = patched(workspace.settings, patch);
    await updateWorkspace(tx, { settings });
    return view(settings);
  });
}

function patched(settings: WorkspaceSettings, patch: Patch): WorkspaceSettings {
  return {
    ...settings,
    ...(patch.bot && { bot: patch.bot }),
    ...(patch.ask_policy && { askPolicy: patch.ask_policy }),
    ...(patch.extraction && { extraction: patch.extraction }),
    ...(patch.consent !== undefined && consentOf(settings, patch.consent)),
    ...(patch.hours !== undefined && { hours: patch.hours }),
    ...(patch.score_rules && { scoreRules: patch.score_rules }),
  };
}

/** A version is one wording for ever, also where the consent was taken away and comes back: leads are stored with it. */
function consentOf(settings: WorkspaceSettings, wished: NonNullable<Patch['consent']> | null): Partial<WorkspaceSettings> {
  const { consent } = settings;
  if (wished === null) return { consent: null };
  const translations = wished.translations ?? consent?.translations ?? {};
  if (consent && consent.text === wished.text && isSame(consent.translations, translations)) return {};
  const version = Math.max(settings.consentVersion, consent?.version ?? 0) + 1;
  return { consent: { version, text: wished.text, translations }, consentVersion: version };
}

function isSame(a: Record<string, string>, b: Record<string, string>): boolean {
  const sorted = (map: Record<string, string>): string => JSON.stringify(Object.entries(map).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

function consentMistakes(consent: Patch['consent']): Mistake[] {
  return Object.entries(consent?.translations ?? {}).flatMap(([language, text]) => {
    const pointer = `/consent/translations/${language}`;
    if (!isLanguage(language)) return [{ pointer, message: 'no language tag, such as “de” or “pt-BR”' }];
    return text.trim() === '' ? [{ pointer, message: 'an empty text' }] : [];
  });
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function hoursMistakes(hours: Patch['hours']): Mistake[] {
  if (!hours) return [];
  const dates = hours.holidays.map((holiday) => holiday.date);
  return [
    ...hours.week.flatMap((shifts, day) => overlaps(shifts, `/hours/week/${day}`)),
    ...hours.holidays.flatMap(({ shifts }, i) => overlaps(shifts ?? [], `/hours/holidays/${i}/shifts`)),
    ...dates.flatMap((date, i) =>
      dates.indexOf(date) < i ? [{ pointer: `/hours/holidays/${i}/date`, message: 'this day is listed above' }] : [],
    ),
  ];
}

function overlaps(shifts: readonly { from: number; to: number }[], pointer: string): Mistake[] {
  const inOrder = shifts.toSorted((a, b) => a.from - b.from);
  const isOverlap = inOrder.some((shift, i) => shift.from < (inOrder[i - 1]?.to ?? 0));
  return isOverlap ? [{ pointer, message: 'two shifts of a day overlap' }] : [];
}

/** Rules are looked at whenever the contact changes: what only a page or a running flow knows would never hold. */
function ruleMistakes(rules: readonly ScoreRule[], attributes: readonly string[]): Mistake[] {
  return rules.flatMap(({ when }, i) =>
    [...new Set(factsIn(when))].flatMap((fact) => {
      const wrong = whatIsWrong(fact, attributes);
      return wrong === null ? [] : [{ pointer: `/score_rules/${i}/when`, message: wrong }];
    }),
  );
}

function whatIsWrong(fact: string, attributes: readonly string[]): string | null {
  if (fact === 'contact.score') return 'the score cannot depend on itself';
  if (isFactName(fact)) return facts[fact].source === 'contact' ? null : `“${fact}” is not known of a contact at any time`;
  const isAttribute = fact.startsWith('contact.') && attributes.includes(fact.slice('contact.'.length));
  return isAttribute ? null : `nothing is known about “${fact}”`;
}
