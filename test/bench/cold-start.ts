// From the start of the process to its first answer on /readyz: what is built, as `npm start` runs it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const port = 43_117;

export async function coldStarts(times: number): Promise<{ fresh: number[]; again: number[] }> {
  const built = spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0) throw new Error('the build failed');
  const found = { fresh: [] as number[], again: [] as number[] };
  for (let i = 0; i < times; i++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
    found.fresh.push(await secondsToServe(dataDir));
    found.again.push(await secondsToServe(dataDir));
    rmSync(dataDir, { recursive: true });
  }
  return found;
}

async function secondsToServe(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const server = spawn(process.execPath, ['--max-semi-space-size=64', 'dist/server/main.js'], {
    stdio: 'ignore',
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1' },
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  try {
    while (!(await isReady())) {
      if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
      if (performance.now() - startedAt > 60_000) throw new Error('the server was not ready within a minute');
      await new Promise<void>((later) => setTimeout(later, 5));
    }
    return (performance.now() - startedAt) / 1000;
  } finally {
    server.kill('SIGTERM');
    await gone;
  }
}

async function isReady(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}
