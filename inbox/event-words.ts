// The history of a contact, told in sentences.
import type { IdentityMode, TokenScope } from '../shared/api.ts';
import type { ContactType, LeadMerging } from '../shared/contact.ts';
import type { EventType } from '../shared/events.ts';
import type { AgentTimelineItem, DuplicateReason } from '../shared/protocol.ts';
import { mergingWords, modeWords, scopeWords } from './identity-words.ts';
import type { NameOf } from './state/names.ts';
import { attributeLabel, calendarDay, detailWords, factWords, originWords, pageName, typeWords } from './words.ts';

export interface Story {
  text: string;
  /** Its particulars, in a line of their own. */
  more?: string | null;
  /** What a value was and what it is; null where there was or is none. */
  change?: { from: string | null; to: string | null };
}

interface Told {
  item: AgentTimelineItem;
  /** " by Ada", " by CRM (API)", or nothing. */
  by: string;
  nameOf: NameOf;
}

type Sentence = (told: Told) => string | Story;

const said = (item: AgentTimelineItem, key: string): string | null => {
  const value = item.data[key];
  return value === undefined || value === null || value === '' ? null : factWords(value);
};
const isType = (word: string | null): word is ContactType => word !== null && word in typeWords;
const typeWord = (word: string | null): string => (isType(word) ? typeWords[word] : 'Contact');
const labels: Readonly<Record<string, string>> = { user_id: 'User id', signed_up_at: 'Sign-up date' };
const labelOf = (field: string): string => (Object.hasOwn(labels, field) ? labels[field] : undefined) ?? attributeLabel(field);
const listed = (fields: string): string => {
  const words = new Intl.ListFormat('en').format(fields.split(', ').map((field) => labelOf(field.replace(/^attributes\./, ''))));
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
};
const another = ({ item, nameOf }: Told, key: string): string => nameOf(said(item, key) ?? '') ?? 'another contact';

const ofDetail = (item: AgentTimelineItem): string => {
  const [field, value] = [said(item, 'field') ?? 'detail', said(item, 'value')];
  return `${attributeLabel(field)}${value === null ? '' : ` ${detailWords(field, value)}`}`;
};

/** Why the bot fell silent without anybody taking over. */
const silences: Record<string, string> = {
  flow_ended: 'The bot’s flow came to its end',
  flow_missing: 'The bot stopped: its flow is gone',
};

export const reasonTitles: Record<DuplicateReason, string> = {
  same_email: 'Same email',
  same_device: 'Same device',
  same_user_id: 'Same user id, claimed by one of them',
};

const mergeReasons: Record<string, string> = {
  identify: 'they signed in on that device',
  verified_email: 'the email was proved by the link that was mailed to it',
};

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function created({ item }: Told): string | Story {
  const page = said(item, 'page');
  if (page === null) return 'First seen';
  const utm = Object.fromEntries(Object.entries(item.data).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
  return { text: `First came to ${pageName(page)}`, more: originWords({ url: page, referrer: said(item, 'referrer'), utm }) };
}

function updated({ item, by }: Told): string | Story {
  const field = said(item, 'field');
  if (field === null && item.data['by'] === 'identify') {
    const fields = said(item, 'fields');
    const who = item.data['verified'] === false ? 'the page, without proof' : 'your app';
    if (item.data['confirmed'] === true) return `What was known was confirmed by ${who}`;
    return fields === null ? 'Signed in again' : `${listed(fields)} updated by ${who}`;
  }
  if (field === null) return by === '' ? 'Details changed' : `What was known was confirmed${by}`;
  // What was said is gone with a contact that was erased.
  if (item.data['erased'] === true) return `${labelOf(field)} changed${by}`;
  if (field === 'unsubscribed')
    return `${item.data['value'] === true ? 'Unsubscribed from campaigns' : 'Subscribed to campaigns again'}${by}`;
  if (field === 'avatar') return `Picture changed${by}`;
  const words = (key: string): string | null => {
    const value = item.data[key];
    if (field === 'signed_up_at' && typeof value === 'number') return calendarDay(value);
    const given = said(item, key);
    return given && detailWords(field, given);
  };
  const [former, value] = [words('former'), words('value')];
  if (former == null && value == null) return `${labelOf(field)} ${item.data['by'] === undefined ? 'forgotten' : 'removed'}${by}`;
  const verb = former == null ? 'set' : value == null ? 'removed' : 'changed';
  const who = item.data['by'] === undefined ? ' by the bot' : by;
  return { text: `${labelOf(field)} ${verb}${who}`, change: { from: former ?? null, to: value ?? null } };
}

/** Named as things that can be taken over. */
const marks: Readonly<Record<string, string>> = { blocked: 'block', unsubscribed: 'unsubscription' };

/** In the history of the one that became part of another. */
const isOfAbsorbed = ({ contact, data }: AgentTimelineItem): boolean => contact !== undefined && contact === data['from'];

function merged(told: Told): Story {
  const reason = mergeReasons[said(told.item, 'reason') ?? ''] ?? null;
  if (isOfAbsorbed(told.item)) return { text: `Merged into ${another(told, 'into')}${told.by}`, more: reason && sentence(reason) };
  // That the earlier or later of two times counts goes without saying.
  const adopted = (said(told.item, 'adopted') ?? '')
    .split(', ')
    .filter((field) => field !== '' && (field === 'signed_up_at' || !field.endsWith('_at')))
    .map((field) => marks[field] ?? field);
  const parts = [reason, adopted.length === 0 ? null : `${listed(adopted.join(', ')).toLowerCase()} taken over`].filter(
    (part) => part !== null,
  );
  const more = parts.join(' · ');
  return {
    text: `Merged with ${another(told, 'from')}${told.by}`,
    more: more === '' ? null : sentence(more),
  };
}

function settingsChanged({ item, by }: Told): Story {
  const [mode, merging, key] = [said(item, 'mode'), said(item, 'lead_merging'), said(item, 'public_key')];
  const parts = [
    mode === null ? null : `proof of identity: ${(mode in modeWords ? modeWords[mode as IdentityMode].label : mode).toLowerCase()}`,
    merging === null
      ? null
      : `a lead who signs in is merged: ${(merging in mergingWords ? mergingWords[merging as LeadMerging].label : merging).toLowerCase()}`,
    key === null ? null : key === 'none' ? 'public key taken out' : `public key set (${key})`,
  ].filter((part) => part !== null);
  const more = parts.join(' · ');
  return {
    text: `Identity settings changed${by}`,
    more: more === '' ? null : sentence(more),
  };
}

const tokenWords = (item: AgentTimelineItem): string => {
  const name = said(item, 'name');
  return name === null ? 'An API token' : `The API token ${name}`;
};

function scopesWords(scopes: string | null): string | null {
  if (scopes === null) return null;
  const labels = scopes.split(' ').map((scope) => (scope in scopeWords ? scopeWords[scope as TokenScope].label : scope));
  return `It may: ${labels.map((label) => label.charAt(0).toLowerCase() + label.slice(1)).join(', ')}`;
}

const sentences: Record<EventType, Sentence> = {
  'contact.created': created,
  'contact.updated': updated,
  'contact.promoted': ({ item, by }) => `Became a ${typeWord(said(item, 'to') ?? said(item, 'type'))}${by}`,
  'contact.identified': ({ item }) => {
    const id = said(item, 'user_id');
    return `Signed in${id === null ? '' : ` as ${id}`}, ${item.data['verified'] === true ? 'with proof from your app' : 'without proof'}`;
  },
  'contact.merged': merged,
  'contact.unmerged': (told) =>
    isOfAbsorbed(told.item)
      ? `Merge into ${another(told, 'into')} undone${told.by}`
      : `Merge with ${another(told, 'from')} undone${told.by}`,
  'contact.email_verified': ({ item }) => ({ text: 'Email proved by the link that was mailed to it', more: said(item, 'email') }),
  'contact.blocked': ({ by }) => `Blocked${by}`,
  'contact.unblocked': ({ by }) => `No longer blocked${by}`,
  'contact.archived': ({ by }) => `Archived${by}`,
  'contact.restored': ({ by }) => (by === '' ? 'Came back from the archive' : `Brought back from the archive${by}`),
  'contact.erased': ({ by }) => `Everything personal was erased${by}`,
  'contact.duplicate_found': (told) => ({
    text: `May be the same person as ${another(told, 'other')}`,
    more: reasonTitles[(said(told.item, 'reason') ?? '') as DuplicateReason],
  }),
  'contact.duplicate_dismissed': (told) => `Said to be another person than ${another(told, 'other')}${told.by}`,
  'verification.sent': ({ item, by }) => ({ text: `A link to prove the email was mailed${by}`, more: said(item, 'email') }),
  'conversation.moved': (told) => {
    const from = told.nameOf(said(told.item, 'from') ?? '');
    return `A conversation came back${from === null ? '' : ` from ${from}`} when a merge was undone`;
  },
  'identity.secret_shown': ({ by }) => `The identity secret was looked at${by}`,
  'identity.secret_rotated': ({ by }) => `A second identity secret was made${by}`,
  'identity.secret_retired': ({ item, by }) => {
    const slot = said(item, 'slot');
    const which = slot === 'next' ? 'The new identity secret was dropped' : 'The former identity secret was retired';
    return `${slot === null ? 'An identity secret was retired' : which}${by}`;
  },
  'identity.settings_changed': settingsChanged,
  'token.created': ({ item, by }) => ({ text: `${tokenWords(item)} was created${by}`, more: scopesWords(said(item, 'scopes')) }),
  'token.revoked': ({ item, by }) => `${tokenWords(item)} was revoked${by}`,
  'detail.captured': ({ item }) => {
    const [field, value] = [said(item, 'field') ?? 'detail', said(item, 'value')];
    const text = `${attributeLabel(field)} captured${value === null ? '' : `: ${detailWords(field, value)}`}`;
    return { text, more: item.data['outcome'] === 'alternate' ? 'Kept beside the one in force' : null };
  },
  'detail.confirmed': ({ item }) => `${ofDetail(item)} confirmed by the visitor`,
  'detail.changed': ({ item }) => {
    const from = said(item, 'from');
    return `${ofDetail(item)} corrected by the visitor${from === null ? '' : `, from ${detailWords(said(item, 'field') ?? '', from)}`}`;
  },
  'detail.withdrawn': ({ item }) => `${attributeLabel(said(item, 'field') ?? 'detail')} withdrawn by the visitor`,
  'consent.given': ({ item }) => {
    const version = said(item, 'version');
    const how = said(item, 'how') === 'told' ? 'Told what giving an address means' : 'Gave an address under the consent text';
    return version === null ? how : `${how} (version ${version})`;
  },
  'contact.tagged': ({ item, by }) => `Tagged ${said(item, 'tag') ?? ''}`.trimEnd() + by,
  'contact.untagged': ({ item, by }) => `Tag ${said(item, 'tag') ?? ''} taken off`.replace('  ', ' ') + by,
  'lead.captured': ({ item }) => {
    const score = said(item, 'score');
    return score === null ? 'Qualified lead' : `Qualified lead · ${score} ${score === '1' ? 'point' : 'points'}`;
  },
  'conversation.created': () => 'Began a conversation',
  'conversation.assigned': ({ item, by }) => {
    if (said(item, 'assignee') === null) return `Given back to the team${by}`;
    return item.data['assignee'] === item.by?.id ? `Taken${by}` : `Assigned to ${said(item, 'assignee_name') ?? 'an agent'}${by}`;
  },
  'conversation.team_assigned': ({ item, by }) => {
    const name = said(item, 'team_name') ?? said(item, 'name');
    if (name !== null) return `Given to ${name}${by}`;
    return said(item, 'team') === null ? `Taken from its team${by}` : `Given to a team${by}`;
  },
  'conversation.closed': ({ by }) => `Conversation closed${by}`,
  'conversation.reopened': ({ by }) => `Conversation reopened${by}`,
  'conversation.read': () => 'Read the answers',
  'bot.paused': ({ item, by }) => silences[said(item, 'reason') ?? ''] ?? `Taken over from the bot${by}`,
  'bot.resumed': ({ by }) => `Handed back to the bot${by}`,
  'bot.handed_over': ({ item }) => {
    const reason = said(item, 'reason');
    return `The bot handed over to the team${reason === null ? '' : `: ${reason}`}`;
  },
  'message.created': ({ by }) => (by === '' ? 'Wrote a message' : `Answered${by}`),
  'message.edited': ({ by }) => `A message was edited${by}`,
  'message.deleted': ({ by }) => `A message was deleted${by}`,
  'form.answered': () => 'Filled in the form',
};

const nobody: NameOf = () => null;

/** One entry of the history. */
export function eventStory(item: AgentTimelineItem, nameOf: NameOf = nobody): Story {
  const story = sentences[item.type]({ item, by: byWords(item), nameOf });
  return typeof story === 'string' ? { text: story } : story;
}

function byWords(item: AgentTimelineItem): string {
  if (item.by && item.by.kind !== 'contact') return ` by ${item.by.name ?? (item.by.kind === 'bot' ? 'the bot' : 'an agent')}`;
  if (item.data['operator'] === true) return ' by the operator, at the machine';
  const token = said(item, 'token_name');
  if (token !== null) return ` by ${token} (API)`;
  return item.data['token'] === undefined ? '' : ' by your server';
}
