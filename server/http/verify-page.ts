// What a mailed link opens: one card, in the workspace's colour and the reader's language. No script; nothing is fetched.
import { createHash } from 'node:crypto';
import { hexOfBrand } from '../brand-colour.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { locales } from '../locales/index.ts';
import type { Language, Said } from '../locales/index.ts';
import { defaultWorkspaceSettings } from '../store/workspaces.ts';
import type { Workspace } from '../store/workspaces.ts';

/** What the page says beside its question. */
export type Saying = Exclude<keyof (typeof locales)['en']['page'], 'ask'>;

export interface VerifyPage {
  body: string;
  /** `Content-Security-Policy`: this page's own styles, its own form, and nothing else. */
  policy: string;
}

type Of = { language: Language; workspace: Pick<Workspace, 'name' | 'settings'> | null };

/** Asks whether to confirm: a button, since programs that look after mail follow links. */
export function askPage({ language, workspace, email, token }: Of & { email: string; token: string }): VerifyPage {
  const { ask } = locales[language].page;
  const why = ask.why(nameOf(workspace));
  const content = html`<h1>${ask.title}</h1>
    <p class="address">${email}</p>
    <p>${why}</p>
    <form method="post" action="/verify">
      <input type="hidden" name="token" value="${token}" />
      <button>${ask.button}</button>
    </form>
    <p class="small">${ask.notYou}</p>`;
  return pageOf({ language, workspace }, ask.title, content);
}

export function sayPage({ language, workspace, saying, email }: Of & { saying: Saying; email: string | null }): VerifyPage {
  const said: Said = locales[language].page[saying];
  const content = html`${saying === 'confirmed' ? check : note}
    <h1>${said.title}</h1>
    ${email === null ? null : html`<p class="address">${email}</p>`}
    <p>${said.words(nameOf(workspace))}</p>`;
  return pageOf({ language, workspace }, said.title, content);
}

const nameOf = (workspace: Of['workspace']): string => workspace?.name ?? '';

const check = html`<svg class="mark is-good" viewBox="0 0 48 48" aria-hidden="true">
  <circle cx="24" cy="24" r="24" />
  <path d="M15 24.5l6.2 6.2L33.5 18" />
</svg>`;
const note = html`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
  <circle cx="24" cy="24" r="24" />
  <path d="M24 14v13M24 33.4v.1" />
</svg>`;

function pageOf({ language, workspace }: Of, title: string, content: Html): VerifyPage {
  const css = styles((workspace?.settings ?? defaultWorkspaceSettings).brand);
  const hash = createHash('sha256').update(css).digest('base64');
  const name = nameOf(workspace);
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${name === '' ? title : `${title} · ${name}`}</title>
        <style>
          ${{ html: css }}
        </style>
      </head>
      <body>
        <main>
          ${name === '' ? null : html`<p class="brand"><span aria-hidden="true">${[...name.trim()][0]?.toUpperCase() ?? ''}</span>${name}</p>`}
          ${content}
        </main>
      </body>
    </html> `;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return { body: page.html, policy: policy.join('; ') };
}

/** Lightness is fixed for each role, so that contrast holds for any hue; where OKLCH is unknown, greys and the brand as a plain colour. */
function styles(brand: Workspace['settings']['brand']): string {
  const [hue, chroma] = [Number(brand.hue), Number(brand.chroma)];
  return `
:root{--ground:#f4f4f6;--surface:#fff;--line:#e4e5ea;--text:#1c1e24;--quiet:#5d6270;--fill:${hexOfBrand({ hue, chroma })};--hover:var(--fill);--on:#fff;--soft:#eef0f6;--focus:var(--fill);--good:#1d7a44;--good-soft:#e5f5ea}
@media (prefers-color-scheme:dark){:root{--ground:#131418;--surface:#1c1d22;--line:#33353d;--text:#eeeff2;--quiet:#a5a8b3;--soft:#26282f;--good:#7fd6a0;--good-soft:#1b3325}}
@supports (color:oklch(0.5 0.1 200)){
:root{--ground:oklch(.972 .006 ${hue});--surface:oklch(.998 .001 ${hue});--line:oklch(.915 .008 ${hue});--text:oklch(.235 .018 ${hue});--quiet:oklch(.49 .016 ${hue});--fill:oklch(.52 ${chroma} ${hue});--hover:oklch(.465 ${chroma} ${hue});--soft:oklch(.953 .024 ${hue});--focus:oklch(.57 ${chroma} ${hue})}
@media (prefers-color-scheme:dark){:root{--ground:oklch(.175 .01 ${hue});--surface:oklch(.215 .012 ${hue});--line:oklch(.31 .014 ${hue});--text:oklch(.95 .005 ${hue});--quiet:oklch(.73 .012 ${hue});--fill:oklch(.54 ${chroma} ${hue});--hover:oklch(.5 ${chroma} ${hue});--soft:oklch(.28 .04 ${hue});--focus:oklch(.72 ${chroma * 0.8} ${hue})}}
}
*{box-sizing:border-box;margin:0}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:24px 16px;padding-bottom:max(24px,env(safe-area-inset-bottom));background:var(--ground);color:var(--text);font:400 16px/25px -apple-system,BlinkMacSystemFont,"Segoe UI Variable Text","Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
main{width:100%;max-width:440px;padding:36px;border:1px solid var(--line);border-radius:20px;background:var(--surface);box-shadow:0 1px 2px rgb(15 20 40/.06),0 12px 40px rgb(15 20 40/.1);animation:in .22s cubic-bezier(.2,.7,.2,1)}
.brand{display:flex;align-items:center;gap:12px;margin-bottom:32px;font-weight:550;font-size:15px;overflow-wrap:anywhere}
.brand span{flex:none;width:36px;height:36px;display:grid;place-items:center;border-radius:10px;background:var(--fill);color:var(--on);font-weight:650;font-size:17px}
.mark{display:block;width:48px;height:48px;margin-bottom:20px}
.mark circle{fill:var(--soft)}
.mark path{fill:none;stroke:var(--quiet);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.mark.is-good circle{fill:var(--good-soft)}
.mark.is-good path{stroke:var(--good)}
h1{margin-bottom:14px;font-weight:650;font-size:24px;line-height:30px;letter-spacing:-.012em;text-wrap:balance}
.address{margin-bottom:16px;padding:11px 14px;border-radius:10px;background:var(--soft);font-weight:550;overflow-wrap:anywhere}
form{margin:24px 0 20px}
button{width:100%;min-height:48px;padding:11px 20px;border:0;border-radius:12px;background:var(--fill);color:var(--on);font:600 16px/24px inherit;font-family:inherit;cursor:pointer;transition:background .12s,transform .12s}
button:hover{background:var(--hover)}
button:active{transform:scale(.99)}
button:focus-visible{outline:3px solid var(--focus);outline-offset:3px}
.small{color:var(--quiet);font-size:14px;line-height:21px}
@keyframes in{from{opacity:0;transform:translateY(6px)}}
@media (max-width:480px){body{place-items:start stretch;padding:0;background:var(--surface)}main{max-width:none;padding:max(28px,env(safe-area-inset-top)) 20px 28px;border:0;border-radius:0;box-shadow:none}}
@media (prefers-reduced-motion:reduce){main{animation:none}button{transition:none}}
`;
}
