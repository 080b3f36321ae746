import type { AgentBody } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { lockContact, saveContact } from '../store/contacts.ts';
import { getWorkspace } from '../store/workspaces.ts';
import { act } from './act.ts';
import { liveContact } from './contact/find.ts';
import { Refusal } from './refusal.ts';
import { rescored } from './score-contact.ts';
import { withTag } from './tags.ts';
import { finishContact } from './turn.ts';

/** Puts a tag on a contact or takes it off; twice is no more than once. */
export async function tagContact(deps: Deps, agent: Agent, body: AgentBody<'contact.tag'>): Promise<{ tags: string[] }> {
  return act(deps, agent.workspaceId, async (tx) => {
    let before = await lockContact(tx, (await liveContact(tx, body.contact)).id, null);
    // Merged away while we waited for it.
    while (before.mergedInto !== null) before = await lockContact(tx, before.mergedInto, null);
    if (before.erasedAt !== null) throw new Refusal('not_found', 'There is no such contact.');
    const now = deps.now();
    const tagged = await withTag(tx, before, { name: body.tag, on: body.on }, now);
    if (tagged === before) return { reply: { tags: before.tags } };
    const workspace = await getWorkspace(tx);
    const contact = rescored(tagged, workspace?.settings.scoreRules ?? []);
    await saveContact(tx, contact);
    const type = body.on ? 'contact.tagged' : 'contact.untagged';
    const published = await finishContact(tx, now, contact, [{ type, data: { tag: body.tag, agent: agent.id } }]);
    return { reply: { tags: contact.tags }, published };
  });
}
