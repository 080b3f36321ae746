// How mail leaves: over a real SMTP server, and over servers that refuse, hang and drip.
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, MailError } from '../../server/mail.ts';
import type { Mail } from '../../server/mail.ts';
import type { MailSettings } from '../../server/mail-settings.ts';
import { startMailServer, startRawServer } from '../helpers/mail-server.ts';
import type { MailServer } from '../helpers/mail-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function server(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const made = await startMailServer(options);
  stops.push(made.stop);
  return made;
}

const roomy = { connectMs: 10_000, wholeMs: 20_000, graceMs: 50 };
const hurried = { connectMs: 300, wholeMs: 900, graceMs: 50 };
const never = new AbortController().signal;
const mail: Mail = {
  to: 'ada@example.com',
  fromName: 'Acme',
  subject: 'Confirm your address',
  text: 'Hello\nÄ',
  html: '<p>Hello</p>',
  language: 'en',
  messageId: 'verification-abc',
};
const send = (settings: MailSettings, more: Partial<Mail> = {}, signal = never, limits = roomy) =>
  createMailer(settings, limits)({ ...mail, ...more }, signal);
async function failed(work: Promise<void>): Promise<{ message: string; retryable: boolean }> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MailError)) throw new Error(`no MailError: ${String(error)}`);
  return { message: error.message, retryable: error.retryable };
}

describe('what is sent', () => {
  it('[P15] comes as text and HTML, from MAIL_FROM under the workspace’s name, with its own Message-ID, marked as made by a machine', async () => {
    const post = await server();
    await send(post.settings());
    const [received] = post.mails;
    expect(received).toMatchObject({ from: 'hello@acme.example', to: ['ada@example.com'] });
    const { parsed } = received!;
    expect(parsed.messageId).toBe('<verification-abc@acme.example>');
    expect(parsed.from?.text).toBe('"Acme" <hello@acme.example>');
    expect(parsed.subject).toBe('Confirm your address');
    expect(parsed.text?.trim()).toBe('Hello\nÄ');
    expect(parsed.html).toBe('<p>Hello</p>');
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.get('content-language')).toBe('en');
  });

  it('a name of MAIL_FROM goes before the workspace’s', async () => {
    const post = await server();
    await send(post.settings({ from: { address: 'hello@acme.example', name: 'Acme Support' } }));
    expect(post.mails[0]?.parsed.from?.value[0]?.name).toBe('Acme Support');
  });

  it.each([
    ['Acme\r\nBcc: victim@example.com', 'Acme Bcc: victim@example.com'],
    ['Acme", <x@evil.example>', 'Acme", <x@evil.example>'],
    ['Acme\u202Eelpmaxe', 'Acme elpmaxe'],
    ['Bäckerei 🥐', 'Bäckerei 🥐'],
  ])('nothing in a name or subject becomes a header or another address: %j', async (name, read) => {
    const post = await server();
    await send(post.settings(), { fromName: name, subject: `For ${name}` });
    const [received] = post.mails;
    expect(received?.to).toEqual(['ada@example.com']);
    expect(received?.parsed.from?.value).toEqual([{ address: 'hello@acme.example', name: read }]);
    expect(received?.parsed.subject).toBe(`For ${read}`);
    expect(received?.parsed.headers.has('bcc')).toBe(false);
  });

  it.each(['a@x.example, b@y.example', 'a@x.example>\r\nRCPT TO:<b@y.example', '"a b"@x.example', 'a@', 'ada'])(
    'what is no plain address is not sent to at all: %j',
    async (to) => {
      const post = await server();
      expect(await failed(send(post.settings(), { to }))).toMatchObject({ retryable: false });
      expect(post.tries).toBe(0);
    },
  );

  it('an address with letters of another script arrives', async () => {
    const post = await server();
    await send(post.settings(), { to: 'jürgen@bücher.example' });
    expect(post.mails[0]?.to).toEqual(['jürgen@bücher.example']);
  });
});

describe('what is not taken', () => {
  it.each([
    ['recipient', 550, false],
    ['recipient', 450, true],
    ['recipient', 503, true],
    ['data', 554, false],
    ['data', 451, true],
  ] as const)('[P15] at the %s with %i: worth another try: %s', async (at, code, retryable) => {
    const post = await server();
    post.refuse = { at, code, words: 'no thanks' };
    expect(await failed(send(post.settings()))).toEqual({ message: expect.stringMatching(/no thanks/), retryable });
  });

  it('a wrong password is final: the account would be locked by tries over hours', async () => {
    const post = await server({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('wrong'), { responseCode: 535 })),
    });
    const settings = post.settings();
    expect(await failed(send({ ...settings, server: { ...settings.server, auth: { user: 'u', pass: 'secret-pass' } } }))).toMatchObject({
      retryable: false,
      message: expect.not.stringContaining('secret-pass'),
    });
  });

  it('a server that is not there may be there later', async () => {
    const post = await startMailServer();
    await post.stop();
    expect(await failed(send(post.settings()))).toMatchObject({ retryable: true });
  });

  it('without SMTP_URL nothing is sent, and that may be mended', async () => {
    expect(await failed(createMailer(null)(mail, never))).toMatchObject({ retryable: true, message: expect.stringContaining('SMTP_URL') });
  });
});

describe('a server that takes its time', () => {
  const greeting = '220 mail.example ESMTP\r\n';
  it.each([
    ['says nothing at all', (): void => {}],
    [
      'drips its greeting',
      (write: (text: string) => boolean): void => {
        let i = 0;
        const timer = setInterval(() => (i < 1000 && write('220-still here\r\n') ? i++ : clearInterval(timer)), 40);
      },
    ],
    [
      'greets and then drips its answer',
      (write: (text: string) => boolean): void => {
        write(greeting);
        const timer = setInterval(() => !write('250-and more\r\n') && clearInterval(timer), 40);
      },
    ],
    ['greets and then hangs', (write: (text: string) => boolean): void => void write(greeting)],
  ])('[P15] that %s holds nobody up: given back within its time, to be tried again', async (_, script) => {
    const raw = await startRawServer((socket) => script((text) => !socket.destroyed && socket.writable && (socket.write(text), true)));
    stops.push(raw.stop);
    const before = performance.now();
    expect(await failed(send(raw.settings, {}, never, hurried))).toMatchObject({ retryable: true });
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('when the server stops, a mail that is on its way may still arrive, and one that hangs is let go', async () => {
    const post = await server();
    const stopping = new AbortController();
    let release = (): void => {};
    post.hold = new Promise((done) => (release = done));
    const sent = send(post.settings(), {}, stopping.signal);
    await expect.poll(() => post.mails.length).toBe(1);
    stopping.abort();
    release();
    await sent;
    post.hold = new Promise(() => {});
    const hanging = send(post.settings(), {}, AbortSignal.abort());
    expect(await failed(hanging)).toMatchObject({ retryable: true });
  });
});

describe('TLS as the URL says', () => {
  it('smtps trusts no certificate that anybody could have made, unless it is told to', async () => {
    const post = await server({ secure: true, disabledCommands: ['AUTH'] });
    expect(await failed(send(post.settings()))).toMatchObject({ retryable: true });
    expect(post.mails).toEqual([]);
    await send(post.settings({ query: '?tls.rejectUnauthorized=false' }));
    expect(post.mails).toHaveLength(1);
  });

  it('where TLS is required and not offered, nothing is sent, no password either', async () => {
    let passwords = 0;
    const post = await server({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => (passwords++, done(null, { user: 'u' })),
    });
    const settings = post.settings({ query: '?requireTLS=true' });
    const withPassword = { ...settings, server: { ...settings.server, auth: { user: 'u', pass: 'p' } } };
    expect((await failed(send(withPassword))).message).not.toBe('');
    expect([passwords, post.mails.length]).toEqual([0, 0]);
  });

  it('smtp goes over to TLS where it is offered', async () => {
    const post = await server({ disabledCommands: ['AUTH'] });
    await send(post.settings({ query: '?tls.rejectUnauthorized=false' }));
    expect(post.mails[0]?.isEncrypted).toBe(true);
  });
});
