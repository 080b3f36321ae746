// Contacts over REST, as an agent's inbox or another server calls it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../shared/api.ts';
import { insertContact, newContact } from '../../../server/store/contacts.ts';
import type { ContactRow } from '../../../server/store/contacts.ts';
import { Agent, aColleague, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
let owner: Agent;
let colleague: Agent;
let made = 0;
beforeAll(async () => {
  server = await startHttp();
  owner = await setUpOwner(server);
  colleague = await aColleague(server);
});
afterAll(() => server.close());

async function aContact(more: Partial<ContactRow> = {}): Promise<string> {
  const id = (++made).toString(16).padStart(24, '0');
  await server.deps.store
    .in(server.workspace.id)
    .write((tx) =>
      insertContact(tx, { ...newContact(id, tx.workspaceId, made, { pageUrl: null, pageTitle: null, language: null }), ...more }),
    );
  return id;
}
const aLead = (email: string, more: Partial<ContactRow> = {}): Promise<string> =>
  aContact({ email, emailGrade: 'claimed', leadAt: 5, ...more });
const aUser = (userId: string, more: Partial<ContactRow> = {}): Promise<string> =>
  aContact({ userId, verified: true, identifiedAt: 5, ...more });

describe('a contact over REST', () => {
  it('is shown in snake_case with times in RFC 3339; what is not there is 404', async () => {
    const id = await aLead('seen@example.com', { name: 'Ada', nameGrade: 'signed', attributes: { plan: 'pro' } });
    const answer = await owner.call('GET', `/api/v1/contacts/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id,
      type: 'lead',
      email: 'seen@example.com',
      email_grade: 'claimed',
      name_grade: 'signed',
      custom_attributes: { plan: 'pro' },
    });
    expect(answer.body.created_at).toMatch(/^1970-01-01T00:00:00\.\d{3}Z$/);
    expect((await owner.call('GET', `/api/v1/contacts/${'f'.repeat(24)}`)).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('merged away, its id answers 410 with a link to the survivor; erased, 410 alone; the survivor’s id goes on', async () => {
    const [lead, user] = [await aLead('r1@example.com'), await aUser('r1')];
    const merged = await owner.call('POST', '/api/v1/contacts/merge', { from: lead, into: user });
    expect(merged.status).toBe(200);
    const gone = await owner.call('GET', `/api/v1/contacts/${lead}`);
    expect([gone.status, gone.body.code, gone.headers.get('link')]).toEqual([
      410,
      'contact_gone',
      `</api/v1/contacts/${user}>; rel="successor-version"`,
    ]);
    expect((await owner.call('GET', `/api/v1/contacts/${user}`)).body).toMatchObject({ type: 'user', email: 'r1@example.com' });
    expect((await owner.call('DELETE', `/api/v1/contacts/${user}`)).body).toEqual({ id: user, erased: true });
    for (const id of [lead, user]) {
      const erased = await owner.call('GET', `/api/v1/contacts/${id}`);
      expect([erased.status, erased.body.code, erased.headers.get('link')]).toEqual([410, 'contact_gone', null]);
    }
  });

  it('[M24] a type cannot be set, a user_id not by hand, and what is unknown is refused; nothing is changed by it', async () => {
    const id = await aUser('m24', { email: 'm24@example.com', emailGrade: 'signed' });
    const before = (await owner.call('GET', `/api/v1/contacts/${id}`)).body;
    const patch = async (body: object) => {
      const answer = await owner.call('PATCH', `/api/v1/contacts/${id}`, body);
      return [answer.status, answer.body.code];
    };
    expect(await patch({ type: 'lead' })).toEqual([422, 'type_is_derived']);
    expect(await patch({ user_id: 'other' })).toEqual([403, 'forbidden']);
    expect(await patch({ user_id: null })).toEqual([400, 'bad_request']);
    expect(await patch({ shoe_size: 44 })).toEqual([400, 'bad_request']);
    expect(await patch({ email: 'by-hand@example.com' })).toEqual([409, 'surer_value']);
    expect(await patch({ phone: 'nonsense' })).toEqual([422, 'form_invalid']);
    expect(await patch({ avatar: 'http://example.com/a.png' })).toEqual([422, 'form_invalid']);
    expect(await patch({ signed_up_at: 'last week' })).toEqual([422, 'form_invalid']);
    expect((await owner.call('GET', `/api/v1/contacts/${id}`)).body).toEqual(before);
  });

  it('when somebody signed up is set in seconds or as RFC 3339, shown as the latter, and cleared; `created_at` stays Foyer’s own', async () => {
    const id = await aUser('signed-up');
    const patch = async (signed_up_at: string | number | null) =>
      (await owner.call('PATCH', `/api/v1/contacts/${id}`, { signed_up_at })).body['signed_up_at'];
    const { created_at, signed_up_at } = (await owner.call('GET', `/api/v1/contacts/${id}`)).body;
    expect(signed_up_at).toBeNull();
    expect(await patch(1_710_235_805)).toBe('2024-03-12T09:30:05.000Z');
    expect(await patch('2023-01-31')).toBe('2023-01-31T00:00:00.000Z');
    expect((await owner.call('GET', `/api/v1/contacts/${id}`)).body).toMatchObject({
      created_at,
      signed_up_at: '2023-01-31T00:00:00.000Z',
    });
    expect(await patch('')).toBeNull();
  });

  it('what a server says again of what was only said before is signed from then on', async () => {
    const known = { company: 'ACME', signed_up_at: '2024-03-12T00:00:00.000Z', custom_attributes: { plan: 'pro' } };
    const path = `/api/v1/contacts/${await aUser('said-again')}`;
    expect((await owner.call('PATCH', path, known)).status).toBe(200);
    const { body } = await owner.call('POST', '/api/v1/tokens', { name: 'CRM', scopes: ['contacts:write'] });
    const authorization = `Bearer ${String(body['token'])}`;
    expect((await new Agent(server.url).call('PATCH', path, known, { authorization })).status).toBe(200);
    for (const other of [{ company: 'Other' }, { signed_up_at: null }, { custom_attributes: { plan: 'free' } }])
      expect((await owner.call('PATCH', path, other)).body).toMatchObject({ code: 'surer_value' });
    expect((await owner.call('GET', path)).body).toMatchObject(known);
  });

  it('edited: what is left out stays, null clears, text is normalised', async () => {
    const id = await aLead('e1@example.com', { company: 'ACME', attributes: { plan: 'pro', size: 3 } });
    const answer = await owner.call('PATCH', `/api/v1/contacts/${id}`, {
      email: ' E2@Example.COM ',
      phone: '+49 30 1234567',
      company: null,
      unsubscribed: true,
      custom_attributes: {
        plan: null,
        seats: 5,
      },
    });
    expect(answer.body).toMatchObject({
      email: 'e2@example.com',
      phone: '+49301234567',
      company: null,
      unsubscribed: true,
      custom_attributes: { size: 3, seats: 5 },
    });
  });
});

describe('merging over REST', () => {
  it('is previewed field by field, done, listed in the audit log with who and why, and undone', async () => {
    const [lead, user] = [await aLead('p@example.com', { name: 'ada' }), await aUser('p', { name: 'Ada', nameGrade: 'signed' })];
    const preview = await colleague.call('POST', '/api/v1/contacts/merge/preview', { from: lead, into: user });
    expect(preview.body).toMatchObject({
      from: { id: lead },
      into: { id: user },
      needs_force: false,
      conversations: { moved: 0, kept: 0 },
    });
    expect(preview.body.fields).toContainEqual({
      field: 'email',
      survivor: null,
      absorbed: 'p@example.com',
      result: 'p@example.com',
      outcome: 'adopted',
      why: 'only_one',
    });
    const merged = await colleague.call('POST', '/api/v1/contacts/merge', { from: lead, into: user, note: 'They said so' });
    expect(merged.body).toMatchObject({ from: lead, into: user, contact: { email: 'p@example.com' } });
    const audit = await owner.call('GET', '/api/v1/audit?limit=1');
    expect(audit.body).toMatchObject({
      data: [
        {
          type: 'contact.merged',
          by: { kind: 'agent', name: 'Ben' },
          contact_id: user,
          people: [
            { id: user, name: 'Ada', conversation_id: null },
            { id: lead, name: 'ada', email: 'p@example.com', conversation_id: null },
          ],
          data: { from: lead, 'after.email': 'p@example.com' },
          note: 'They said so',
        },
      ],
      has_more: true,
    });
    const undone = await colleague.call('POST', `/api/v1/merges/${String(merged.body.id)}/undo`, {});
    expect(undone.body).toMatchObject({ contact: { id: user, email: null }, restored: { id: lead, type: 'lead', email: 'p@example.com' } });
    const listed = (await owner.call('GET', '/api/v1/audit')).body.data as { type: string; note?: string }[];
    expect(listed.slice(0, 2).map(({ type, note }) => [type, note])).toEqual([
      ['contact.unmerged', undefined],
      ['contact.merged', 'They said so'],
    ]);
  });

  it('the audit log comes in pages and without gaps', async () => {
    for (let i = 0; i < 5; i++) {
      const id = await aLead(`audit-${i}@example.com`);
      await owner.call('POST', `/api/v1/contacts/${id}/archive`, { archived: true });
    }
    const revs: number[] = [];
    for (let cursor = ''; ;) {
      const { body } = await owner.call('GET', `/api/v1/audit?limit=2${cursor}`);
      revs.push(...(body.data as { rev: number }[]).map(({ rev }) => rev));
      if (body.has_more !== true) break;
      cursor = `&cursor=${String(body.next_cursor)}`;
    }
    expect(revs).toEqual([...new Set(revs)].toSorted((a, b) => b - a));
    expect(revs.length).toBeGreaterThanOrEqual(5);
  });

  it('the audit log says whom it happened to, and names nobody who is erased', async () => {
    const id = await aLead('forget@example.com', { name: 'Ida' });
    await owner.call('POST', `/api/v1/contacts/${id}/block`, { blocked: true });
    const newest = async (): Promise<AuditEntry | undefined> =>
      ((await owner.call('GET', '/api/v1/audit?limit=1')).body.data as AuditEntry[])[0];
    expect((await newest())?.people).toEqual([{ id, name: 'Ida', email: 'forget@example.com', conversation_id: null }]);
    await owner.call('DELETE', `/api/v1/contacts/${id}`);
    expect(await newest()).toMatchObject({ type: 'contact.erased', contact_id: id, people: [] });
  });

  it('a merge can be undone for 30 days, and no longer', async () => {
    const merges: string[] = [];
    for (const n of [1, 2]) {
      const [into, from] = [await aLead(`late-a${n}@example.com`), await aLead(`late-b${n}@example.com`)];
      merges.push(String((await colleague.call('POST', '/api/v1/contacts/merge', { from, into })).body.id));
    }
    server.pass(30 * 86_400_000);
    const later = await aColleague(server, 'Late');
    expect((await later.call('POST', `/api/v1/merges/${merges[0]}/undo`, {})).status).toBe(200);
    server.pass(1);
    const answer = await later.call('POST', `/api/v1/merges/${merges[1]}/undo`, {});
    expect([answer.status, answer.body.code]).toEqual([409, 'undo_expired']);
    expect((await later.call('POST', '/api/v1/merges/999999/undo', {})).status).toBe(404);
  });

  it('two users: an agent is told that an owner can, an owner does it by force', async () => {
    const [one, two] = [await aUser('f1'), await aUser('f2')];
    const signedIn = await aColleague(server, 'Force');
    for (const [who, body, expected] of [
      [signedIn, { from: two, into: one }, [409, 'two_users']],
      [signedIn, { from: two, into: one, force: true }, [403, 'forbidden']],
    ] as const) {
      const answer = await who.call('POST', '/api/v1/contacts/merge', body);
      expect([answer.status, answer.body.code]).toEqual(expected);
    }
  });
});
