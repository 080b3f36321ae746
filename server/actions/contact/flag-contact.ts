// What an agent or another server marks a contact with: blocked, archived.
import type { ContactView } from '../../../shared/api.ts';
import type { EventType } from '../../../shared/events.ts';
import type { Deps } from '../../deps.ts';
import { saveContact } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { act } from '../act.ts';
import { actorData, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { finishContact } from '../turn.ts';
import { noteAlone } from './alone.ts';
import { lockExisting } from './find.ts';
import { contactToView } from './view.ts';

type Flagged = { contact: ContactRow; type: EventType } | null;

/** [M22] What it writes is refused from now on, on whatever device. */
export function blockContact(deps: Deps, actor: Actor, id: string, blocked: boolean): Promise<ContactView> {
  return flagContact(deps, actor, id, (contact) =>
    contact.blocked === blocked ? null : { contact: { ...contact, blocked }, type: blocked ? 'contact.blocked' : 'contact.unblocked' },
  );
}

/** [M23] Put away until it is heard of again. */
export function archiveContact(deps: Deps, actor: Actor, id: string, archived: boolean): Promise<ContactView> {
  return flagContact(deps, actor, id, (contact, now) =>
    (contact.archivedAt !== null) === archived
      ? null
      : { contact: { ...contact, archivedAt: archived ? now : null }, type: archived ? 'contact.archived' : 'contact.restored' },
  );
}

/** Twice is no more than once. */
function flagContact(deps: Deps, actor: Actor, id: string, flag: (contact: ContactRow, now: number) => Flagged): Promise<ContactView> {
  return act(deps, workspaceOf(actor), async (tx) => {
    const before = await lockExisting(tx, id);
    const now = deps.now();
    const flagged = flag(before, now);
    if (flagged === null) return { reply: contactToView(before) };
    const { contact, type } = flagged;
    await saveContact(tx, contact);
    // A person meant all whom it is made of.
    const { blocked } = contact;
    if (blocked !== before.blocked) await noteAlone(tx, now, { before, after: contact, home: null, alone: (one) => ({ ...one, blocked }) });
    return { reply: contactToView(contact), published: await finishContact(tx, now, contact, [{ type, data: actorData(actor) }]) };
  });
}
