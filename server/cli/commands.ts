// The commands for the operator at the machine. One entry per command; `serve` is the process's own and stands in main.ts.
import { backupCommand } from './backup.ts';
import { migrateCommand } from './migrate.ts';
import { restoreCommand } from './restore.ts';
import type { Commands } from './run.ts';
import { dropSecret, finishSecret, rotateSecret, showSecret } from './secret.ts';
import { signUser } from './sign-user.ts';
import { createToken, listTokens, revokeTokenCommand } from './token.ts';

export const commands = {
  'sign-user': signUser,
  'secret show': showSecret,
  'secret rotate': rotateSecret,
  'secret finish': finishSecret,
  'secret drop': dropSecret,
  'token create': createToken,
  'token list': listTokens,
  'token revoke': revokeTokenCommand,
  migrate: migrateCommand,
  backup: backupCommand,
  restore: restoreCommand,
} satisfies Commands;
