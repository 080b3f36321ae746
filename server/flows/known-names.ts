// The names a workspace's flows and rules may use, kept for a while: every save of a draft is checked against them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { deletedFlows } from '../store/flow-drafts.ts';
import { listPublished } from '../store/flows.ts';
import { entriesOf, stepsOf } from './json.ts';
import { fromNewest, listTags, readAttributeNames } from '../store/contact-names.ts';

export interface Names {
  /** Attributes of contacts, without `contact.`. */
  attributes: string[];
  tags: string[];
}

const keptMs = 10_000;
/** The newest contacts tell; an attribute that none of these has is as good as gone. */
const contacts = 2000;
const chunk = 200;
const mostTags = 500;

export type ReadNames = (workspaceId: string) => Promise<Names>;

export function createNames(deps: Deps): ReadNames {
  const kept = new Map<string, { names: Promise<Names>; readAt: number }>();
  return (workspaceId) => {
    const entry = kept.get(workspaceId);
    if (entry && deps.now() - entry.readAt < keptMs) return entry.names;
    const names = readNames(deps, workspaceId);
    names.catch(() => kept.delete(workspaceId));
    kept.set(workspaceId, { names, readAt: deps.now() });
    return names;
  };
}

async function readNames(deps: Deps, workspaceId: string): Promise<Names> {
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
  const { bodies, tags } = await store.read(async (tx) => {
    const deleted = await deletedFlows(tx);
    const published = (await listPublished(tx)).filter((flow) => !deleted.has(flow.id));
    return { bodies: published.map((flow) => flow.body), tags: await listTags(tx, mostTags) };
  });
  for (const body of bodies) for (const name of attributesSetBy(JSON.parse(body))) attributes.add(name);
  return { attributes: [...attributes].toSorted(), tags };
}

/** What one flow asks or fetches, another may speak of before the first contact has it. */
function attributesSetBy(flow: unknown): string[] {
  return stepsOf(flow).flatMap(([, step]) => {
    const fields = step['type'] === 'form' ? entriesOf(step['fields']).map((field) => field['name']) : [];
    const kept = entriesOf(step['mapping']).map((entry) => entry['attribute']);
    const names = [step['attribute'], step['type'] === 'set-attribute' ? step['name'] : null, ...fields, ...kept];
    return names.filter((name) => typeof name === 'string');
  });
}
