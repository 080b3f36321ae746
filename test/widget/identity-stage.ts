// An identity whose server, session and outbox are stand-ins, and what it did to them.
import { createIdentity, type Identity, type IdentityDeps } from '../../widget/identity.ts';
import * as naming from '../../widget/naming.ts';
import { fakeServer, type FakeServer } from './fakes.ts';

export interface Acts {
  act: number;
  switched: string[];
  rotated: string[];
  identified: number;
  signedOut: number;
}

export interface IdentityStage {
  identity: Identity;
  server: FakeServer;
  events: [string, unknown][];
  acts: Acts;
  /** What `identity:error` told, one after the other. */
  reasons(): string[];
}

export const known = { ok: true, contact_id: 'c1', type: 'user', verified: true } as const;

export function setUpIdentity(more: Partial<IdentityDeps> = {}, server = fakeServer(() => known)): IdentityStage {
  const events: [string, unknown][] = [];
  const acts: Acts = { act: 0, switched: [], rotated: [], identified: 0, signedOut: 0 };
  const identity = createIdentity({
    request: server.request,
    whenOnline: async () => null,
    act: () => void acts.act++,
    quiet: async () => () => {},
    onSwitched: async (token) => (acts.switched.push(token), 0),
    onRotated: (token) => void acts.rotated.push(token),
    follow: () => false,
    newToken: () => 'next-token',
    onIdentified: () => void acts.identified++,
    onAnswered: () => {},
    signOut: async () => void acts.signedOut++,
    loadNaming: async () => naming,
    emit: (event, detail) => events.push([event, detail]),
    random: () => 0,
    ...more,
  });
  const reasons = (): string[] => events.flatMap(([name, detail]) => (name === 'identity:error' ? [(detail as Error).message] : []));
  return { identity, server, events, acts, reasons };
}

/** As a host's server signs it, save the signature: the widget only reads. */
export function jwt(claims: Record<string, unknown>): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}
