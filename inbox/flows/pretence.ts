// Who the preview's visitor is taken for: facts that can be set, and what was read out of their words meanwhile.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { DetailField } from '../../shared/contact-fields.ts';
import { detailFields } from '../../shared/contact-fields.ts';
import type { AskPolicy, Consent, FactValue, Terms } from '../../shared/bot/types.ts';
import type { Detail, Turn } from '../../shared/extract/types.ts';
import { contactFacts } from '../../shared/facts.ts';
import type { Api } from '../api.ts';

export interface PreviewSettings {
  language: string;
  page: string;
  device: 'desktop' | 'tablet' | 'phone';
  /** Known before the first word. */
  known: Readonly<Partial<Record<DetailField, string>>>;
  isOnline: boolean;
  isOpen: boolean;
  policy: AskPolicy;
}

export interface Pretence {
  readonly settings: ReadonlySignal<PreviewSettings>;
  /** What was read out of the visitor's words. */
  readonly captured: ReadonlySignal<Readonly<Partial<Record<DetailField, Detail>>>>;
  set(more: Partial<PreviewSettings>): void;
  facts(attributes: Readonly<Record<string, FactValue>>, tags: readonly string[]): Record<string, FactValue>;
  terms(): Terms;
  /** The details in a message; a filled form counts field by field. */
  read(
    text: string,
    previous: readonly Turn[],
    asked: DetailField | null,
    values?: Readonly<Record<string, FactValue>>,
  ): Promise<readonly Detail[]>;
  learn(details: readonly Detail[]): void;
  /** All but what was set by hand. */
  forget(): void;
}

const usual: PreviewSettings = {
  language: 'en',
  page: 'https://www.example.com/pricing',
  device: 'desktop',
  known: {},
  isOnline: true,
  isOpen: true,
  policy: 'flow',
};

export function createPretence(api: Api): Pretence {
  const settings = signal(usual);
  const captured = signal<Readonly<Partial<Record<DetailField, Detail>>>>({});
  let consent: Consent | null = null;
  void api.call('GET /api/v1/settings/bot').then((result) => {
    if (!result.ok) return;
    consent = result.data.consent;
    settings.value = { ...settings.peek(), policy: result.data.ask_policy };
  });
  const known = (field: DetailField): string | null => captured.peek()[field]?.value ?? (settings.peek().known[field] || null);
  return {
    settings,
    captured,
    set: (more) => void (settings.value = { ...settings.peek(), ...more }),
    facts(attributes, tags) {
      const { language, page, device, isOnline, isOpen } = settings.peek();
      return {
        ...contactFacts(contactOf(known, attributes, tags), language),
        'team.online': isOnline,
        'team.open': isOpen,
        ...(!isOpen && { 'team.back': 'tomorrow at 9:00' }),
        ...(isOnline && { 'queue.position': 2, 'queue.minutes': 4 }),
        'page.url': page,
        'page.path': pathOf(page),
        'page.language': language,
        'page.device': device,
        'now.date': new Date().toISOString().slice(0, 10),
      };
    },
    terms: () => ({ policy: settings.peek().policy, consent }),
    async read(text, previous, asked, values) {
      // As heavy as it is good: it comes with the first words.
      const { extractDetails } = await import('../../shared/extract/index.ts');
      const own = { email: known('email'), name: known('name'), phone: known('phone') };
      const language = settings.peek().language;
      if (values === undefined) return extractDetails({ text, previous, asked, known: own, language });
      return detailFields.flatMap((field) => {
        const value = values[field];
        if (typeof value !== 'string' || value.trim() === '') return [];
        return extractDetails({ text: value, previous: [], asked: field, known: own, language }).filter((detail) => detail.field === field);
      });
    },
    learn(details) {
      const next = { ...captured.peek() };
      for (const detail of details) if (known(detail.field) === null || detail.replaces) next[detail.field] = detail;
      captured.value = next;
    },
    forget: () => void (captured.value = {}),
  };
}

type FactfulContact = Parameters<typeof contactFacts>[0];

function contactOf(
  known: (field: DetailField) => string | null,
  attributes: Readonly<Record<string, FactValue>>,
  tags: readonly string[],
): FactfulContact {
  const { company, ...rest } = attributes;
  return {
    email: known('email'),
    name: known('name'),
    phone: known('phone'),
    company: typeof company === 'string' ? company : null,
    userId: null,
    verified: false,
    score: 0,
    attributes: rest,
    leadAt: known('email') === null ? null : 1,
    identifiedAt: null,
    tags,
  } as FactfulContact;
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
}
