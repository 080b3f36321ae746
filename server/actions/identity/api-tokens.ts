// API tokens of the workspace: listed, made and revoked by its owners.
import type { z } from 'zod';
import type { ApiTokenView, routes } from '../../../shared/api.ts';
import { newApiToken } from '../../api-tokens.ts';
import type { Deps } from '../../deps.ts';
import { hashToken } from '../../deps.ts';
import { insertApiToken, listApiTokens, revokeApiToken } from '../../store/api-tokens.ts';
import type { ApiToken } from '../../store/api-tokens.ts';
import type { Tx } from '../../store/query.ts';
import { act } from '../act.ts';
import { agentIdOf, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { rfc3339, rfc3339OrNull } from '../contact/view.ts';
import { Refusal } from '../refusal.ts';
import { authorOfAgent } from '../turn.ts';
import { tellWorkspaceFact } from '../workspace-fact.ts';

type Wish = z.output<(typeof routes)['POST /api/v1/tokens']['body']>;

const dayMs = 86_400_000;

export async function readApiTokens(deps: Deps, workspaceId: string): Promise<ApiTokenView[]> {
  return deps.store.in(workspaceId).read(async (tx) => {
    const views: ApiTokenView[] = [];
    for (const token of await listApiTokens(tx)) views.push(await tokenToView(tx, token));
    return views;
  });
}

/** The token itself is in this answer and nowhere else. */
export async function createApiToken(deps: Deps, actor: Actor, wish: Wish): Promise<ApiTokenView & { token: string }> {
  const { token, prefix } = newApiToken((bytes) => deps.random(bytes));
  const now = deps.now();
  return act(deps, workspaceOf(actor), async (tx) => {
    const made = await insertApiToken(tx, {
      name: wish.name,
      prefix,
      tokenHash: hashToken(token),
      scopes: [...new Set(wish.scopes)],
      agentId: agentIdOf(actor),
      createdAt: now,
      expiresAt: typeof wish.expires_in_days === 'number' ? now + wish.expires_in_days * dayMs : null,
    });
    const reply = { ...(await tokenToView(tx, made)), token };
    const data = { api_token: made.id, name: made.name, prefix, scopes: made.scopes.join(' ') };
    return { reply, published: await tellWorkspaceFact(tx, now, 'token.created', actor, data) };
  });
}

/** From the next request on it opens nothing. @throws Refusal not_found */
export async function revokeToken(deps: Deps, actor: Actor, id: number): Promise<ApiTokenView> {
  const now = deps.now();
  return act(deps, workspaceOf(actor), async (tx) => {
    const revoked = await revokeApiToken(tx, id, now);
    if (!revoked) throw new Refusal('not_found', 'There is no such API token.');
    const { token, isNew } = revoked;
    const reply = await tokenToView(tx, token);
    const data = { api_token: token.id, name: token.name, prefix: token.prefix };
    return isNew ? { reply, published: await tellWorkspaceFact(tx, now, 'token.revoked', actor, data) } : { reply };
  });
}

async function tokenToView(tx: Tx, token: ApiToken): Promise<ApiTokenView> {
  return {
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    scopes: token.scopes,
    created_at: rfc3339(token.createdAt),
    created_by: (await authorOfAgent(tx, token.agentId))?.name ?? null,
    expires_at: rfc3339OrNull(token.expiresAt),
    last_used_at: rfc3339OrNull(token.lastUsedAt),
    revoked_at: rfc3339OrNull(token.revokedAt),
  };
}
