// What the server asks of the disk, seen and disturbed from outside: Debian's strace.
import { readFileSync } from 'node:fs';
import { has } from './children.ts';

export const hasStrace = has('strace');
export const noStrace = 'there is no strace on this machine';

// -D: the server keeps its own process id.
const strace = ['strace', '-D', '-f', '-qq', '-e', 'trace=fsync,fdatasync'];

/** Kills it at the `n`th time that it hands something to the disk: what it was committing is neither here nor there. */
export const killedInSync = (n: number): string[] => [...strace, '-o', '/dev/null', '-e', `inject=fsync,fdatasync:signal=KILL:when=${n}`];

/** At full speed between the calls that are looked at; signals would not be injected that way. */
export const countingSyncs = (file: string): string[] => [...strace, '--seccomp-bpf', '-ttt', '-T', '-o', file];

/** When each sync that succeeded was over, epoch ms. */
export function syncsIn(file: string): number[] {
  const lines = readFileSync(file, 'utf8').matchAll(/^\d+ +([\d.]+) .*= 0 <([\d.]+)>$/gm);
  return [...lines].map(([, at, took]) => (Number(at) + Number(took)) * 1000);
}
