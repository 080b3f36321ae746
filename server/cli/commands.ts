// The commands for the operator at the machine. One entry per command; `serve` is the process's own and stands in main.ts.
import type { Commands } from './run.ts';
import { signUser } from './sign-user.ts';

export const commands = {
  'sign-user': signUser,
} satisfies Commands;
