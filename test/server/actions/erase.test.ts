// M23 on agents' screens: what is erased leaves them, whether they looked or were away.
import { expect, it } from 'vitest';
import type { Actor } from '../../../server/actions/actor.ts';
import { eraseContact } from '../../../server/actions/contact/erase-contact.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import type { FeedItem } from '../../../shared/protocol.ts';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { connectAgent, must } from '../../helpers/server.ts';
import { say } from '../../helpers/talk.ts';

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
