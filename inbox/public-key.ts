import type { PublicKey } from './state/identity-settings.ts';

/**
 * What is wrong with a pasted key, as far as its text tells; null where nothing is. Whether it fits the algorithm is for the server to
 * say, but a private key never gets that far.
 */
export function publicKeyFault(key: PublicKey): string | null {
  if (key === null) return null;
  const pem = key.pem.trim();
  if (pem === '') return 'Paste the public key.';
  if (pem.includes('PRIVATE KEY')) return 'This is a private key. It was not sent: keep it on your server alone, and paste the public one.';
  if (pem.includes('BEGIN CERTIFICATE'))
    return 'This is a certificate. Take the public key out of it: openssl x509 -pubkey -noout -in certificate.pem';
  if (!/^-----BEGIN (?:RSA )?PUBLIC KEY-----[\s\S]+-----END (?:RSA )?PUBLIC KEY-----$/.test(pem))
    return 'A public key begins with -----BEGIN PUBLIC KEY----- and ends with -----END PUBLIC KEY-----. Paste all of it.';
  return null;
}
