import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync('inbox/styles/tokens.css', 'utf8');
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** Lightness, chroma and hue of a token; hue and chroma of the brand are arguments. */
function token(name: string, theme: Theme, hue: number, chroma: number): [number, number, number] {
  const value = new RegExp(`--${name}: (.+);`).exec(css)?.[1] ?? '';
  const colours = [
    ...value.matchAll(/oklch\(([\d.]+) (var\(--chroma\)|calc\(var\(--chroma\) \* [\d.]+\)|[\d.]+) (var\(--hue\)|[\d.]+)\)/g),
  ];
  const [, l = '', c = '', h = ''] = colours[theme === 'dark' ? colours.length - 1 : 0] ?? [];
  if (l === '') throw new Error(`no colour in --${name}: ${value}`);
  const share = c.startsWith('calc') ? Number(/\* ([\d.]+)/.exec(c)?.[1]) : 1;
  return [Number(l), c.includes('var') ? chroma * share : Number(c), h.includes('var') ? hue : Number(h)];
}

/** Relative luminance (WCAG 2) of an OKLCH colour, its chroma reduced until it fits sRGB, as browsers do. */
function luminance([lightness, chroma, hue]: [number, number, number]): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  const isInside = [red, green, blue].every((part) => part >= -0.0005 && part <= 1.0005);
  if (!isInside && chroma > 0) return luminance([lightness, Math.max(0, chroma - 0.002), hue]);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(over: string, under: string, theme: Theme, hue: number, chroma: number): number {
  const [a, b] = [over, under].map((name) => luminance(token(name, theme, hue, chroma)) + 0.05) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
}

const hues = Array.from({ length: 72 }, (_, index) => index * 5);
const worst = (over: string, under: string, theme: Theme): number =>
  Math.min(...hues.flatMap((hue) => [0.02, 0.1, 0.19].map((chroma) => contrast(over, under, theme, hue, chroma))));

const texts = [
  ...['surface', 'hover', 'chosen', 'ground', 'raised', 'grey-fill'].flatMap((under) =>
    ['text', 'text-2', 'text-3'].map((over) => [over, under]),
  ),
  ...['brand', 'brand-hover'].map((under) => ['on-brand', under]),
  ...['surface', 'chosen', 'hover', 'brand-soft', 'grey-fill'].map((under) => ['brand-text', under]),
  ...['grey', 'amber', 'green', 'red'].map((tone) => [`${tone}-text`, `${tone}-fill`]),
  ...['amber-text', 'green-text', 'red-text', 'warm-1', 'warm-2'].flatMap((over) =>
    ['surface', 'chosen', 'hover'].map((under) => [over, under]),
  ),
  ['amber-text', 'note-fill'],
  ['text', 'note-fill'],
  ['text', 'brand-soft'],
] as [string, string][];

test.each(texts)('%s on %s reads at 4.5:1 in both themes, whatever the brand', (over, under) => {
  for (const theme of themes) expect(worst(over, under, theme), theme).toBeGreaterThanOrEqual(4.5);
});

test.each([
  ['focus', 'surface'],
  ['focus', 'chosen'],
  ['focus', 'raised'],
  ['control', 'surface'],
  ['control', 'raised'],
  ['green', 'surface'],
  ['amber', 'surface'],
  ['amber', 'raised'],
] as [string, string][])('%s stands out from %s at 3:1 in both themes, whatever the brand', (over, under) => {
  for (const theme of themes) expect(worst(over, under, theme), theme).toBeGreaterThanOrEqual(3);
});
