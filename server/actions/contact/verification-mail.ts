// The mail with the link, written when it is sent: by then the link may be over, and nothing personal lies in the job meanwhile.
import { hexOfBrand } from '../../brand-colour.ts';
import type { Deps } from '../../deps.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { bestLanguage, locales } from '../../locales/index.ts';
import type { Phrases } from '../../locales/index.ts';
import type { Mail } from '../../mail.ts';
import { unseal } from '../../seal.ts';
import { findContact, followMerges } from '../../store/contacts.ts';
import { findVerification } from '../../store/verifications.ts';
import { getWorkspace } from '../../store/workspaces.ts';

export interface VerificationPayload {
  mail: 'verification';
  tokenHash: string;
  /** Sealed with SECRET_KEY. */
  token: string;
  /** The origin which the link leads to. */
  from: string;
}

/** Null where there is nothing to prove any more: the link is over, the contact erased or blocked, or its address another one. */
export async function composeVerification(deps: Deps, workspaceId: string, payload: VerificationPayload): Promise<Mail | null> {
  return deps.store.in(workspaceId).read(async (tx) => {
    const verification = await findVerification(tx, payload.tokenHash);
    const workspace = await getWorkspace(tx);
    if (!verification || !workspace || verification.usedAt !== null || verification.expiresAt <= deps.now()) return null;
    const asked = await findContact(tx, verification.contactId);
    const contact = asked && (await followMerges(tx, asked));
    if (!contact || contact.blocked || contact.email !== verification.email) return null;
    const language = bestLanguage([contact.language]);
    const link = `${payload.from}/verify?token=${unseal(payload.token, deps.secretKey)}`;
    const { mail } = locales[language];
    const { name } = workspace;
    return {
      to: verification.email,
      // Of what the contact says nothing goes in: a stranger would write to other people through us.
      fromName: name,
      subject: mail.subject(name),
      text: textOf(mail, name, link),
      html: htmlOf(mail, { name, link, language, colour: hexOfBrand(workspace.settings.brand) }).html,
      language,
      messageId: `verification-${payload.tokenHash.slice(0, 22)}`,
    };
  });
}

function textOf(mail: Phrases['mail'], name: string, link: string): string {
  return [mail.title, mail.why(name), `${mail.button}:\n${link}`, mail.until, mail.notYou, `-- \n${name}`].join('\n\n');
}

/** Programs that read mail know little of CSS: no stylesheet, no picture, nothing fetched. */
function htmlOf(mail: Phrases['mail'], { name, link, language, colour }: Record<'name' | 'link' | 'language' | 'colour', string>): Html {
  const small = 'margin:0 0 12px;font-size:13px;line-height:20px;color:#5d6270';
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light" />
        <title>${mail.subject(name)}</title>
      </head>
      <body
        style="margin:0;padding:24px 12px;background:#f4f4f6;font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
      >
        <div style="display:none;max-height:0;overflow:hidden">${mail.preview}</div>
        <div style="max-width:480px;margin:0 auto;padding:32px 28px;border-radius:16px;background:#ffffff;color:#1c1e24">
          <p style="margin:0 0 20px;font-size:14px;line-height:20px;font-weight:600;color:${colour}">${name}</p>
          <h1 style="margin:0 0 12px;font-size:22px;line-height:28px;font-weight:650">${mail.title}</h1>
          <p style="margin:0 0 24px;font-size:15px;line-height:23px">${mail.why(name)}</p>
          <p style="margin:0 0 24px">
            <a
              href="${link}"
              style="display:inline-block;padding:12px 20px;border-radius:10px;background:${colour};color:#ffffff;font-size:15px;line-height:22px;font-weight:600;text-decoration:none"
              >${mail.button}</a
            >
          </p>
          <p style="${small}">${mail.orLink}<br /><a href="${link}" style="color:${colour};word-break:break-all">${link}</a></p>
          <p style="${small}">${mail.until}</p>
          <p style="margin:0;font-size:13px;line-height:20px;color:#5d6270">${mail.notYou}</p>
        </div>
      </body>
    </html> `;
}
