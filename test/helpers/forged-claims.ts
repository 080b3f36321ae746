// Tokens that are rightly signed and say what must not be taken: of a wrong time, for somebody else, for nobody.
import { claims, lookalikes, rightJwt, seconds, victim, victimEmail } from './forged-keys.ts';
import type { Attempt, Given, Keys } from './forged-keys.ts';

export function outOfTime(keys: Keys): Attempt[] {
  const of = (family: string, payloads: readonly object[]): Attempt[] =>
    payloads.map((payload) => ({ family, userId: null, email: null, userJwt: rightJwt(keys, { ...claims, ...payload }) }));
  const late = [61, 62, 90, 300, 3600, 86_400, 3e7, 1e9];
  return [
    ...of('jwt: expired', late.map((s) => ({ exp: seconds - s })).concat([{ exp: 0 }, { exp: -1 }])),
    ...of(
      'jwt: not valid yet',
      late.map((s) => ({ nbf: seconds + s })),
    ),
    ...of(
      'jwt: from the future',
      late.map((s) => ({ iat: seconds + s, exp: seconds + s + 300 })),
    ),
    ...of(
      'jwt: times that are none',
      ['exp', 'nbf', 'iat'].flatMap((name) => [String(seconds + 300), null, {}, [], true, ''].map((value) => ({ [name]: value }))),
    ),
  ];
}

export function wrongClaims(keys: Keys): Attempt[] {
  const said = (family: string, payloads: readonly unknown[], more: Partial<Given> = {}): Attempt[] =>
    payloads.map((payload) => ({ family, userId: null, email: null, ...more, userJwt: rightJwt(keys, payload) }));
  const { exp } = claims;
  return [
    ...lookalikes
      .filter((id) => id.trim() !== victim && id !== '')
      .flatMap((userId) => said('jwt: for another id than the one beside', [claims, { sub: victim, exp }], { userId })),
    ...said('jwt: for nobody', [
      {},
      { exp },
      { email: victimEmail, exp },
      { id: victim, exp },
      { userId: victim, exp },
      { USER_ID: victim, exp },
    ]),
    ...said(
      'jwt: for something that is no id',
      [[], {}, [victim], { id: victim }, true, null].flatMap((id) => [
        { user_id: id, exp },
        { sub: id, exp, user_id: id },
      ]),
    ),
    ...said('jwt: no claims', [
      '',
      'null',
      '[]',
      '1',
      '"x"',
      'true',
      '{',
      `[${JSON.stringify(claims)}]`,
      JSON.stringify(JSON.stringify(claims)),
    ]),
    ...said(
      'jwt: claims of a wrong type',
      ['email', 'name', 'phone', 'avatar', 'company'].flatMap((name) => [
        { ...claims, [name]: 5 },
        { ...claims, [name]: { a: 1 } },
        { ...claims, [name]: [victimEmail] },
      ]),
    ),
  ];
}
