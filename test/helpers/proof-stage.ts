// A server in each mode of identity, at one moment, with a second secret where proofs are optional.
import { afterAll, beforeAll, expect } from 'vitest';
import type { IdentityMode } from '../../shared/api.ts';
import type { Failure } from '../../shared/errors.ts';
import type { IdentifyReply, VisitorBody } from '../../shared/protocol.ts';
import { seal } from '../../server/seal.ts';
import { startServer } from './server.ts';
import type { TestServer } from './server.ts';
import { arrive } from './talk.ts';

export const nextSecret = 'the secret of the second slot, for rotation';

export interface ProofStage {
  servers: Record<IdentityMode, TestServer>;
  /** Of a new visitor; a refusal must leave no row. */
  identify(body: VisitorBody<'identify'>, mode?: IdentityMode): Promise<({ ok: true } & IdentifyReply) | Failure>;
}

/** To be called at the top of a test file. */
export function setProofStage(now: number): ProofStage {
  const servers = {} as Record<IdentityMode, TestServer>;
  beforeAll(async () => {
    for (const mode of ['off', 'optional', 'required'] as const) {
      servers[mode] = await startServer({ settings: { bot: 'off' }, identityMode: mode, now: () => now });
    }
    const { deps, workspace } = servers.optional;
    await deps.store.in(workspace.id).write((tx) =>
      tx.execute((db) =>
        db
          .updateTable('workspaces')
          .set({ identity_secret_next: seal(nextSecret, deps.secretKey) })
          .where('id', '=', workspace.id),
      ),
    );
  });
  afterAll(async () => {
    for (const server of Object.values(servers)) await server.stop();
  });
  return {
    servers,
    async identify(body, mode = 'optional') {
      const { deps } = servers[mode];
      const contacts = () => deps.store.in('').read((tx) => tx.execute((db) => db.selectFrom('contacts').select('id')));
      const before = await contacts();
      const visitor = await arrive(servers[mode]);
      const reply = await visitor.send('identify', body);
      visitor.close();
      expect(await contacts()).toHaveLength(before.length + (reply.ok ? 1 : 0));
      return reply;
    },
  };
}
