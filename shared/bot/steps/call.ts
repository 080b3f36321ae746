import { z } from 'zod';
import type { FieldMeta, PausingStep, StepContext, StepFault } from '../step.ts';
import { attributeNameField, commonFields, shownField, stepField, targetField } from '../step.ts';
import type { BotEffect, CallRequest, FactValue } from '../types.ts';

const answer = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(200)
    .meta({
      label: 'Place in the answer',
      help: 'Names with dots, numbers for entries of lists.',
      placeholder: 'data.plan',
      start: 'data.plan',
    } satisfies FieldMeta),
  attribute: attributeNameField,
});
const schema = z.strictObject({
  type: z.literal('call'),
  ...commonFields,
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .default('POST')
    .meta({ label: 'Method', start: 'POST' } satisfies FieldMeta),
  url: z
    .string()
    .max(2000)
    .meta({
      label: 'Address',
      control: 'url',
      help: 'Variables are allowed after the host.',
      placeholder: 'https://example.com/leads',
      holdsVariables: true,
      start: '',
    } satisfies FieldMeta),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]{1,80}$/), z.string().max(2000))
    .meta({ label: 'Headers', control: 'map', holdsVariables: true, isAdvanced: true } satisfies FieldMeta)
    .optional(),
  body: z
    .string()
    .max(8000)
    .meta({
      label: 'Body',
      control: 'long-text',
      help: 'JSON. Write variables between quotes: "{{contact.email}}".',
      holdsVariables: true,
      start: '{"email": "{{contact.email}}"}',
    } satisfies FieldMeta)
    .optional(),
  mapping: z
    .array(answer)
    .max(30)
    .meta({ label: 'Keep from the answer' } satisfies FieldMeta)
    .optional(),
  text: shownField('While waiting', { help: 'Without it, nothing is said.' }).optional(),
  timeoutMs: z
    .int()
    .min(100)
    .max(15_000)
    .default(5000)
    .meta({ label: 'Give up after', control: 'duration', isAdvanced: true } satisfies FieldMeta),
  next: targetField,
  failed: stepField.meta({ label: 'Where it fails', control: 'step', start: '' } satisfies FieldMeta),
});
type Call = z.infer<typeof schema>;

/** A value kept from an answer is not longer. */
const maxKept = 500;

export const call = {
  kind: 'pauses',
  title: 'Call a webhook',
  group: 'logic',
  help: 'Asks or tells another system, and keeps what it answers.',
  schema,
  faults: callFaults,
  begin(step, context, id) {
    const effects: BotEffect[] = step.text === undefined ? [] : [{ kind: 'say', text: context.render(step.text) }];
    return [...effects, { kind: 'call', step: id, request: requestOf(step, context) }];
  },
  resume(step, input) {
    if (input.kind !== 'called') return null;
    if (!input.ok) return { effects: [], next: step.failed };
    const effects = (step.mapping ?? []).flatMap(({ path, attribute }): BotEffect[] => {
      const value = readPath(input.json, path);
      return value === null ? [] : [{ kind: 'attribute', name: attribute, value }];
    });
    return { effects, next: step.next };
  },
  onMessage: () => null,
  // Whether it went out is not known, and going out twice might order twice.
  onHandBack: (step) => step.failed,
} satisfies PausingStep<Call>;

function requestOf(step: Call, context: StepContext): CallRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(step.headers ?? {})) headers[name] = context.fill(value, inHeader);
  return {
    method: step.method,
    url: context.fill(step.url, inUrl),
    headers,
    body: step.body === undefined || step.method === 'GET' ? null : context.fill(step.body, inJson),
    timeoutMs: step.timeoutMs,
  };
}

/** Half a surrogate pair has no percent encoding. */
function inUrl(value: string): string {
  return encodeURIComponent(value.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'));
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** Header values are printable Latin-1: nothing a visitor writes may begin another header. */
function inHeader(value: string): string {
  return value.replace(/[^\x20-\x7e\xa0-\xff]+/g, ' ').trim();
}

/** Null where there is nothing that could be kept: no such place, an object, a list. */
function readPath(json: unknown, path: string): FactValue {
  let value: unknown = json;
  for (const name of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof value === 'string') return value === '' ? null : value.slice(0, maxKept);
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? value : null;
}

const variable = /\{\{[^}]*\}\}/g;

function callFaults(step: Call): StepFault[] {
  const faults: StepFault[] = [];
  // Further slashes before the host, of either kind, count for nothing.
  const host = /^https?:\/\/([^/\\?#]+)/i.exec(step.url)?.[1];
  if (step.url.trim() === '') faults.push({ code: 'empty-text', message: 'calls no address.' });
  else if (host === undefined || !URL.canParse(step.url.replace(variable, 'x')))
    faults.push({ code: 'bad-value', message: 'calls an address that is none. It begins with https:// or http://.' });
  else if (host.includes('{{'))
    faults.push({ code: 'bad-value', message: 'has a variable in the host of its address. Write the host out.' });
  if (step.body !== undefined && step.method !== 'GET' && !isJson(step.body.replaceAll(/\[\[|\]\]/g, '').replace(variable, '0')))
    faults.push({ code: 'bad-value', message: 'sends a body that is not JSON.' });
  return faults;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
