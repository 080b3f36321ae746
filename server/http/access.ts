// Who may call a route: everybody, every agent, owners; and which scope opens it to an API token, if any does.
import type { RouteName, TokenScope } from '../../shared/api.ts';

interface Access {
  who: 'everybody' | 'agents' | 'owners';
  /** Null: no token opens it, whatever its scopes. */
  token: TokenScope | null;
}

/**
 * One line per route, or it does not compile. What changes how identities are proved, shows a secret or makes tokens is for owners in
 * person: a token that could do so would be worth all the others. Flows are written by people, too: they name who published them.
 */
const access = {
  'GET /api/widget/settings': { who: 'everybody', token: null },
  'GET /api/v1/setup': { who: 'everybody', token: null },
  'POST /api/v1/setup': { who: 'everybody', token: null },
  'POST /api/v1/session': { who: 'everybody', token: null },
  'DELETE /api/v1/session': { who: 'agents', token: null },
  'GET /api/v1/me': { who: 'agents', token: null },
  'GET /api/v1/identity_secret': { who: 'owners', token: null },
  'POST /api/v1/identity_secret/rotation': { who: 'owners', token: null },
  'POST /api/v1/identity_secret/rotation/finish': { who: 'owners', token: null },
  'DELETE /api/v1/identity_secret/rotation': { who: 'owners', token: null },
  'GET /api/v1/settings/identity': { who: 'owners', token: 'settings:read' },
  'PATCH /api/v1/settings/identity': { who: 'owners', token: null },
  'POST /api/v1/identity_tokens': { who: 'owners', token: 'identity' },
  'GET /api/v1/tokens': { who: 'owners', token: null },
  'POST /api/v1/tokens': { who: 'owners', token: null },
  'DELETE /api/v1/tokens/:token': { who: 'owners', token: null },
  'GET /api/v1/checklist': { who: 'agents', token: 'settings:read' },
  'GET /api/v1/flows': { who: 'agents', token: 'settings:read' },
  'POST /api/v1/flows': { who: 'owners', token: null },
  'GET /api/v1/flows/:flow': { who: 'agents', token: 'settings:read' },
  'DELETE /api/v1/flows/:flow': { who: 'owners', token: null },
  'PUT /api/v1/flows/:flow/draft': { who: 'owners', token: null },
  'POST /api/v1/flows/:flow/publish': { who: 'owners', token: null },
  'POST /api/v1/flows/:flow/rollback': { who: 'owners', token: null },
  'POST /api/v1/flows/:flow/activate': { who: 'owners', token: null },
  'GET /api/v1/flows/:flow/versions/:version': { who: 'agents', token: 'settings:read' },
  'GET /api/v1/flows/:flow/funnel': { who: 'agents', token: 'settings:read' },
  'GET /api/v1/reports/capture': { who: 'agents', token: 'settings:read' },
  'GET /api/v1/settings/bot': { who: 'agents', token: 'settings:read' },
  'PATCH /api/v1/settings/bot': { who: 'owners', token: 'settings:write' },
  'GET /api/v1/contacts/:contact': { who: 'agents', token: 'contacts:read' },
  'PATCH /api/v1/contacts/:contact': { who: 'agents', token: 'contacts:write' },
  'DELETE /api/v1/contacts/:contact': { who: 'owners', token: 'contacts:erase' },
  'POST /api/v1/contacts/merge/preview': { who: 'agents', token: 'contacts:read' },
  'POST /api/v1/contacts/merge': { who: 'agents', token: 'contacts:write' },
  'POST /api/v1/merges/:merge/undo': { who: 'agents', token: 'contacts:write' },
  'POST /api/v1/contacts/:contact/block': { who: 'agents', token: 'contacts:write' },
  'POST /api/v1/contacts/:contact/archive': { who: 'agents', token: 'contacts:write' },
  'POST /api/v1/contacts/:contact/duplicates/dismiss': { who: 'agents', token: 'contacts:write' },
  'POST /api/v1/contacts/:contact/verification': { who: 'agents', token: 'contacts:write' },
  'GET /api/v1/audit': { who: 'owners', token: 'audit:read' },
  'GET /api/v1/agents': { who: 'agents', token: 'settings:read' },
  'GET /api/v1/teams': { who: 'agents', token: 'settings:read' },
  'POST /api/v1/teams': { who: 'owners', token: 'settings:write' },
  'PATCH /api/v1/teams/:team': { who: 'owners', token: 'settings:write' },
  'DELETE /api/v1/teams/:team': { who: 'owners', token: 'settings:write' },
  'GET /api/v1/attributes': { who: 'agents', token: 'settings:read' },
} as const satisfies Record<RouteName, Access>;

type Table = typeof access;
export type OpenRoute = { [K in RouteName]: Table[K]['who'] extends 'everybody' ? K : never }[RouteName];
export type ClosedToTokens = { [K in RouteName]: Table[K]['token'] extends null ? K : never }[RouteName];

export const accessOf = (name: RouteName): Access => access[name];
