// The brand as a fill, for the loader and the theme alike: short, for every page view pays for it.

export interface Oklch {
  lightness: number;
  chroma: number;
  hue: number;
}

/**
 * The fill and what is written on it. White on a lightness of 0.55 is 4.5:1 for any hue; a brand lighter than 0.7 would
 * become another colour there: it keeps itself and takes dark text. OKLab is homogeneous: scaling lightness and chroma alike stays within
 * what screens show.
 */
export function brandFill({ lightness, chroma, hue }: Oklch): [fill: string, on: string] {
  const isLight = lightness > 0.7;
  const by = isLight ? 1 : Math.min(1, 0.55 / lightness);
  return [`oklch(${lightness * by} ${chroma * by} ${hue})`, isLight ? '#15171c' : '#fff'];
}
