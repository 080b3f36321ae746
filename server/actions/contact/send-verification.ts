// [M20] A link is mailed to the address that a contact gave: whoever follows it reads that mailbox.
import type { RouteReply } from '../../../shared/api.ts';
import { isEmailProved } from '../../../shared/proved-email.ts';
import type { Deps } from '../../deps.ts';
import { hashToken, newToken } from '../../deps.ts';
import { addressPattern } from '../../mail-settings.ts';
import { seal } from '../../seal.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { insertJob } from '../../store/jobs.ts';
import { insertVerification, listSentLinks, verificationKey } from '../../store/verifications.ts';
import type { SentLink } from '../../store/verifications.ts';
import { act } from '../act.ts';
import { actorData, agentIdOf, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../refusal.ts';
import { finishContact } from '../turn.ts';
import { lockExisting } from './find.ts';
import type { VerificationPayload } from './verification-mail.ts';
import { rfc3339 } from './view.ts';

type Reply = RouteReply<'POST /api/v1/contacts/:contact/verification'>;

const linkMs = 24 * 3_600_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;

/** What keeps anybody from being flooded with mail through us; whoever asks, by whatever contacts. */
export const sendLimits = { perMinute: 1, perDay: 5, workspacePerHour: 100 };

/**
 * @param from the origin which the link leads to; null where no mail can be sent
 * @throws Refusal mail_not_configured, contact_gone, blocked, form_invalid, surer_value, rate_limited
 */
export async function sendVerification(deps: Deps, actor: Actor, id: string, from: string | null): Promise<Reply> {
  if (from === null) throw new Refusal('mail_not_configured');
  return act(deps, workspaceOf(actor), async (tx) => {
    const contact = await lockExisting(tx, id);
    const email = emailToProve(contact);
    const now = deps.now();
    refuseTooMany(await listSentLinks(tx, now - linkMs), { contactId: id, email, at: now });
    const token = newToken((bytes) => deps.random(bytes));
    const tokenHash = hashToken(token);
    const expiresAt = now + linkMs;
    await insertVerification(tx, { tokenHash, contactId: id, email, agentId: agentIdOf(actor), now, expiresAt });
    // In place of a mail that still waits: its link is over. The token lies there sealed, and nowhere else.
    const payload: VerificationPayload = { mail: 'verification', tokenHash, token: seal(token, deps.secretKey), from };
    await insertJob(tx, { kind: 'mail', key: verificationKey(id), payload, dueAt: now, now });
    const fact = { type: 'verification.sent' as const, data: { email, ...actorData(actor) } };
    const published = { ...(await finishContact(tx, now, contact, [fact])), jobDueAt: now };
    return { reply: { sent_to: email, expires_at: rfc3339(expiresAt) }, published };
  });
}

function emailToProve(contact: ContactRow): string {
  const { email } = contact;
  if (contact.blocked) throw new Refusal('blocked', 'This contact is blocked: nothing is mailed to it.');
  const refuse = (message: string): Refusal => new Refusal('form_invalid', message, { errors: [{ pointer: '/email', message }] });
  if (email === null) throw refuse('This contact has no email to mail a link to.');
  if (isEmailProved(contact)) throw new Refusal('surer_value', 'This email is proved already.');
  if (!addressPattern.test(email)) throw refuse('Nothing can be mailed to this address.');
  return email;
}

/** Counted by contact and by address: many contacts may claim one. */
function refuseTooMany(sent: readonly SentLink[], { contactId, email, at: now }: SentLink): void {
  const same = sent.filter((link) => link.contactId === contactId || link.email === email).map((link) => link.at);
  const refuse = (waitMs: number, message: string): void => {
    if (waitMs > 0) throw new Refusal('rate_limited', message, { retryAfterMs: waitMs });
  };
  const { perMinute, perDay, workspacePerHour } = sendLimits;
  refuse(waitOf(same, perMinute, minuteMs, now), 'A link was mailed to this address just now. Another one can follow in a minute.');
  refuse(waitOf(same, perDay, linkMs, now), `${perDay} links were mailed to this address within a day. Another one can follow tomorrow.`);
  const all = sent.map((link) => link.at);
  refuse(waitOf(all, workspacePerHour, hourMs, now), `${workspacePerHour} links were mailed within an hour. Wait a while.`);
}

/** How long until there were fewer than `most` within the span, ms; not positive where there are. */
function waitOf(times: readonly number[], most: number, spanMs: number, now: number): number {
  const last = times.toSorted((a, b) => b - a)[most - 1];
  return last === undefined ? 0 : last + spanMs - now;
}
