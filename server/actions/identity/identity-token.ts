// A `user_jwt` made by Foyer, for hosts without crypto: their server asks for it and hands it to the page of its signed-in user.
import { SignJWT } from 'jose';
import type { z } from 'zod';
import type { routes } from '../../../shared/api.ts';
import { faultOfId } from '../../../shared/contact.ts';
import { readHostTime, timeHint } from '../../../shared/host-time.ts';
import type { Deps } from '../../deps.ts';
import { maxTokenLength, ownTokenKey } from '../../identity.ts';
import { rfc3339 } from '../contact/view.ts';
import { normalEmail } from '../identity-claim.ts';
import { Refusal } from '../refusal.ts';

type Body = z.output<(typeof routes)['POST /api/v1/identity_tokens']['body']>;

/** @throws Refusal invalid_identity */
export async function makeIdentityToken(deps: Deps, workspaceId: string, body: Body): Promise<{ token: string; expires_at: string }> {
  const { expires_in: seconds = 3600, user_id, ...said } = body;
  const id = String(user_id);
  const fault = faultOfId(user_id) ?? (id === id.trim() ? null : 'has white space around it');
  if (fault !== null) throw new Refusal('invalid_identity', `user_id ${JSON.stringify(id)} ${fault}.`);
  // Refused here, and not only when the page shows the token.
  normalEmail(said.email);
  const { created_at } = said;
  if (created_at !== undefined && created_at !== null && created_at !== '' && readHostTime(created_at) === null)
    throw new Refusal('invalid_identity', `created_at ${JSON.stringify(created_at)} is no time: ${timeHint}`);
  const now = Math.floor(deps.now() / 1000);
  const token = await new SignJWT({ ...said, user_id: id })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(ownTokenKey(deps.secretKey, workspaceId));
  if (token.length > maxTokenLength)
    throw new Refusal('too_large', 'These attributes make a token longer than 8,192 characters: leave some out.');
  return { token, expires_at: rfc3339((now + seconds) * 1000) };
}
