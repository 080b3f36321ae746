// Every colour of the widget, computed from the brand's hue so that contrast holds for any of them.
import { darkened, type Oklch } from '../shared/brand.ts';
import type { WidgetSettings } from '../shared/settings.ts';

/** Lightness and most chroma of what is only tinted by the brand; light, then dark. */
const neutrals = {
  surface: [1, 0, 0.205, 0.012],
  raised: [1, 0, 0.245, 0.013],
  bubble: [0.958, 0.008, 0.285, 0.014],
  line: [0.92, 0.01, 0.33, 0.014],
  control: [0.64, 0.015, 0.53, 0.015],
  text: [0.22, 0.02, 0.96, 0.006],
  quiet: [0.5, 0.016, 0.73, 0.014],
  tint: [0.968, 0.016, 0.28, 0.035],
  wash: [0.93, 0.04, 0.31, 0.055],
} as const;

/** Meaning, not brand: the same for everybody. */
const fixed = {
  danger: ['oklch(.51 .19 27)', 'oklch(.77 .12 24)'],
  'danger-tint': ['oklch(.965 .015 27)', 'oklch(.27 .05 27)'],
  success: ['oklch(.6 .15 150)', 'oklch(.76 .15 150)'],
} as const;

export type ColourName = keyof typeof neutrals | keyof typeof fixed | 'fill' | 'fill-hover' | 'on-fill' | 'accent';

/** CSS colours. 4.5:1 for what is read, 3:1 for what is found by its edge (WCAG 1.4.3, 1.4.11); the tests try every hue. */
export function palette({ brand, fill: [own, on] }: Pick<WidgetSettings, 'brand' | 'fill'>, dark: boolean): Record<ColourName, string> {
  // On a dark surface a dark brand is lifted until it stands out.
  const fill = dark && luminance(brand) < 0.14 ? atLeast(brand, 0.15) : own;
  const colours: Record<string, string> = {
    fill,
    'on-fill': on,
    'fill-hover': `color-mix(in srgb, ${fill}, ${on === '#fff' ? '#000' : '#fff'} 12%)`,
    accent: dark ? atLeast(brand, 0.38) : darkened(brand, brand.lightness * Math.cbrt(Math.min(1, 0.125 / luminance(brand)))),
  };
  for (const [name, [lightness, chroma, darkLightness, darkChroma]] of Object.entries(neutrals)) {
    colours[name] = `oklch(${dark ? darkLightness : lightness} ${Math.min(brand.chroma, dark ? darkChroma : chroma)} ${brand.hue})`;
  }
  for (const [name, [light, night]] of Object.entries(fixed)) colours[name] = dark ? night : light;
  return colours as Record<ColourName, string>;
}

/** WCAG relative luminance of a colour within sRGB: the Y row of Björn Ottosson's OKLab matrices. */
export function luminance({ lightness, chroma, hue }: Oklch): number {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const cone = (x: number, y: number): number => (lightness + x * a + y * b) ** 3;
  return 1.1124 * cone(-0.10556, -0.06385) - 0.0408 * cone(0.39634, 0.2158) - 0.0716 * cone(-0.08948, -1.29149);
}

/** Mixing with white in linear light raises luminance in proportion. */
function atLeast(brand: Oklch, wanted: number): string {
  const own = luminance(brand);
  const white = Math.max(0, (wanted - own) / (1 - own));
  return `color-mix(in srgb-linear, ${darkened(brand, 1)}, #fff ${white * 100}%)`;
}

export function applyPalette(element: HTMLElement, colours: Record<ColourName, string>): void {
  for (const [name, colour] of Object.entries(colours)) element.style.setProperty(`--${name}`, colour);
}
