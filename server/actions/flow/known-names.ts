// The names a workspace's flows and rules may use, kept for a moment: every save of a draft is checked against them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Deps } from '../../deps.ts';
import { fromNewest, listTags, readAttributeNames } from '../../store/contact-names.ts';
import { listBodies } from '../../store/flow-drafts.ts';
import { createKept } from './kept.ts';
import type { Outline } from './outline.ts';
import { outlineOf } from './outline.ts';

export interface Names {
  /** Attributes of contacts, those that flows set among them, without `contact.`; and tags in use. */
  ofContacts(workspaceId: string): Promise<{ attributes: string[]; tags: string[] }>;
  /** Drafts and published flows: two that are made for each other can only be published one after the other. */
  ofFlows(workspaceId: string): Promise<Outline[]>;
  /** Some flow was changed. */
  forgetFlows(workspaceId: string): void;
}

const keptMs = 10_000;
/** The newest contacts tell; an attribute that none of these has is as good as gone. */
const contacts = 2000;
const chunk = 200;
const mostTags = 500;

export function createNames(deps: Deps): Names {
  const [ofContacts, ofFlows] = [createKept(deps.now, keptMs), createKept(deps.now, keptMs)];
  const flows = (workspaceId: string): Promise<Outline[]> => ofFlows.get(workspaceId, () => readOutlines(deps, workspaceId));
  return {
    async ofContacts(workspaceId) {
      const { attributes, tags } = await ofContacts.get(workspaceId, () => readContacts(deps, workspaceId));
      const all = new Set([...attributes, ...(await flows(workspaceId)).flatMap((flow) => flow.attributes)]);
      return { attributes: [...all].toSorted(), tags };
    },
    ofFlows: flows,
    forgetFlows: (workspaceId) => ofFlows.forget(workspaceId),
  };
}

async function readContacts(deps: Deps, workspaceId: string): Promise<{ attributes: Set<string>; tags: string[] }> {
  const store = deps.store.in(workspaceId);
  const attributes = new Set<string>();
  let before: string | null = fromNewest;
  for (let read = 0; before !== null && read < contacts; read += chunk) {
    const from: string = before;
    const { names, next } = await store.read((tx) => readAttributeNames(tx, from, chunk));
    for (const name of names) attributes.add(name);
    before = next;
    await nextTurn();
  }
  return { attributes, tags: await store.read((tx) => listTags(tx, mostTags)) };
}

async function readOutlines(deps: Deps, workspaceId: string): Promise<Outline[]> {
  const bodies = await deps.store.in(workspaceId).read(listBodies);
  return bodies.map(({ id, body }) => outlineOf(id, JSON.parse(body)));
}
