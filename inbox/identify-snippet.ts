/**
 * What a host's Node server needs to vouch for its users: paste, set the variable, put the result into the page. The
 * `<` is escaped, so that no user's name ends the script.
 */
export const identifySnippet = `import { createHmac } from 'node:crypto';

export function foyerIdentify(user) {
  const id = String(user.id);
  const user_hash = createHmac('sha256', process.env.FOYER_IDENTITY_SECRET).update(id).digest('hex');
  const call = JSON.stringify(['identify', id, { name: user.name, user_hash }]).replaceAll('<', '\\\\u003c');
  return \`<script>(window.Foyer ??= (...a) => (Foyer.q ??= []).push(a))(...\${call})</script>\`;
}`;
