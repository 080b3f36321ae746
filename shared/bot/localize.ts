// A flow in another language: its texts replaced by their translations, everything else the same.
import type { Flow } from './flow.ts';
import { mapShown, textPlaces } from './places.ts';
import type { Step } from './steps/index.ts';

/**
 * Translations by language tag, then by the place of the text: `need.text`, `need.choices.pricing.label` (an entry of a list
 * is named by its `value` or `name`), `human.text`, `words.retry`. What has no translation stays as it is.
 */
export type Translations = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface FlowText {
  /** Its key in `translations`. */
  key: string;
  /** In the flow's own language. */
  text: string;
  /** The step it stands in; null: the flow's own. */
  step: string | null;
}

type Json = Readonly<Record<string, unknown>>;

/** What of a flow, or of the draft of one, holds texts. */
export interface Translatable {
  steps: Readonly<Record<string, Json>>;
  human?: { text?: string | undefined } | undefined;
  words?: Readonly<Partial<Record<string, string>>> | undefined;
  language?: string | undefined;
  translations?: Translations | undefined;
}

export const defaultLanguage = 'en';

/** The tag of its own language first, then those of its translations. */
export function languagesOf(flow: Pick<Translatable, 'language' | 'translations'>): string[] {
  const own = flow.language ?? defaultLanguage;
  return [own, ...Object.keys(flow.translations ?? {}).filter((tag) => tag.toLowerCase() !== own.toLowerCase())];
}

/** Every text a visitor may read and a translator may put in other words, in the order of the flow. */
export function textsOf(flow: Translatable): FlowText[] {
  const texts: FlowText[] = [];
  for (const [step, json] of Object.entries(flow.steps)) {
    for (const { place, text, isShown } of textPlaces(json)) if (isShown) texts.push({ key: `${step}.${place}`, text, step });
  }
  if (flow.human?.text !== undefined) texts.push({ key: 'human.text', text: flow.human.text, step: null });
  for (const [word, text] of Object.entries(flow.words ?? {})) {
    if (text !== undefined) texts.push({ key: `words.${word}`, text, step: null });
  }
  return texts;
}

const localized = new WeakMap<Flow, Map<string, Flow>>();

/**
 * The flow as a visitor of this language reads it. The tag as it is, or else its language without region and script, or else
 * another variety of it; where there is none the flow itself. The same flow and language give the same object, so what is
 * worked out of it is kept.
 */
export function localize(flow: Flow, language: string | null): Flow {
  if (language === null || flow.translations === undefined) return flow;
  const tag = bestTag(languagesOf(flow), language);
  if (tag === null || tag === (flow.language ?? defaultLanguage)) return flow;
  let byTag = localized.get(flow);
  if (byTag === undefined) localized.set(flow, (byTag = new Map()));
  let translated = byTag.get(tag);
  if (translated === undefined) byTag.set(tag, (translated = translate(flow, tag)));
  return translated;
}

/** Which of these languages serves a reader of `wanted`; of equals the first. Null where none does. */
export function bestTag(tags: readonly string[], wanted: string): string | null {
  const exact = wanted.toLowerCase();
  const primary = primaryOf(exact);
  return (
    tags.find((tag) => tag.toLowerCase() === exact) ??
    tags.find((tag) => tag.toLowerCase() === primary) ??
    tags.find((tag) => primaryOf(tag.toLowerCase()) === primary) ??
    null
  );
}

function primaryOf(tag: string): string {
  return tag.split(/[-_]/, 1)[0] ?? tag;
}

function translate(flow: Flow, tag: string): Flow {
  const texts = flow.translations?.[tag] ?? {};
  const textFor = (key: string, text: string): string => (Object.hasOwn(texts, key) ? (texts[key] ?? text) : text);
  const steps: Record<string, Step> = {};
  for (const [id, step] of Object.entries(flow.steps)) steps[id] = mapShown(step, (place, text) => textFor(`${id}.${place}`, text));
  const words: Record<string, string> = {};
  for (const [key, text] of Object.entries(texts)) if (key.startsWith('words.')) words[key.slice('words.'.length)] = text;
  const translated: Flow = { ...flow, language: tag, steps, words: { ...flow.words, ...words } };
  if (flow.human?.text !== undefined) translated.human = { ...flow.human, text: textFor('human.text', flow.human.text) };
  return translated;
}
