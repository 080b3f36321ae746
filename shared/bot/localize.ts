// A flow in another language: its texts replaced by their translations, everything else the same.
/**
 * Translations by language tag, then by the place of the text: `need.text`, `need.choices.pricing.label` (an entry of a list
 * is named by its `value` or `name`), `human.text`, `words.retry`. What has no translation stays as it is.
 */
export type Translations = Readonly<Record<string, Readonly<Record<string, string>>>>;
