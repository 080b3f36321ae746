// What an identify call says, once its proof was looked at: who, how surely, and what else is said of them.
import { z } from 'zod';
import type { ClearableField, IdentityClaim } from '../../shared/contact.ts';
import { faultOfId, isJunkId, ungradedNames } from '../../shared/contact.ts';
import { detailFields } from '../../shared/contact-fields.ts';
import { isReservedAttribute } from '../../shared/facts.ts';
import { readHostTime } from '../../shared/host-time.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import type { VisitorBody } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { likelyMistake } from '../identity-hints.ts';
import { checkProof, ownTokenKey } from '../identity.ts';
import type { Proof, ProofInput } from '../identity.ts';
import { unseal } from '../seal.ts';
import type { Workspace } from '../store/workspaces.ts';
import { noteSecretUse } from './identity/secret-use.ts';
import { Refusal } from './refusal.ts';
import type { Visitor } from './session.ts';

type Body = VisitorBody<'identify'>;

const emailSchema = z.email().max(254);

/** @throws Refusal invalid_identity, identity_verification_failed, identity_token_expired */
export async function readClaim(deps: Deps, visitor: Visitor, body: Body): Promise<IdentityClaim> {
  const { workspace } = visitor;
  const given = body.user_id ?? null;
  const fault = given === null ? null : faultOfId(given);
  const userId = given === null ? null : String(given).trim();
  if (userId !== null && (fault !== null || userId.length > 200))
    throw new Refusal('invalid_identity', `user_id ${JSON.stringify(userId.slice(0, 40))} ${fault ?? 'is longer than 200 characters'}.`);
  const email = normalEmail(body.email);
  const proof = await provenBy(deps, workspace, { userId, email, userHash: body.user_hash, userJwt: body.user_jwt });
  if (workspace.identityMode === 'required' && !proof.verified) {
    throw new Refusal(
      'identity_verification_failed',
      'This workspace wants a proof with every identify call: add user_hash or user_jwt, made on your server.',
    );
  }
  const named = proof.userId ?? userId;
  if (named !== null && isJunkId(named)) throw new Refusal('invalid_identity');
  const claim = claimFrom(body, proof, named, email);
  if (claim.userId === null && claim.email === null) throw new Refusal('invalid_identity', 'identify needs a user_id or an email.');
  return claim;
}

async function provenBy(
  deps: Deps,
  workspace: Workspace,
  said: Pick<ProofInput, 'userId' | 'email' | 'userHash' | 'userJwt'>,
): Promise<Proof> {
  const sealed = [workspace.identitySecret, workspace.identitySecretNext].filter((s) => s !== null);
  const secrets = sealed.map((s) => unseal(s, deps.secretKey));
  const checked = await checkProof({
    ...said,
    secrets,
    publicKey: workspace.settings.identityKey,
    ownKey: ownTokenKey(deps.secretKey, workspace.id),
    nowMs: deps.now(),
  });
  if (!checked.ok) {
    const hint = workspace.identityMode === 'off' ? likelyMistake({ ...said, secrets }) : null;
    throw new Refusal(checked.code, hint === null ? checked.reason : `${checked.reason}. ${hint}`);
  }
  const { proof } = checked;
  const used = proof.slot === null ? undefined : sealed[proof.slot];
  if (used !== undefined) noteSecretUse(deps, workspace, used);
  return proof;
}

function claimFrom(body: Body, { verified, claims }: Proof, userId: string | null, email: string | null): IdentityClaim {
  // Null in a proof says that there is none, and wins as a value does. What merely stands beside a proof is never signed by it.
  const isProved = (name: Told): boolean => {
    const value = claims[name];
    if (name === 'created_at') return value === null || readHostTime(value) !== null;
    return value === null || (typeof value === 'string' && value.trim() !== '');
  };
  const said = (name: Told): unknown => (isProved(name) ? claims[name] : body[name]);
  const text = (name: Told): string | null => {
    const value = said(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const avatar = text('avatar');
  const isSigned = (field: DetailField): boolean => verified && isProved(field);
  return {
    userId,
    email: isProved('email') ? normalEmail(claims.email) : email,
    verified,
    signed: { email: isSigned('email'), name: isSigned('name'), phone: isSigned('phone') },
    name: text('name'),
    phone: text('phone'),
    // Shown as an image in the inbox: nothing but https.
    avatar: avatar !== null && /^https:\/\//i.test(avatar) ? avatar : null,
    company: text('company'),
    signedUpAt: readHostTime(said('created_at')),
    attributes: ownAttributes({ ...body.custom_attributes, ...claims.custom_attributes }),
    cleared: told.flatMap((name) => (said(name) === null ? [fieldOf(name)] : [])),
    signedFields: verified ? signedFieldsOf(isProved, claims.custom_attributes ?? {}) : [],
  };
}

function signedFieldsOf(isProved: (name: Told) => boolean, attributes: IdentityClaim['attributes']): string[] {
  const plain = told.filter(isProved).map(fieldOf);
  return [...ungradedNames.filter((field) => plain.includes(field)), ...Object.keys(attributes).map((name) => `attributes.${name}`)];
}

/**
 * Without those named like what is known otherwise: an attribute `email` would stand on the card beside the grade of the real one. Left out,
 * not refused: a trait called `type` is no reason to leave a person unidentified, or to leave the one before signed in.
 */
function ownAttributes(given: IdentityClaim['attributes']): IdentityClaim['attributes'] {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !isReservedAttribute(name)));
}

const told = [...detailFields, 'avatar', 'company', 'created_at'] as const;
type Told = (typeof told)[number];

/** What a page calls the creation of its account is the person's signing up there; Foyer's contact has a creation of its own. */
const fieldOf = (name: Told): ClearableField => (name === 'created_at' ? 'signed_up_at' : name);

/** @throws Refusal invalid_identity */
export function normalEmail(value: string | null | undefined): string | null {
  if (value === undefined || value === null || value.trim() === '') return null;
  const email = value.trim().toLowerCase();
  if (!emailSchema.safeParse(email).success)
    throw new Refusal('invalid_identity', `${JSON.stringify(email.slice(0, 60))} is no email address.`);
  return email;
}
