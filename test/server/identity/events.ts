// What may happen in a sequence, and what an identify event says to the product and to the model.
import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Claim } from './model.ts';

/** Of every workspace of this test. */
export const secret = 'the identity secret of every workspace of this test';

export type Event =
  | { kind: 'write' | 'begin' | 'sign_out'; device: number }
  | { kind: 'say'; device: number; email: string; corrects: boolean }
  | { kind: 'identify'; device: number; userId: string | null; email: string | null; proof: 'hash' | 'jwt' | 'none' }
  | { kind: 'merge'; from: number; into: number; force: boolean }
  | { kind: 'undo'; which: number }
  | { kind: 'follow'; who: number }
  | { kind: 'block' | 'unblock' | 'archive' | 'erase'; who: number };

export async function bodyOf({ userId, email, proof }: Extract<Event, { kind: 'identify' }>): Promise<object> {
  const said = { ...(userId !== null && { user_id: userId }), ...(email !== null && { email }) };
  if (proof === 'none') return said;
  if (proof === 'jwt' && userId !== null) {
    const token = new SignJWT({ user_id: userId, ...(email !== null && { email }) }).setProtectedHeader({ alg: 'HS256' });
    return { user_jwt: await token.sign(new TextEncoder().encode(secret)) };
  }
  return {
    ...said,
    user_hash: createHmac('sha256', secret)
      .update(userId ?? email ?? '')
      .digest('hex'),
  };
}

export function claimOf({ userId, email, proof }: Extract<Event, { kind: 'identify' }>): Claim {
  const verified = proof !== 'none';
  return { userId, email, verified, emailSigned: verified && email !== null && (userId === null || proof === 'jwt') };
}
