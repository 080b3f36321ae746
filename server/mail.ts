// Mail leaves by the operator's own mail server. One connection for each: mails are few, and a connection that is kept can hang unseen.
import { domainToASCII } from 'node:url';
import type { Transporter } from 'nodemailer';
import { addressPattern } from './mail-settings.ts';
import type { MailSettings, Sender } from './mail-settings.ts';

export interface Mail {
  to: string;
  /** Shown as the sender's name where MAIL_FROM has none. */
  fromName: string;
  subject: string;
  text: string;
  html: string;
  /** BCP 47. */
  language: string;
  /** Fixed by what the mail is about: one that comes twice is known by it (P15). */
  messageId: string;
}

/** The mail was not taken; the message tells why. */
export class MailError extends Error {
  constructor(
    message: string,
    /** Another try may succeed. */
    readonly retryable: boolean,
  ) {
    super(message);
  }
}

/** @throws MailError */
export type SendMail = (mail: Mail, stopping: AbortSignal) => Promise<void>;

export interface MailLimits {
  /** To connect, and until the server greets. */
  connectMs: number;
  /** In all, however slowly it drips: a job's lease is longer. */
  wholeMs: number;
  /** Once the server stops: broken off in the middle, it could be taken and yet sent again. */
  graceMs: number;
}

const mailLimits: MailLimits = { connectMs: 10_000, wholeMs: 45_000, graceMs: 3000 };

export function createMailer(settings: MailSettings | null, limits: MailLimits = mailLimits): SendMail {
  if (settings === null) return () => Promise.reject(new MailError('no mail server is configured (SMTP_URL)', true));
  let transport: Promise<Transporter> | null = null;
  return async (mail, stopping) => {
    if (!addressPattern.test(mail.to)) throw new MailError('the recipient’s address is none', false);
    const transporter = await (transport ??= connect(settings, limits));
    const deadline = AbortSignal.timeout(limits.wholeMs);
    const stop = afterwards(stopping, limits.graceMs);
    try {
      await transporter.sendMail({ ...messageOf(mail, settings.from), signal: AbortSignal.any([deadline, stop.signal]) });
    } catch (error) {
      throw deadline.aborted
        ? new MailError(`the mail server took longer than ${limits.wholeMs / 1000} s`, true)
        : asMailError(error, mail.to);
    } finally {
      stop.clear();
    }
  };
}

function messageOf(mail: Mail, { address, name }: Sender) {
  const domain = domainToASCII(address.split('@')[1] ?? '') || 'localhost';
  return {
    from: { name: oneLine(name ?? mail.fromName), address },
    to: { name: '', address: mail.to },
    envelope: { from: address, to: [mail.to] },
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.messageId}@${domain}>`,
    headers: {
      // RFC 3834: nobody's out-of-office answers it. The other is what Exchange heeds.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
  };
}

async function connect({ server }: MailSettings, { connectMs, wholeMs }: MailLimits): Promise<Transporter> {
  // Who sends no mail starts without it.
  const { createTransport } = await import('nodemailer');
  const { host, port, secure, requireTLS, ignoreTLS, rejectUnauthorized, auth } = server;
  return createTransport({
    host,
    port,
    secure,
    requireTLS,
    ignoreTLS,
    tls: { rejectUnauthorized },
    ...(auth && { auth }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: wholeMs,
    // No part of a mail is ever fetched from somewhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Aborts some time after the other one. */
function afterwards(signal: AbortSignal, ms: number): { signal: AbortSignal; clear(): void } {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => void (timer = setTimeout(() => late.abort(), ms));
  if (signal.aborted) wait();
  else signal.addEventListener('abort', wait, { once: true });
  return {
    signal: late.signal,
    clear() {
      clearTimeout(timer);
      signal.removeEventListener('abort', wait);
    },
  };
}

/** A name goes into a header: as one line, without what turns text around or cannot be seen. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200B\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

/** RFC 5321, 4.2.1: 5yz is final. 503 tells of the session's order, which another connection has anew. What is said is logged and kept. */
function asMailError(error: unknown, to: string): MailError {
  const { responseCode, response, message } = error as { responseCode?: number; response?: string; message?: string };
  const isFinal = responseCode !== undefined && responseCode >= 500 && responseCode < 600 && responseCode !== 503;
  return new MailError(oneLine(withoutAddress(response ?? message ?? String(error), to)), !isFinal);
}

function withoutAddress(text: string, address: string): string {
  return text.replaceAll(new RegExp(address.replaceAll(/[^\w@]/g, String.raw`\$&`), 'gi'), '…');
}
