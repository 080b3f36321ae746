// The host's public key, which `user_jwt` may be checked with: what is taken, and what is too weak to be one.
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../shared/api.ts';

export interface PublicKey {
  algorithm: KeyAlgorithm;
  /** SPKI. */
  pem: string;
}

/** Null where the key is fit for the algorithm, else what is wrong with it. */
const faults: Record<KeyAlgorithm, (key: KeyObject) => string | null> = {
  RS256({ asymmetricKeyType, asymmetricKeyDetails: { modulusLength = 0, publicExponent = 0n } = {} }) {
    if (asymmetricKeyType !== 'rsa') return 'RS256 wants an RSA key';
    // Below, factoring is within reach; far above, each check would take long.
    if (modulusLength < 2048 || modulusLength > 8192) return `an RSA key has 2,048 to 8,192 bits, this one ${modulusLength}`;
    // With the exponent 1 every text is its own signature.
    return publicExponent < 65_537n ? 'the public exponent is smaller than 65537' : null;
  },
  ES256: ({ asymmetricKeyType, asymmetricKeyDetails }) =>
    asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1' ? null : 'ES256 wants an EC key on the curve P-256',
  EdDSA: ({ asymmetricKeyType }) => (asymmetricKeyType === 'ed25519' ? null : 'EdDSA wants an Ed25519 key'),
};

export function readPublicKey({ algorithm, pem }: PublicKey): { ok: true; key: PublicKey } | { ok: false; reason: string } {
  if (pem.includes('PRIVATE KEY')) return { ok: false, reason: 'This is a private key. Keep it on your server, and paste the public one.' };
  let key: KeyObject;
  try {
    key = createPublicKey(pem.trim());
  } catch {
    return { ok: false, reason: 'This is no public key in PEM form (-----BEGIN PUBLIC KEY-----).' };
  }
  const fault = faults[algorithm](key);
  if (fault !== null) return { ok: false, reason: `This key does not do: ${fault}.` };
  return { ok: true, key: { algorithm, pem: key.export({ type: 'spki', format: 'pem' }) as string } };
}
