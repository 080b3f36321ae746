// The identity secret: shown, and renewed without a moment in which right proofs fail.
import { z } from 'zod';
import { dropRotation, finishRotation, startRotation } from '../actions/identity/rotation.ts';
import { identitySettingsOf } from '../actions/identity/settings.ts';
import { showSecret as noteShown } from '../actions/identity/show-secret.ts';
import type { Config } from '../config.ts';
import { getWorkspace } from '../store/workspaces.ts';
import { appArg, appFlag, command } from './command.ts';
import type { Told } from './command.ts';
import { Fault } from './fault.ts';
import { openedSecret, withInstall } from './install.ts';
import type { Install } from './install.ts';

const flags = { app: appFlag };
const args = z.object({ app: appArg });

/** Both slots in the clear: what the operator asked for, to stdout and nowhere else. */
async function secretsOf({ deps: { store, secretKey }, workspace: { id } }: Install, { identityMode }: Config) {
  const workspace = await store.in(id).read(getWorkspace);
  if (!workspace) throw new Error(`there is no workspace ${id}`);
  const { secret, next_secret: next } = identitySettingsOf(workspace, identityMode);
  const opened = (sealed: string): string => openedSecret(sealed, secretKey);
  return {
    app_id: workspace.appId,
    identity_secret: opened(workspace.identitySecret),
    ...secret,
    next: workspace.identitySecretNext === null ? null : { identity_secret: opened(workspace.identitySecretNext), ...next },
  };
}

/** As the inbox has it (inbox/settings). */
const stillUsedMs = 3_600_000;

const usedWords = (at: string | null | undefined): string => (at ? `last used ${at}` : 'not used yet');

async function told(install: Install, config: Config, words?: string): Promise<Told> {
  const json = await secretsOf(install, config);
  const lines = [`secret  ${json.identity_secret}   (${usedWords(json.last_used_at)})`];
  if (json.next) lines.push(`next    ${json.next.identity_secret}   (${usedWords(json.next.last_used_at)})`);
  return { json, text: [...lines, ...(words === undefined ? [] : ['', words])].join('\n') };
}

export const showSecret = command({
  summary: 'Print the identity secret, and the next one while there is one',
  flags,
  args,
  run: ({ app }, config) =>
    withInstall(config, app, async (install) => {
      await noteShown(install.deps, install.operator);
      return told(install, config);
    }),
});

export const rotateSecret = command({
  summary: 'Make a second identity secret: both are good from now on',
  flags,
  args,
  run: ({ app }, config) =>
    withInstall(config, app, async (install) => {
      await startRotation(install.deps, install.operator, config.identityMode);
      return told(
        install,
        config,
        'Both are good now. Give your servers the next one; then: foyer secret finish (or back: foyer secret drop).',
      );
    }),
});

export const finishSecret = command({
  summary: 'End the rotation: the next secret is the only one',
  flags: { ...flags, force: { help: 'also where no proof was made with the next one yet, or one with the first within the hour' } },
  args: args.extend({ force: z.literal('true').optional() }),
  run: ({ app, force }, config) =>
    withInstall(config, app, async (install) => {
      const { next, last_used_at: usedAt } = await secretsOf(install, config);
      if (next && !next.last_used_at && !force)
        throw new Fault(
          'No proof was made with the next secret yet; once the first one ends, what your servers sign would be refused. Give them the next one, ' +
            'or end it all the same: --force',
        );
      if (usedAt && Date.now() - Date.parse(usedAt) < stillUsedMs && !force)
        throw new Fault(
          `A proof was made with the first secret at ${usedAt}, so one of your servers still signs with it, and its users would be refused. Give it ` +
            'the next one and wait an hour, or end it all the same: --force',
        );
      await finishRotation(install.deps, install.operator, config.identityMode);
      return told(install, config, 'This is the only one now. What was signed with the former is refused.');
    }),
});

export const dropSecret = command({
  summary: 'Take the rotation back: the next secret is dropped',
  flags,
  args,
  run: ({ app }, config) =>
    withInstall(config, app, async (install) => {
      await dropRotation(install.deps, install.operator, config.identityMode);
      return told(install, config, 'This is the only one, as before.');
    }),
});
