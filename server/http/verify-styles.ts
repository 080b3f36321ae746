// Styles of the page behind a verification link, in the workspace's colour.
import { hexOfBrand } from '../brand-colour.ts';
import type { Workspace } from '../store/workspaces.ts';

/** Lightness is fixed for each role, so that contrast holds for any hue; where OKLCH is unknown, greys and the brand as a plain colour. */
export function verifyStyles(brand: Workspace['settings']['brand']): string {
  const [hue, chroma] = [Number(brand.hue), Number(brand.chroma)];
  const tint = (lightness: number, tinted: number): string => `oklch(${lightness} ${Math.min(tinted, chroma)} ${hue})`;
  return `
:root {
  --ground: #f4f4f6; --surface: #fff; --line: #e4e5ea; --text: #1c1e24; --quiet: #5d6270; --soft: #eef0f6;
  --fill: ${hexOfBrand({ hue, chroma })}; --hover: var(--fill); --focus: var(--fill); --on: #fff;
  --good: #1d7a44; --good-soft: #e5f5ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131418; --surface: #1c1d22; --line: #33353d; --text: #eeeff2; --quiet: #a5a8b3; --soft: #26282f;
    --good: #7fd6a0; --good-soft: #1b3325;
  }
}
@supports (color: oklch(0.5 0.1 200)) {
  :root {
    --ground: ${tint(0.972, 0.006)}; --surface: ${tint(0.998, 0.001)}; --line: ${tint(0.915, 0.008)};
    --text: ${tint(0.235, 0.018)}; --quiet: ${tint(0.49, 0.016)}; --soft: ${tint(0.953, 0.024)};
    --fill: oklch(0.52 ${chroma} ${hue}); --hover: oklch(0.465 ${chroma} ${hue}); --focus: oklch(0.57 ${chroma} ${hue});
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ground: ${tint(0.175, 0.01)}; --surface: ${tint(0.215, 0.012)}; --line: ${tint(0.31, 0.014)};
      --text: ${tint(0.95, 0.005)}; --quiet: ${tint(0.73, 0.012)}; --soft: ${tint(0.28, 0.04)};
      --fill: oklch(0.54 ${chroma} ${hue}); --hover: oklch(0.5 ${chroma} ${hue}); --focus: oklch(0.72 ${chroma * 0.8} ${hue});
    }
  }
}
* { box-sizing: border-box; margin: 0; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  display: grid; place-items: center; min-height: 100vh; min-height: 100dvh;
  padding: 24px 16px max(24px, env(safe-area-inset-bottom));
  background: var(--ground); color: var(--text);
  font: 400 16px/25px -apple-system, BlinkMacSystemFont, 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
}
main {
  width: 100%; max-width: 440px; padding: 36px;
  border: 1px solid var(--line); border-radius: 20px; background: var(--surface);
  box-shadow: 0 1px 2px rgb(15 20 40 / 6%), 0 12px 40px rgb(15 20 40 / 10%);
  animation: in 220ms cubic-bezier(0.2, 0.7, 0.2, 1);
}
.brand { display: flex; align-items: center; gap: 12px; margin-bottom: 32px; font-weight: 550; font-size: 15px; overflow-wrap: anywhere; }
.brand span {
  display: grid; flex: none; place-items: center; width: 36px; height: 36px;
  border-radius: 10px; background: var(--fill); color: var(--on); font-weight: 650; font-size: 17px;
}
.mark { display: block; width: 48px; height: 48px; margin-bottom: 20px; }
.mark circle { fill: var(--soft); }
.mark path { fill: none; stroke: var(--quiet); stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.mark.is-good circle { fill: var(--good-soft); }
.mark.is-good path { stroke: var(--good); }
h1 { margin-bottom: 14px; font-weight: 650; font-size: 24px; line-height: 30px; letter-spacing: -0.012em; text-wrap: balance; }
.address { margin-bottom: 16px; padding: 11px 14px; border-radius: 10px; background: var(--soft); font-weight: 550; overflow-wrap: anywhere; }
form { margin: 24px 0 20px; }
button {
  width: 100%; min-height: 48px; padding: 11px 20px; border: 0; border-radius: 12px;
  background: var(--fill); color: var(--on); font: inherit; font-weight: 600; cursor: pointer; transition: background 120ms;
}
button:hover { background: var(--hover); }
button:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; }
.small { color: var(--quiet); font-size: 14px; line-height: 21px; }
@keyframes in { from { opacity: 0; transform: translateY(6px); } }
@media (max-width: 480px) {
  body { place-items: start stretch; padding: 0; background: var(--surface); }
  main { max-width: none; padding: max(28px, env(safe-area-inset-top)) 20px 28px; border: 0; border-radius: 0; box-shadow: none; }
}
@media (prefers-reduced-motion: reduce) { main { animation: none; } button { transition: none; } }
`;
}
