// Why two contacts may be one, and what becomes of each field in a merge, as people say it.
import type { MergePreview } from '../shared/api.ts';
import type { FactValue } from '../shared/bot/types.ts';
import type { ContactType, Grade } from '../shared/contact.ts';
import type { MergeField } from '../shared/merge.ts';
import type { DuplicateReason, EvidenceRow, MergeView } from '../shared/protocol.ts';
import { attributeLabel, calendarDay, contactName, detailWords, factWords, fullTime, languageName, pageName, typeWords } from './words.ts';

const gradeVerbs: Record<Grade, string> = { claimed: 'typed', verified: 'proved by a mailed link', signed: 'signed by your app' };
/** What a user's page said without proof was not typed by anybody. */
const verbOf = (grade: Grade, type: ContactType): string => (grade === 'claimed' && type === 'user' ? 'claimed' : gradeVerbs[grade]);

/** Why two are suggested, from the side of the card: "Same email: typed here, signed by your app there." */
export function reasonWords(
  reason: DuplicateReason,
  evidence: readonly EvidenceRow[],
  types: { here: ContactType; there: ContactType },
): string {
  const grades = (field: string): [Grade | null | undefined, Grade | null | undefined] => {
    const row = evidence.find((each) => each.field === field);
    return [row?.here?.grade, row?.there?.grade];
  };
  if (reason === 'same_device') return 'Same device: somebody signed in there as the other one.';
  if (reason === 'same_user_id') {
    const [here] = grades('user_id');
    return here === 'claimed'
      ? 'Claims here, without proof, the user id that is proved there.'
      : 'Claims there, without proof, the user id that is proved here.';
  }
  const [here, there] = grades('email');
  if (!here || !there) return 'Same email.';
  const [one, other] = [verbOf(here, types.here), verbOf(there, types.there)];
  return one === other ? `Same email, ${one} on both sides.` : `Same email: ${one} here, ${other} there.`;
}

const labels: Record<string, string> = {
  user_id: 'User id',
  created_at: 'First seen',
  last_seen_at: 'Last seen',
  lead_at: 'Lead since',
  first_touch: 'First came to',
  archived_at: 'Archived',
  avatar: 'Picture',
  signed_up_at: 'Signed up',
};

export function fieldLabel(field: string): string {
  return Object.hasOwn(labels, field) ? (labels[field] ?? field) : attributeLabel(field.replace(/^attributes\./, ''));
}

export function fieldWords(field: string, value: FactValue): string {
  if (value === null || value === '') return '—';
  if (typeof value === 'number' && field === 'signed_up_at') return calendarDay(value);
  if (typeof value === 'number' && field.endsWith('_at')) return fullTime(value);
  if (typeof value !== 'string') return factWords(value);
  if (field === 'language') return languageName(value);
  if (field === 'first_touch') return pageName(value);
  if (field === 'avatar') return 'A picture';
  return detailWords(field.replace(/^attributes\./, ''), value);
}

export const matchWords: Record<EvidenceRow['match'], string> = { same: 'Same', different: 'Different', one_side: 'Only one side' };

export interface Names {
  survivor: string;
  absorbed: string;
}

/** Two of one name are told apart by their types, else by their age. */
export function pairNames({ into, from }: Pick<MergePreview, 'into' | 'from'>): Names {
  const [survivor, absorbed] = [contactName(into), contactName(from)];
  if (survivor !== absorbed) return { survivor, absorbed };
  if (into.type !== from.type)
    return { survivor: `${survivor} (${typeWords[into.type]})`, absorbed: `${absorbed} (${typeWords[from.type]})` };
  return { survivor: `${survivor} (survives)`, absorbed: `the other ${absorbed}` };
}

/** What becomes of a field, in one word, and why. */
export function outcomeWords({ field, outcome, why }: MergeField, { survivor, absorbed }: Names): { label: string; why: string } {
  if (why === 'leads_here')
    return { label: 'Leads here', why: `One person has one user id: signing in with the other one leads to ${survivor}.` };
  if (outcome === 'discarded') {
    const isKeptBeside = field === 'email' || field === 'phone' || field === 'name';
    return {
      label: 'Stays',
      why: `Both have one: ${survivor}’s stays${isKeptBeside ? ', the other is kept beside it' : ' and the other goes'}.`,
    };
  }
  if (outcome === 'united') return { label: 'United', why: field === 'score' ? 'Points of both, each reason once.' : 'Those of both.' };
  if (why === 'either') return { label: outcome === 'adopted' ? 'Taken over' : 'Stays', why: 'Holds if it holds for either.' };
  if (why === 'if_both') return { label: outcome === 'adopted' ? 'Comes back' : 'Stays', why: 'Archived only where both were.' };
  if (why === 'earliest') return { label: outcome === 'adopted' ? 'Taken over' : 'Stays', why: 'The earlier of the two.' };
  if (why === 'latest') return { label: outcome === 'adopted' ? 'Taken over' : 'Stays', why: 'The later of the two.' };
  if (outcome === 'adopted') return { label: 'Taken over', why: `Only ${absorbed} has one.` };
  if (why === 'surer') return { label: 'Stays', why: 'The same on both; the surer grade counts.' };
  return { label: 'Stays', why: why === 'only_one' ? `Only ${survivor} has one.` : 'The same on both.' };
}

/** What a person should look at: something changes or is given up. That times are the earlier or later ones goes without saying. */
export const isNews = ({ outcome, why }: MergeField): boolean => outcome !== 'kept' && why !== 'earliest' && why !== 'latest';

/** Why it is this one that goes on. */
export function survivorWords({ into, from, needs_force: isForced }: MergePreview, isProved: { into: boolean; from: boolean }): string {
  if (isForced) return isProved.into && !isProved.from ? 'The one your app vouched for survives.' : 'The one whose card is open survives.';
  if (into.type === 'user' && from.type !== 'user')
    return isProved.into
      ? 'The user survives: your app knows them by their id.'
      : 'The user survives, but only a page said who they are: nobody proved it.';
  return 'The older one survives.';
}

export function conversationWords(count: number): string {
  return count === 1 ? '1 conversation' : `${count} conversations`;
}

/** Who merged them, or what did. */
export function mergeReasonWords({ reason, by }: MergeView): string {
  if (reason === 'identify') return 'Signed in on this device';
  if (reason === 'verified_email') return 'Email proved by the mailed link';
  if (by) return `Merged by ${by.name ?? 'an agent'}`;
  return reason === 'api' ? 'Merged by your server' : 'Merged by an agent';
}
