// The brand as a hex colour, for what knows no OKLCH: programs that read mail, and old browsers.

/**
 * White on it is 4.5:1 or more for any hue: OKLab's lightness of a half is less bright than the grey for which that holds. Chroma is taken
 * away until a screen can show it.
 */
export function hexOfBrand({ hue, chroma }: { hue: number; chroma: number }): string {
  for (let c = chroma; c > 0; c -= 0.01) {
    const colour = linearRgb(0.5, c, hue);
    if (colour.every((part) => part >= -0.0001 && part <= 1.0001)) return hexOf(colour);
  }
  return hexOf(linearRgb(0.5, 0, 0));
}

/** Björn Ottosson's OKLab to linear sRGB. */
function linearRgb(lightness: number, chroma: number, hue: number): number[] {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const cone = (x: number, y: number): number => (lightness + x * a + y * b) ** 3;
  const [l, m, s] = [cone(0.3963377774, 0.2158037573), cone(-0.1055613458, -0.0638541728), cone(-0.0894841775, -1.291485548)];
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function hexOf(linear: readonly number[]): string {
  const bytes = linear.map((part) => {
    const value = Math.min(1, Math.max(0, part));
    return Math.round((value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055) * 255);
  });
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
