// A mail server in this process: what reaches it is parsed and kept, and it refuses, hangs or drips where it is told to.
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { readSmtpUrl } from '../../server/mail-settings.ts';
import type { MailSettings } from '../../server/mail-settings.ts';

export interface Received {
  parsed: ParsedMail;
  isEncrypted: boolean;
  from: string;
  to: string[];
}

export interface MailServer {
  port: number;
  url: string;
  mails: Received[];
  /** How often a recipient was named. */
  tries: number;
  /** What it answers to a recipient, or to the whole mail; null: takes it. */
  refuse: { at: 'recipient' | 'data'; code: number; words: string } | null;
  /** Takes a mail, and says so only once this resolves. */
  hold: Promise<void> | null;
  settings(more?: { query?: string; from?: MailSettings['from'] }): MailSettings;
  stop(): Promise<void>;
}

function refusalOf({ code, words }: { code: number; words: string }): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const state: Pick<MailServer, 'mails' | 'tries' | 'refuse' | 'hold'> = { mails: [], tries: 0, refuse: null, hold: null };
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(_address, _session, done) {
      state.tries++;
      done(state.refuse?.at === 'recipient' ? refusalOf(state.refuse) : null);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        if (state.refuse?.at === 'data') return done(refusalOf(state.refuse));
        void keep(Buffer.concat(parts), session).then(() => done(null));
      });
    },
    ...options,
  });
  async function keep(raw: Buffer, { envelope, secure }: SMTPServerSession): Promise<void> {
    const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
    const to = envelope.rcptTo.map(({ address }) => address);
    state.mails.push({ parsed: await simpleParser(raw), isEncrypted: secure, from, to });
    await state.hold;
  }
  // A client that breaks off, or refuses our certificate, is what some tests are about.
  smtp.on('error', () => {});
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
  const { port } = smtp.server.address() as AddressInfo;
  const url = `${options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`;
  return Object.assign(state, {
    port,
    url,
    settings: ({ query = '', from = { address: 'hello@acme.example', name: null } }: Parameters<MailServer['settings']>[0] = {}) => ({
      server: mustRead(url + query),
      from,
    }),
    stop: () => new Promise<void>((done) => smtp.close(done)),
  });
}

export function mustRead(url: string): MailSettings['server'] {
  const server = readSmtpUrl(url);
  if (typeof server === 'string') throw new Error(server);
  return server;
}

/** Speaks by a script of its own: what is written to whom connects. */
export async function startRawServer(speak: (socket: Socket) => void): Promise<{ settings: MailSettings; stop(): Promise<void> }> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    speak(socket);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { server: mustRead(`smtp://127.0.0.1:${port}`), from: { address: 'hello@acme.example', name: null } },
    stop: () =>
      new Promise<void>((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}
