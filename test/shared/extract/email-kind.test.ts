import { describe, expect, it } from 'vitest';
import { isDisposableDomain } from '../../../server/disposable.ts';
import { emailKind } from '../../../shared/extract/email-kind.ts';
import { extractDetails } from '../../../shared/extract/index.ts';
import { nothingKnown } from '../../../shared/extract/fold.ts';

describe('The kind of an address', () => {
  it.each([
    ['ann@brambleworks.io', 'work'],
    ['Ann@Brambleworks.IO', 'work'],
    ['ann@gmail.com', 'free'],
    ['ann@yahoo.co.id', 'free'],
    ['ann@posteo.de', 'free'],
    ['info@brambleworks.io', 'role'],
    ['support+eu@brambleworks.io', 'role'],
    ['ann@mailinator.com', 'disposable'],
    ['info@mailinator.com', 'disposable'],
  ] as const)('%s is %s', (email, kind) => expect(emailKind(email, isDisposableDomain)).toBe(kind));

  it('without a list nothing is disposable', () => expect(emailKind('ann@mailinator.com')).toBe('work'));
});

describe('Throw-away domains', () => {
  it('a listed domain is one, in any case and with a dot at its end', () => {
    expect(isDisposableDomain('mailinator.com')).toBe(true);
    expect(isDisposableDomain(' MAILINATOR.com. ')).toBe(true);
  });
  it('so is what lies under one', () => expect(isDisposableDomain('a.b.mailinator.com')).toBe(true));
  it.each(['gmail.com', 'com', '', 'brambleworks-mailinator.com', 'my-mailinator.com.brambleworks.io', 'mailinator.com.brambleworks.io'])(
    '%j is none',
    (domain) => expect(isDisposableDomain(domain)).toBe(false),
  );
});

describe('Flags', () => {
  const read = (text: string) => extractDetails({ text, previous: [], known: nothingKnown }, { isDisposableDomain })[0];
  it('a disposable address is kept and flagged', () =>
    expect(read('my email is bob.k@mailinator.com')).toMatchObject({ value: 'bob.k@mailinator.com', flags: ['disposable'] }));
  it('a role address is kept and flagged', () =>
    expect(read('my email is info@brambleworks.io')).toMatchObject({ value: 'info@brambleworks.io', flags: ['role'] }));
  it('a mistyped domain is kept, flagged and given a suggestion', () =>
    expect(read('my email is bob.k@gmail.con')).toMatchObject({
      value: 'bob.k@gmail.con',
      flags: ['typo'],
      suggestion: 'bob.k@gmail.com',
    }));
});
