import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../shared/api.ts';
import { aColleague, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
beforeAll(async () => {
  server = await startHttp();
  owner = await setUpOwner(server);
});
afterAll(() => server.close());

describe('the identity secret', () => {
  it('is shown to an owner, and is the one that proofs are made with', async () => {
    const answer = await owner.call('GET', '/api/v1/identity_secret');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { identity_secret: secret } = answer.body as { identity_secret: string };
    const { body } = await owner.call('GET', '/demo/sign?account=ada');
    expect(body.user_hash).toBe(createHmac('sha256', secret).update('demo-ada').digest('hex'));
  });

  it('is not shown without a line in the audit log that says to whom, and holds no secret', async () => {
    const shown = async () => {
      const { data } = (await owner.call('GET', '/api/v1/audit')).body as { data: AuditEntry[] };
      return data.filter(({ type }) => type === 'identity.secret_shown');
    };
    const before = await shown();
    const { identity_secret: secret } = (await owner.call('GET', '/api/v1/identity_secret')).body as { identity_secret: string };
    const after = await shown();
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toMatchObject({ by: { kind: 'agent', name: expect.any(String) }, contact_id: null });
    expect(JSON.stringify(after)).not.toContain(secret);
  });

  it('is not shown to other agents', async () => {
    const colleague = await aColleague(server);
    const log = (await owner.call('GET', '/api/v1/audit')).body;
    const answer = await colleague.call('GET', '/api/v1/identity_secret');
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('forbidden');
    expect((await owner.call('GET', '/api/v1/audit')).body).toEqual(log);
  });
});
