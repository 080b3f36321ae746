// M23 on agents' screens: what is erased leaves them, whether they looked or were away.
import pg from 'pg';
import { expect, it } from 'vitest';
import type { Actor } from '../../../server/actions/actor.ts';
import { blockContact } from '../../../server/actions/contact/flag-contact.ts';
import { eraseContact } from '../../../server/actions/contact/erase-contact.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { readFeed } from '../../../server/actions/sync-agent.ts';
import { tagContact } from '../../../server/actions/tag-contact.ts';
import { listAudited } from '../../../server/store/events.ts';
import type { FeedItem } from '../../../shared/protocol.ts';
import { describePostgres } from '../../helpers/databases.ts';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { aContact, aWorkspace } from '../../helpers/rows.ts';
import { connectAgent, must } from '../../helpers/server.ts';
import { say } from '../../helpers/talk.ts';
import { refused } from '../../helpers/verification-stage.ts';

const stage = setIdentityStage();
const { device, sync, feed } = stage;

async function aLead(email: string): Promise<{ id: string; conversation: number }> {
  const visitor = await device();
  const { conversation } = await say(visitor, `my email is ${email}`);
  return { id: (await sync(visitor)).me.contact_id ?? '', conversation };
}

it('[M23] agents hear which conversations went with an erased contact; whoever was away since before a merge hears the same', async () => {
  const owner: Actor = { kind: 'agent', agent: (await stage.server.agent()).agent };
  const [older, younger] = [await aLead('erase-older@example.com'), await aLead('erase-younger@example.com')];
  const rev = must(await stage.agent.send('sync', {})).rev;
  await mergeByRequest(stage.server.deps, owner, { from: younger.id, into: older.id });
  await eraseContact(stage.server.deps, owner, older.id);
  const gone = [older.conversation, younger.conversation];
  const told = (items: FeedItem[]) => items.find((item) => item.type === 'contact.erased');
  await expect.poll(() => told(feed())).toMatchObject({ contactId: older.id, gone });
  expect(told(feed())).not.toHaveProperty('contact');

  const late = await connectAgent(stage.server);
  const { epoch } = must(await late.send('sync', {}));
  must(await late.send('sync', { epoch, rev }));
  await late.waitFor('synced');
  const items = late.received.filter((e) => e.name === 'feed').flatMap((e) => (e.body as { items: FeedItem[] }).items);
  expect(told(items)).toMatchObject({ contactId: older.id, gone });
  expect(told(items)).not.toHaveProperty('contact');
  // What the merge's own fact said was personal, too.
  expect(items.find((item) => item.type === 'contact.merged')).not.toHaveProperty('mergedFrom');
  late.close();
});

it('[M23] the audit log goes on saying who did what to an erased contact, and no more to whom', async () => {
  const owner = { kind: 'agent', agent: (await stage.server.agent()).agent } as const;
  const { id } = await aLead('erase-audited@example.com');
  await blockContact(stage.server.deps, owner, id, true);
  await blockContact(stage.server.deps, owner, id, false);
  await eraseContact(stage.server.deps, owner, id);
  const facts = await stage.server.deps.store.in('main').read((tx) => listAudited(tx, Number.MAX_SAFE_INTEGER, 3));
  expect(facts.map(({ type, contactId, data }) => [type, contactId, data['agent']])).toEqual([
    ['contact.erased', id, owner.agent.id],
    ['contact.unblocked', null, owner.agent.id],
    ['contact.blocked', null, owner.agent.id],
  ]);
});

it('[M23] whoever was away is told nothing of what was captured from an erased contact', async () => {
  const owner: Actor = { kind: 'agent', agent: (await stage.server.agent()).agent };
  const { rev } = must(await stage.agent.send('sync', {}));
  const { id } = await aLead('erase-captured@example.com');
  await eraseContact(stage.server.deps, owner, id);
  const items: FeedItem[] = [];
  for await (const page of readFeed(stage.server.deps, 'main', rev)) if (page.kind === 'feed') items.push(...page.items);
  const captured = items.filter((item) => item.type === 'detail.captured');
  expect(captured).toHaveLength(1);
  expect(captured[0]).not.toHaveProperty('detail');
});

describePostgres('while another node erases a contact', (places) => {
  it('[M23] a tag waits for it and is refused', async () => {
    const place = await places.fresh();
    const store = await places.open(place);
    const scope = await aWorkspace(store, 'w');
    const contact = await aContact(scope);
    const agent = { ...(await stage.server.agent()).agent, workspaceId: 'w' };
    const other = new pg.Client({ connectionString: 'postgres' in place.database ? place.database.postgres : '' });
    await other.connect();
    await other.query('begin');
    await other.query('update contacts set erased_at = 1 where id = $1', [contact.id]);
    const tagging = refused(tagContact({ ...stage.server.deps, store }, agent, { contact: contact.id, tag: 'vip', on: true }));
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await expect.poll(async () => (await place.rows(waiting)).length).toBe(1);
    await other.query('commit');
    await other.end();
    expect(await tagging).toMatchObject({ code: 'not_found' });
    expect(await place.rows('select tag from contact_tags')).toEqual([]);
  });
});
