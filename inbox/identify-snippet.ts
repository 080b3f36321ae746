/**
 * What a host's Node server needs to vouch for its users: paste it, set the variable, put the result into the page. `<`
 * is escaped, so that no user's name ends the script.
 */
export const identifySnippet = `import { createHmac } from 'node:crypto';

const secret = process.env.FOYER_IDENTITY_SECRET;

export function foyerIdentify({ id, name }) {
  const user_hash = createHmac('sha256', secret).update(String(id)).digest('hex');
  const args = JSON.stringify(['identify', String(id), { name, user_hash }]);
  const queue = '(window.Foyer ??= (...a) => (Foyer.q ??= []).push(a))';
  return \`<script>\${queue}(...\${args.replaceAll('<', '\\\\u003c')})</script>\`;
}`;
