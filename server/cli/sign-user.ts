// What the host's own server would make for a signed-in user: to try the widget before there is such code.
import { z } from 'zod';
import { isJunkId } from '../../shared/contact.ts';
import { makeIdentityToken } from '../actions/identity/identity-token.ts';
import { userHash } from '../identity.ts';
import { snippet } from '../snippet.ts';
import { appArg, appFlag, command, durationArg } from './command.ts';
import { openedSecret, withInstall } from './install.ts';

const year = 366 * 86_400;

const args = z.object({
  id: z
    .string()
    .trim()
    .max(200, 'give at most 200 characters')
    .refine((id) => !isJunkId(id), 'is no usable id; give your own id of a user'),
  email: z.email('give an address such as ada@example.org').max(254).toLowerCase().optional(),
  name: z.string().trim().min(1, 'give a name').max(200, 'give at most 200 characters').optional(),
  expires: durationArg(60, year, 'give a time of a minute to a year, such as 30m, 1h or 7d').default(3600),
  app: appArg,
});

export const signUser = command({
  summary: 'Sign a user of yours: user_hash, user_jwt and a page to try them',
  words: ['id'],
  flags: {
    email: { value: '<address>', help: 'vouched for in user_jwt' },
    name: { value: '<name>', help: 'the same' },
    expires: { value: '<time>', help: 'how long user_jwt lives: 30m, 1h (default), 7d' },
    app: appFlag,
  },
  args,
  run: ({ id, email, name, expires, app }, config) =>
    withInstall(config, app, async ({ workspace, deps }) => {
      const hash = userHash(openedSecret(workspace.identitySecret, deps.secretKey), id);
      const person = { user_id: id, ...(email !== undefined && { email }), ...(name !== undefined && { name }) };
      const { token: jwt, expires_at: expiresAt } = await makeIdentityToken(deps, workspace.id, { ...person, expires_in: expires });
      const page = pageFor(config.publicUrl ?? `http://localhost:${config.port}`, workspace.appId, id, jwt);
      return {
        json: { app_id: workspace.appId, ...person, user_hash: hash, user_jwt: jwt, expires_at: expiresAt, snippet: page },
        text: `user_hash  ${hash}\nuser_jwt   ${jwt}\n           until ${expiresAt}\n\nTo try it, in a page:\n\n${page}`,
      };
    }),
});

/** The stub queues the call until the script is there. */
function pageFor(publicUrl: string, appId: string, id: string, jwt: string): string {
  // An id is the caller's text and stands in a script.
  const quoted = JSON.stringify(id).replaceAll('<', '\\u003c');
  return `${snippet(publicUrl, appId)}
<script>
  window.Foyer = window.Foyer || function () { (Foyer.q = Foyer.q || []).push(arguments) };
  Foyer('identify', ${quoted}, { user_jwt: '${jwt}' });
</script>`;
}
