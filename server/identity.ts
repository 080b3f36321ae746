// Proof of identity: HMAC and JWT as the host app's server makes them, against two secret slots.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { errors as joseErrors, jwtVerify } from 'jose';
import { identityClaims } from '../shared/protocol.ts';
import type { IdentityClaims } from '../shared/protocol.ts';

export interface Proof {
  verified: boolean;
  /** The identifier it vouches for; null where that is the email. */
  userId: string | null;
  /** The claims of a JWT, or the email of an HMAC over it: these are vouched for, and override what is said beside. */
  claims: IdentityClaims;
}

export type ProofResult = { ok: true; proof: Proof } | { ok: false; reason: string };

export interface ProofInput {
  userId: string | null;
  email: string | null;
  userHash: unknown;
  userJwt: unknown;
  secrets: readonly string[];
  nowMs: number;
}

const unproved: Proof = { verified: false, userId: null, claims: {} };

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
  if (identifier === null) return { ok: false, reason: 'user_hash came without a user_id or email to check it against' };
  if (typeof hash !== 'string')
    return { ok: false, reason: `user_hash must be a string, not ${Array.isArray(hash) ? 'an array' : typeof hash}` };
  if (!/^[0-9a-f]{64}$/i.test(hash))
    return { ok: false, reason: 'user_hash must be 64 hex digits: the HMAC-SHA256 of the user_id, made on your server' };
  const given = Buffer.from(hash, 'hex');
  // Every slot is compared, so that time tells nothing about which one is in use.
  const fits = input.secrets.map((secret) => timingSafeEqual(given, createHmac('sha256', secret).update(identifier).digest()));
  if (!fits.includes(true))
    return { ok: false, reason: 'user_hash is not the HMAC-SHA256 of this identifier with the identity secret of this workspace' };
  return { ok: true, proof: { verified: true, userId: input.userId, claims: input.userId === null ? { email: input.email } : {} } };
}

async function checkJwt(input: ProofInput, token: unknown): Promise<ProofResult> {
  if (typeof token !== 'string' || token === '')
    return { ok: false, reason: `user_jwt must be a string, not ${Array.isArray(token) ? 'an array' : typeof token}` };
  if (token.length > 8192) return { ok: false, reason: 'user_jwt is longer than 8,192 characters' };
  let reason = 'user_jwt does not verify';
  for (const secret of input.secrets) {
    try {
      // The algorithm comes from here and never from the token's header: alg:none and key confusion end at this line.
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ['HS256'],
        clockTolerance: 60,
        currentDate: new Date(input.nowMs),
      });
      return readClaims(input, payload);
    } catch (error) {
      reason = jwtReason(error);
      // Whatever else is wrong is not mended by the other slot, and its reason would hide this one.
      if (!(error instanceof joseErrors.JWSSignatureVerificationFailed)) break;
    }
  }
  return { ok: false, reason };
}

function readClaims(input: ProofInput, payload: unknown): ProofResult {
  const parsed = identityClaims.safeParse(payload);
  if (!parsed.success) return { ok: false, reason: 'user_jwt holds claims of the wrong type' };
  const id = parsed.data.user_id ?? parsed.data.sub;
  if (id === undefined) return { ok: false, reason: 'user_jwt needs the claim user_id (or sub)' };
  const userId = String(id);
  if (input.userId !== null && input.userId !== userId)
    return { ok: false, reason: 'user_jwt is for another user_id than the one given beside it' };
  return { ok: true, proof: { verified: true, userId, claims: parsed.data } };
}

function jwtReason(error: unknown): string {
  if (error instanceof joseErrors.JWTExpired) return 'user_jwt has expired; sign a fresh one';
  if (error instanceof joseErrors.JOSEAlgNotAllowed) return 'user_jwt must be signed with HS256';
  if (error instanceof joseErrors.JWSSignatureVerificationFailed)
    return 'user_jwt is not signed with the identity secret of this workspace';
  if (error instanceof joseErrors.JWTClaimValidationFailed) return `user_jwt: the claim ${error.claim} does not hold`;
  return 'user_jwt is not a signed JSON Web Token';
}
