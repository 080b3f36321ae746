// What an operator says of mail: SMTP_URL and MAIL_FROM, read once at the start.
import { isOwnHost } from './caller.ts';

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** Sent by TLS or not at all. */
  requireTLS: boolean;
  /** Not even where the server offers it. */
  ignoreTLS: boolean;
  /** False: its certificate may be anybody's. */
  rejectUnauthorized: boolean;
  auth: { user: string; pass: string } | null;
}

export interface Sender {
  address: string;
  /** Null: the workspace's name. */
  name: string | null;
}

export interface MailSettings {
  server: SmtpServer;
  from: Sender;
}

/** Of one person or mailbox: nothing in it can end a header or a command, or begin another address. */
export const addressPattern = /^[^\s@"<>(),:;\\[\]\p{C}]{1,64}@[^\s@"<>(),:;\\[\]\p{C}]{1,190}$/u;

/** @returns null where it is no address: `hello@example.com` or `Example <hello@example.com>` */
export function readSender(text: string): Sender | null {
  if (/\p{Cc}/u.test(text)) return null;
  const [, quoted, plain, inner] = /^\s*(?:"([^"]*)"|([^"<>]*?))\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  const address = (inner ?? text).trim();
  if (!addressPattern.test(address)) return null;
  const name = (quoted ?? plain ?? '').trim();
  return { address, name: name === '' ? null : name };
}

const flags = ['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized'] as const;
type FlagName = (typeof flags)[number];

/** The flags are named as nodemailer names them. @returns words that say what would be right, where it is none */
export function readSmtpUrl(text: string): SmtpServer | string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    return 'give an address such as smtps://user:password@mail.example.com';
  const told = new Map<FlagName, boolean>();
  for (const [name, value] of url.searchParams) {
    const flag = flags.find((each) => each === name);
    if (!flag || !['true', 'false'].includes(value)) return `behind the ? only ${flags.join(', ')} may stand, each =true or =false`;
    told.set(flag, value === 'true');
  }
  const auth = readAuth(url);
  if (auth === undefined) return 'write special characters of the user and the password in percent encoding: @ is %40';
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const ignoreTLS = told.get('ignoreTLS') ?? false;
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password goes through somebody else's network by TLS only: whoever sits in between could strike out the server's offer.
    requireTLS: told.get('requireTLS') ?? (auth !== null && !ignoreTLS && !isOwnHost(host)),
    ignoreTLS,
    rejectUnauthorized: told.get('tls.rejectUnauthorized') ?? true,
    auth,
  };
}

/** Undefined where it cannot be read. */
function readAuth({ username, password }: URL): SmtpServer['auth'] | undefined {
  try {
    return username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}
