import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aColleague, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(() => server.close());

describe('the identity secret', () => {
  it('is shown to an owner, and is the one that proofs are made with', async () => {
    const owner = await setUpOwner(server);
    const answer = await owner.call('GET', '/api/v1/identity_secret');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { identity_secret: secret } = answer.body as { identity_secret: string };
    const { body } = await owner.call('GET', '/demo/sign?account=ada');
    expect(body.user_hash).toBe(createHmac('sha256', secret).update('demo-ada').digest('hex'));
  });

  it('is not shown to other agents', async () => {
    const colleague = await aColleague(server);
    const answer = await colleague.call('GET', '/api/v1/identity_secret');
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('forbidden');
  });
});
