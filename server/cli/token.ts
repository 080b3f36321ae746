// API tokens: made, listed and revoked at the machine.
import { z } from 'zod';
import type { ApiTokenView } from '../../shared/api.ts';
import { routes } from '../../shared/api.ts';
import { tokenScopes } from '../../shared/api-views.ts';
import { createApiToken, readApiTokens, revokeToken } from '../actions/identity/api-tokens.ts';
import { appArg, appFlag, command } from './command.ts';
import { withInstall } from './install.ts';

const wish = routes['POST /api/v1/tokens'].body.shape;

const scopesArg = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(z.enum(tokenScopes, `give one or more of ${tokenScopes.join(',')}`)));
const daysArg = z
  .string()
  .regex(/^(\d{1,4}d|never)$/, 'give days such as 90d, or never')
  .transform((text) => (text === 'never' ? null : Number.parseInt(text, 10)))
  .pipe(z.int().min(1, 'give 1d to 3650d').max(3650, 'give 1d to 3650d').nullable());

const until = ({ expires_at: at }: ApiTokenView): string => (at === null ? 'does not expire' : `until ${at}`);

export const createToken = command({
  summary: 'Make an API token; it is shown this once',
  flags: {
    name: { value: '<name>', help: 'what it is for' },
    scopes: { value: '<scope,scope>', help: tokenScopes.join(',') },
    expires: { value: '<days>', help: '90d, or never (default)' },
    app: appFlag,
  },
  args: z.object({ name: wish.name, scopes: scopesArg, expires: daysArg.optional(), app: appArg }),
  run: ({ name, scopes, expires = null, app }, config) =>
    withInstall(config, app, async ({ deps, operator }) => {
      const made = await createApiToken(deps, operator, { name, scopes, expires_in_days: expires });
      const text = `${made.token}\n\nToken ${made.id} "${made.name}" opens ${made.scopes.join(', ')}; ${until(made)}. It is not shown again.`;
      return { json: made, text };
    }),
});

export const listTokens = command({
  summary: 'List the API tokens, by their first characters',
  flags: { app: appFlag },
  args: z.object({ app: appArg }),
  run: ({ app }, config) =>
    withInstall(config, app, async ({ deps, workspace }) => {
      const data = await readApiTokens(deps, workspace.id);
      return { json: { data }, text: data.length === 0 ? 'There are no tokens.' : data.map(lineOf).join('\n') };
    }),
});

function lineOf(token: ApiTokenView): string {
  const state = token.revoked_at === null ? until(token) : `revoked ${token.revoked_at}`;
  const used = token.last_used_at === null ? 'not used yet' : `last used ${token.last_used_at}`;
  return `${String(token.id).padEnd(4)} ${token.prefix}…  ${token.name}  ${token.scopes.join(',')}  ${state}, ${used}`;
}

export const revokeTokenCommand = command({
  summary: 'Revoke an API token: from its next request on it opens nothing',
  words: ['id'],
  flags: { app: appFlag },
  args: z.object({
    id: z
      .string()
      .regex(/^\d{1,15}$/, 'give the number that foyer token list shows')
      .transform(Number),
    app: appArg,
  }),
  run: ({ id, app }, config) =>
    withInstall(config, app, async ({ deps, operator }) => {
      const revoked = await revokeToken(deps, operator, id);
      return { json: revoked, text: `Token ${revoked.id} "${revoked.name}" is revoked.` };
    }),
});
