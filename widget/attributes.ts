// From what host pages pass to `identify` (snake_case, camelCase, flat custom ones) to the command's body.
import type { FactValue } from '../shared/bot/types.ts';
import type { VisitorBody } from '../shared/protocol.ts';
import { readHostTime } from '../shared/host-time.ts';
import type { Attributes, Options } from './handoff.ts';

const reserved = [
  'user_id',
  'email',
  'name',
  'phone',
  'avatar',
  'company',
  'created_at',
  'signed_up_at',
  'user_hash',
  'user_jwt',
  'refresh_user_jwt',
  'custom_attributes',
] as const;
const settings = [
  'app_id',
  'alignment',
  'horizontal_padding',
  'vertical_padding',
  'z_index',
  'hide_default_launcher',
  'custom_launcher_selector',
  'theme_mode',
  'locale',
  'storage',
  'consent',
  'cookie_domain',
  'session_duration',
] as const;

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isOneOf = (names: readonly string[], key: string): boolean => names.includes(key);

/** The keys of ours in snake_case; a host's own keep their spelling. */
export function normalise(given: Attributes): Attributes {
  const { signed_up_at: signUp, ...named } = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [isOneOf([...reserved, ...settings], snake(key)) ? snake(key) : key, value]),
  );
  // What REST calls it, where the page's own name for it says nothing.
  return signUp === undefined || (named['created_at'] ?? '') !== '' ? named : { ...named, created_at: signUp };
}

/** `boot` and `update` take both: what the widget looks like, and who the person is. */
export function split(given: Attributes): { options: Options; person: Attributes } {
  const entries = Object.entries(normalise(given));
  return {
    options: Object.fromEntries(entries.filter(([key]) => isOneOf(settings, key))) as Options,
    person: Object.fromEntries(entries.filter(([key]) => !isOneOf(settings, key))),
  };
}

export const namesPerson = (person: Attributes): boolean =>
  ['user_id', 'email', 'user_hash', 'user_jwt'].some((key) => person[key] !== undefined && person[key] !== null && person[key] !== '');

/** Empty text and undefined mean unchanged (left out); null clears. */
export function toIdentifyBody(given: Attributes): VisitorBody<'identify'> {
  const body: Record<string, unknown> = {};
  const custom: Record<string, FactValue> = {};
  for (const [key, value] of Object.entries(normalise(given))) {
    if (key === 'custom_attributes') Object.assign(custom, flat(value as Attributes | null));
    // The host's own function stays in its page.
    else if (key === 'refresh_user_jwt') continue;
    else if (isOneOf(reserved, key)) {
      const said = plain(key === 'company' ? companyName(value) : value);
      const isMeant = value !== null && value !== undefined && value !== '';
      // Refused with its reason, and not left out: the call might name somebody else by what stands beside it.
      if (key === 'user_id' && isMeant && said === undefined) body[key] = 'NaN';
      else if (key === 'created_at' && isMeant && readHostTime(said) === null)
        console.error('[Foyer] When they signed up is left out, it is no time:', value);
      else if (said !== undefined && (said !== '' || key === 'user_id')) body[key] = said;
    } else Object.assign(custom, flat({ [key]: value }));
  }
  if (Object.keys(custom).length > 0) body.custom_attributes = custom;
  return body as VisitorBody<'identify'>;
}

function flat(values: Attributes | null): Record<string, FactValue> {
  const kept: Record<string, FactValue> = {};
  for (const [key, value] of Object.entries(values ?? {})) {
    const simple = plain(value);
    if (simple === null || ['string', 'number', 'boolean'].includes(typeof simple)) kept[key] = simple as FactValue;
    else if (value !== undefined)
      console.error(`[Foyer] The attribute "${key}" is left out: only text, numbers, booleans, dates and null are kept.`);
  }
  return kept;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  // JSON has no NaN, and writes null, which would clear.
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
  if (!(value instanceof Date)) return value;
  return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
}

const companyName = (value: unknown): unknown => (typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : value);
