import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { addressPattern, readSender, readSmtpUrl } from '../../server/mail-settings.ts';

const noFile = (): string => {
  throw new Error('no file');
};
const configured = (env: Record<string, string>) => readConfig([], env, null, noFile);
const plain = { secure: false, requireTLS: false, ignoreTLS: false, rejectUnauthorized: true, auth: null };

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.com', { ...plain, host: 'mail.example.com', port: 587 }],
    ['smtp://mailpit:1025', { ...plain, host: 'mailpit', port: 1025 }],
    ['smtps://mail.example.com', { ...plain, host: 'mail.example.com', port: 465, secure: true }],
    ['smtp://[::1]:25', { ...plain, host: '::1', port: 25 }],
    [
      'smtps://hello%40acme.example:p%40ss%2Fword@mail.example.com',
      {
        ...plain,
        host: 'mail.example.com',
        port: 465,
        secure: true,
        requireTLS: true,
        auth: { user: 'hello@acme.example', pass: 'p@ss/word' },
      },
    ],
    ['smtp://u:p@localhost', { ...plain, host: 'localhost', port: 587, auth: { user: 'u', pass: 'p' } }],
    [
      'smtp://h?requireTLS=true&tls.rejectUnauthorized=false',
      { ...plain, host: 'h', port: 587, requireTLS: true, rejectUnauthorized: false },
    ],
    ['smtp://h?ignoreTLS=true', { ...plain, host: 'h', port: 587, ignoreTLS: true }],
  ])('%s', (url, server) => {
    expect(readSmtpUrl(url)).toEqual(server);
  });

  it('a password goes to another machine by TLS only, unless the operator says otherwise', () => {
    expect(readSmtpUrl('smtp://u:p@mail.example.com')).toMatchObject({ secure: false, requireTLS: true });
    expect(readSmtpUrl('smtp://u:p@mail.example.com?requireTLS=false')).toMatchObject({ requireTLS: false });
  });

  it.each([
    ['mail.acme.example', /smtps:/],
    ['http://mail.example.com', /smtps:/],
    ['smtp://', /smtps:/],
    ['smtp://h?logger=true', /requireTLS, ignoreTLS, tls\.rejectUnauthorized/],
    ['smtp://h?requireTLS=yes', /=true or =false/],
    ['smtp://u%zz:p@h', /percent encoding/],
  ])('%s is answered with what would be right, and never repeated: it holds a password', (url, words) => {
    const result = configured({ SMTP_URL: url, MAIL_FROM: 'a@b.example' });
    const problem = result.ok ? '' : result.problems.join();
    expect(problem).toMatch(/^SMTP_URL: /);
    expect(problem).toMatch(words);
    expect(problem).not.toContain(url);
  });
});

describe('MAIL_FROM', () => {
  it.each([
    ['hello@acme.example', { address: 'hello@acme.example', name: null }],
    ['<hello@acme.example>', { address: 'hello@acme.example', name: null }],
    ['Acme Support <hello@acme.example>', { address: 'hello@acme.example', name: 'Acme Support' }],
    ['"Acme, Inc." <hello@acme.example>', { address: 'hello@acme.example', name: 'Acme, Inc.' }],
    ['Acme, Inc. <hello@acme.example>', { address: 'hello@acme.example', name: 'Acme, Inc.' }],
  ])('%s', (text, sender) => {
    expect(readSender(text)).toEqual(sender);
  });

  it.each(['acme', 'hello@', '@acme.example', 'a@b@c', 'a@b, c@d', 'Acme <a@b> <c@d>', 'a@b\r\nBcc: c@d', 'Acme\n <a@b>', ''])(
    '%j is none',
    (text) => {
      expect(readSender(text)).toBeNull();
    },
  );

  it('is needed where SMTP_URL is given: the start says so', () => {
    const result = configured({ SMTP_URL: 'smtp://localhost' });
    expect(result.ok ? [] : result.problems).toEqual([
      'MAIL_FROM is missing, which SMTP_URL needs: give an address such as "Example <hello@example.com>".',
    ]);
  });

  it('alone sends nothing, and the start says that, too', () => {
    const result = configured({ MAIL_FROM: 'hello@acme.example' });
    expect(result.ok && result.warnings).toEqual(['MAIL_FROM is given without SMTP_URL: no mail is sent.']);
  });

  it('both together are taken, without a word', () => {
    const result = configured({ SMTP_URL: 'smtp://localhost:1025', MAIL_FROM: 'hello@acme.example' });
    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      config: { smtpUrl: { port: 1025 }, mailFrom: { address: 'hello@acme.example' } },
    });
  });
});

it.each(['a@x.example', 'a+b@x.example', "o'brien@x.example", 'jürgen@bücher.example', 'a@localhost'])('%s can be mailed to', (address) => {
  expect(addressPattern.test(address)).toBe(true);
});
