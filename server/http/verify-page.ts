// What a mailed link opens: one card, in the workspace's colour and the reader's language. No script; nothing is fetched.
import { createHash } from 'node:crypto';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { locales } from '../locales/index.ts';
import type { Language, Said } from '../locales/index.ts';
import { defaultWorkspaceSettings } from '../store/workspaces.ts';
import type { Workspace } from '../store/workspaces.ts';
import { verifyStyles } from './verify-styles.ts';

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
  const css = verifyStyles((workspace?.settings ?? defaultWorkspaceSettings).brand);
  const hash = createHash('sha256').update(css).digest('base64');
  // In one piece: a blank more or less, and the hash is another's.
  const style: Html = { html: `<style>${css}</style>` };
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
        ${style}
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
