// The brand as a fill: computed by the server for the loader, which every page view pays for, and by the widget for its theme.

export interface Oklch {
  lightness: number;
  chroma: number;
  hue: number;
}

/** The colour at most so light. OKLab is homogeneous: scaling lightness and chroma alike stays within what screens show. */
export function darkened({ lightness, chroma, hue }: Oklch, to: number): string {
  to = Math.min(1, to / lightness);
  return `oklch(${lightness * to} ${chroma * to} ${hue})`;
}

/**
 * The fill and what is written on it. White on a lightness of 0.55 is 4.5:1 for any hue; a brand lighter than 0.7 would
 * become another colour there: it keeps itself and takes dark text.
 */
export function brandFill(brand: Oklch): [fill: string, on: string] {
  const isLight = brand.lightness > 0.7;
  return [darkened(brand, isLight ? 1 : 0.55), isLight ? '#15171c' : '#fff'];
}
