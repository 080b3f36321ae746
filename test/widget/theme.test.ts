import { describe, expect, it } from 'vitest';
import { brandFill } from '../../shared/brand.ts';
import { palette, type ColourName } from '../../widget/theme.ts';

type Rgb = [number, number, number];

/** Linear-light sRGB of the notations theme.ts writes; what is outside of sRGB is clipped, as browsers do. */
function toLinear(css: string): Rgb {
  const hex = /^#([\da-f]{3,6})$/i.exec(css)?.[1];
  if (hex) {
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return [0, 2, 4].map((at) => toLinearChannel(parseInt(full.slice(at, at + 2), 16) / 255)) as Rgb;
  }
  const mix = /^color-mix\(in (srgb-linear|srgb), (oklch\([^)]*\)|color-mix\(.*\)), (#[\da-f]+) ([\d.]+)%\)$/.exec(css);
  if (mix) {
    const [, space, base, other, share] = mix;
    const part = Number(share) / 100;
    const blend = (a: number, b: number): number =>
      space === 'srgb' ? toLinearChannel(fromLinearChannel(a) * (1 - part) + fromLinearChannel(b) * part) : a * (1 - part) + b * part;
    const [x, y] = [toLinear(base!), toLinear(other!)];
    return x.map((channel, index) => blend(channel, y[index]!)) as Rgb;
  }
  const oklch = /^oklch\(([\d.]+) ([\d.e-]+) ([\d.]+)\)$/.exec(css);
  if (!oklch) throw new Error(`not a colour: ${css}`);
  const [l, c, h] = oklch.slice(1).map(Number) as Rgb;
  return okToLinear(l, c, h).map((channel) => Math.min(1, Math.max(0, channel))) as Rgb;
}

const toLinearChannel = (x: number): number => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
const fromLinearChannel = (x: number): number => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);

function okToLinear(l: number, c: number, h: number): Rgb {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    l + 0.3963377774 * a + 0.2158037573 * b,
    l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b,
  ].map((value) => value ** 3) as Rgb;
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}

function contrast(one: string, other: string): number {
  const [x, y] = [one, other].map((css) => {
    const [red, green, blue] = toLinear(css);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  }) as [number, number];
  return x > y ? x / y : y / x;
}

const fitsScreen = (lightness: number, chroma: number, hue: number): boolean =>
  okToLinear(lightness, chroma, hue).every((channel) => channel > -0.001 && channel < 1.001);

/** 36 hues, pale to vivid, dark to light, as far as a screen can show them. */
const brands = Array.from({ length: 36 }, (_, index) => index * 10).flatMap((hue) =>
  [0.02, 0.08, 0.14, 0.2, 0.26].flatMap((chroma) =>
    [0.25, 0.4, 0.5, 0.6, 0.69, 0.75, 0.85]
      .filter((lightness) => fitsScreen(lightness, chroma, hue))
      .map((lightness) => ({ hue, chroma, lightness })),
  ),
);

const readable: [ColourName, ColourName][] = [
  ['text', 'surface'],
  ['text', 'bubble'],
  ['text', 'danger-tint'],
  ['quiet', 'surface'],
  ['quiet', 'bubble'],
  ['on-fill', 'fill'],
  ['on-fill', 'fill-hover'],
  ['accent', 'surface'],
  ['accent', 'bubble'],
  ['accent', 'tint'],
  ['danger', 'surface'],
];
const findable: [ColourName, ColourName][] = [
  ['control', 'surface'],
  ['accent', 'surface'],
  ['danger', 'danger-tint'],
  ['success', 'surface'],
];

describe.each([false, true])('dark: %s', (dark) => {
  const least = (pairs: [ColourName, ColourName][]): Record<string, number> => {
    const found: Record<string, number> = {};
    for (const brand of brands) {
      const colours = palette({ brand, fill: brandFill(brand) }, dark);
      for (const [on, under] of pairs) {
        const name = `${on} on ${under}`;
        found[name] = Math.min(found[name] ?? 99, contrast(colours[on], colours[under]));
      }
    }
    return found;
  };

  it('what is read stands out 4.5:1 for every brand', () => {
    for (const [pair, ratio] of Object.entries(least(readable))) expect(ratio, pair).toBeGreaterThanOrEqual(4.5);
  });

  it('what is found by its edge stands out 3:1 for every brand', () => {
    for (const [pair, ratio] of Object.entries(least(findable))) expect(ratio, pair).toBeGreaterThanOrEqual(3);
  });
});

it('a light brand keeps its colour and takes dark text, any other takes white', () => {
  expect(brandFill({ hue: 90, chroma: 0.17, lightness: 0.86 })).toEqual(['oklch(0.86 0.17 90)', '#15171c']);
  expect(brandFill({ hue: 275, chroma: 0.19, lightness: 0.52 })).toEqual(['oklch(0.52 0.19 275)', '#fff']);
});

it('in the dark, the fill stands out from the surface for every brand', () => {
  for (const brand of brands) {
    const { fill, surface } = palette({ brand, fill: brandFill(brand) }, true);
    expect(contrast(fill, surface), JSON.stringify(brand)).toBeGreaterThanOrEqual(2.5);
  }
});
