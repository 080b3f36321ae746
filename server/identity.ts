// Proof of identity: HMAC and JWT as the host app's server makes them, against two secret slots or the host's public key.
import { createHmac, createPublicKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { errors as joseErrors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { ErrorCode } from '../shared/errors.ts';
import { identityClaims } from '../shared/protocol.ts';
import type { IdentityClaims } from '../shared/protocol.ts';
import type { PublicKey } from './public-key.ts';

export interface Proof {
  verified: boolean;
  /** The identifier it vouches for; null where that is the email. */
  userId: string | null;
  /** The claims of a JWT, or the email of an HMAC over it: these are vouched for, and override what is said beside. */
  claims: IdentityClaims;
  /** Which of the secrets it was made with; null: with none of them. */
  slot: number | null;
}

/** `reason` speaks of what was sent and of the settings alone: it may be told to whoever sent it. */
type Refused = { ok: false; code: Extract<ErrorCode, 'identity_verification_failed' | 'identity_token_expired'>; reason: string };
export type ProofResult = { ok: true; proof: Proof } | Refused;

export interface ProofInput {
  userId: string | null;
  email: string | null;
  userHash: unknown;
  userJwt: unknown;
  secrets: readonly string[];
  /** What `user_jwt` must be signed with, in place of the secrets. */
  publicKey: PublicKey | null;
  /** What our own tokens are signed with. */
  ownKey: Uint8Array;
  nowMs: number;
}

/** As seconds, some 30,000 years from now; as milliseconds, the year 2001. */
const latestExp = 1e12;
/** Clocks may differ by this much, seconds. */
const tolerance = 60;
const unproved: Proof = { verified: false, userId: null, claims: {}, slot: null };
const refused = (reason: string): Refused => ({ ok: false, code: 'identity_verification_failed', reason });

export function userHash(secret: string, identifier: string): string {
  return createHmac('sha256', secret).update(identifier).digest('hex');
}

/** A proof that is present and wrong is always refused; `reason` tells the host's developer what to mend. */
export async function checkProof(input: ProofInput): Promise<ProofResult> {
  const hash = isGiven(input.userHash) ? checkHash(input, input.userHash) : null;
  if (hash && !hash.ok) return hash;
  if (isGiven(input.userJwt)) return checkJwt(input, input.userJwt);
  return hash ?? { ok: true, proof: unproved };
}

const isGiven = (proof: unknown): boolean => proof !== undefined && proof !== null;

function checkHash(input: ProofInput, hash: unknown): ProofResult {
  const identifier = input.userId ?? input.email;
  if (identifier === null) return refused('user_hash came without a user_id or email to check it against');
  if (typeof hash !== 'string') return refused(`user_hash must be a string, not ${kindOf(hash)}`);
  if (!/^[0-9a-f]{64}$/i.test(hash)) return refused('user_hash must be 64 hex digits: the HMAC-SHA256 of the user_id, made on your server');
  const given = Buffer.from(hash, 'hex');
  // Every slot is compared, so that time tells nothing about which one is in use.
  const fits = input.secrets.map((secret) => timingSafeEqual(given, createHmac('sha256', secret).update(identifier).digest()));
  if (!fits.includes(true))
    return refused('user_hash is not the HMAC-SHA256 of this identifier with the identity secret of this workspace');
  const claims = input.userId === null ? { email: input.email } : {};
  return { ok: true, proof: { verified: true, userId: input.userId, claims, slot: fits.indexOf(true) } };
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'an array' : typeof value);

/** A key, and the one algorithm it is for. */
interface Signer {
  algorithm: 'HS256' | PublicKey['algorithm'];
  key: Uint8Array | KeyObject;
  slot: number | null;
}

/** The algorithm comes from here and never from the token's header: alg:none and key confusion end at this list. */
function signersOf({ publicKey, secrets, ownKey }: ProofInput): Signer[] {
  const hosts: Signer[] = publicKey
    ? [{ algorithm: publicKey.algorithm, key: createPublicKey(publicKey.pem), slot: null }]
    : secrets.map((secret, slot) => ({ algorithm: 'HS256', key: new TextEncoder().encode(secret), slot }));
  return [...hosts, { algorithm: 'HS256', key: ownKey, slot: null }];
}

/** Of the workspace, and for nothing else: neither the secret's rotation nor another workspace's tokens touch it. */
export function ownTokenKey(secretKey: Uint8Array, workspaceId: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secretKey, new Uint8Array(), `foyer identity token 1 ${workspaceId}`, 32));
}

async function checkJwt(input: ProofInput, token: unknown): Promise<ProofResult> {
  if (typeof token !== 'string' || token === '')
    return refused(`user_jwt must be a string, not ${token === '' ? 'an empty one' : kindOf(token)}`);
  if (token.length > maxTokenLength) return refused('user_jwt is longer than 8,192 characters');
  if (!isCanonical(token)) return refused('user_jwt is not a signed JSON Web Token');
  let firstError: unknown;
  for (const { algorithm, key, slot } of signersOf(input)) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        clockTolerance: tolerance,
        currentDate: new Date(input.nowMs),
      });
      return readClaims(input, payload, slot);
    } catch (error) {
      firstError ??= error;
      // Whatever else is wrong is not mended by another key, and its reason would hide this one.
      if (!isOfAnotherKey(error)) return jwtRefusal(error, input.publicKey);
    }
  }
  return jwtRefusal(firstError, input.publicKey);
}

export const maxTokenLength = 8192;

/** Three parts in base64url as it is written, to the last bit: one signature is one text, and what is lenient elsewhere decides nothing. */
function isCanonical(token: string): boolean {
  const parts = token.split('.');
  return parts.length === 3 && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

const isOfAnotherKey = (error: unknown): boolean =>
  error instanceof joseErrors.JWSSignatureVerificationFailed || error instanceof joseErrors.JOSEAlgNotAllowed;

function readClaims(input: ProofInput, payload: JWTPayload, slot: number | null): ProofResult {
  if (payload.iat !== undefined && payload.iat * 1000 > input.nowMs + tolerance * 1000)
    return refused('user_jwt: the claim iat does not hold, it lies in the future; is the clock of your server right?');
  if (payload.exp !== undefined && payload.exp > latestExp)
    return refused('user_jwt: the claim exp does not hold, it is in milliseconds; write seconds since 1970');
  const parsed = identityClaims.safeParse(payload);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path }) => path.join('.')));
    return refused(`user_jwt holds claims of the wrong type: ${[...names].join(', ')}`);
  }
  const id = parsed.data.user_id ?? parsed.data.sub;
  if (id === undefined) return refused('user_jwt needs the claim user_id (or sub)');
  if (typeof id === 'number' && !Number.isSafeInteger(id))
    return refused('user_jwt: its user_id is no whole number below 2^53, and JSON does not hold its last digits; sign it as a text');
  const userId = String(id);
  // Two accounts of the host would be one here.
  if (userId !== userId.trim() && userId.trim() !== '') return refused('user_jwt: its user_id has white space around it');
  if (input.userId !== null && input.userId !== userId) return refused('user_jwt is for another user_id than the one given beside it');
  return { ok: true, proof: { verified: true, userId, claims: parsed.data, slot } };
}

function jwtRefusal(error: unknown, publicKey: PublicKey | null): Refused {
  if (error instanceof joseErrors.JWTExpired)
    return { ok: false, code: 'identity_token_expired', reason: 'user_jwt has expired; sign a fresh one' };
  if (error instanceof joseErrors.JOSEAlgNotAllowed) return refused(`user_jwt must be signed with ${publicKey?.algorithm ?? 'HS256'}`);
  if (error instanceof joseErrors.JWSSignatureVerificationFailed)
    return refused(
      `user_jwt is not signed with the ${publicKey ? 'key whose public half stands in the settings' : 'identity secret'} of this workspace`,
    );
  if (error instanceof joseErrors.JWTClaimValidationFailed) return refused(`user_jwt: the claim ${error.claim} does not hold`);
  return refused('user_jwt is not a signed JSON Web Token');
}
