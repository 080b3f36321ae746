// API tokens as they travel: `foyer_pat_`, 256 random bits in hex, and a CRC-32 by which a mistyped one is told without a look-up.
import { timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Refusal } from './actions/refusal.ts';
import type { Deps } from './deps.ts';
import { hashToken } from './deps.ts';
import { findApiToken, touchApiToken } from './store/api-tokens.ts';
import type { ApiToken } from './store/api-tokens.ts';
import { systemScope } from './store/store.ts';

const form = /^foyer_pat_([0-9a-f]{64})([0-9a-f]{8})$/;
/** A token's last use is written at most this often. */
const touchMs = 60_000;

const checksum = (secret: string): string => crc32(secret).toString(16).padStart(8, '0');

export function newApiToken(random: (bytes: number) => Uint8Array): { token: string; prefix: string } {
  const secret = Buffer.from(random(32)).toString('hex');
  const token = `foyer_pat_${secret}${checksum(secret)}`;
  return { token, prefix: token.slice(0, 16) };
}

export interface TokenReader {
  /** @throws Refusal invalid_token */
  read(text: string): Promise<ApiToken>;
}

export function createTokenReader(deps: Deps): TokenReader {
  const touchedAt = new Map<number, number>();

  /** Nobody waits for it, and it may fail. */
  function touch({ id, workspaceId, lastUsedAt }: ApiToken, now: number): void {
    if (now - Math.max(lastUsedAt ?? 0, touchedAt.get(id) ?? 0) < touchMs) return;
    touchedAt.set(id, now);
    void deps.store
      .in(workspaceId)
      .write((tx) => touchApiToken(tx, id, now))
      .catch((error: unknown) => deps.log.warn({ error }, 'the use of an API token was not noted'));
  }

  return {
    async read(text) {
      const [, secret = '', given = ''] = form.exec(text) ?? [];
      if (secret === '') throw new Refusal('invalid_token', 'An API token is foyer_pat_ and 72 hex digits; this one is not.');
      if (checksum(secret) !== given) throw new Refusal('invalid_token', 'This API token was mistyped or cut: its checksum does not fit.');
      const hash = hashToken(text);
      const token = await deps.store.in(systemScope).read((tx) => findApiToken(tx, hash));
      // Found by its hash, of which a caller who guesses learns nothing in time; compared once more, whatever the database thinks equal.
      if (!token || !timingSafeEqual(Buffer.from(token.tokenHash), Buffer.from(hash))) throw new Refusal('invalid_token');
      const now = deps.now();
      if (token.revokedAt !== null) throw new Refusal('invalid_token', 'This API token was revoked.');
      if (token.expiresAt !== null && token.expiresAt <= now) throw new Refusal('invalid_token', 'This API token has expired.');
      touch(token, now);
      return token;
    },
  };
}
